"""Dataset in, computed relationships out: a NetworkX projection, derived and identity graph.

Every function takes `select`, which answers a SPARQL SELECT with a `kg.records.Table`.

| part            | gives                                                                    |
|-----------------|--------------------------------------------------------------------------|
| `projection`    | the dataset as a NetworkX graph, nodes held to be the same as one node   |
| `proximity`     | distances between facilities and events, beside those that articles state |
| `edges`         | where an incursion's edge stood, day by day                               |
| `approaches`    | the nearest event and the nearest edge per facility and day               |
| `disputes`      | claims that contradict each other, each pair with its rule and spans      |
| `corroboration` | claims that agree, with the number of independent origins                |
| `updates`, `echoes` | a speaker's later higher counts; text that articles have copied       |
| `identity`      | entities and events of different articles held to be the same            |
| `verdicts`, `decisions` | what a person decided about that; all decisions with names        |
| `control`       | who is said to hold which place, day by day                               |
| `centrality`    | degree, betweenness, PageRank, component and community of actors         |
| `components`, `communities` | groups of actors                                             |
| `chain`         | the shortest chain between two actors, with the claims along it           |
| `network`, `scores` | any NetworkX algorithm on any of the networks                         |
| `changes`       | claims, events and disputes that came between two states of a dataset     |
| `near`, `board`, `history` | distances, risk board and control with names, for printing     |
| `derived_graph`, `identity_graph`, `computed_graphs`, `verdict_graph` | all as named graphs |
"""

from kg.network.advance import Edge, edges
from kg.network.algorithms import Score, scores
from kg.network.approach import Approach, approaches
from kg.network.board import Risk, board
from kg.network.centrality import Standing, centrality, communities, components
from kg.network.chain import Step, chain
from kg.network.changes import Change, changes
from kg.network.control import ControlClaim, Holding, control, history
from kg.network.corroboration import Corroboration, corroboration
from kg.network.decisions import Decision, decisions
from kg.network.disputes import Dispute, Finding, disputes
from kg.network.echoes import Echo, echoes
from kg.network.happenings import identity
from kg.network.identity import Identity
from kg.network.near import Near, near
from kg.network.networks import NETWORKS, network
from kg.network.projection import actors, projection
from kg.network.proximity import Proximity, proximity
from kg.network.quads import computed_graphs, derived_graph, identity_graph, verdict_graph
from kg.network.updates import Update, updates
from kg.network.verdicts import Verdict, decided, undone, verdicts, without

__all__ = [
    "NETWORKS",
    "Approach",
    "Change",
    "ControlClaim",
    "Corroboration",
    "Decision",
    "Dispute",
    "Echo",
    "Edge",
    "Finding",
    "Holding",
    "Identity",
    "Near",
    "Proximity",
    "Risk",
    "Score",
    "Standing",
    "Step",
    "Update",
    "Verdict",
    "actors",
    "approaches",
    "board",
    "centrality",
    "chain",
    "changes",
    "communities",
    "components",
    "computed_graphs",
    "control",
    "corroboration",
    "decided",
    "decisions",
    "derived_graph",
    "disputes",
    "echoes",
    "edges",
    "history",
    "identity",
    "identity_graph",
    "near",
    "network",
    "projection",
    "proximity",
    "scores",
    "undone",
    "updates",
    "verdict_graph",
    "verdicts",
    "without",
]
