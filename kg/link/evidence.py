"""What a text itself says about where it is: countries, containers, places near to each other."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kg.link.candidates import country_words
from kg.link.gazetteer import Place, gazetteer
from kg.link.placenames import Name
from kg.records import Document

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]

_WORLDLY = 0.25  # share of its support that a city loses per power of ten above 100,000 people
_SEAT = 0.7  # share of its support that a national capital keeps
REACH_KM = 120.0  # within which places of one text support each other
_REGION_KM = 300.0  # and a common region counts less and less
EARTH_KM = 6371.0
_POINTS = frozenset({"settlement", "district", "facility"})
_GAP_IN = re.compile(r"(?:,? (?:in|of|in the|of the|inside|across) |['’]s )(?:the )?$")
_GAP_COMMA = re.compile(r",\s+(?:in\s+)?(?:the\s+)?$| \($")
_CAPITALISED = re.compile(r"(?<![\w’'])[A-Z][\w’'.-]*")


def country_evidence(document: Document, places: list[Place]) -> Floats:
    """Bonus of candidates whose country or people the text names, by how often."""
    words = country_words()
    tokens = [match[0].strip(".'’") for match in _CAPITALISED.finditer(document.text)]
    counts: Counter[str] = Counter()
    for first, second in pairwise([*tokens, ""]):
        for word in (first, f"{first} {second}"):
            iso = words.get(word.casefold().removesuffix("'s").removesuffix("’s"))
            if iso:
                counts[iso] += 1
    if document.url:
        suffix = re.search(r"^\w+://[^/]+\.([a-z]{2})(?:/|$)", document.url)
        if suffix:
            iso = {"UK": "GB"}.get(suffix[1].upper(), suffix[1].upper())
            counts[iso] += 1
    countries = gazetteer().countries
    bonus = {
        countries[iso].number: min(2.0, 0.7 * math.log2(1 + count))
        for iso, count in counts.items()
        if iso in countries
    }
    return np.array([bonus.get(p.country, 0.0) if p.country else 0.0 for p in places])


def containers(text: str, names: list[Name], owner: Integers, places: list[Place]) -> Floats:
    """Bonus of candidates that lie in a place which the text names as their container."""
    by_start = {m.span.start: index for index, name in enumerate(names) for m in name.mentions}
    mention_length = {
        m.span.start: m.span.end - m.span.start for name in names for m in name.mentions
    }
    starts = sorted(by_start)
    bonus = np.zeros(len(places))
    inside: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for index, name in enumerate(names):
        for mention in name.mentions:
            end = mention.span.end
            position = np.searchsorted(starts, end)
            for start in starts[int(position) : int(position) + 1]:
                gap = text[end:start]
                follower = text[start + mention_length[start] :][:5]
                if len(gap) < 12 and _GAP_COMMA.search(gap):
                    if follower.startswith((" and ", " or ")):
                        continue  # a list of places
                    inside[index].append((by_start[start], 4.0))
                elif len(gap) < 16 and _GAP_IN.search(gap) and gap.strip() not in ("’s", "'s"):
                    inside[index].append((by_start[start], 2.5))
                elif gap in ("'s ", "’s "):
                    inside[by_start[start]].append((index, 2.5))
    for index, containers in inside.items():
        for container, strength in containers:
            names[index].inside.append(names[container])
            wanted = {
                c.place.number
                for c in names[container].candidates
                if c.place.level in ("country", "region", "district")
            }
            held = set()
            for row in map(int, np.flatnonzero(owner == index)):
                within = {places[row].country, places[row].region, places[row].district}
                held |= within
                if within & wanted:
                    bonus[row] = max(bonus[row], strength)
            for row in map(int, np.flatnonzero(owner == container)):
                if places[row].number in held:
                    bonus[row] = max(bonus[row], strength / 2)
    return bonus


def locality(place: Place) -> float:
    """How much a place says about the whereabouts of others: a metropolis is named everywhere."""
    if place.level != "settlement":
        return 1.0
    share = 1.0 - _WORLDLY * max(0.0, math.log10(place.population + 1) - 5.0)
    return max(0.2, share * (_SEAT if place.number in gazetteer().capitals else 1.0))


class Surroundings:
    """Which candidates of a text lie in one country or region, and how near they are."""

    def __init__(self, places: list[Place], owner: Integers) -> None:
        table = np.array(
            [
                (
                    -1e9 if p.latitude is None or p.level not in _POINTS else p.latitude,
                    p.longitude or 0.0,
                    p.number if p.level == "country" else p.country or -1,
                    p.number if p.level == "region" else p.region or -1,
                    p.level == "country",
                    p.number,
                )
                for p in places
            ]
        )
        latitude, longitude = np.radians(table[:, 0]), np.radians(table[:, 1])
        point = table[:, 0] > -1e8
        unit = np.stack(
            [
                np.cos(latitude) * np.cos(longitude),
                np.cos(latitude) * np.sin(longitude),
                np.sin(latitude),
            ]
        )
        self.others = owner[:, None] != owner[None, :]
        chord = np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (unit.T @ unit)))
        self._distance = np.where(point[:, None] & point[None, :], EARTH_KM * chord, np.inf)
        self.country, self.region = table[:, 2], table[:, 3]
        self.whole, self.number = table[:, 4] > 0, table[:, 5]

    def same(self, key: Floats) -> Floats:
        """1 where two candidates of two names have the same key."""
        alike = (key[:, None] == key[None, :]) & (key[:, None] > 0)
        return np.asarray(alike & self.others, dtype=np.float64)

    def around(self, km: float) -> Floats:
        """How near two candidates of two names are: 1 in one spot, 0.37 so many km apart."""
        return np.asarray(np.exp(self._distance / -km) * self.others)

    @property
    def regions(self) -> Floats:
        """1 where candidate j is the region that candidate i lies in."""
        inside = self.region[:, None] == self.number[None, :]
        held = inside & (self.region != self.number)[:, None]
        return np.asarray(held & self.others, dtype=np.float64)

    def affinity(self) -> Floats:
        """How much candidate j, if meant, speaks for candidate i (0 to about 1.5)."""
        across = np.where(np.isinf(self._distance), 1.0, np.exp(self._distance / -_REGION_KM))
        closeness = np.where(self.whole[:, None] | self.whole[None, :], 0.4, 0.25)
        # across: England is one region
        region = 0.6 * self.same(self.region) * across
        return np.asarray(
            closeness * self.same(self.country) + region + 0.7 * self.around(REACH_KM)
        )
