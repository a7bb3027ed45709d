"""Facts in, one named graph per article out; mechanical, the same for every kind of fact.

What comes in: `Document` and `Linked` (link), reference `Entity` rows (link).
What goes out: `Graph`, sorted unique N-Quads lines without blank nodes.

| part          | gives                                                         |
|---------------|---------------------------------------------------------------|
| `articles`    | the graph of one article                                      |
| `entities`    | the triples of one actor, place or equipment type             |
| `references`  | the reference graph and the ontology graph                    |
| `labels`      | a short name for each fact, for people who look at the graph  |
| `terms`       | records' values as RDF terms                                  |
| `shapes`      | what in a graph breaks `ontology/shapes.ttl`                  |
"""

from __future__ import annotations

from kg.rdf.articles import graph
from kg.rdf.references import ontology_graph, reference_graph
from kg.rdf.shapes import Violation, violations

__all__ = ["Violation", "graph", "ontology_graph", "reference_graph", "violations"]
