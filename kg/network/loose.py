"""Figures that no event holds: "310 square kilometres", "no more than 45", of the same days.

Such figures of two speakers are compared where they count the same thing in the same words
beside one named place, and are given within a few days of each other. An area has no people
to tell it apart by; of people and weapons who or what is counted must be said. Of the dead and
the hurt one figure may have an event with a place and days: "no deaths", "seven bodies".
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from kg.network.claims import Assertion, Record
from kg.network.figures import Scope
from kg.network.things import Thing, is_a

WITHIN = 3
"""Days between two figures that can be of one situation."""
SINCE = 5
"""Days after an event in which a figure that has none can count its dead."""
KINDS = ("AreaFigure", "StrengthFigure", "CasualtyFigure", "LossFigure")


def unplaced(book: Record, counts: Iterable[Assertion]) -> frozenset[str]:
    """What the places are called beside which people are counted without a located event."""
    return frozenset().union(
        *(
            book.near(one)
            for one in counts
            if one.content.kind == "CasualtyFigure" and not _located(book, one)
        )
    )


def keys(
    book: Record, one: Assertion, counted: Scope, open_at: frozenset[str]
) -> Iterator[Hashable]:
    """What two figures of one situation share; nothing for those that an event holds.

    Args:
        book: the claims.
        one: the figure with its claim.
        counted: what it counts.
        open_at: `unplaced(…)` of all figures; elsewhere events hold all counts of people.
    """
    kind, outcome, unit, who = counted
    if kind not in KINDS or one.said is None or not unit:
        return
    if kind == "StrengthFigure" and not who or kind == "CasualtyFigure" and not outcome:
        return
    near = book.near(one)
    for place in sorted(near & open_at if kind == "CasualtyFigure" else near):
        for day in range(one.said.toordinal() - WITHIN, one.said.toordinal() + 1):
            yield "loose", place, day, counted


def fit(book: Record, left: Assertion, right: Assertion) -> bool:
    """Whether two figures of one kind are of one situation: one place beside both, near days."""
    if left.content.kind not in KINDS or right.content.kind != left.content.kind:
        return False
    if left.claim.article == right.claim.article or left.said is None or right.said is None:
        return False
    if abs((left.said - right.said).days) > WITHIN or book.near(left).isdisjoint(book.near(right)):
        return False
    if left.content.kind == "LossFigure":
        return _of_one_side(book, left, right)
    return left.content.kind != "CasualtyFigure" or _of_one_time(book, left, right)


def _of_one_side(book: Record, left: Assertion, right: Assertion) -> bool:
    """Whether two counts of lost arms can be of one side's losses on the same days.

    "Ordun destroyed nine tanks" and "Vestria lost three" are, "Ordun lost three" is not.
    """
    sides = []
    for one in (left, right):
        events = book.happenings(one.content)
        lots = [book.lots[lot] for event in events for lot in event.values("target")
                if lot in book.lots]  # fmt: skip
        named = {up for lot in lots for up in lot.values("operator")}
        own = any(_voice(book, up) for up in named)
        losers = frozenset(book.same.get(up, up) for up in named if not _voice(book, up))
        winners = frozenset(up for event in events for up in book.who(event))
        sides.append((losers, winners, own, [book.when(event) for event in events]))
    (lost, won, ours, here), (other, others, theirs, there) = sides
    if won and others and not book.allied(won, others):
        return False
    if lost and other and not book.allied(lost, other):
        return False
    if won and book.allied(won, other) or others and book.allied(others, lost):
        return False
    known = bool(won or lost or ours) and bool(others or other or theirs)
    return known and any(a and b and a.overlaps(b) for a in here for b in there)


def _voice(book: Record, actor: str) -> bool:
    """Whether "we" are the article itself, whose side is not told."""
    return actor in book.actors and is_a(book.actors[actor].kind, "MediaOutlet")


def _of_one_time(book: Record, left: Assertion, right: Assertion) -> bool:
    """Whether counts of people, at least one without a located event, can be of one happening."""
    located = [_located(book, one) for one in (left, right)]
    if all(located):
        return False
    for events, other in ((located[0], right), (located[1], left)):
        for event in events:
            days = book.when(event)
            if days is None or other.said is None or (other.said - days.last).days > SINCE:
                return False
            if days.first > other.said:
                return False
    return True


def _located(book: Record, one: Assertion) -> list[Thing]:
    """The events of a figure that have a place."""
    return [event for event in book.happenings(one.content) if book.where(event)]
