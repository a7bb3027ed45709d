"""The moving edge of an incursion: where it stood on which day, by what all articles tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from kg.network.claims import Record, record
from kg.network.happenings import identity
from kg.network.identity import canonical
from kg.network.places import finest
from kg.network.things import Select, Thing, is_a, kept
from kg.network.verdicts import joined

ADVANCE = ("Incursion", "GroundAttack", "TerritoryCaptured", "Clash", "Capture")
"""What carries an advance forward; classes below these count."""
WEEK = 7
"""An event that may lie anywhere in more days than this puts the edge on no day."""
APART = timedelta(days=14)
"""Incursions of one side into one region are one advance if they begin no farther apart."""


@dataclass(frozen=True, slots=True)
class Edge:
    """Where an advance stood on one day.

    Attributes:
        advance: IRI of the incursion that stands for the advance.
        day: by this day it had come there.
        places: IRIs of the places reached, the finest ones only, sorted.
        events: for each of the places, in order, the event that tells of it.
    """

    advance: str
    day: date
    places: tuple[str, ...]
    events: tuple[str, ...]


def edges(select: Select) -> tuple[Edge, ...]:
    """The edge of every advance on every day of which something is told, sorted.

    An advance is one incursion, or several held to be one: of one side, into one region, begun
    within 14 days. What carries it forward: its sub-events, and the ground attacks, clashes
    and captures of the same side – in the same article, or in its region. An event counts for
    the last day on which it may have been; an undated one for the day of its article. Events
    that are only possible, planned or denied move nothing.
    """
    return kept(select, "edges", lambda: _edges(select))


def _edges(select: Select) -> tuple[Edge, ...]:
    book = record(select)
    reach = _reach(book)
    found: list[Edge] = []
    for members in advances(select):
        reached: defaultdict[date, dict[str, str]] = defaultdict(dict)
        for event in _forward(book, [book.events[iri] for iri in members], reach):
            day = _day(book, event)
            for place in event.values("place") if day else ():
                if place in book.known.points and day:
                    reached[day].setdefault(place, event.iri)
        for day, told in reached.items():
            places = finest(told, book.known)
            found.append(Edge(members[0], day, places, tuple(told[place] for place in places)))
    return tuple(sorted(found, key=lambda edge: (edge.advance, edge.day)))


def _moving(book: Record) -> list[Thing]:
    """The events that are said to have carried some advance forward."""
    return [
        event
        for event in book.events.values()
        if any(is_a(event.kind, kind) for kind in ADVANCE)
        and event.term("actuality") in ("", "Actual")
    ]


def advances(select: Select) -> tuple[tuple[str, ...], ...]:
    """Groups of incursions that are one advance, sorted; the first stands for the group.

    An incursion that its article puts nowhere on the map belongs to the one advance of its side
    that began within 14 days of it, if there is one only.
    """
    return kept(select, "advances", lambda: _advances(select))


def _advances(select: Select) -> tuple[tuple[str, ...], ...]:
    book, same = record(select), canonical(identity(select))
    incursions = sorted(
        (event for event in _moving(book) if is_a(event.kind, "Incursion")),
        key=lambda event: event.iri,
    )
    pairs = [(one.iri, one.iri) for one in incursions]
    whole: defaultdict[str, list[Thing]] = defaultdict(list)
    inside: defaultdict[tuple[str, int], list[Thing]] = defaultdict(list)
    for one in incursions:
        whole[same.get(one.iri, one.iri)].append(one)
        for place in _around(book, one):
            inside[place, _fortnight(book, one)].append(one)
    for one in incursions:
        some = list(whole[same.get(one.iri, one.iri)])
        some += [
            other
            for place in _ground(book, one)
            for near in (-1, 0, 1)
            for other in inside.get((place, _fortnight(book, one) + near), ())
            if _one_side(book, one, other)
        ]
        pairs += [
            (one.iri, other.iri) for other in some if not book.decided.parts(one.iri, other.iri)
        ]
    groups = joined(pairs)
    begun: defaultdict[int, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for iri in group:
            if _placed(book, book.events[iri]):
                begun[_fortnight(book, book.events[iri])].add(number)
    for one in incursions:
        if not _placed(book, one):
            near = {n for step in (-1, 0, 1) for n in begun[_fortnight(book, one) + step]}
            fitting = [
                groups[number]
                for number in sorted(near)
                if any(
                    _one_side(book, one, book.events[iri])
                    for iri in groups[number]
                    if iri != one.iri and _placed(book, book.events[iri])
                )
            ]
            if len(fitting) == 1:
                pairs.append((one.iri, fitting[0][0]))
    return tuple(
        tuple(sorted(group, key=lambda iri: (not _placed(book, book.events[iri]), iri)))
        for group in joined(pairs)
    )


def _fortnight(book: Record, event: Thing) -> int:
    """A number for the 14 days in which an incursion began; 0 where none is known."""
    days = book.when(event)
    return days.first.toordinal() // APART.days if days else 0


def _placed(book: Record, event: Thing) -> bool:
    return any(place in book.known.points for place in event.values("place"))


def _one_side(book: Record, first: Thing, second: Thing) -> bool:
    """Whether two incursions are of one side and begin within 14 days of each other."""
    left, right = book.when(first), book.when(second)
    return (
        left is not None
        and right is not None
        and abs(left.first - right.first) <= APART
        and book.allied(book.who(first), book.who(second))
    )


def _ground(book: Record, event: Thing) -> set[str]:
    """The places of an event, as the ones that stand for them."""
    return {book.same.get(place, place) for place in event.values("place")}


def _around(book: Record, event: Thing) -> set[str]:
    """The places of an event and all that contain them."""
    around = {up for one in event.values("place") for up in book.known.containers.get(one, ())}
    return _ground(book, event) | {book.same.get(up, up) for up in around}


@dataclass(frozen=True, slots=True)
class _Reach:
    """The events that may carry an advance forward.

    Attributes:
        inside: place -> those at it or inside of it.
        articles: article -> those that it tells of.
        parts: event -> its sub-events.
    """

    inside: Mapping[str, list[Thing]]
    articles: Mapping[str, list[Thing]]
    parts: Mapping[str, list[Thing]]


def _reach(book: Record) -> _Reach:
    inside: defaultdict[str, list[Thing]] = defaultdict(list)
    articles: defaultdict[str, list[Thing]] = defaultdict(list)
    parts: defaultdict[str, list[Thing]] = defaultdict(list)
    for event in _moving(book):
        articles[event.article].append(event)
        for place in _around(book, event):
            inside[place].append(event)
    for event in book.events.values():
        for whole in event.values("subEventOf"):
            parts[whole].append(event)
    return _Reach(inside, articles, parts)


def _forward(book: Record, group: list[Thing], reach: _Reach) -> Iterator[Thing]:
    """The events that carry an advance forward, its incursions included, each once, sorted."""
    ground = {place for event in group for place in _ground(book, event)}
    begun = min((days.first for event in group if (days := book.when(event))), default=None)
    side = {one for event in group for one in book.who(event)}
    chosen = {one.iri: one for event in group for one in (event, *reach.parts.get(event.iri, ()))}
    here = {one.iri: one for place in ground for one in reach.inside.get(place, ())}
    told = {one.iri for event in group for one in reach.articles.get(event.article, ())}
    near = here if ground else {iri: book.events[iri] for iri in told}
    for event in near.values():
        days = book.when(event)
        late = days is not None and begun is not None and days.last >= begun
        if (event.iri in told or late) and book.allied(side, book.who(event)):
            chosen[event.iri] = event
    yield from (chosen[iri] for iri in sorted(chosen))


def _day(book: Record, event: Thing) -> date | None:
    days = book.when(event)
    if days is None or (days.last - days.first).days > WEEK:
        return None
    return days.last
