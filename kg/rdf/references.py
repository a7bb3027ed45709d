"""The graphs that belong to no article: reference data in use, and the ontology itself."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from rdflib import Graph as Triples

from kg import ontology
from kg.rdf.entities import description
from kg.rdf.terms import named
from kg.records import Entity, Graph
from kg.vocab import ONTOLOGY, REFERENCE


def reference_graph(entities: Iterable[Entity]) -> Graph:
    """The graph `…/id/graph/reference`; empty for no entities."""
    return named(REFERENCE, (one for entity in entities for one in description(entity)))


@cache
def ontology_graph() -> Graph:
    """The graph `…/ontology`: classes, properties, individuals, and codes of other schemes."""
    held = Triples()
    for name in ("conflict.ttl", "codes.ttl"):
        held.parse(ontology.folder() / name, format="turtle")
    return named(ONTOLOGY, held)
