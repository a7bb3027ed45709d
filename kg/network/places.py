"""Where things are: a point with its uncertainty for every place, and what contains what."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.network.identity import alike
from kg.network.shelf import Shelf
from kg.network.things import Held, Select, Thing, entities, held, is_a
from kg.records import Entity

_POINT = re.compile(
    r"POINT\s*\(\s*(-?[\d.]+(?:[eE]-?\d+)?)\s+(-?[\d.]+(?:[eE]-?\d+)?)\s*\)", re.IGNORECASE
)

UNCERTAINTY_KM = (
    ("Facility", 1.0),
    ("Settlement", 3.0),
    ("BorderSection", 50.0),
    ("Region", 100.0),
    ("Country", 500.0),
)
"""Radius assumed where the reference data states none, by the first class that fits."""
OTHERWISE_KM = 25.0
_VAGUER = 5.0


@dataclass(frozen=True, slots=True)
class Point:
    """WGS84 degrees and the radius in km within which the place is known."""

    latitude: float
    longitude: float
    uncertainty_km: float


@dataclass(frozen=True, slots=True)
class Atlas:
    """Places of a dataset by IRI.

    Attributes:
        points: the place's own point, else that of the smallest place that contains it.
        located: the places that have a point of their own.
        containers: all places that contain a place, itself excluded.
        labels: preferred names.
        kinds: ontology classes.
    """

    points: Mapping[str, Point]
    located: frozenset[str]
    containers: Mapping[str, frozenset[str]]
    labels: Mapping[str, str]
    kinds: Mapping[str, str]

    def within(self, inner: str, outer: str) -> bool:
        """Whether the first place is the second one or lies in it."""
        return inner == outer or outer in self.containers.get(inner, frozenset())


def point(wkt: str) -> tuple[float, float] | None:
    """Latitude and longitude of a WKT point (lon lat, CRS84), None for anything else.

    >>> point("POINT(35.606 51.675)")
    (51.675, 35.606)
    """
    found = _POINT.search(wkt)
    return (float(found[2]), float(found[1])) if found else None


def assumed_km(kind: str) -> float:
    """Uncertainty in km assumed for a place of this class when its source gives none."""
    return next((km for root, km in UNCERTAINTY_KM if is_a(kind, root)), OTHERWISE_KM)


def place_of(entity: Entity) -> Point | None:
    """The point of a reference entity, None if it has no coordinates."""
    if entity.latitude is None or entity.longitude is None:
        return None
    radius = entity.uncertainty_km
    return Point(
        entity.latitude, entity.longitude, assumed_km(entity.kind) if radius is None else radius
    )


def atlas(select: Select) -> Atlas:
    """All places of the dataset; one without coordinates stands where its smallest container is.

    Places held to be one share the best known of their points.
    """
    select = held(select)
    return select.kept("atlas", lambda: _atlas(select))


def _atlas(select: Held) -> Atlas:
    places = {thing.iri: thing for thing in entities(select, "Place")}
    shelf = select.shelf
    shapes = {iri: spot for iri, one in places.items() if (spot := _stated(one, shelf))}
    own = {iri: _point(thing, shapes[iri]) for iri, thing in places.items() if iri in shapes}
    for group in alike(select):
        points = [own[one] for one in group.members if one in own]
        if points:
            best = min(points, key=lambda found: found.uncertainty_km)
            own |= {one: best for one in group.members if one in places and one not in own}
    chains = {iri: _chain(iri, places) for iri in places}
    around = {iri: [own[up] for up in chain if up in own] for iri, chain in chains.items()}
    inherited = {
        iri: min(found, key=lambda point: point.uncertainty_km)
        for iri, found in around.items()
        if found
    }
    return Atlas(
        points=inherited | own,
        located=frozenset(own),
        containers={iri: frozenset(chain) for iri, chain in chains.items()},
        labels={iri: thing.label for iri, thing in places.items()},
        kinds={iri: thing.kind for iri, thing in places.items()},
    )


def finest(places: Iterable[str], known: Atlas) -> tuple[str, ...]:
    """The places that hold no other, less those known five times worse than the best, sorted."""
    everything = sorted(set(places))
    inner = [
        place
        for place in everything
        if not any(other != place and known.within(other, place) for other in everything)
    ]
    best = min((known.points[place].uncertainty_km for place in inner), default=0.0)
    limit = max(best, 1.0) * _VAGUER
    return tuple(place for place in inner if known.points[place].uncertainty_km <= limit)


def _stated(thing: Thing, shelf: Shelf) -> tuple[float, float] | None:
    """The last of the points that a place is said to have."""
    texts = {text for one in thing.values("hasGeometry") for text in shelf.shapes.get(one, ())}
    return next((found for text in sorted(texts, reverse=True) if (found := point(text))), None)


def _point(thing: Thing, position: tuple[float, float]) -> Point:
    stated = thing.first("uncertaintyKm")
    return Point(*position, float(stated) if stated else assumed_km(thing.kind))


def _chain(iri: str, places: Mapping[str, Thing]) -> tuple[str, ...]:
    """Containers, nearest first; a cycle in the data ends the walk."""
    reached: list[str] = []
    level = [iri]
    while level:
        above = sorted(
            {up for low in level if low in places for up in places[low].values("locatedIn")}
        )
        level = [up for up in above if up != iri and up not in reached]
        reached += level
    return tuple(reached)
