"""Claims beside each other: each with its speaker, its day and what it asserts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg import ontology
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
    normalised,
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
class Rejection:
    """A denial that holds no fact: the claim, who says it and when."""

    claim: Thing
    speakers: frozenset[str]
    said: date | None


@dataclass(frozen=True, slots=True)
class Record:
    """All that is needed to compare what speakers say: assertions, events, places, sides.

    Attributes:
        assertions: sorted by claim and content.
        rejections: denials without content, sorted by claim.
        refused: for each fact that is affirmed and denied in one article who affirms it there.
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
    rejections: tuple[Rejection, ...]
    refused: Mapping[str, frozenset[str]]
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
        """The places named in the words of a fact's claim, else the last one named before it."""
        words = (re.search(r"#char=(\d+),(\d+)$", span) for span in one.claim.values("evidence"))
        sentences = [(int(ends[1]), int(ends[2])) for ends in words if ends]
        return self.ground.around(one.content, sentences)

    def called(self, place: str) -> frozenset[str]:
        """What two places of one name share: the IRI, and the name without what describes it.

        A region and a town in it are not the same, whatever they are called.
        """
        wide = any(is_a(self.known.kinds.get(place, ""), kind) for kind in _WIDE)
        name = "" if wide else proper(self.known.labels.get(place, ""))
        return frozenset({place, f"name:{name}"} if name else {place})

    def near(self, one: Assertion) -> frozenset[str]:
        """What the places of a fact and those named beside it are called."""
        where = self.beside(one)
        if is_a(one.content.kind, "Event") or one.content.kind == "Control":
            where |= self.where(one.content)
        where = where.union(*(self.where(event) for event in self.happenings(one.content)))
        return frozenset().union(*(self.called(place) for place in where))

    def who(self, event: Thing, role: str = "initiator") -> frozenset[str]:
        """Canonical IRIs of those who fill a role; nameless "troops" could be anybody's.

        Where nobody is said to do it, those whose equipment does it ("the artillery of Ordun"),
        or who did what caused it ("was caused by a rocket launch of the rebels").
        """
        known = self.filled.get((event.iri, role))
        if known is None:
            known = self.filled[event.iri, role] = self._who(event, role)
        return known

    def _who(self, event: Thing, role: str) -> frozenset[str]:
        found = event.values(role)
        if not found and role == "initiator":
            causes = (self.events[up] for up in event.values("causedBy") if up in self.events)
            found = tuple(sorted({one for cause in causes for one in cause.values(role)}))
        if not found and role == "initiator":
            lots = (self.lots[lot] for lot in event.values("instrument") if lot in self.lots)
            found = tuple(sorted({one for lot in lots for one in lot.values("operator")}))
        return frozenset(self.same.get(one, one) for one in found if not self.nameless(one))

    def nameless(self, actor: str) -> bool:
        """Whether an actor is "troops" or "civilians" of an article, and could be anybody."""
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
        for place, day in keys(self.settings[event.iri]):
            yield from ((name, day) for name in sorted(self.called(place)))

    def happenings(self, figure: Thing) -> list[Thing]:
        """The events that a figure counts."""
        return [self.events[iri] for iri in self.counted.get(figure.iri, ())]

    def same_place(self, first: Thing, second: Thing) -> bool:
        """Whether two events share a place; a region and a town in it are not the same.

        A place that only an article knows is the one of another that bears its name: "the Lisava
        market", "Lisava".
        """
        here, there = self.where(first), self.where(second)
        return not here.isdisjoint(there) or any(
            (article_of(one) or article_of(other)) and self.called(one) & self.called(other)
            for one in here
            for other in there
        )

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


def proper(label: str) -> str:
    """A place's name alone, normalised, "" where it has none to tell it by.

    >>> proper("Karsk ridge"), proper("En Naqoura"), proper("Kaspur Kalan"), proper("the bridge")
    ('karsk', 'naqoura', 'kaspur kalan', '')
    """
    words = label.split()
    while words and words[-1] == words[-1].lower():
        words.pop()
    while words and (len(words[0]) <= _SHORT or words[0] == words[0].lower()):
        words.pop(0)
    name = normalised(" ".join(words))
    return name if len(name) > _SHORT else ""


_SHORT = 3
_WIDE = ("Region", "Country")


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
    actors = {actor.iri: actor for actor in entities(select, "Actor")}
    whole = _whole_names(actors, same)
    speakers = {
        claim.iri: frozenset(
            whole.get(same.get(one, one), same.get(one, one)) for one in claim.values("claimant")
        )
        for claim in claims
    }
    said = {
        claim.iri: day_of(claim.first("claimTime")) or published.get(claim.article)
        for claim in claims
    }
    assertions = tuple(
        Assertion(
            claim,
            contents[content],
            speakers[claim.iri],
            said[claim.iri],
            claim.term("polarity") == "Negated" or claim.term("speechAct") == "Denial",
        )
        for claim in claims
        if claim.term("speechAct") not in _NOT_SO
        for content in claim.values("content")
        if content in contents
    )
    rejections = tuple(
        Rejection(claim, speakers[claim.iri], said[claim.iri])
        for claim in claims
        if claim.term("speechAct") == "Denial" and not claim.values("content")
        if not _silent(claim.first("cue") or "")
    )
    events = {iri: thing for iri, thing in contents.items() if is_a(thing.kind, "Event")}
    companions = _companions(claims, events)
    ground = grounds(select, known, same)
    held = [thing for thing in contents.values() if thing.kind == "Control"]
    labels = {iri: actor.label for iri, actor in actors.items()}
    accepted = (pair for pair in decided.joined if set(pair) <= events.keys())
    merged = {node: members[0] for members in joined(accepted) for node in members}
    return Record(
        assertions=assertions,
        rejections=rejections,
        refused=_refused(assertions),
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


def _refused(assertions: Iterable[Assertion]) -> Mapping[str, frozenset[str]]:
    """Who affirms each fact that somebody else denies in the same words of one article."""
    affirmed: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    denied: set[str] = set()
    for one in assertions:
        if one.negated:
            denied.add(one.content.iri)
        else:
            affirmed[one.content.iri] |= one.speakers
    return {iri: affirmed[iri] for iri in denied & affirmed.keys()}


def _whole_names(actors: Mapping[str, Thing], same: Mapping[str, str]) -> Mapping[str, str]:
    """For people known by a surname alone the one person who bears it with more names."""
    people = {same.get(iri, iri): one for iri, one in actors.items() if one.kind == "Person"}
    bearers: defaultdict[str, set[str]] = defaultdict(set)
    for iri, one in people.items():
        words = normalised(one.label).split()
        if len(words) > 1 and one.label != one.label.lower():
            bearers[words[-1]].add(iri)
    return {
        iri: next(iter(bearers[normalised(one.label)]))
        for iri, one in people.items()
        if one.label != one.label.lower() and len(bearers.get(normalised(one.label), ())) == 1
    }


def _silent(cue: str) -> bool:
    """Whether words of saying refuse something, and reject no claim: "declined to name"."""
    rows = ontology.rows("lexicon/falsities.tsv")
    starts = tuple(row["words"] for row in rows if row["kind"] == "silent")
    return any(word.startswith(starts) for word in cue.lower().split())


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
