"""Where and when an event was, read from its own words first and then from what stands around it.

A report says "shells struck a market in Velm on Monday" once, and goes on with "eleven were
killed", "the army fired on civilians", "the artillery did not fire on the town". What an
event lacks it takes from the events told in the same claim or that it is part of; an act of
violence without a place of its own happened where the attack told before it happened.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from kg import ontology
from kg.network.lands import lands
from kg.network.places import Atlas
from kg.network.things import (
    Days,
    Select,
    Thing,
    article_of,
    days,
    held,
    is_a,
    normalised,
    stated_days,
)

CONSEQUENCES = ("Killing", "Injury", "Damage")
"""What an attack does; it may be told apart from the attack."""
_ON_THE_GROUND = (
    "Attack", "Killing", "Injury", "Damage", "EquipmentLoss", "Clash", "Capture", "Interception",
)  # fmt: skip
"""Events that are at one place, be it told or not."""
_AREAS = ("Settlement", "Region", "Country")
"""Classes of places whose bare noun ("the town") means the one with a name told before."""


@dataclass(frozen=True, slots=True)
class Setting:
    """Where and when an event was.

    Attributes:
        places: IRIs, places held to be one as their canonical one; may be empty.
        days: None if neither the event nor its article has a date.
        told: whether the place stands in the event's own clause, claim or parent event.
    """

    places: frozenset[str]
    days: Days | None
    told: bool


def violent(kind: str) -> bool:
    """Whether a class is an attack, or what one does."""
    return any(is_a(kind, root) for root in ("Attack", *CONSEQUENCES))


def start_of(thing: Thing) -> int:
    """The offset of the characters that a fact hangs on, 0 where unknown."""
    for text in (thing.iri, thing.first("trigger") or "", thing.first("evidence") or ""):
        found = re.search(r"/(\d+)-\d+$|#char=(\d+),\d+$", text)
        if found:
            return int(found[1] or found[2])
    return 0


@dataclass(frozen=True, slots=True)
class Grounds:
    """The places that facts name, each as the place that stands for it.

    Attributes:
        known: all places.
        same: IRI -> the one that it is held to be the same as.
        before: article -> (offset, IRI) of the places that it names by a proper name, in order.
        bearing: place that only an article knows -> the towns whose name it bears: "Lisava
            market" is in Lisava.
    """

    known: Atlas
    same: Mapping[str, str]
    before: Mapping[str, tuple[tuple[int, str], ...]]
    bearing: Mapping[str, frozenset[str]]

    def of(self, thing: Thing) -> frozenset[str]:
        """Places of a fact; what it is aimed at counts where no place is given."""
        places = thing.values("place") or tuple(
            target for target in thing.values("target") if target in self.known.kinds
        )
        return frozenset(self.same.get(place, place) for place in places)

    def named(self, thing: Thing) -> frozenset[str]:
        """Those of its places that have a name; for "the town" and "the bridge" the one before.

        A bare noun means the place named last before it that is called so ("Sarn bridge"), and
        for a town, region or country the last one of its class.
        """
        found = (self._named(place, thing) for place in self.of(thing))
        return frozenset(self.same.get(place, place) for place in found if place)

    def _named(self, place: str, thing: Thing) -> str | None:
        label = self.known.labels.get(place, "")
        if not article_of(place) or label != label.lower() or not label:
            return place
        start, kind = start_of(thing), self.known.kinds[place]
        told = [one for offset, one in self.before.get(thing.article, ()) if offset <= start]
        head = normalised(label).split()[-1:]
        called = [one for one in told if head and head[0] in self._words(one)]
        if not called and any(is_a(kind, root) for root in _AREAS):
            called = [one for one in told if self._fits(self.known.kinds[one], kind)]
        return called[-1] if called else None

    def _words(self, place: str) -> list[str]:
        return normalised(self.known.labels[place]).split()

    def nearest(self, thing: Thing, sentences: Iterable[tuple[int, int]]) -> frozenset[str]:
        """The place named nearest to a fact in its sentence, else the last one named before it.

        Towns and facilities come before regions; a land is no place of an event.
        """
        start = start_of(thing)
        told = self.before.get(thing.article, ())
        beside = [one for one in told if any(a <= one[0] < b for a, b in sentences)]
        before = [one for one in told if one[0] <= start]
        for some in (beside, before):
            ranked = sorted(some, key=lambda one: (self._wide(one[1]), abs(one[0] - start), one))
            if ranked:
                return frozenset({self.same.get(ranked[0][1], ranked[0][1])})
        return frozenset()

    def _wide(self, place: str) -> bool:
        return any(is_a(self.known.kinds[place], kind) for kind in ("Region", "Country", "Area"))

    def _fits(self, found: str, wanted: str) -> bool:
        return found == "Place" or is_a(found, wanted)


def grounds(select: Select, known: Atlas, same: Mapping[str, str]) -> Grounds:
    """The places of a dataset as facts name them; "the town" never means a land."""
    names = lands(select).names
    select = held(select)
    before: defaultdict[str, set[tuple[int, str]]] = defaultdict(set)
    for place, offsets in select.shelf.mentioned(ontology.kinds("Place")):
        label = known.labels.get(place.iri, "")
        if label != label.lower() and normalised(label) not in names:
            before[place.article].update((offset, place.iri) for offset in offsets)
    ordered = {article: tuple(sorted(some)) for article, some in before.items()}
    return Grounds(known, same, ordered, _bearing(known, same, names))


def _bearing(
    known: Atlas, same: Mapping[str, str], lands: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    """For each place that only an article knows the towns whose name is part of its name."""
    towns: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for place, label in known.labels.items():
        name = normalised(label)
        if (known.kinds[place] == "Place" or is_a(known.kinds[place], "Settlement")) and (
            len(name) >= _LETTERS and label != label.lower() and name not in lands
        ):
            towns[name.split()[0]].add((name, same.get(place, place)))
    found: dict[str, frozenset[str]] = {}
    for place, label in known.labels.items():
        text = normalised(label)
        if article_of(place) and place not in known.located and " " in text:
            found[place] = frozenset(
                town
                for word in text.split()
                for name, town in towns.get(word, ())
                if name != text and f" {name} " in f" {text} "
            )
    return {place: some for place, some in found.items() if some}


_LETTERS = 4


def settings(
    things: Iterable[Thing],
    companions: Mapping[str, frozenset[str]],
    sentences: Mapping[str, tuple[tuple[int, int], ...]],
    ground: Grounds,
    published: Mapping[str, date],
) -> Mapping[str, Setting]:
    """The setting of each event and control state.

    Args:
        things: the events and control states of all articles.
        companions: for each of them the others that the same claim tells of.
        sentences: for each of them the offsets of the claims that tell of it.
        ground: the places.
        published: day of publication by article.
    """
    facts = {thing.iri: thing for thing in things}
    own = {iri: ground.named(thing) for iri, thing in facts.items()}
    when = {iri: stated_days(thing) for iri, thing in facts.items()}
    made: dict[str, Setting] = {}
    last: dict[str, Thing] = {}
    for thing in sorted(facts.values(), key=lambda one: (one.article, start_of(one), one.iri)):
        around = _around(thing, companions, facts) if thing.kind != "Control" else []
        places = own[thing.iri] or frozenset(spot for one in around for spot in own[one])
        stated = when[thing.iri] or next((day for one in around if (day := when[one])), None)
        told = bool(places)
        before = last.get(thing.article)
        if not places and before is not None and _follows(thing):
            places, earlier = made[before.iri].places, made[before.iri].days
            stated = stated or (earlier if earlier and earlier.stated else None)
        on_the_ground = any(is_a(thing.kind, kind) for kind in _ON_THE_GROUND)
        if not places and on_the_ground and thing.term("actuality") != "Denied":
            places = ground.nearest(thing, sentences.get(thing.iri, ()))
        places |= ground.of(thing)
        if on_the_ground:
            places = places.union(*(ground.bearing.get(place, ()) for place in places))
        made[thing.iri] = Setting(places, stated or days(thing, published), told)
        if places and is_a(thing.kind, "Attack"):
            last[thing.article] = thing
    return made


def _follows(thing: Thing) -> bool:
    """Whether an event can be what the attack before it was or did.

    A denial without a place – "our attacks do not target civilians" – speaks of no one attack.
    """
    return violent(thing.kind) and thing.term("actuality") in ("", "Actual")


def _around(
    thing: Thing, companions: Mapping[str, frozenset[str]], facts: Mapping[str, Thing]
) -> list[str]:
    """The events that a fact is part of, comes from or is told with, in this order."""
    parents = [up for name in ("subEventOf", "causedBy") for up in thing.values(name)]
    beside = sorted(companions.get(thing.iri, frozenset()))
    return [one for one in dict.fromkeys((*parents, *beside)) if one in facts]


def family(kind: str) -> str:
    """The class below `Event` that an event class belongs to.

    >>> family("TerritoryRecaptured"), family("Shelling")
    ('TerritoryCaptured', 'Attack')
    """
    above = [kind, *ontology.ancestors().get(kind, ())]
    return next((name for name in reversed(above) if name != "Event"), kind)


_LONGEST = 40


def keys(setting: Setting) -> Iterator[tuple[str, int]]:
    """(place, day number) for each day of an event at each of its places, sorted.

    An event that may lie anywhere in more than 40 days has no day, and so no key.
    """
    span = setting.days
    if span is None or (span.last - span.first).days > _LONGEST:
        return
    for place in sorted(setting.places):
        for day in range(span.first.toordinal(), span.last.toordinal() + 1):
            yield place, day
