"""Computed rows as named graphs: the derived and the identity graph, rebuilt as a whole.

A node's IRI is made from what it was computed from (SHA-256, 16 digits), so that the same
dataset gives the same bytes, and the same finding keeps its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from hashlib import sha256

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.network.advance import Edge, edges
from kg.network.approach import Approach, approaches
from kg.network.centrality import Standing, centrality
from kg.network.control import Holding, control
from kg.network.corroboration import Corroboration, corroboration
from kg.network.disputes import Dispute, Finding, disputes
from kg.network.echoes import Echo, echoes
from kg.network.happenings import identity
from kg.network.identity import Identity
from kg.network.places import place_of
from kg.network.proximity import RANGE_KM, Proximity, proximity
from kg.network.things import Select, entities, held
from kg.network.updates import Update, updates
from kg.network.verdicts import Verdict
from kg.records import Entity, Graph
from kg.vocab import CK, DERIVED, GEO, ID, IDENTITY, PROV, RDF, RDFS, VERDICTS, XSD

Triple = tuple[URIRef, URIRef, Node]


def derived_graph(
    select: Select, facilities: Sequence[Entity] = (), *, within_km: float = RANGE_KM
) -> Graph:
    """Everything computed across articles, as the derived graph.

    Args:
        select: asks the dataset; article, reference and identity graphs must be up to date.
        facilities: facilities of interest beyond those that articles name; the ones that an
            event comes near to are described in this graph.
        within_km: range of `proximity`.
    """
    # the parts ask many of the same questions, and the dataset does not change meanwhile
    select = held(select)
    near = proximity(select, facilities, within_km=within_km)
    came = approaches(select, facilities, within_km=within_km)
    used = {row.facility for row in near} | {row.facility for row in came}
    triples = [
        *(triple for row in near for triple in _proximity(row)),
        *(triple for row in came for triple in _approach(row)),
        *(triple for row in disputes(select) for triple in _dispute(row)),
        *(triple for row in updates(select) for triple in _update(row)),
        *(triple for row in echoes(select) for triple in _echo(row)),
        *(triple for row in edges(select) for triple in _edge(row)),
        *(triple for row in control(select) for triple in _holding(row)),
        *(triple for row in corroboration(select) for triple in _corroboration(row)),
        *(triple for row in centrality(select) for triple in _standing(row)),
        *_described(select, facilities, used),
    ]
    return _graph(DERIVED, triples)


def identity_graph(select: Select) -> Graph:
    """Which nodes of different articles are held to be the same, as the identity graph."""
    return _graph(IDENTITY, [triple for row in identity(held(select)) for triple in _identity(row)])


def computed_graphs(select: Select, facilities: Sequence[Entity] = ()) -> tuple[Graph, Graph]:
    """The identity and the derived graph, from one reading of the dataset."""
    select = held(select)
    return identity_graph(select), derived_graph(select, facilities)


def verdict_graph(verdicts: Iterable[Verdict]) -> Graph:
    """A person's verdicts as the graph that no rebuild touches."""
    return _graph(VERDICTS, [triple for row in verdicts for triple in _verdict(row)])


def _graph(name: URIRef, triples: Iterable[Triple]) -> Graph:
    end = name.n3()
    return Graph(
        str(name),
        tuple(sorted({f"{' '.join(term.n3() for term in triple)} {end} ." for triple in triples})),
    )


def _node(family: str, *inputs: str) -> URIRef:
    return ID[f"{family}/{sha256('|'.join(inputs).encode()).hexdigest()[:16]}"]


def _number(value: float) -> Literal:
    return Literal(Decimal(str(value)))


def _proximity(row: Proximity) -> Iterable[Triple]:
    node = _node(
        "proximity",
        row.facility,
        row.event or "",
        row.place if row.event is None else "",
        row.figure or "",
    )
    yield node, RDF.type, CK.Proximity
    yield from _distance(node, row)


def _distance(node: URIRef, row: Proximity | Approach) -> Iterable[Triple]:
    yield node, CK.facility, URIRef(row.facility)
    if row.event is not None:
        yield node, CK.event, URIRef(row.event)
    yield node, CK.place, URIRef(row.place)
    yield node, CK.distanceKm, _number(row.distance_km)
    yield node, CK.uncertaintyKm, _number(row.uncertainty_km)
    yield node, CK.method, Literal(row.method)
    if row.stated_km is not None and row.figure is not None:
        yield node, CK.statedKm, _number(row.stated_km)
        yield node, CK.statedFigure, URIRef(row.figure)
        yield node, CK.supported, Literal(bool(row.supported))


def _dispute(row: Dispute) -> Iterable[Triple]:
    node = _node("dispute", row.kind, *row.claims)
    yield node, RDF.type, CK.Dispute
    yield node, CK.disputeKind, CK[row.kind]
    for content in row.contents:
        yield node, PROV.wasDerivedFrom, URIRef(content)
    for claim in row.claims:
        yield node, CK.claim, URIRef(claim)
    for finding in row.findings:
        found = _node("finding", row.kind, finding.rule, *finding.claims, *finding.contents)
        yield node, CK.finding, found
        yield from _finding(found, finding)


def _finding(node: URIRef, row: Finding) -> Iterable[Triple]:
    yield node, RDF.type, CK.Finding
    yield node, CK.rule, CK[row.rule]
    for claim in row.claims:
        yield node, CK.claim, URIRef(claim)
    for content in row.contents:
        yield node, PROV.wasDerivedFrom, URIRef(content)
    for span in row.evidence:
        if span:
            yield node, CK.evidence, URIRef(span)


def _approach(row: Approach) -> Iterable[Triple]:
    about = (row.event or row.place, row.method, row.figure or "")
    node = _node("approach", row.facility, str(row.day), *about)
    yield node, RDF.type, CK.Approach
    yield from _distance(node, row)
    yield node, CK.day, Literal(row.day.isoformat(), datatype=XSD.date)
    for claim in row.claims:
        yield node, CK.claim, URIRef(claim)


def _holding(row: Holding) -> Iterable[Triple]:
    node = _node("holding", row.place, str(row.day), row.polarity, *row.controllers)
    yield node, RDF.type, CK.Holding
    yield node, CK.place, URIRef(row.place)
    yield node, CK.day, Literal(row.day.isoformat(), datatype=XSD.date)
    yield node, CK.polarity, CK[row.polarity]
    yield node, CK.contested, Literal(row.contested)
    for controller in row.controllers:
        yield node, CK.controller, URIRef(controller)
    for claim in row.claims:
        yield node, CK.claim, URIRef(claim)
    for content in row.contents:
        yield node, PROV.wasDerivedFrom, URIRef(content)


def _verdict(row: Verdict) -> Iterable[Triple]:
    node = _node("verdict", *row.members)
    yield node, RDF.type, CK.Verdict
    yield node, CK.verdict, CK.Accepted if row.accepted else CK.Rejected
    for member in row.members:
        yield node, CK.member, URIRef(member)


def _corroboration(row: Corroboration) -> Iterable[Triple]:
    node = _node("corroboration", *row.claims)
    yield node, RDF.type, CK.Corroboration
    yield node, CK.independentOrigins, Literal(row.origins)
    for content in row.contents:
        yield node, PROV.wasDerivedFrom, URIRef(content)
    for claim in row.claims:
        yield node, CK.claim, URIRef(claim)


def _update(row: Update) -> Iterable[Triple]:
    node = _node("update", *row.claims, *row.contents)
    yield node, RDF.type, CK.Update
    for claim in row.claims:
        yield node, CK.claim, URIRef(claim)
    for content in row.contents:
        yield node, PROV.wasDerivedFrom, URIRef(content)


def _echo(row: Echo) -> Iterable[Triple]:
    node = _node("echo", *row.claims)
    yield node, RDF.type, CK.Echo
    for claim in row.claims:
        yield node, CK.claim, URIRef(claim)


def _edge(row: Edge) -> Iterable[Triple]:
    node = _node("edge", row.advance, str(row.day))
    yield node, RDF.type, CK.AdvanceEdge
    yield node, CK.event, URIRef(row.advance)
    yield node, CK.day, Literal(row.day.isoformat(), datatype=XSD.date)
    for place in row.places:
        yield node, CK.place, URIRef(place)
    for event in row.events:
        yield node, PROV.wasDerivedFrom, URIRef(event)


def _standing(row: Standing) -> Iterable[Triple]:
    node = _node("centrality", row.actor)
    yield node, RDF.type, CK.Centrality
    yield node, CK.actor, URIRef(row.actor)
    yield node, CK.degree, Literal(row.degree)
    yield node, CK.betweenness, _number(row.betweenness)
    yield node, CK.pagerank, _number(row.pagerank)
    yield node, CK.component, Literal(row.component)
    yield node, CK.community, Literal(row.community)


def _identity(row: Identity) -> Iterable[Triple]:
    node = _node("identity", *row.members)
    yield node, RDF.type, CK.Identity
    yield node, CK.method, Literal(row.method)
    yield node, CK.confidence, _number(row.confidence)
    for member in row.members:
        yield node, CK.member, URIRef(member)
        if member != row.canonical:
            yield URIRef(member), CK.sameAs, URIRef(row.canonical)


def _described(select: Select, facilities: Sequence[Entity], used: set[str]) -> Iterable[Triple]:
    """Names, classes and points of the given facilities in use that no article names."""
    present = {thing.iri for thing in entities(select, "Facility")}
    for entity in facilities:
        point = place_of(entity)
        if entity.iri not in used - present or point is None:
            continue
        node, shape = URIRef(entity.iri), URIRef(entity.iri + "/geometry")
        wkt = f"POINT({point.longitude} {point.latitude})"
        yield node, RDF.type, CK[entity.kind]
        yield node, RDFS.label, Literal(entity.label)
        yield node, CK.uncertaintyKm, _number(point.uncertainty_km)
        yield node, GEO.hasGeometry, shape
        yield shape, RDF.type, GEO.Geometry
        yield shape, GEO.asWKT, Literal(wkt, datatype=GEO.wktLiteral)
