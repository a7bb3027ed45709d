"""Figures that no event holds: "310 square kilometres", "no more than 45", of the same days.

Such figures of two speakers are compared where they count the same thing in the same words
beside one named place, and are given within a few days of each other. An area has no people
to tell it apart by; of people and weapons who or what is counted must be said.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from kg.network.claims import Assertion, Record
from kg.network.figures import Scope

WITHIN = 3
"""Days between two figures that can be of one situation."""


def keys(book: Record, one: Assertion, counted: Scope) -> Iterator[Hashable]:
    """What two figures of one situation share; nothing for those that an event holds."""
    kind, _, unit, who = counted
    if kind not in ("AreaFigure", "StrengthFigure") or one.said is None or not unit:
        return
    if kind == "StrengthFigure" and not who:
        return
    for place in sorted(book.beside(one)):
        for day in range(one.said.toordinal() - WITHIN, one.said.toordinal() + 1):
            yield "loose", place, day, counted


def fit(book: Record, left: Assertion, right: Assertion) -> bool:
    """Whether two figures of one kind are of one situation: one place beside both, near days."""
    if left.content.kind not in ("AreaFigure", "StrengthFigure"):
        return False
    if left.claim.article == right.claim.article or left.said is None or right.said is None:
        return False
    near = abs((left.said - right.said).days) <= WITHIN
    return near and not book.beside(left).isdisjoint(book.beside(right))
