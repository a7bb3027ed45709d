"""Claims beside each other: each with its speaker, its day and what it asserts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kg.network.identity import canonical, identity
from kg.network.places import Atlas, atlas
from kg.network.sides import sides, together
from kg.network.things import Days, Select, Thing, days, facts, is_a, issued


@dataclass(frozen=True, slots=True)
class Assertion:
    """One claim and one thing that it is about.

    Attributes:
        claim: the ck:Claim.
        content: the event, figure, control state … it asserts or negates.
        speakers: canonical IRIs of who says so.
        said: the day it was said, of publication at the latest; None if unknown.
        negated: whether the speaker denies the content.
    """

    claim: Thing
    content: Thing
    speakers: frozenset[str]
    said: date | None
    negated: bool


@dataclass(frozen=True, slots=True)
class Record:
    """All that is needed to compare what speakers say: assertions, events, places, sides."""

    assertions: tuple[Assertion, ...]
    events: Mapping[str, Thing]
    published: Mapping[str, date]
    known: Atlas
    belongs: Mapping[str, frozenset[str]]
    same: Mapping[str, str]

    def when(self, event: Thing) -> Days | None:
        """The days of an event, assumed from its article where it has none."""
        return days(event, self.published)

    def where(self, event: Thing) -> frozenset[str]:
        """Places of an event; what it is aimed at counts where no place is given."""
        places = event.values("place") or tuple(
            target for target in event.values("target") if target in self.known.kinds
        )
        return frozenset(self.same.get(place, place) for place in places)

    def who(self, event: Thing, role: str = "initiator") -> frozenset[str]:
        """Canonical IRIs of those who fill a role."""
        return frozenset(self.same.get(one, one) for one in event.values(role))

    def allied(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Whether two groups of actors have someone, or a common superior, in common."""
        return together(first, second, self.belongs)

    def same_place(self, first: Thing, second: Thing) -> bool:
        """Whether two events share a place; a region and a town in it are not the same."""
        return not self.where(first).isdisjoint(self.where(second))

    def same_happening(self, first: Thing, second: Thing) -> bool:
        """Whether two event nodes can tell of one happening.

        One node, or: of one kind (or one kind below the other), at a common place, on
        overlapping days. Events without a place or without any date are never the same.
        """
        if first.iri == second.iri:
            return True
        if not (is_a(first.kind, second.kind) or is_a(second.kind, first.kind)):
            return False
        left, right = self.when(first), self.when(second)
        return (
            self.same_place(first, second)
            and left is not None
            and right is not None
            and left.overlaps(right)
        )


def record(select: Select) -> Record:
    """Everything the comparison of claims needs, read once."""
    same = canonical(identity(select))
    published = issued(select)
    contents = {
        thing.iri: thing
        for root in ("Event", "Figure", "Control", "Position", "Membership")
        for thing in facts(select, root)
    }
    assertions = [
        Assertion(
            claim,
            contents[content],
            frozenset(same.get(one, one) for one in claim.values("claimant")),
            _said(claim, published),
            claim.term("polarity") == "Negated" or claim.term("speechAct") == "Denial",
        )
        for claim in facts(select, "Claim")
        for content in claim.values("content")
        if content in contents
    ]
    return Record(
        tuple(assertions),
        {iri: thing for iri, thing in contents.items() if is_a(thing.kind, "Event")},
        published,
        atlas(select),
        _merged(sides(select), same),
        same,
    )


def _merged(
    belongs: Mapping[str, frozenset[str]], same: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    """What actors belong to, said of and with the IRIs that stand for them."""
    merged: dict[str, frozenset[str]] = {}
    for actor, ups in belongs.items():
        name = same.get(actor, actor)
        merged[name] = merged.get(name, frozenset()) | {same.get(up, up) for up in ups}
    return merged


def _said(claim: Thing, published: Mapping[str, date]) -> date | None:
    try:
        return date.fromisoformat((claim.first("claimTime") or "")[:10])
    except ValueError:
        return published.get(claim.article)
