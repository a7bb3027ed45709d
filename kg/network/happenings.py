"""Which events of different articles are held to be one happening.

Two articles rarely tell an event in the same words. Two event nodes are held to be one only
where nothing speaks against it: class, place, days, actuality, sides and named people must all
be compatible, and the place must stand in the event's own clause or claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

from kg.network.claims import Record, record, told
from kg.network.identity import Identity, alike, judged, one
from kg.network.settings import family
from kg.network.things import Select, Thing, is_a, kept

METHOD = "same kind, place, days and sides"
_LOOSE, _SAME_DAY, _SAME_SIDE, _SAME_KIND = 0.5, 0.15, 0.1, 0.1
_PEOPLE = ("victim", "target", "moved")


def identity(select: Select) -> tuple[Identity, ...]:
    """Actors, places and events of several articles that are held to be one, sorted by members.

    What was decided by rule has its method and confidence; a person's verdict overrules it.
    """
    return kept(
        select,
        "identity",
        lambda: tuple(
            sorted((*alike(select), *happenings(record(select))), key=lambda row: row.members)
        ),
    )


def happenings(book: Record) -> tuple[Identity, ...]:
    """Groups of events of different articles held to be one, sorted.

    Of each article at most one event is in a group, for an article that tells of two raids on
    a town tells of two.
    """
    groups: dict[str, dict[str, Thing]] = {}
    surest: dict[str, float] = {}
    scored = [(score(book, left, right), left, right) for left, right in _candidates(book)]
    found = [row for row in scored if row[0] > 0]
    for sure, left, right in sorted(found, key=lambda row: (-row[0], row[1].iri, row[2].iri)):
        here = groups.get(left.iri, {left.article: left})
        there = groups.get(right.iri, {right.article: right})
        if here is there or not here.keys().isdisjoint(there.keys()):
            continue
        if all(score(book, mine, yours) > 0 for mine in here.values() for yours in there.values()):
            together = {**here, **there}
            weakest = min(sure, *(surest.get(event.iri, 1.0) for event in together.values()))
            for event in together.values():
                groups[event.iri], surest[event.iri] = together, weakest
    rows = {
        tuple(sorted(event.iri for event in group.values())): surest[iri]
        for iri, group in groups.items()
    }
    made = [one(members, METHOD, round(sure, 2)) for members, sure in rows.items()]
    return judged(
        sorted(made, key=lambda row: row.members), book.decided, lambda iri: iri in book.events
    )


def _candidates(book: Record) -> Iterator[tuple[Thing, Thing]]:
    """Two events of different articles, of one family, at a common place on a common day."""
    buckets: defaultdict[tuple[str, int, str], list[Thing]] = defaultdict(list)
    for event in book.events.values():
        if book.settings[event.iri].told:
            for key in book.keys(event):
                buckets[(*key, family(event.kind))].append(event)
    seen: set[tuple[str, str]] = set()
    for bucket in buckets.values():
        for left, right in combinations(sorted(bucket, key=lambda event: event.iri), 2):
            if left.article != right.article and (left.iri, right.iri) not in seen:
                seen.add((left.iri, right.iri))
                yield left, right


def score(book: Record, first: Thing, second: Thing) -> float:
    """How sure it is that two events are one, 0 where something speaks against it."""
    if book.decided.parts(first.iri, second.iri):
        return 0.0
    if not book.same_happening(first, second) or _actuality(first) != _actuality(second):
        return 0.0
    here, there = book.who(first), book.who(second)
    if here and there and not book.allied(here, there):
        return 0.0
    if not all(_people(book, first, second, role) for role in _PEOPLE):
        return 0.0
    left, right = book.when(first), book.when(second)
    one_day = left == right and left is not None and left.stated and left.first == left.last
    return (
        _LOOSE
        + _SAME_DAY * one_day
        + _SAME_SIDE * bool(here and there)
        + _SAME_KIND * (first.kind == second.kind)
    )


def _actuality(event: Thing) -> str:
    return "told" if told(event) else event.term("actuality")


def _people(book: Record, first: Thing, second: Thing, role: str) -> bool:
    """Whether the named people in a role can be the same: one captain is not another."""
    left, right = (set(_named(book, event.values(role))) for event in (first, second))
    return not left or not right or not left.isdisjoint(right)


def _named(book: Record, iris: Iterable[str]) -> Iterator[str]:
    for iri in iris:
        actor = book.actors.get(iri)
        if actor is not None and is_a(actor.kind, "Person"):
            yield book.same.get(iri, iri)
