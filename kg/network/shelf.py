"""All that the named graphs say about the nodes that matter here, from one reading.

The parts of a derived graph ask much the same of the dataset. Asked one by one through SPARQL,
each node would be read some five times; here each statement is read once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg import ontology

CK = "https://w3id.org/conflict-kg/ontology#"
ROOTS = (
    "Actor", "Place", "Event", "EquipmentType", "EquipmentLot", "Claim", "Figure", "Control",
    "Position", "Membership", "Alliance", "Hostility", "Article",
)  # fmt: skip
"""The classes whose nodes, with those of the classes below them, are on the shelf."""
_MENTION = f"{CK}mention"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_WKT = "http://www.opengis.net/ont/geosparql#asWKT"
_BODY = "https://schema.org/articleBody"

Statement = tuple[str, str, str, str]
"""Graph, subject, predicate and value, as plain text."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Thing:
    """One node of the dataset.

    Attributes:
        iri: its IRI.
        kind: its most specific class of the conflict ontology, local name.
        article: the named graph that holds it; "" where several do (a shared actor or place).
        properties: (local name, IRI or lexical value), sorted.
    """

    iri: str
    kind: str
    article: str
    properties: tuple[Pair, ...]

    def values(self, name: str) -> tuple[str, ...]:
        """All values of a property, sorted; empty if there is none."""
        return tuple([value for found, value in self.properties if found == name])

    def first(self, name: str) -> str | None:
        """The first value of a property, None without one."""
        for found, value in self.properties:
            if found == name:
                return value
        return None

    def term(self, name: str) -> str:
        """Local name of the ontology individual that a property holds, "" without one."""
        return local(self.first(name) or "")

    @property
    def label(self) -> str:
        """Its label, or the last part of its IRI."""
        return self.first("label") or local(self.iri)


def local(iri: str) -> str:
    """The last part of an IRI.

    >>> local("https://w3id.org/conflict-kg/ontology#Killed")
    'Killed'
    """
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a span and the article that they are in; "" where a span has none."""

    article: str
    exact: str


class Shelf:
    """The nodes of `ROOTS` and what they hang on.

    Attributes:
        spans: IRI of each span -> its words.
        mentions: graph -> entity -> offsets at which the graph mentions it, sorted.
        shapes: IRI of a geometry -> its WKT texts.
        roles: local names of the properties of the conflict ontology that are in use.
    """

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.spans: dict[str, Sentence] = {}
        self.mentions: dict[str, dict[str, tuple[int, ...]]] = {}
        self.shapes: defaultdict[str, set[str]] = defaultdict(set)
        self._things: dict[str, Thing | list[Thing]] = {}
        self._loose: defaultdict[str, set[Pair]] = defaultdict(set)
        self._classes: defaultdict[str, list[Thing]] = defaultdict(list)
        names: dict[str, str] = {}
        for page in _pages(statements, names):
            self._put(page)
        self.roles = frozenset(name for long, name in names.items() if long.startswith(CK))

    def facts(self, root: str) -> tuple[Thing, ...]:
        """As `things.facts`, for a class of `ROOTS` or below."""
        found: defaultdict[str, dict[str, Thing]] = defaultdict(dict)
        for kind in ontology.kinds(root) or (root,):
            for thing in self._classes.get(kind, ()):
                found[thing.iri][thing.article] = thing
        return tuple(_merged(iri, tuple(found[iri].values())) for iri in sorted(found))

    def entities(self, root: str) -> tuple[Thing, ...]:
        """As `things.entities`, for a class of `ROOTS` or below."""
        kinds = ontology.kinds(root) or (root,)
        wanted = {thing.iri for kind in kinds for thing in self._classes.get(kind, ())}
        return tuple(self._whole(iri) for iri in sorted(wanted))

    def mentioned(self, kinds: Iterable[str]) -> Iterator[tuple[Thing, tuple[int, ...]]]:
        """What a graph says of the nodes of these very classes that it mentions, and where."""
        for kind in kinds:
            for thing in self._classes.get(kind, ()):
                offsets = self.mentions.get(thing.article, {}).get(thing.iri)
                if offsets is not None:
                    yield thing, offsets

    def sheets(self) -> Iterator[tuple[str, tuple[Thing, ...]]]:
        """Each node of `ROOTS`, sorted by IRI, with what each graph says of it."""
        for iri in sorted(self._things):
            yield iri, _all(self._things[iri])

    def _whole(self, iri: str) -> Thing:
        some, more = _all(self._things[iri]), self._loose.get(iri)
        if len(some) == 1 and not more:
            return Thing(iri, some[0].kind, "", some[0].properties)
        pairs = {pair for thing in some for pair in thing.properties} | (more or set())
        return Thing(iri, finest({thing.kind for thing in some}), "", tuple(sorted(pairs)))

    def _put(self, page: _Page) -> None:
        known = page.classes
        for subject, pairs in page.pairs.items():
            kinds = known.get(subject, ())
            if not _matters(kinds):
                told = dict(sorted(pairs, reverse=True))
                if "exact" in told:
                    self.spans[subject] = Sentence(told.get("inArticle", ""), told["exact"])
                elif not kinds:
                    self._loose[subject].update(pairs)
                continue
            thing = Thing(subject, finest(kinds), page.graph, tuple(sorted(set(pairs))))
            before = self._things.setdefault(subject, thing)
            if before is not thing:
                self._things[subject] = [*_all(before), thing]
            for kind in kinds:
                self._classes[kind].append(thing)
        for subject, text in page.shapes:
            self.shapes[subject].add(text)
        if page.mentions:
            self.mentions[page.graph] = {
                entity: tuple(sorted(found)) for entity, found in page.mentions.items()
            }


@dataclass(slots=True)
class _Page:
    """The statements of one graph."""

    graph: str
    pairs: defaultdict[str, list[Pair]]
    classes: defaultdict[str, set[str]]
    mentions: defaultdict[str, set[int]]
    shapes: list[Pair]


def _pages(statements: Iterable[Statement], names: dict[str, str]) -> Iterator[_Page]:
    """The graphs one by one; `names` is filled with the local name of each property."""
    same: dict[str, str] = {}
    page: _Page | None = None
    for graph, subject, predicate, value in statements:
        if page is None or graph != page.graph:
            if page is not None:
                yield page
            page = _Page(graph, defaultdict(list), defaultdict(set), defaultdict(set), [])
        if predicate == _TYPE:
            if value.startswith(CK):
                page.classes[subject].add(same.setdefault(value, value[len(CK) :]))
            page.pairs[subject]  # a node of which nothing else is said is a node
        elif predicate == _MENTION:
            found = _offset(value)
            page.mentions[subject].update(() if found is None else (found,))
        elif predicate != _BODY:
            if predicate == _WKT:
                page.shapes.append((subject, value))
            name = names.get(predicate) or names.setdefault(predicate, local(predicate))
            page.pairs[subject].append((name, same.setdefault(value, value)))
    if page is not None:
        yield page


def _offset(span: str) -> int | None:
    found = re.search(r"#char=(\d+),", span)
    return int(found[1]) if found else None


def _all(held: Thing | list[Thing]) -> tuple[Thing, ...]:
    return (held,) if isinstance(held, Thing) else tuple(held)


def _merged(iri: str, some: tuple[Thing, ...]) -> Thing:
    if len(some) == 1:
        return some[0]
    pairs = {pair for thing in some for pair in thing.properties}
    return Thing(iri, finest({thing.kind for thing in some}), "", tuple(sorted(pairs)))


def finest(kinds: Collection[str]) -> str:
    """The most specific of some classes, the first by name of several."""
    if len(kinds) == 1:
        return next(iter(kinds))
    tree = ontology.ancestors()
    return min(kinds, key=lambda name: (-len(tree.get(name, ())), name))


@cache
def _kept() -> frozenset[str]:
    return frozenset(kind for root in ROOTS for kind in (root, *ontology.kinds(root)))


def _matters(kinds: Collection[str]) -> bool:
    return not _kept().isdisjoint(kinds)


def on_shelf(root: str) -> bool:
    """Whether the nodes of a class are on a shelf."""
    return root in _kept()
