"""The ontology is safe to reason with: no contradiction, and nothing becomes what it is not."""

from __future__ import annotations

from itertools import combinations
from pathlib import Path

from owlrl import DeductiveClosure, OWLRL_Semantics, RDFS_Semantics
from rdflib import RDF, Dataset, Graph, URIRef

from kg import ontology
from kg.rdf import graph
from kg.rdf.terms import triples
from kg.vocab import CK
from tests.rdf import samples

FIXTURE = Path(__file__).parents[1] / "fixtures" / "mini.trig"
FAMILIES = (
    CK.Article,
    CK.TextSpan,
    CK.Actor,
    CK.Place,
    CK.EquipmentType,
    CK.EquipmentLot,
    CK.Event,
    CK.Figure,
    CK.Position,
    CK.Membership,
    CK.Control,
    CK.Claim,
    CK.Proximity,
    CK.Dispute,
    CK.Corroboration,
    CK.Identity,
)


def data() -> Graph:
    """The ontology with the fixture of three articles and a graph of our own."""
    held = triples(graph(samples.DOCUMENT, samples.LINKED))
    dataset = Dataset()
    dataset.parse(FIXTURE)
    for subject, predicate, value, _ in dataset.quads():
        held.add((subject, predicate, value))
    return held.parse(ontology.folder() / "conflict.ttl")


def test_domains_and_ranges_make_nothing_a_member_of_two_families() -> None:
    held = data()
    DeductiveClosure(RDFS_Semantics).expand(held)
    members = {family: set(held.subjects(RDF.type, family)) for family in FAMILIES}
    for one, other in combinations(FAMILIES, 2):
        assert members[one] & members[other] == set(), (one, other)


def test_a_reasoner_finds_no_contradiction() -> None:
    held = triples(graph(samples.DOCUMENT, samples.LINKED))
    held.parse(ontology.folder() / "conflict.ttl")
    DeductiveClosure(OWLRL_Semantics).expand(held)
    faults = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")
    assert set(held.subjects(RDF.type, faults)) == set()
