"""Computed rows as named graphs: the derived and the identity graph, rebuilt as a whole.

A node's IRI is made from what it was computed from (SHA-256, 16 digits), so that the same
dataset gives the same bytes, and the same finding keeps its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache
from hashlib import sha256

from rdflib import Literal, URIRef
from rdflib.term import Node

from kg.network.centrality import Standing, centrality
from kg.network.corroboration import Corroboration, corroboration
from kg.network.disputes import Dispute, disputes
from kg.network.identity import Identity, identity
from kg.network.places import place_of
from kg.network.proximity import Proximity, proximity
from kg.network.things import Select, entities
from kg.records import Entity, Graph
from kg.vocab import CK, DERIVED, GEO, ID, IDENTITY, PROV, RDF, RDFS

Triple = tuple[URIRef, URIRef, Node]


def derived_graph(
    select: Select, facilities: Sequence[Entity] = (), *, within_km: float = 150.0
) -> Graph:
    """Everything computed across articles, as the derived graph.

    Args:
        select: asks the dataset; article, reference and identity graphs must be up to date.
        facilities: facilities of interest beyond those that articles name; the ones that an
            event comes near to are described in this graph.
        within_km: range of `proximity`.
    """
    # the parts ask many of the same questions, and the dataset does not change meanwhile
    select = cache(select)
    near = proximity(select, facilities, within_km=within_km)
    triples = [
        *(triple for row in near for triple in _proximity(row)),
        *(triple for row in disputes(select) for triple in _dispute(row)),
        *(triple for row in corroboration(select) for triple in _corroboration(row)),
        *(triple for row in centrality(select) for triple in _standing(row)),
        *_described(select, facilities, {row.facility for row in near}),
    ]
    return _graph(DERIVED, triples)


def identity_graph(select: Select) -> Graph:
    """Which entities of different articles are held to be the same, as the identity graph."""
    return _graph(IDENTITY, [triple for row in identity(select) for triple in _identity(row)])


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


def _corroboration(row: Corroboration) -> Iterable[Triple]:
    node = _node("corroboration", *row.claims)
    yield node, RDF.type, CK.Corroboration
    yield node, CK.independentOrigins, Literal(row.origins)
    for content in row.contents:
        yield node, PROV.wasDerivedFrom, URIRef(content)
    for claim in row.claims:
        yield node, CK.claim, URIRef(claim)


def _standing(row: Standing) -> Iterable[Triple]:
    node = _node("centrality", row.actor)
    yield node, RDF.type, CK.Centrality
    yield node, CK.actor, URIRef(row.actor)
    yield node, CK.degree, Literal(row.degree)
    yield node, CK.betweenness, _number(row.betweenness)
    yield node, CK.pagerank, _number(row.pagerank)
    yield node, CK.component, Literal(row.component)


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
