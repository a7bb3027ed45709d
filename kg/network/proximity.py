"""How far events are from facilities: geodesic distance, uncertainty, and what articles say.

The distance is the WGS84 geodesic (Karney 2013, through PROJ) between two points; the
uncertainty is the sum of the radii within which both are known. Candidates come from a
k-d tree on the unit sphere, so the work grows with the pairs in range and not with all pairs.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from pyproj import Geod

from kg.network.pairs import pairs
from kg.network.places import Atlas, Point, atlas, place_of
from kg.network.spots import METHOD, Spots, spots
from kg.network.things import Select, Thing, facts, held, is_a
from kg.records import Entity

RANGE_KM = 150.0
"""How far is looked where nothing else is said."""
ROUNDING = 0.10
"""Writers round: a stated distance may be off by this share and still be supported."""
SURE = 0.4
"""A point says something about what is in range if it is known within this share of the range."""
KM_PER_UNIT = {
    "km": 1.0,
    "mile": 1.609344,
    "m": 0.001,
    "nautical mile": 1.852,
    "yard": 0.0009144,
    "foot": 0.0003048,
}
"""Kilometres by the unit of a figure, as `units_of_measure.tsv` names them."""
NEAR_BY_KM = 10.0
"""A facility this near to a town that a distance is measured from is meant by the distance."""
_GEOD = Geod(ellps="WGS84")


@dataclass(frozen=True, slots=True)
class Proximity:
    """One distance between a facility and an event, or a place where no event is meant.

    Attributes:
        facility: IRI.
        event: IRI of the event, None for a distance to a place.
        place: IRI of the place whose point was used.
        distance_km, uncertainty_km: kilometres, one decimal.
        method: how it was computed.
        stated_km: the distance that the article gives (the middle of an interval), None without.
        figure: IRI of the ck:DistanceFigure it came from.
        supported: whether stated and computed distance agree, None where nothing is stated.
    """

    facility: str
    event: str | None
    place: str
    distance_km: float
    uncertainty_km: float
    method: str = METHOD
    stated_km: float | None = None
    figure: str | None = None
    supported: bool | None = None


def proximity(
    select: Select, facilities: Sequence[Entity] = (), *, within_km: float = RANGE_KM
) -> tuple[Proximity, ...]:
    """Distances between facilities and events, sorted by facility, event and place.

    Facilities are those given (all nuclear plants, say) and those that the articles name,
    as far as they have a point of their own. Events are all that have a place with a point;
    a point less certain than `within_km` says nothing and is left out. A pair is in range
    if it can be within `within_km` given its uncertainty; a facility that no article names
    counts only where the uncertainty is less than 40 % of the range; where an article states
    a distance, the pair is kept at any distance.
    """
    key = ("proximity", tuple(facilities), within_km)
    select = held(select)
    return select.kept(key, lambda: _proximity(select, facilities, within_km))


def _proximity(
    select: Select, facilities: Sequence[Entity], within_km: float
) -> tuple[Proximity, ...]:
    known = atlas(select)
    targets = _targets(known, facilities)
    placed = spots(select, known)
    near = in_range(placed, known, facilities, within_km)
    found = {(row.facility, row.event): row for row in near}
    stated: dict[tuple[str, str | None, str], Proximity] = {}
    for row in _stated(select, targets, placed, known):
        found.pop((row.facility, row.event), None)
        stated[row.facility, row.event, row.figure or ""] = row
    rows = [*found.values(), *stated.values()]
    return tuple(
        sorted(rows, key=lambda row: (row.facility, row.event or "", row.place, row.figure or ""))
    )


def _targets(known: Atlas, facilities: Sequence[Entity]) -> Mapping[str, Point]:
    """Points of the given facilities and of those that articles name."""
    given = {one.iri: spot for one in facilities if (spot := place_of(one))}
    return given | {iri: known.points[iri] for iri in sorted(_named(known))}


def _named(known: Atlas) -> frozenset[str]:
    return frozenset(iri for iri in known.located if is_a(known.kinds[iri], "Facility"))


def in_range(
    placed: Spots,
    known: Atlas,
    facilities: Sequence[Entity],
    within_km: float,
) -> Iterator[Proximity]:
    """The nearest place of each thing to each facility, as far as in range.

    Args:
        placed: for each thing (an event, a day of an advance) its places and the method's name.
        known: all places.
        facilities: facilities beyond those that articles name; one that no article names counts
            only where the uncertainty is less than 40 % of the range.
        within_km: the range; a pair is in it if it can be, given its uncertainty.
    """
    named = _named(known)
    for row in _within(_targets(known, facilities), placed, known, within_km):
        if row.facility in named or row.uncertainty_km <= within_km * SURE:
            yield row


def kilometres(first: Point, second: Point) -> float:
    """Geodesic distance in km.

    >>> round(kilometres(Point(51.675, 35.606, 0), Point(51.191, 35.271, 0)), 1)
    58.7
    """
    _, _, metres = _GEOD.inv(first.longitude, first.latitude, second.longitude, second.latitude)
    return float(metres) / 1000


def supported(
    lower: float | None, upper: float | None, distance: float, uncertainty: float
) -> bool:
    """Whether a stated interval in km and a computed distance share a value, rounding allowed for.

    >>> supported(40, 40, 43.0, 2.0)
    True
    >>> supported(16, 16, 39.7, 2.5)
    False
    >>> supported(30, None, 39.7, 2.5)
    True
    """
    low = 0.0 if lower is None else lower * (1 - ROUNDING)
    high = math.inf if upper is None else upper * (1 + ROUNDING)
    return low <= distance + uncertainty and distance - uncertainty <= high


def _within(
    targets: Mapping[str, Point],
    placed: Spots,
    known: Atlas,
    within_km: float,
) -> Iterator[Proximity]:
    places = sorted({place for found, _ in placed.values() for place in found})
    places = [place for place in places if known.points[place].uncertainty_km <= within_km]
    plants = sorted(targets)
    if not places or not plants:
        return
    widest = max(known.points[place].uncertainty_km for place in places)
    widest += max(targets[plant].uncertainty_km for plant in plants)
    hits = pairs(
        [(targets[plant].latitude, targets[plant].longitude) for plant in plants],
        [(known.points[place].latitude, known.points[place].longitude) for place in places],
        within_km + widest + 0.1,  # what is rounded down to the range counts
    )
    events: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for event, (found, method) in sorted(placed.items()):
        for place in found:
            events[place].append((event, method))
    best: dict[tuple[str, str], Proximity] = {}
    for one, other, km in zip(*(column.tolist() for column in hits), strict=True):
        plant, place = plants[one], places[other]
        distance = round(km, 1)
        radius = round(targets[plant].uncertainty_km + known.points[place].uncertainty_km, 1)
        if distance - radius > within_km:
            continue
        for event, method in events[place]:
            before = best.get((plant, event))
            if before is None or (distance, place) < (before.distance_km, before.place):
                best[plant, event] = Proximity(plant, event, place, distance, radius, method)
    yield from best.values()


def _stated(
    select: Select, targets: Mapping[str, Point], placed: Spots, known: Atlas
) -> Iterator[Proximity]:
    figures = facts(select, "DistanceFigure")
    near_by = _near_by(select, figures, targets, known)
    for figure in figures:
        factor = KM_PER_UNIT.get(figure.first("unit") or "km")
        lower, upper = figure.first("lower"), figure.first("upper")
        if factor is None or (lower is None and upper is None):
            continue
        low = None if lower is None else float(lower) * factor
        high = None if upper is None else float(upper) * factor
        # "up to 40 km" and "more than 40 km" are shown as 40; their open end counts in `supported`.
        ends = [end for end in ((low or None), high) if end is not None] or [0.0]
        middle = round(sum(ends) / len(ends), 1)
        plants = figure.values("facility") or near_by.get(figure.iri, ())
        for row in _ends(figure, plants, targets, placed, known):
            agrees = supported(low, high, row.distance_km, row.uncertainty_km)
            yield replace(row, stated_km=middle, figure=figure.iri, supported=agrees)


def _near_by(
    select: Select, figures: Iterable[Thing], targets: Mapping[str, Point], known: Atlas
) -> Mapping[str, tuple[str, ...]]:
    """For each figure from a town to an event the facilities there that its article names.

    "The plant lies in the town of Kurchatov, 31 miles from the incursion."
    """
    open_ended = [one for one in figures if one.values("event") and not one.values("facility")]
    if not open_ended:
        return {}
    named: defaultdict[str, list[str]] = defaultdict(list)
    plants = _named(known)
    for article, entities in held(select).shelf.mentions.items():
        named[article] += sorted(plants.intersection(entities))
    return {
        figure.iri: tuple(
            plant
            for plant in named[figure.article]
            for place in figure.values("place")
            if plant in targets
            and place in known.points
            and kilometres(targets[plant], known.points[place]) <= NEAR_BY_KM
        )
        for figure in open_ended
    }


def _ends(
    figure: Thing,
    plants: Iterable[str],
    targets: Mapping[str, Point],
    placed: Spots,
    known: Atlas,
) -> Iterator[Proximity]:
    """The pairs a stated distance is about: its facility and its event, else its place."""
    events = [event for event in figure.values("event") if event in placed]
    for plant in plants:
        if plant not in targets:
            continue
        others: list[tuple[str | None, tuple[str, ...], str]] = [
            (event, *placed[event]) for event in events
        ]
        if not others:
            places = tuple(
                place
                for place in figure.values("place")
                if place in known.points and place != plant
            )
            others = [(None, (place,), METHOD) for place in places if figure.values("facility")]
        for event, places, method in others:
            rows = [
                Proximity(
                    plant, event, place, *_distance(targets[plant], known.points[place]), method
                )
                for place in places
            ]
            yield min(rows, key=lambda row: (row.distance_km, row.place))


def _distance(first: Point, second: Point) -> tuple[float, float]:
    return round(kilometres(first, second), 1), round(
        first.uncertainty_km + second.uncertainty_km, 1
    )
