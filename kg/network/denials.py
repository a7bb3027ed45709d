"""Which event a denial speaks of: a denial answers a claim, and need not repeat where and when.

"U.S. forces conducted no strikes in Yemen on that date" answers "a drone bombed a wedding at
Rada'a on Friday": its place contains the other's. "The battalion is not encircled" names no
place, but whom it is about.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from datetime import timedelta

from kg.network import arms
from kg.network.claims import Record, told
from kg.network.settings import CONSEQUENCES, family, violent
from kg.network.things import Thing, is_a

LOSSES = ("EquipmentLoss", "Interception")
_PEOPLE = ("target", "victim", "moved")
_LONGEST = 14
_SLACK = timedelta(days=1)
RARE = ("Encirclement", "PrisonerExchange", "Negotiation", "Agreement", "Interception")
"""Families of which two on one day in one war are most often one, wherever they are told to be."""


def keys(book: Record, event: Thing) -> Iterator[Hashable]:
    """What a denial and what it denies share, day by day: a place around, a side, those it hits."""
    if not told(event):
        return
    days = book.when(event)
    if days is None or (days.last - days.first).days > _LONGEST:
        return
    slack = timedelta() if days.stated else _SLACK
    kind = "violence" if violent(event.kind) else family(event.kind)
    kind = "loss" if _loss(event) else kind
    ties = dict.fromkeys(_ties(book, event))
    first, last = (days.first - slack).toordinal(), (days.last + slack).toordinal()
    for day in range(first, last + 1):
        for tie in ties:
            yield kind, tie, day


def _ties(book: Record, event: Thing) -> Iterator[str]:
    for place in sorted(book.where(event)):
        yield place
        yield from sorted(book.known.containers.get(place, ()))
    for role in _PEOPLE:
        for one in event.values(role):
            if one in book.actors:
                yield book.same.get(one, one)
    for one in sorted({*book.who(event), *_losers(book, event)}):
        yield from sorted(book.belongs.get(one, frozenset({one})))
    if any(is_a(event.kind, kind) for kind in RARE):
        yield ""


def answers(book: Record, said: Thing, denied: Thing) -> bool:
    """Whether a denied event can be the one that somebody else tells of.

    Kinds must fit; where both have a named place, what is told must be at or in a place that the
    denial names ("no attack on the plant" says nothing of the region around it); whom both are
    said to hit must be the same, and who does it must not be two sides.
    """
    kinds = is_a(said.kind, denied.kind) or is_a(denied.kind, said.kind)
    if _loss(said) and _loss(denied):
        kinds = _same_arms(book, said, denied)
    harm = is_a(said.kind, "Attack") and any(is_a(denied.kind, kind) for kind in CONSEQUENCES)
    if not (kinds or harm) or book.decided.parts(said.iri, denied.iri):
        return False
    if _general(book, denied):
        return False
    here, there = _named(book, said), _named(book, denied)
    if here and there and not any(book.known.within(a, b) for a in here for b in there):
        return False
    hit, spared = _people(book, said), _people(book, denied)
    rare = any(is_a(denied.kind, kind) for kind in RARE)
    if rare and all(book.nameless(one) for one in spared):
        spared = frozenset()  # an exchange of "prisoners" may be told as one of soldiers
    if spared and not spared & hit and (hit or is_a(said.kind, "GroundAttack")):
        return False  # "we do not target civilians" is no answer to "they attacked the garrison"
    one, other = book.who(said), book.who(denied)
    sides = bool(one and other) and book.allied(one, other)
    if not kinds and not sides:
        return False  # only who is accused of a bombing and denies any sabotage denies the bombing
    return sides or not one or not other


def _general(book: Record, denied: Thing) -> bool:
    """Whether a denial is of a habit, and answers no one event: "we do not target civilians"."""
    people = [one for role in _PEOPLE for one in denied.values(role) if one in book.actors]
    days = book.when(denied)
    dated = days is not None and days.stated
    return (
        bool(people)
        and all(book.nameless(one) for one in people)
        and not (dated or book.where(denied))
    )


def _loss(event: Thing) -> bool:
    """Whether arms are lost, shot down or taken: told by who lost them, or by who did it."""
    return any(is_a(event.kind, kind) for kind in LOSSES)


def _losers(book: Record, event: Thing) -> frozenset[str]:
    """Whose arms an event is said to have cost."""
    lots = (book.lots[lot] for lot in event.values("target") if lot in book.lots)
    return frozenset(book.same.get(one, one) for lot in lots for one in lot.values("operator"))


def _same_arms(book: Record, said: Thing, denied: Thing) -> bool:
    here, there = (
        [book.lots[lot] for lot in event.values("target") if lot in book.lots]
        for event in (said, denied)
    )
    lost, spared = _losers(book, said), _losers(book, denied)
    if lost and spared and not book.allied(lost, spared):
        return False
    return arms.alike(here, there)


def _named(book: Record, event: Thing) -> frozenset[str]:
    """Places with a proper name; "the bridge" can be any."""
    labels = book.known.labels
    return frozenset(p for p in book.where(event) if labels.get(p, "") != labels.get(p, "").lower())


def _people(book: Record, event: Thing) -> frozenset[str]:
    """Actors whom an event is said to hit or move."""
    found = (one for role in _PEOPLE for one in event.values(role))
    return frozenset(book.same.get(one, one) for one in found if one in book.actors)
