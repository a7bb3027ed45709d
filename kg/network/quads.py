"""Computed rows as named graphs: the derived and the identity graph, rebuilt as a whole.

A node's IRI is made from what it was computed from (SHA-256, 16 digits), so that the same
dataset gives the same bytes, and the same finding keeps its name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from hashlib import sha256
from typing import TypeVar

from rdflib import Literal, URIRef

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
from kg.network.things import Select, Statements, entities, held
from kg.network.updates import Update, updates
from kg.network.verdicts import Verdict
from kg.records import Entity, Graph
from kg.vocab import CK, DERIVED, GEO, ID, IDENTITY, PROV, RDF, RDFS, VERDICTS, XSD

Row = TypeVar("Row")
Triple = tuple[str, str, str]
"""Subject, predicate and object as N-Triples writes them."""
_TYPE, _FROM, _LABEL = RDF.type.n3(), PROV.wasDerivedFrom.n3(), RDFS.label.n3()


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

    def triples() -> Iterator[Triple]:
        yield from _each(_proximity, near)
        yield from _each(_approach, came)
        yield from _each(_dispute, disputes(select))
        yield from _each(_update, updates(select))
        yield from _each(_echo, echoes(select))
        yield from _each(_edge, edges(select))
        yield from _each(_holding, control(select))
        yield from _each(_corroboration, corroboration(select))
        yield from _each(_standing, centrality(select))
        yield from _described(select, facilities, used)

    return _graph(DERIVED, triples())


def _each(told: Callable[[Row], Iterable[Triple]], rows: Iterable[Row]) -> Iterator[Triple]:
    return (triple for row in rows for triple in told(row))


def identity_graph(select: Select) -> Graph:
    """Which nodes of different articles are held to be the same, as the identity graph."""
    return _graph(IDENTITY, _each(_identity, identity(held(select))))


def computed_graphs(
    select: Select, facilities: Sequence[Entity] = (), *, statements: Statements | None = None
) -> tuple[Graph, Graph]:
    """The identity and the derived graph, from one reading of the dataset.

    Args:
        select: asks the dataset.
        facilities: as for `derived_graph`.
        statements: gives all statements of the named graphs, graph by graph, which is faster
            than to ask for them.
    """
    select = held(select, statements)
    return identity_graph(select), derived_graph(select, facilities)


def verdict_graph(verdicts: Iterable[Verdict]) -> Graph:
    """A person's verdicts as the graph that no rebuild touches."""
    return _graph(VERDICTS, _each(_verdict, verdicts))


def _graph(name: URIRef, triples: Iterable[Triple]) -> Graph:
    return Graph(str(name), tuple(sorted({f"{s} {p} {o} <{name}> ." for s, p, o in triples})))


def _node(family: str, *inputs: str) -> str:
    return f"<{ID}{family}/{sha256('|'.join(inputs).encode()).hexdigest()[:16]}>"


def _iri(text: str) -> str:
    return f"<{text}>"


@cache
def _ck(name: str) -> str:
    """A term of the conflict ontology; a mistyped one is an error."""
    return str(CK[name].n3())


@cache
def _text(value: str | bool) -> str:
    return str(Literal(value).n3())


@lru_cache(100_000, typed=True)  # 1 is no 1.0
def _number(value: float | int) -> str:
    return str(Literal(value if isinstance(value, int) else Decimal(str(value))).n3())


def _day(day: date) -> str:
    return f'"{day.isoformat()}"^^<{XSD.date}>'


def _proximity(row: Proximity) -> Iterable[Triple]:
    node = _node(
        "proximity",
        row.facility,
        row.event or "",
        row.place if row.event is None else "",
        row.figure or "",
    )
    yield node, _TYPE, _ck("Proximity")
    yield from _distance(node, row)


def _distance(node: str, row: Proximity | Approach) -> Iterable[Triple]:
    yield node, _ck("facility"), _iri(row.facility)
    if row.event is not None:
        yield node, _ck("event"), _iri(row.event)
    yield node, _ck("place"), _iri(row.place)
    yield node, _ck("distanceKm"), _number(row.distance_km)
    yield node, _ck("uncertaintyKm"), _number(row.uncertainty_km)
    yield node, _ck("method"), _text(row.method)
    if row.stated_km is not None and row.figure is not None:
        yield node, _ck("statedKm"), _number(row.stated_km)
        yield node, _ck("statedFigure"), _iri(row.figure)
        yield node, _ck("supported"), _text(bool(row.supported))


def _dispute(row: Dispute) -> Iterable[Triple]:
    node = _node("dispute", row.kind, *row.claims)
    yield node, _TYPE, _ck("Dispute")
    yield node, _ck("disputeKind"), _ck(row.kind)
    for content in row.contents:
        yield node, _FROM, _iri(content)
    for claim in row.claims:
        yield node, _ck("claim"), _iri(claim)
    for finding in row.findings:
        found = _node("finding", row.kind, finding.rule, *finding.claims, *finding.contents)
        yield node, _ck("finding"), found
        yield from _finding(found, finding)


def _finding(node: str, row: Finding) -> Iterable[Triple]:
    yield node, _TYPE, _ck("Finding")
    yield node, _ck("rule"), _ck(row.rule)
    for claim in row.claims:
        yield node, _ck("claim"), _iri(claim)
    for content in row.contents:
        yield node, _FROM, _iri(content)
    for span in row.evidence:
        if span:
            yield node, _ck("evidence"), _iri(span)


def _approach(row: Approach) -> Iterable[Triple]:
    about = (row.event or row.place, row.method, row.figure or "")
    node = _node("approach", row.facility, str(row.day), *about)
    yield node, _TYPE, _ck("Approach")
    yield from _distance(node, row)
    yield node, _ck("day"), _day(row.day)
    for claim in row.claims:
        yield node, _ck("claim"), _iri(claim)


def _holding(row: Holding) -> Iterable[Triple]:
    node = _node("holding", row.place, str(row.day), row.polarity, *row.controllers)
    yield node, _TYPE, _ck("Holding")
    yield node, _ck("place"), _iri(row.place)
    yield node, _ck("day"), _day(row.day)
    yield node, _ck("polarity"), _ck(row.polarity)
    yield node, _ck("contested"), _text(row.contested)
    for controller in row.controllers:
        yield node, _ck("controller"), _iri(controller)
    for claim in row.claims:
        yield node, _ck("claim"), _iri(claim)
    for content in row.contents:
        yield node, _FROM, _iri(content)


def _verdict(row: Verdict) -> Iterable[Triple]:
    node = _node("verdict", *row.members)
    yield node, _TYPE, _ck("Verdict")
    yield node, _ck("verdict"), _ck("Accepted") if row.accepted else _ck("Rejected")
    for member in row.members:
        yield node, _ck("member"), _iri(member)


def _corroboration(row: Corroboration) -> Iterable[Triple]:
    node = _node("corroboration", *row.claims)
    yield node, _TYPE, _ck("Corroboration")
    yield node, _ck("independentOrigins"), _number(row.origins)
    for content in row.contents:
        yield node, _FROM, _iri(content)
    for claim in row.claims:
        yield node, _ck("claim"), _iri(claim)


def _update(row: Update) -> Iterable[Triple]:
    node = _node("update", *row.claims, *row.contents)
    yield node, _TYPE, _ck("Update")
    for claim in row.claims:
        yield node, _ck("claim"), _iri(claim)
    for content in row.contents:
        yield node, _FROM, _iri(content)


def _echo(row: Echo) -> Iterable[Triple]:
    node = _node("echo", *row.claims)
    yield node, _TYPE, _ck("Echo")
    for claim in row.claims:
        yield node, _ck("claim"), _iri(claim)


def _edge(row: Edge) -> Iterable[Triple]:
    node = _node("edge", row.advance, str(row.day))
    yield node, _TYPE, _ck("AdvanceEdge")
    yield node, _ck("event"), _iri(row.advance)
    yield node, _ck("day"), _day(row.day)
    for place in row.places:
        yield node, _ck("place"), _iri(place)
    for event in row.events:
        yield node, _FROM, _iri(event)


def _standing(row: Standing) -> Iterable[Triple]:
    node = _node("centrality", row.actor)
    yield node, _TYPE, _ck("Centrality")
    yield node, _ck("actor"), _iri(row.actor)
    yield node, _ck("degree"), _number(row.degree)
    yield node, _ck("betweenness"), _number(row.betweenness)
    yield node, _ck("pagerank"), _number(row.pagerank)
    yield node, _ck("component"), _number(row.component)
    yield node, _ck("community"), _number(row.community)


def _identity(row: Identity) -> Iterable[Triple]:
    node = _node("identity", *row.members)
    yield node, _TYPE, _ck("Identity")
    yield node, _ck("method"), _text(row.method)
    yield node, _ck("confidence"), _number(row.confidence)
    for member in row.members:
        yield node, _ck("member"), _iri(member)
        if member != row.canonical:
            yield _iri(member), _ck("sameAs"), _iri(row.canonical)


def _described(select: Select, facilities: Sequence[Entity], used: set[str]) -> Iterable[Triple]:
    """Names, classes and points of the given facilities in use that no article names."""
    present = {thing.iri for thing in entities(select, "Facility")}
    for entity in facilities:
        point = place_of(entity)
        if entity.iri not in used - present or point is None:
            continue
        node, shape = _iri(entity.iri), _iri(entity.iri + "/geometry")
        wkt = f"POINT({point.longitude} {point.latitude})"
        yield node, _TYPE, _ck(entity.kind)
        yield node, _LABEL, _text(entity.label)
        yield node, _ck("uncertaintyKm"), _number(point.uncertainty_km)
        yield node, GEO.hasGeometry.n3(), shape
        yield shape, _TYPE, GEO.Geometry.n3()
        yield shape, GEO.asWKT.n3(), Literal(wkt, datatype=GEO.wktLiteral).n3()
