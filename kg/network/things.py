"""What the dataset says about one class: one `Thing` per node.

Every computed relationship starts from these rows, so that only this module and `shelf` know
how the dataset is read: whole, or through SPARQL where only a class is wanted. Names of kinds
and properties are local names ("Shelling", "place").
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from kg import ontology
from kg.network.shelf import CK, Shelf, Statement, Thing, finest, local, on_shelf
from kg.records import Table

__all__ = ["CK", "ID", "Thing", "local"]

ID = "https://w3id.org/conflict-kg/id/"

Select = Callable[[str], Table]
Statements = Callable[[], Iterable[Statement]]
T = TypeVar("T")


class Held:
    """A `Select` over a dataset that does not change: each question is answered once.

    The parts of a derived graph ask much the same; what one of them has read and made, the
    others are given.
    """

    def __init__(self, select: Select, statements: Statements | None = None) -> None:
        self._select = select
        self._statements = statements or (lambda: _told(select))
        self._made: dict[Hashable, Any] = {}

    def __call__(self, sparql: str) -> Table:
        """The rows of a query."""
        return self.kept(("rows", sparql), lambda: self._select(sparql))

    def kept(self, key: Hashable, make: Callable[[], T]) -> T:
        """What `make` gives, made once for each key."""
        if key not in self._made:
            self._made[key] = make()
        made: T = self._made[key]
        return made

    @property
    def shelf(self) -> Shelf:
        """All nodes, read at once."""
        return self.kept("shelf", lambda: Shelf(self._statements()))


def held(select: Select, statements: Statements | None = None) -> Held:
    """The dataset, each question to it answered once from now on; it must not change.

    Args:
        select: asks the dataset.
        statements: gives all statements of its named graphs, graph by graph; without it they
            are asked for.
    """
    return select if isinstance(select, Held) else Held(select, statements)


def _told(select: Select) -> Iterator[Statement]:
    rows = select("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g").rows
    yield from ((g or "", s or "", p or "", o or "") for g, s, p, o in rows)


def kept(select: Select, key: Hashable, make: Callable[[], T]) -> T:
    """What `make` gives: made once for each key where the dataset is held, else each time."""
    return select.kept(key, make) if isinstance(select, Held) else make()


def article_of(iri: str) -> str:
    """The article that a document-local entity belongs to, "" for reference data.

    >>> article_of("https://w3id.org/conflict-kg/id/article/raid-0123/entity/person/ana-bel")
    'https://w3id.org/conflict-kg/id/article/raid-0123'
    >>> article_of("https://w3id.org/conflict-kg/id/actor/nato")
    ''
    """
    article, middle, _ = iri.partition("/entity/")
    return article if middle else ""


def normalised(name: str) -> str:
    """A name without case, accents, punctuation and article, for comparing.

    >>> normalised("The Général  Staff of Kestonia")
    'general staff of kestonia'
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"^the ", "", " ".join(re.findall(r"\w+", letters)))


@cache
def is_a(kind: str, root: str) -> bool:
    """Whether a class is another one or lies below it in the ontology."""
    return kind == root or root in ontology.ancestors().get(kind, ())


def facts(select: Select, root: str) -> tuple[Thing, ...]:
    """All nodes of a class and its subclasses that article graphs hold, sorted by IRI."""
    if isinstance(select, Held) and on_shelf(root):
        return select.kept(("facts", root), lambda: select.shelf.facts(root))
    # the text of an article is long, and nothing is computed from it
    pattern = "GRAPH ?g { ?s a ?kind ; ?p ?o } FILTER(?p NOT IN (ck:mention, schema:articleBody))"
    query = f"{_PREFIXES} SELECT ?g ?s ?p ?o WHERE {{ {_kinds(root)} {pattern} }}"
    return kept(select, ("facts", root), lambda: _things(select(query).rows))


def entities(select: Select, root: str) -> tuple[Thing, ...]:
    """All nodes of a class and its subclasses with what any graph says, sorted by IRI."""
    if isinstance(select, Held) and on_shelf(root):
        return select.kept(("entities", root), lambda: select.shelf.entities(root))
    pattern = "?s a ?kind . ?s ?p ?o FILTER(?p != ck:mention)"
    query = f"{_PREFIXES} SELECT ('' AS ?g) ?s ?p ?o WHERE {{ {_kinds(root)} {pattern} }}"
    return kept(select, ("entities", root), lambda: _things(select(query).rows))


_PREFIXES = f"PREFIX ck: <{CK}> PREFIX schema: <https://schema.org/>"


def _kinds(root: str) -> str:
    names = ontology.kinds(root) or (root,)
    return "VALUES ?kind { " + " ".join(f"<{CK}{name}>" for name in names) + " }"


def _things(rows: Iterable[tuple[str | None, ...]]) -> tuple[Thing, ...]:
    found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    classes: defaultdict[str, set[str]] = defaultdict(set)
    graphs: defaultdict[str, set[str]] = defaultdict(set)
    for graph, subject, predicate, value in rows:
        if subject is None or predicate is None or value is None:
            continue
        name = local(predicate)
        graphs[subject].add(graph or "")
        if name == "type":
            if value.startswith(CK):
                classes[subject].add(value.removeprefix(CK))
        else:
            found[subject].add((name, value))
    return tuple(
        Thing(
            subject,
            finest(classes[subject]),
            next(iter(graphs[subject])) if len(graphs[subject]) == 1 else "",
            tuple(sorted(found[subject])),
        )
        for subject in sorted(classes)
        if classes[subject]
    )


def issued(select: Select) -> Mapping[str, date]:
    """The day of publication of each article that has one."""
    return {
        article.iri: day
        for article in facts(select, "Article")
        if (day := day_of(article.first("issued"))) is not None
    }


@dataclass(frozen=True, slots=True)
class Days:
    """A closed interval of days, e.g. 4 to 5 March; `stated` is False where it was only assumed."""

    first: date
    last: date
    stated: bool

    def overlaps(self, other: Days) -> bool:
        """Whether the intervals share a day."""
        return self.first <= other.last and other.first <= self.last


def labels(select: Select, iris: Iterable[str]) -> Mapping[str, str]:
    """A name for each IRI: its label, the first one where it has several, or its last part."""
    wanted = sorted(set(iris))
    found = {iri: local(iri) for iri in wanted}
    for start in range(0, len(wanted), _AT_ONCE):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + _AT_ONCE])
        rows = select(
            "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?x (MIN(?l) AS ?label) "
            f"WHERE {{ VALUES ?x {{ {values} }} ?x rdfs:label ?l }} GROUP BY ?x ORDER BY ?x"
        ).rows
        found.update((iri, label) for iri, label in rows if iri and label)
    return found


_AT_ONCE = 500

ASSUMED_DAYS = 2
"""An undated event of an article is taken to lie within this many days before publication."""


def days(thing: Thing, published: Mapping[str, date]) -> Days | None:
    """When an event was: its own interval, else the days just before its article appeared.

    None if neither the event nor the article has a date.
    """
    stated = stated_days(thing)
    if stated is not None:
        return stated
    day = published.get(thing.article)
    return Days(day - timedelta(days=ASSUMED_DAYS), day, stated=False) if day else None


def stated_days(thing: Thing) -> Days | None:
    """The interval that an article itself gives for an event, None where it gives none."""
    first, last = day_of(thing.first("earliest")), day_of(thing.first("latest"))
    if first is None and last is None:
        return None
    return Days(first or last or date.min, last or first or date.max, stated=True)


def day_of(text: str | None) -> date | None:
    """The day at the beginning of a literal, None where there is none.

    >>> day_of("2031-03-04T08:00:00Z")
    datetime.date(2031, 3, 4)
    >>> day_of("on Tuesday")
    """
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
