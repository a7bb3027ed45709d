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

import numpy as np
from pyproj import Geod
from scipy.spatial import cKDTree

from kg.network.places import Atlas, Point, atlas, place_of
from kg.network.sides import sides, together
from kg.network.things import Select, Thing, facts, is_a, kept
from kg.records import Entity

METHOD = "geodesic WGS84"
EDGE_METHOD = "geodesic WGS84 to the nearest place of the advance"
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
_EARTH_KM = 6371.0088
_GEOD = Geod(ellps="WGS84")
ADVANCE = ("Incursion", "GroundAttack", "TerritoryCaptured", "Clash", "Capture")
_VAGUER = 10.0


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
    return kept(select, key, lambda: _proximity(select, facilities, within_km))


def _proximity(
    select: Select, facilities: Sequence[Entity], within_km: float
) -> tuple[Proximity, ...]:
    known = atlas(select)
    targets = _targets(known, facilities)
    spots = _spots(select, known)
    near = in_range(spots, known, facilities, within_km)
    found = {(row.facility, row.event): row for row in near}
    stated: dict[tuple[str, str | None, str], Proximity] = {}
    for row in _stated(select, targets, spots, known):
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
    spots: Mapping[str, tuple[tuple[str, ...], str]],
    known: Atlas,
    facilities: Sequence[Entity],
    within_km: float,
) -> Iterator[Proximity]:
    """The nearest place of each thing to each facility, as far as in range.

    Args:
        spots: for each thing (an event, a day of an advance) its places and the method's name.
        known: all places.
        facilities: facilities beyond those that articles name; one that no article names counts
            only where the uncertainty is less than 40 % of the range.
        within_km: the range; a pair is in it if it can be, given its uncertainty.
    """
    named = _named(known)
    for row in _within(_targets(known, facilities), spots, known, within_km):
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


def _spots(select: Select, known: Atlas) -> Mapping[str, tuple[tuple[str, ...], str]]:
    """Places of each event, the finest ones only, and the method that found them.

    An incursion moves: its places are its own, those of its sub-events, and those of the
    ground attacks, clashes and captures of the same side in the same article. Where a place
    is known ten times better than another one, the other one is left out: a village known
    only by its region would else pull the event to the region's middle.
    """
    events = {event.iri: event for event in facts(select, "Event")}
    belongs = sides(select)
    children: defaultdict[str, list[Thing]] = defaultdict(list)
    advances: defaultdict[str, list[Thing]] = defaultdict(list)
    for event in events.values():
        for parent in event.values("subEventOf"):
            children[parent].append(event)
        if any(is_a(event.kind, kind) for kind in ADVANCE) and event.term("actuality") in (
            "",
            "Actual",
        ):
            advances[event.article].append(event)
    spots: dict[str, tuple[tuple[str, ...], str]] = {}
    for event in events.values():
        own = [place for place in event.values("place") if place in known.points]
        edge: list[str] = []
        if is_a(event.kind, "Incursion"):
            comrades = [
                other
                for other in advances[event.article]
                if together(event.values("initiator"), other.values("initiator"), belongs)
            ]
            edge = [
                place
                for other in (*children[event.iri], *comrades)
                for place in other.values("place")
                if place in known.points
                and (not own or any(known.within(place, around) for around in own))
            ]
        places = finest({*own, *edge}, known)
        if places:
            spots[event.iri] = (places, EDGE_METHOD if set(places) - set(own) else METHOD)
    return spots


def finest(places: Iterable[str], known: Atlas) -> tuple[str, ...]:
    """The places that hold no other one and are not known ten times worse than the best, sorted."""
    everything = sorted(set(places))
    inner = [
        place
        for place in everything
        if not any(other != place and known.within(other, place) for other in everything)
    ]
    best = min((known.points[place].uncertainty_km for place in inner), default=0.0)
    limit = max(best, 1.0) * _VAGUER
    return tuple(place for place in inner if known.points[place].uncertainty_km <= limit)


def _within(
    targets: Mapping[str, Point],
    spots: Mapping[str, tuple[tuple[str, ...], str]],
    known: Atlas,
    within_km: float,
) -> Iterator[Proximity]:
    places = sorted({place for found, _ in spots.values() for place in found})
    places = [place for place in places if known.points[place].uncertainty_km <= within_km]
    plants = sorted(targets)
    if not places or not plants:
        return
    widest = max(known.points[place].uncertainty_km for place in places)
    widest += max(targets[plant].uncertainty_km for plant in plants)
    angle = min((within_km + widest) * 1.01 / _EARTH_KM, math.pi)
    tree = cKDTree(_sphere([known.points[place] for place in places]))
    near = tree.query_ball_point(
        _sphere([targets[plant] for plant in plants]), 2 * math.sin(angle / 2)
    )
    events: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for event, (found, method) in sorted(spots.items()):
        for place in found:
            events[place].append((event, method))
    best: dict[tuple[str, str], Proximity] = {}
    for plant, hits in zip(plants, near, strict=True):
        for place in (places[index] for index in sorted(hits)):
            distance, radius = _distance(targets[plant], known.points[place])
            if distance - radius > within_km:
                continue
            for event, method in events[place]:
                row = Proximity(plant, event, place, distance, radius, method)
                before = best.get((plant, event))
                if before is None or (row.distance_km, row.place) < (
                    before.distance_km,
                    before.place,
                ):
                    best[plant, event] = row
    yield from best.values()


def _stated(
    select: Select,
    targets: Mapping[str, Point],
    spots: Mapping[str, tuple[tuple[str, ...], str]],
    known: Atlas,
) -> Iterator[Proximity]:
    for figure in facts(select, "DistanceFigure"):
        factor = KM_PER_UNIT.get(figure.first("unit") or "km")
        lower, upper = figure.first("lower"), figure.first("upper")
        if factor is None or (lower is None and upper is None):
            continue
        low = None if lower is None else float(lower) * factor
        high = None if upper is None else float(upper) * factor
        # "up to 40 km" and "more than 40 km" are shown as 40; their open end counts in `supported`.
        ends = [end for end in ((low or None), high) if end is not None] or [0.0]
        middle = round(sum(ends) / len(ends), 1)
        for row in _ends(figure, targets, spots, known):
            agrees = supported(low, high, row.distance_km, row.uncertainty_km)
            yield replace(row, stated_km=middle, figure=figure.iri, supported=agrees)


def _ends(
    figure: Thing,
    targets: Mapping[str, Point],
    spots: Mapping[str, tuple[tuple[str, ...], str]],
    known: Atlas,
) -> Iterator[Proximity]:
    """The pairs a stated distance is about: its facility and its event, else its place."""
    events = [event for event in figure.values("event") if event in spots]
    for plant in figure.values("facility"):
        if plant not in targets:
            continue
        others: list[tuple[str | None, tuple[str, ...], str]] = [
            (event, *spots[event]) for event in events
        ]
        if not others:
            places = tuple(
                place
                for place in figure.values("place")
                if place in known.points and place != plant
            )
            others = [(None, (place,), METHOD) for place in places]
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


def _sphere(points: Sequence[Point]) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    latitude = np.radians([point.latitude for point in points])
    longitude = np.radians([point.longitude for point in points])
    across = np.cos(latitude)
    return np.column_stack(
        (across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude))
    )
