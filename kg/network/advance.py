"""The moving edge of an incursion: where it stood on which day, by what all articles tell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
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
    forward = _moving(book)
    parts = [event for event in book.events.values() if event.values("subEventOf")]
    found: list[Edge] = []
    for members in advances(select):
        group = [book.events[iri] for iri in members]
        reached: defaultdict[date, dict[str, str]] = defaultdict(dict)
        for event in _forward(book, group, forward, parts):
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
    placed = [one for one in incursions if _placed(book, one)]
    pairs = [(one.iri, one.iri) for one in incursions]
    for number, one in enumerate(placed):
        for other in placed[:number]:
            alike = same.get(one.iri, one.iri) == same.get(other.iri, other.iri)
            if not book.decided.parts(one.iri, other.iri) and (
                alike or (_one_side(book, one, other) and _one_ground(book, one, other))
            ):
                pairs.append((one.iri, other.iri))
    groups = joined(pairs)
    for one in incursions:
        if one not in placed:
            fitting = [
                group
                for group in groups
                if any(
                    _one_side(book, one, book.events[iri])
                    for iri in group
                    if iri != one.iri and _placed(book, book.events[iri])
                )
            ]
            if len(fitting) == 1:
                pairs.append((one.iri, fitting[0][0]))
    return tuple(
        tuple(sorted(group, key=lambda iri: (not _placed(book, book.events[iri]), iri)))
        for group in joined(pairs)
    )


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


def _one_ground(book: Record, first: Thing, second: Thing) -> bool:
    """Whether a place of the one is, or lies in, a place of the other."""
    here, there = first.values("place"), second.values("place")
    return _inside(book, here, there) or _inside(book, there, here)


def _inside(book: Record, inner: Iterable[str], outer: Iterable[str]) -> bool:
    around = tuple(outer)
    return any(
        book.known.within(place, ground)
        or book.same.get(place, place) == book.same.get(ground, ground)
        for place in inner
        for ground in around
    )


def _forward(
    book: Record, group: list[Thing], forward: Iterable[Thing], parts: Iterable[Thing]
) -> Iterator[Thing]:
    """The events that carry an advance forward, its incursions included, each once, sorted."""
    own = {event.iri for event in group}
    articles = {event.article for event in group}
    ground = sorted({place for event in group for place in event.values("place")})
    begun = min((days.first for event in group if (days := book.when(event))), default=None)
    side = {one for event in group for one in book.who(event)}
    chosen = {event.iri: event for event in group}
    for event in parts:
        if not own.isdisjoint(event.values("subEventOf")):
            chosen[event.iri] = event
    for event in forward:
        days = book.when(event)
        if not side or not book.allied(side, book.who(event)):
            continue
        here = _inside(book, event.values("place"), ground)
        late = days is not None and begun is not None and days.last >= begun
        if here and late or event.article in articles and (here or not ground):
            chosen[event.iri] = event
    yield from (chosen[iri] for iri in sorted(chosen))


def _day(book: Record, event: Thing) -> date | None:
    days = book.when(event)
    if days is None or (days.last - days.first).days > WEEK:
        return None
    return days.last
