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
    CK,
    Days,
    Select,
    Thing,
    article_of,
    days,
    is_a,
    normalised,
    stated_days,
)

CONSEQUENCES = ("Killing", "Injury", "Damage")
"""What an attack does; it may be told apart from the attack."""
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
    """

    known: Atlas
    same: Mapping[str, str]
    before: Mapping[str, tuple[tuple[int, str], ...]]

    def of(self, thing: Thing) -> frozenset[str]:
        """Places of a fact; what it is aimed at counts where no place is given."""
        places = thing.values("place") or tuple(
            target for target in thing.values("target") if target in self.known.kinds
        )
        return frozenset(self.same.get(place, place) for place in places)

    def named(self, thing: Thing) -> frozenset[str]:
        """Those of its places that have a name; for "the town" the one named last before."""
        found = (self._named(place, thing) for place in self.of(thing))
        return frozenset(self.same.get(place, place) for place in found if place)

    def _named(self, place: str, thing: Thing) -> str | None:
        label = self.known.labels.get(place, "")
        if not article_of(place) or label != label.lower() or not label:
            return place
        kind = self.known.kinds[place]
        if not any(is_a(kind, root) for root in _AREAS):
            return None
        start = start_of(thing)
        told = [
            one
            for offset, one in self.before.get(thing.article, ())
            if offset <= start and self._fits(self.known.kinds[one], kind)
        ]
        return told[-1] if told else None

    def _fits(self, found: str, wanted: str) -> bool:
        return found == "Place" or is_a(found, wanted)


def grounds(select: Select, known: Atlas, same: Mapping[str, str]) -> Grounds:
    """The places of a dataset as facts name them; "the town" never means a land."""
    names = lands(select).names
    before: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
    kinds = " ".join(f"ck:{kind}" for root in (*_AREAS, "Place") for kind in _below(root))
    rows = select(
        f"PREFIX ck: <{CK}> SELECT DISTINCT ?g ?place ?span WHERE {{ VALUES ?kind {{ {kinds} }} "
        "GRAPH ?g { ?place a ?kind ; ck:mention ?span } }"
    ).rows
    for article, place, span in rows:
        found = re.search(r"#char=(\d+),", span or "")
        label = known.labels.get(place or "", "")
        proper = label != label.lower() and normalised(label) not in names
        if article and place and found and proper:
            before[article].append((int(found[1]), place))
    return Grounds(known, same, {article: tuple(sorted(some)) for article, some in before.items()})


def _below(root: str) -> tuple[str, ...]:
    return ("Place",) if root == "Place" else ontology.kinds(root)


def settings(
    things: Iterable[Thing],
    companions: Mapping[str, frozenset[str]],
    ground: Grounds,
    published: Mapping[str, date],
) -> Mapping[str, Setting]:
    """The setting of each event and control state.

    Args:
        things: the events and control states of all articles.
        companions: for each of them the others that the same claim tells of.
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
        made[thing.iri] = Setting(places | ground.of(thing), stated or days(thing, published), told)
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
