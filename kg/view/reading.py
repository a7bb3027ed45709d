"""What the dataset holds, read through SPARQL: things with their properties, spans, points.

Only this module, `findings` and `measures` know how the dataset is asked. Names of kinds and
properties are local names ("Shelling", "place"); everything comes sorted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kg import ontology
from kg.records import Table
from kg.view.wording import local

CK = "https://w3id.org/conflict-kg/ontology#"
PREFIXES = (
    f"PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
    "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
    "PREFIX prov: <http://www.w3.org/ns/prov#> "
    "PREFIX geo: <http://www.opengis.net/ont/geosparql#> "
)
FACTS = (
    *("Event", "Figure", "EquipmentLot", "Position", "Membership", "Control"),
    *("Alliance", "Hostility", "Claim"),
)
"""Root classes of facts: what stands on a passage of an article."""
ENTITIES = ("Actor", "Place", "EquipmentType")
"""Root classes of entities: what facts are about."""

Select = Callable[[str], Table]


@dataclass(slots=True)
class Thing:
    """One node of the dataset: its finest class, the article that says so, its properties."""

    iri: str
    kind: str
    article: str
    properties: dict[str, list[str]] = field(default_factory=dict)

    def values(self, name: str) -> list[str]:
        """All values of a property, sorted."""
        return self.properties.get(name, [])

    def first(self, name: str) -> str:
        """The first value of a property, "" without one."""
        return next(iter(self.values(name)), "")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters of an article: code points `[start, end)` and the text there."""

    article: str
    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees north and east, and the radius in km within which they are known, if it is."""

    latitude: float
    longitude: float
    km: float | None


def things(select: Select, root: str, *, anywhere: bool = False) -> list[Thing]:
    """All nodes of a class with what their article says, or what any graph says; sorted."""
    names = ontology.kinds(root) or (root,)
    values = "VALUES ?kind { " + " ".join(f"<{CK}{name}>" for name in names) + " }"
    if anywhere:
        where = "?s a ?kind . ?s ?p ?o BIND('' AS ?g) FILTER(?p != ck:mention)"
    else:
        where = "GRAPH ?g { ?s a ?kind ; ?p ?o }"
    rows = select(f"{PREFIXES} SELECT ?g ?s ?p ?o WHERE {{ {values} {where} }}").rows
    found: dict[str, Thing] = {}
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    told: set[tuple[str | None, str, str]] = set()
    for graph, subject, predicate, value in rows:
        thing = found.setdefault(subject or "", Thing(subject or "", "", graph or ""))
        name = local(predicate or "")
        if name == "type":
            kinds[thing.iri].add((value or "").removeprefix(CK))
        elif value is not None and (subject, name, value) not in told:
            told.add((subject, name, value))
            thing.properties.setdefault(name, []).append(value)
    tree = ontology.ancestors()
    for thing in found.values():
        own = sorted(kind for kind in kinds[thing.iri] if kind in tree)
        thing.kind = max(own, key=lambda kind: len(tree[kind]), default=root)
        for listed in thing.properties.values():
            listed.sort()
    return [found[iri] for iri in sorted(found)]


def named(select: Select) -> set[str]:
    """Entities that an article names or a fact has in a role."""
    rows = select(
        f"{PREFIXES} SELECT DISTINCT ?s WHERE {{ {{ ?s ck:mention ?span }} UNION "
        "{ ?fact ck:evidence ?span ; ?p ?s FILTER(isIRI(?s)) } }"
    ).rows
    return {iri for (iri,) in rows if iri}


def same(select: Select) -> Mapping[str, str]:
    """Node -> the node that stands for all that are held to be one with it."""
    rows = select(f"{PREFIXES} SELECT ?one ?other WHERE {{ ?one ck:sameAs ?other }}").rows
    return {one: other for one, other in sorted(rows, key=str) if one and other}


def spans(select: Select) -> Mapping[str, Span]:
    """All characters that something was read from, by the IRI of the span."""
    rows = select(
        f"{PREFIXES} SELECT ?s ?article ?start ?end ?exact WHERE {{ "
        "?s ck:inArticle ?article ; ck:start ?start ; ck:end ?end ; ck:exact ?exact }"
    ).rows
    return {
        iri: Span(article, int(start), int(end), exact)
        for iri, article, start, end, exact in sorted(rows, key=str)
        if iri and article and start and end and exact
    }


def mentions(select: Select) -> Mapping[str, tuple[str, ...]]:
    """Entity -> IRIs of the spans that name it, sorted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for iri, span in select(f"{PREFIXES} SELECT ?s ?span WHERE {{ ?s ck:mention ?span }}").rows:
        if iri and span:
            found[iri].add(span)
    return {iri: tuple(sorted(found[iri])) for iri in sorted(found)}


def points(select: Select) -> Mapping[str, Point]:
    """Coordinates of places, and how well they are known."""
    rows = select(
        f"{PREFIXES} SELECT ?s ?wkt ?km WHERE {{ ?s geo:hasGeometry/geo:asWKT ?wkt "
        "OPTIONAL { ?s ck:uncertaintyKm ?km } }"
    ).rows
    found: dict[str, Point] = {}
    for iri, wkt, km in sorted(rows, key=str):
        numbers = re.findall(r"-?\d+(?:\.\d+)?", (wkt or "").rpartition("(")[2])
        if iri and len(numbers) == 2:
            found[iri] = Point(float(numbers[1]), float(numbers[0]), float(km) if km else None)
    return found


def values(select: Select, kind: str, *paths: str) -> list[tuple[str, ...]]:
    """For each node of a class, the values of each path sorted and joined by line breaks."""
    found: defaultdict[str, list[set[str]]] = defaultdict(lambda: [set() for _ in paths])
    for place, path in enumerate(paths):
        for node, value in select(
            f"{PREFIXES} SELECT ?n ?v WHERE {{ ?n a ck:{kind} OPTIONAL {{ ?n {path} ?v }} }}"
        ).rows:
            if node and value:
                found[node][place].add(value)
    return [(node, *("\n".join(sorted(told)) for told in found[node])) for node in sorted(found)]


def many(text: str) -> tuple[str, ...]:
    """The values that `values` joined."""
    return tuple(text.split("\n")) if text else ()
