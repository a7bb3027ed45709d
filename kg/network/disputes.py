"""Claims that cannot all be true: figures, yes and no, who holds a place, who did it.

Nothing decides who is right; a dispute only puts the claims beside each other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from itertools import combinations

import networkx as nx

from kg import ontology
from kg.network.claims import Assertion, Record, record
from kg.network.identity import normalised
from kg.network.things import Select, Thing, entities, is_a, local

CONTROL_DAYS = 14
"""Two speakers on who holds a place contradict each other if they speak within this many days."""
_BOTH_SIDES = ("Clash", "Negotiation", "Agreement", "PrisonerExchange")
_TAKING = ("TerritoryCaptured", "TerritoryRecaptured")


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two or more claims that contradict each other.

    Attributes:
        kind: FigureDispute, PolarityDispute, ControlDispute or ResponsibilityDispute.
        claims: IRIs of the claims, sorted.
        contents: IRIs of the facts that cannot all be true, sorted.
    """

    kind: str
    claims: tuple[str, ...]
    contents: tuple[str, ...]


def disputes(select: Select) -> tuple[Dispute, ...]:
    """All disputes of the dataset, sorted by kind and claims.

    Claims that contradict each other about one thing, directly or through a third, form one
    dispute. Only what is said to be so counts: possible, planned and demanded events are
    no claims about the world.
    """
    book = record(select)
    labels = {actor.iri: actor.label for actor in entities(select, "Actor")}
    rows = [
        *_grouped("FigureDispute", _figures(book, labels)),
        *_grouped("PolarityDispute", _happenings(book, _denied)),
        *_grouped("ResponsibilityDispute", _happenings(book, _blamed)),
        *_grouped("ControlDispute", _control(book)),
    ]
    return tuple(sorted(rows, key=lambda row: (row.kind, row.claims)))


Pair = tuple[Assertion, Assertion]


def _grouped(kind: str, pairs: Iterable[Pair]) -> Iterator[Dispute]:
    graph: nx.Graph[str] = nx.Graph()
    contents: defaultdict[str, set[str]] = defaultdict(set)
    for left, right in pairs:
        graph.add_edge(left.claim.iri, right.claim.iri)
        for one in (left, right):
            contents[one.claim.iri].add(one.content.iri)
    for group in nx.connected_components(graph):
        facts = {content for claim in group for content in contents[claim]}
        yield Dispute(kind, tuple(sorted(group)), tuple(sorted(facts)))


def agree(first: Thing, second: Thing) -> bool:
    """Whether the intervals of two figures share a number; an open end reaches without limit."""
    low = max(Decimal(figure.first("lower") or "-Infinity") for figure in (first, second))
    high = min(Decimal(figure.first("upper") or "Infinity") for figure in (first, second))
    return low <= high


def scope(figure: Thing, labels: Mapping[str, str]) -> tuple[str, str, str, frozenset[str]]:
    """What a figure counts: kind, outcome, unit, and who; "people" is everybody."""
    counted = {normalised(labels.get(one, local(one))) for one in figure.values("population")}
    unit = figure.first("unit") or ""
    return figure.kind, figure.term("outcome"), unit, frozenset(counted - _everybody())


@cache
def _everybody() -> frozenset[str]:
    return frozenset(row["words"] for row in ontology.rows("lexicon/everybody.tsv"))


def _figures(book: Record, labels: Mapping[str, str]) -> Iterator[Pair]:
    comparable: defaultdict[tuple[object, ...], list[Assertion]] = defaultdict(list)
    for one in book.assertions:
        if not is_a(one.content.kind, "Figure") or one.negated:
            continue
        if one.content.values("partOfFigure") and not scope(one.content, labels)[3]:
            continue  # "two of the wounded" counts no population of its own
        events = [book.events[iri] for iri in one.content.values("event") if iri in book.events]
        spots = {spot for event in events for spot in (event.iri, *book.where(event))}
        for spot in sorted(spots):
            comparable[spot, scope(one.content, labels)].append(one)
    seen: set[tuple[str, str]] = set()
    for group in comparable.values():
        for left, right in combinations(group, 2):
            pair = (left.claim.iri + left.content.iri, right.claim.iri + right.content.iri)
            if pair in seen or left.content.iri == right.content.iri:
                continue
            seen.add(pair)
            if (
                not agree(left.content, right.content)
                and _one_event(book, left.content, right.content)
                and not _update(left, right)
            ):
                yield left, right


def _one_event(book: Record, first: Thing, second: Thing) -> bool:
    here, there = (
        [book.events[iri] for iri in figure.values("event") if iri in book.events]
        for figure in (first, second)
    )
    return any(
        left.iri == right.iri or (_told(left) and _told(right) and book.same_happening(left, right))
        for left in here
        for right in there
    )


def _told(event: Thing) -> bool:
    return event.term("actuality") in ("", "Actual", "Denied")


def _update(first: Assertion, second: Assertion) -> bool:
    """One speaker's later and higher count; or one voice's counts for two events of one text."""
    if first.speakers.isdisjoint(second.speakers):
        return False
    if first.claim.article == second.claim.article:
        return first.content.values("event") != second.content.values("event")
    if first.said is None or second.said is None or first.said == second.said:
        return False
    early, late = (first, second) if first.said < second.said else (second, first)
    least = Decimal(late.content.first("lower") or "0")
    return least >= Decimal(early.content.first("upper") or early.content.first("lower") or "0")


def _happenings(
    book: Record, clash: Callable[[Record, Assertion, Assertion], bool]
) -> Iterator[Pair]:
    """Pairs of claims by different speakers about one happening that clash in the given way."""
    events = [
        one for one in book.assertions if is_a(one.content.kind, "Event") and _told(one.content)
    ]
    spots: defaultdict[str, list[Assertion]] = defaultdict(list)
    for one in events:
        for key in {one.content.iri, *book.where(one.content)}:
            spots[key].append(one)
    seen: set[tuple[str, str]] = set()
    for key in sorted(spots):
        for left, right in combinations(spots[key], 2):
            pair = (left.claim.iri + left.content.iri, right.claim.iri + right.content.iri)
            if pair in seen or not left.speakers.isdisjoint(right.speakers):
                continue
            seen.add(pair)
            if book.same_happening(left.content, right.content) and clash(book, left, right):
                yield left, right


def _denied(book: Record, left: Assertion, right: Assertion) -> bool:
    """One says that it happened and the other that it did not."""
    if left.negated == right.negated or _rejects_blame(book, left, right):
        return False
    here, there = book.who(left.content), book.who(right.content)
    return not here or not there or book.allied(here, there)


def _blamed(book: Record, left: Assertion, right: Assertion) -> bool:
    """Two speakers name different sides, or the accused side denies."""
    if left.negated != right.negated:
        return _rejects_blame(book, left, right)
    here, there = book.who(left.content), book.who(right.content)
    both = any(is_a(left.content.kind, kind) for kind in _BOTH_SIDES)
    return not left.negated and not both and bool(here and there) and not book.allied(here, there)


def _rejects_blame(book: Record, left: Assertion, right: Assertion) -> bool:
    said, denied = (right, left) if left.negated else (left, right)
    accused = book.who(said.content)
    if not accused or not book.allied(accused, book.who(denied.content) or accused):
        return False
    return said.claim.term("speechAct") == "Accusation" or book.allied(accused, denied.speakers)


@dataclass(frozen=True, slots=True)
class _Holding:
    """Who a speaker says holds a place; `since` is None where the state is merely said to last."""

    assertion: Assertion
    holder: frozenset[str]
    since: date | None
    said: date


def _control(book: Record) -> Iterator[Pair]:
    places: defaultdict[str, list[_Holding]] = defaultdict(list)
    for one in book.assertions:
        taking = any(is_a(one.content.kind, kind) for kind in _TAKING) and _told(one.content)
        if one.said is None or not (taking or one.content.kind == "Control"):
            continue
        holder = book.who(one.content, "initiator" if taking else "controller")
        since = book.when(one.content) if taking else None
        begun = since.first if since and since.stated else _date(one.content.first("since"))
        for place in book.where(one.content) if holder else ():
            places[place].append(_Holding(one, holder, begun, one.said))
    for place in sorted(places):
        for left, right in combinations(places[place], 2):
            if _contradict(book, left, right):
                yield left.assertion, right.assertion


def _contradict(book: Record, left: _Holding, right: _Holding) -> bool:
    if not left.assertion.speakers.isdisjoint(right.assertion.speakers):
        return False
    apart = not book.allied(left.holder, right.holder)
    if left.assertion.negated == right.assertion.negated:
        if left.assertion.negated or not apart:
            return False
    elif apart:
        return False
    early, late = sorted((left, right), key=lambda one: one.said)
    if late.said - early.said > timedelta(days=CONTROL_DAYS):
        return False
    # A place may change hands: what begins after the other claim was made is news.
    return late.since is None or late.since <= early.said


def _date(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
