"""One decision for all place names of a text: rounds of mutual support, then a learned ranking.

In a few rounds the candidates of all names reinforce each other, after the toponym-resolution
work of Leidner (2007) and Lieberman & Samet (2012). What came of the rounds, and what speaks for
each candidate by itself, are the features of a linear ranking; its weights are learned
(`python -m training.places`) and lie in `ontology/places/ranker.tsv`.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from kg import ontology
from kg.link.evidence import (
    REACH_KM,
    Floats,
    Integers,
    Surroundings,
    containers,
    country_evidence,
    locality,
)
from kg.link.gazetteer import Candidate, Place, distance_km, gazetteer
from kg.link.placenames import Name
from kg.records import Document

RANKING = "weight"
"""Column of the weights: those of all articles; "without-0" … leave out a fold of outlets."""

FEATURES = tuple(
    "prior country-told container-told support more region region-named near region-share exact "
    "primary small small-region small-near".split()
)
"""What the ranking weighs, in the order of the columns of `Choice.features`.

What local news would teach wrongly about wars – the sizes of towns, capitals, countries that the
text names – is in the first two, whose weight is not learned.
"""

BY_HAND = {"prior": 1.0, "country-told": 1.0, "container-told": 1.0, "support": 5.0, "more": 1.0}
"""Weights of the rounds of mutual support, to which the learned ones are held."""
_ROUNDS = 4
_ENOUGH = 1.6  # support from which more adds little
_SHARPNESS = 1.5
_SMALL = 15_000  # people; smaller places need support by the text
_ALIAS = 100_000  # people; so do places up to this size by another name than their usual one
_SUPPORT_KM = 100.0  # within which a place of the text speaks for a small one


@cache
def weights(column: str) -> Floats:
    """Weight of each feature, by a column of `ranker.tsv`."""
    rows = {row["feature"]: float(row[column]) for row in ontology.rows("places/ranker.tsv")}
    return np.array([rows[name] for name in FEATURES])


def decide(document: Document, names: list[Name]) -> None:
    """Choose one candidate per name, all names together."""
    choice = Choice(document, names)
    if not choice.flat:
        return
    features = choice.features()
    score = features @ weights(RANKING)
    by_hand = features @ np.array([BY_HAND.get(name, 0.0) for name in FEATURES])
    belief = choice.belief(score, 1.0)
    for index, name in enumerate(names):
        row = choice.best(index, score, by_hand)
        if row is not None:
            name.chosen, name.score = choice.flat[row][1], float(belief[row])
    _reject_unsupported(names, choice.countries())
    for index, name in enumerate(names):
        row = choice.best_known(index, score) if name.chosen is None and not name.level else None
        if row is not None:
            name.chosen, name.score = choice.flat[row][1], float(belief[row])


class Choice:
    """The candidates of all names of a text side by side, and what speaks for each.

    Attributes:
        flat: (index of the name, candidate), by name.
        owner: the index of the name of each.
    """

    def __init__(self, document: Document, names: list[Name]) -> None:
        self.names = names
        self.flat = [(i, c) for i, name in enumerate(names) for c in name.candidates]
        self.owner: Integers = np.array([i for i, _ in self.flat], dtype=np.int64)
        self.places = [candidate.place for _, candidate in self.flat]
        self.prior = np.array([p for name in names for p in name.prior])
        self.told = country_evidence(document, self.places)
        self.inside = containers(document.text, names, self.owner, self.places)
        self.member = self.owner[:, None] == np.arange(len(names))[None, :]

    def countries(self) -> set[int]:
        """The countries that the text names, by themselves or by their people."""
        pairs = zip(self.places, self.told, strict=True)
        return {p.country for p, bonus in pairs if bonus > 0 and p.country}

    def best(self, index: int, score: Floats, by_hand: Floats) -> int | None:
        """The candidate that a name means, None where it has none."""
        rows = [int(row) for row in np.flatnonzero(self.owner == index)]
        if any(self.famous(row) and self.places[row].level == "country" for row in rows):
            rows = [row for row in rows if not self.namesake(row)]
        if not rows:
            return None
        learned = max(rows, key=lambda row: (score[row], -row))
        ruled = max(rows, key=lambda row: (by_hand[row], -row))
        return ruled if self.inside_each_other(learned, ruled) else learned

    def best_known(self, index: int, score: Floats) -> int | None:
        """The country or seat of government that a name can mean, None where there is none."""
        rows = [row for row in map(int, np.flatnonzero(self.owner == index)) if self.famous(row)]
        return max(rows, key=lambda row: (score[row], -row), default=None)

    def inside_each_other(self, one: int, other: int) -> bool:
        """Whether two candidates are a region and a town of its name in it: rules tell them apart.

        American states have no town of their name that is as well known, Mecca and Kursk do.
        """
        places = self.places[one], self.places[other]
        return places[0].region == places[1].number or places[1].region == places[0].number

    def famous(self, row: int) -> bool:
        """Whether a candidate needs no support by the text: a country, or a seat of government."""
        place = self.places[row]
        exact = self.flat[row][1].exact
        return exact and (place.level == "country" or place.number in gazetteer().capitals)

    def namesake(self, row: int) -> bool:
        """Whether a small place would need its container beside it: "Russia, Ohio"."""
        return doubtful(self.flat[row][1]) and self.inside[row] == 0.0

    def features(self) -> Floats:
        """A row for each candidate, a column for each of `FEATURES`."""
        near = Surroundings(self.places, self.owner)
        weight = np.array([1.0 + 0.3 * math.log(len(name.mentions)) for name in self.names])
        weight = weight[self.owner] * np.array([locality(place) for place in self.places])
        belief, support = self._settled(near.affinity(), weight)
        believed = belief * weight
        region = near.same(near.region) @ believed
        around = near.around(REACH_KM) @ believed
        others = np.maximum(1.0, near.others @ believed)
        small = self._each(doubtful)
        columns = (
            self.prior,
            self.told,
            self.inside,
            np.tanh(support / _ENOUGH),
            np.sqrt(support),
            np.tanh(region),
            np.tanh(near.regions @ believed),
            np.tanh(around),
            region / others,
            self._each(lambda c: c.exact),
            self._each(lambda c: c.primary),
            small,
            small * np.tanh(region),
            small * np.tanh(around),
        )
        return np.stack(columns, axis=1)

    def belief(self, score: Floats, sharpness: float) -> Floats:
        """Belief in each candidate; the candidates of one name add up to 1."""
        top = np.where(self.member, score[:, None], -np.inf).max(axis=0)
        exponent = np.where(self.member, np.exp(sharpness * (score[:, None] - top[None, :])), 0.0)
        return np.asarray((exponent / np.maximum(exponent.sum(axis=0), 1e-9)).sum(axis=1))

    def _settled(self, affinity: Floats, weight: Floats) -> tuple[Floats, Floats]:
        """Belief in each candidate and its support by others, after a few rounds."""
        fixed = self.prior + self.told + self.inside
        belief = self.belief(fixed, _SHARPNESS)
        for _ in range(_ROUNDS):
            support = affinity @ (belief * weight)
            score = fixed + BY_HAND["support"] * np.tanh(support / _ENOUGH)
            score += BY_HAND["more"] * np.sqrt(support)
            belief = self.belief(score, _SHARPNESS)
        return belief, affinity @ (belief * weight)

    def _each(self, of: Callable[[Candidate], float]) -> Floats:
        return np.array([float(of(candidate)) for _, candidate in self.flat])


def _reject_unsupported(names: list[Name], told: set[int]) -> None:
    """Take back small places that nothing else in the text speaks for.

    Args:
        names: with the places chosen for them.
        told: the countries that the text names, by themselves or by their people.
    """
    sure = [
        name.chosen.place
        for name in names
        if name.chosen and name.level != "facility" and not doubtful(name.chosen)
    ]
    focus = [place for place in sure if place.level in ("settlement", "region", "district")]
    countries = {place.number for place in sure if place.level == "country"}
    for name in names:
        if name.chosen is None or not doubtful(name.chosen):
            continue
        place = name.chosen.place
        if any(_supports(other, place) for other in focus):
            continue
        if any(other.country == place.country for other in focus):
            name.chosen = None  # the text is about another part of that country
        elif focus and (place.country not in countries or not name.chosen.primary):
            name.chosen = None  # the text is about other countries
        elif not name.chosen.exact:
            name.chosen = None
        elif place.country not in told | countries and not any(
            other.chosen
            and other.chosen.place.number != place.number
            and _supports(other.chosen.place, place)
            for other in names
        ):
            name.chosen = None  # a namesake alone in a text about who knows where


def _supports(other: Place, place: Place) -> bool:
    """Whether a place of the text makes it likely that a small one near it is meant."""
    if place.region is not None and place.region in (other.number, other.region):
        return True
    return distance_km(place, other) < _SUPPORT_KM + 0.2 * (other.radius_km or 0.0)


def doubtful(candidate: Candidate) -> bool:
    """Whether it is so small a place that the text has to speak for it."""
    place = candidate.place
    least = _SMALL if candidate.primary else _ALIAS
    return place.level in ("settlement", "district") and place.population < least
