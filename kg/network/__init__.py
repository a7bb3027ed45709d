"""Dataset in, computed relationships out: a NetworkX projection, derived and identity graph.

Every function takes `select`, which answers a SPARQL SELECT with a `kg.records.Table`.

| part            | gives                                                                    |
|-----------------|--------------------------------------------------------------------------|
| `projection`    | the dataset as a NetworkX graph, entities held to be the same as one node |
| `proximity`     | distances between facilities and events, beside those that articles state |
| `disputes`      | claims that contradict each other                                        |
| `corroboration` | claims that agree, with the number of independent origins                |
| `identity`      | entities of different articles held to be the same                       |
| `centrality`    | degree, betweenness, PageRank and component of actors                    |
| `components`    | groups of connected actors                                               |
| `near`          | the distances of the derived graph with names, for printing              |
| `derived_graph`, `identity_graph` | all of it as named graphs                              |
"""

from kg.network.centrality import Standing, centrality, components
from kg.network.corroboration import Corroboration, corroboration
from kg.network.disputes import Dispute, disputes
from kg.network.identity import Identity, identity
from kg.network.near import Near, near
from kg.network.projection import actors, projection
from kg.network.proximity import Proximity, proximity
from kg.network.quads import derived_graph, identity_graph

__all__ = [
    "Corroboration",
    "Dispute",
    "Identity",
    "Near",
    "Proximity",
    "Standing",
    "actors",
    "centrality",
    "components",
    "corroboration",
    "derived_graph",
    "disputes",
    "identity",
    "identity_graph",
    "near",
    "projection",
    "proximity",
]
