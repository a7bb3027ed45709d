"""Claims beside each other: each with its speaker, its day and what it asserts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.network.figures import Scope, scope
from kg.network.identity import alike, canonical
from kg.network.places import Atlas, atlas
from kg.network.settings import (
    CONSEQUENCES,
    Grounds,
    Setting,
    grounds,
    keys,
    settings,
    start_of,
    violent,
)
from kg.network.sides import sides, together
from kg.network.things import (
    Days,
    Select,
    Thing,
    article_of,
    day_of,
    days,
    entities,
    facts,
    is_a,
    issued,
    kept,
)
from kg.network.verdicts import Judgement, joined, judgement

_CONTENTS = ("Event", "Figure", "Control", "Position", "Membership", "Alliance", "Hostility")
_NAMELESS = ("ArmedForce", "MilitaryUnit", "PopulationGroup")
_NOT_SO = ("Demand", "Threat")
"""Acts that say nothing of what is so: who demands an end to the shelling does not deny it."""


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
    """All that is needed to compare what speakers say: assertions, events, places, sides.

    Attributes:
        assertions: sorted by claim and content.
        events: by IRI.
        settings: where and when each event and control state was.
        counted: for each figure the events that it counts.
        published: day of publication by article.
        actors, lots: actors and equipment lots by IRI.
        known, ground: the places.
        belongs: what each actor belongs to.
        same: IRI -> the one that stands for it.
        decided: a person's verdicts.
        filled: who fills which role of which event, as far as it was asked.
    """

    assertions: tuple[Assertion, ...]
    events: Mapping[str, Thing]
    settings: Mapping[str, Setting]
    counted: Mapping[str, tuple[str, ...]]
    published: Mapping[str, date]
    actors: Mapping[str, Thing]
    lots: Mapping[str, Thing]
    known: Atlas
    ground: Grounds
    belongs: Mapping[str, frozenset[str]]
    same: Mapping[str, str]
    decided: Judgement
    filled: dict[tuple[str, str], frozenset[str]] = field(default_factory=dict, compare=False)

    def when(self, event: Thing) -> Days | None:
        """The days of an event, assumed from its article where it has none."""
        setting = self.settings.get(event.iri)
        return days(event, self.published) if setting is None else setting.days

    def where(self, event: Thing) -> frozenset[str]:
        """Places of an event; what it is aimed at counts where no place is given."""
        setting = self.settings.get(event.iri)
        return self.ground.of(event) if setting is None else setting.places

    def beside(self, one: Assertion) -> frozenset[str]:
        """The named place nearest to a fact in the words of its claim, else named before it."""
        words = (re.search(r"#char=(\d+),(\d+)$", span) for span in one.claim.values("evidence"))
        sentences = [(int(ends[1]), int(ends[2])) for ends in words if ends]
        return self.ground.nearest(one.content, sentences)

    def who(self, event: Thing, role: str = "initiator") -> frozenset[str]:
        """Canonical IRIs of those who fill a role; nameless "troops" could be anybody's.

        Where nobody is said to do it, those whose equipment does it: "the artillery of Ordun".
        """
        known = self.filled.get((event.iri, role))
        if known is None:
            known = self.filled[event.iri, role] = self._who(event, role)
        return known

    def _who(self, event: Thing, role: str) -> frozenset[str]:
        found = event.values(role)
        if not found and role == "initiator":
            lots = (self.lots[lot] for lot in event.values("instrument") if lot in self.lots)
            found = tuple(sorted({one for lot in lots for one in lot.values("operator")}))
        return frozenset(self.same.get(one, one) for one in found if not self._nameless(one))

    def _nameless(self, actor: str) -> bool:
        thing = self.actors.get(actor)
        return (
            thing is not None
            and bool(article_of(actor))
            and thing.label == thing.label.lower()
            and not thing.values("partOf")
            and any(is_a(thing.kind, root) for root in _NAMELESS)
        )

    def allied(self, first: Iterable[str], second: Iterable[str]) -> bool:
        """Whether two groups of actors have someone, or a common superior, in common."""
        return together(first, second, self.belongs)

    def keys(self, event: Thing) -> Iterator[tuple[str, int]]:
        """(place, day number) of an event, by which those that may be one are found."""
        return keys(self.settings[event.iri])

    def happenings(self, figure: Thing) -> list[Thing]:
        """The events that a figure counts."""
        return [self.events[iri] for iri in self.counted.get(figure.iri, ())]

    def same_place(self, first: Thing, second: Thing) -> bool:
        """Whether two events share a place; a region and a town in it are not the same."""
        return not self.where(first).isdisjoint(self.where(second))

    def same_happening(self, first: Thing, second: Thing) -> bool:
        """Whether two event nodes can tell of one happening.

        One node, or: of one kind (or one kind below the other), at a common place, on
        overlapping days. Events without a place or without any date are never the same.
        A person's verdict decides before any of this.
        """
        return self._one(first, second, _one_kind(first.kind, second.kind))

    def same_incident(self, first: Thing, second: Thing) -> bool:
        """The same, and an attack and what it did count as one: a shelling, a killing there."""
        kinds = _one_kind(first.kind, second.kind) or (
            violent(first.kind)
            and violent(second.kind)
            and any(is_a(one.kind, kind) for one in (first, second) for kind in CONSEQUENCES)
        )
        return self._one(first, second, kinds)

    def _one(self, first: Thing, second: Thing, kinds: bool) -> bool:
        if first.iri == second.iri:
            return True
        if self.decided.parts(first.iri, second.iri):
            return False
        if self.same.get(first.iri, "") == self.same.get(second.iri, "-"):
            return True
        if _coded(first) and _coded(first) == _coded(second):
            return False  # the coders of a data set give a row to each happening
        left, right = self.when(first), self.when(second)
        return (
            kinds
            and self.same_place(first, second)
            and left is not None
            and right is not None
            and left.overlaps(right)
        )


def _coded(event: Thing) -> str:
    """The data set of which an event is a row, "" where it was read from an article."""
    rule, _, rest = (event.first("extractor") or "").partition(".")
    return rest.partition(".")[0] if rule == "rows" else ""


def _one_kind(first: str, second: str) -> bool:
    return is_a(first, second) or is_a(second, first)


def told(event: Thing) -> bool:
    """Whether an event is said to have happened, or denied; not only possible or planned."""
    return event.term("actuality") in ("", "Actual", "Denied")


def record(select: Select) -> Record:
    """Everything the comparison of claims needs, read once."""
    return kept(select, "record", lambda: _record(select))


def _record(select: Select) -> Record:
    same = canonical(alike(select))
    published = issued(select)
    known, decided = atlas(select), judgement(select)
    contents = {thing.iri: thing for root in _CONTENTS for thing in facts(select, root)}
    claims = facts(select, "Claim")
    assertions = tuple(
        Assertion(
            claim,
            contents[content],
            frozenset(same.get(one, one) for one in claim.values("claimant")),
            day_of(claim.first("claimTime")) or published.get(claim.article),
            claim.term("polarity") == "Negated" or claim.term("speechAct") == "Denial",
        )
        for claim in claims
        if claim.term("speechAct") not in _NOT_SO
        for content in claim.values("content")
        if content in contents
    )
    events = {iri: thing for iri, thing in contents.items() if is_a(thing.kind, "Event")}
    companions = _companions(claims, events)
    ground = grounds(select, known, same)
    held = [thing for thing in contents.values() if thing.kind == "Control"]
    actors = {actor.iri: actor for actor in entities(select, "Actor")}
    labels = {iri: actor.label for iri, actor in actors.items()}
    accepted = (pair for pair in decided.joined if set(pair) <= events.keys())
    merged = {node: members[0] for members in joined(accepted) for node in members}
    return Record(
        assertions=assertions,
        events=events,
        settings=settings(
            (*events.values(), *held), companions, _sentences(claims), ground, published
        ),
        counted=_counted(contents.values(), events, companions, labels),
        published=published,
        actors=actors,
        lots={lot.iri: lot for lot in facts(select, "EquipmentLot")},
        known=known,
        ground=ground,
        belongs=_merged(sides(select), same),
        same={**same, **merged},
        decided=decided,
    )


def _companions(
    claims: Iterable[Thing], events: Mapping[str, Thing]
) -> Mapping[str, frozenset[str]]:
    """For each content of a claim the events that the same claim tells of."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        contents = claim.values("content")
        beside = {content for content in contents if content in events}
        for content in contents:
            found[content] |= beside - {content}
    return {content: frozenset(beside) for content, beside in found.items()}


def _sentences(claims: Iterable[Thing]) -> Mapping[str, tuple[tuple[int, int], ...]]:
    """For each content of a claim the offsets of the words of the claims that tell of it."""
    found: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
    for claim in claims:
        for span in claim.values("evidence"):
            ends = re.search(r"#char=(\d+),(\d+)$", span)
            for content in claim.values("content") if ends else ():
                if ends:
                    found[content].add((int(ends[1]), int(ends[2])))
    return {content: tuple(sorted(spans)) for content, spans in found.items()}


def _counted(
    contents: Iterable[Thing],
    events: Mapping[str, Thing],
    companions: Mapping[str, frozenset[str]],
    labels: Mapping[str, str],
) -> Mapping[str, tuple[str, ...]]:
    """The events of each figure: its own, those of its claim, or of a like figure before it.

    "Ordun puts the number of dead at four" names no event; it counts what the same article
    counted before: people killed, all of them.
    """
    figures = [thing for thing in contents if is_a(thing.kind, "Figure")]
    found: dict[str, tuple[str, ...]] = {}
    last: dict[tuple[str, Scope], tuple[str, ...]] = {}
    for figure in sorted(figures, key=lambda one: (one.article, start_of(one), one.iri)):
        like = (figure.article, scope(figure, labels))
        own = tuple(iri for iri in figure.values("event") if iri in events)
        if not own and figure.kind == "CasualtyFigure":
            own = tuple(
                iri
                for iri in sorted(companions.get(figure.iri, frozenset()))
                if violent(events[iri].kind)
            ) or last.get(like, ())
        found[figure.iri] = own
        if own:
            last[like] = own
    return found


def _merged(
    belongs: Mapping[str, frozenset[str]], same: Mapping[str, str]
) -> Mapping[str, frozenset[str]]:
    """What actors belong to, said of and with the IRIs that stand for them."""
    merged: dict[str, frozenset[str]] = {}
    for actor, ups in belongs.items():
        name = same.get(actor, actor)
        merged[name] = merged.get(name, frozenset()) | {same.get(up, up) for up in ups}
    return merged
