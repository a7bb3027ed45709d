"""Where things are and stand, read from the derived graph: distances, boards, control, advances."""

from __future__ import annotations

from dataclasses import dataclass

from kg.view.reading import Select, many, values
from kg.view.wording import local

_BACKED = {"true": True, "1": True, "false": False, "0": False}
_METHODS = (("edge of the advance", "edge"), ("stated distance", "stated"))
"""Words of the method of an approach, and what it measured to; anything else is an event."""


@dataclass(frozen=True, slots=True)
class Distance:
    """Kilometres between a facility and an event or place, beside what an article states.

    Attributes:
        day: of an approach as YYYY-MM-DD, "" for a plain distance.
        what: "event", "edge" of an advance, or "stated" to something that was not nearest.
        supported: whether the map supports the stated distance, None where none is stated.
    """

    facility: str
    event: str
    place: str
    km: float
    uncertainty: float
    stated: float | None
    figure: str
    supported: bool | None
    day: str = ""
    what: str = "event"
    claims: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Who is said to hold a place, or not to, from one day on."""

    place: str
    day: str
    controllers: tuple[str, ...]
    polarity: str
    contested: bool
    claims: tuple[str, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Front:
    """The places that an incursion is said to have reached by a day, and the events that say so."""

    advance: str
    day: str
    places: tuple[str, ...]
    facts: tuple[str, ...]


def distances(select: Select) -> list[Distance]:
    """Every distance of the derived graph, nearest first."""
    rows = _distances(select, "Proximity")
    return sorted(rows, key=lambda row: (row.km, row.facility, row.event, row.place, row.figure))


def board(select: Select) -> list[Distance]:
    """What came nearest to each facility on each day, by facility and day."""
    order = ("event", "edge", "stated")
    return sorted(
        _distances(select, "Approach"),
        key=lambda row: (row.facility, row.day, order.index(row.what), row.km, row.place),
    )


def _distances(select: Select, kind: str) -> list[Distance]:
    return [
        Distance(
            facility,
            event,
            place,
            float(km or "nan"),
            float(radius or "nan"),
            float(stated) if stated else None,
            figure,
            _BACKED.get(backed),
            day,
            next((what for words, what in _METHODS if words in method), "event"),
            many(claims),
        )
        for _, facility, event, place, km, radius, stated, figure, backed, day, method, claims in (
            values(
                select,
                kind,
                "ck:facility",
                "ck:event",
                "ck:place",
                "ck:distanceKm",
                "ck:uncertaintyKm",
                "ck:statedKm",
                "ck:statedFigure",
                "ck:supported",
                "ck:day",
                "ck:method",
                "ck:claim",
            )
        )
        if km
    ]


def holdings(select: Select) -> list[Holding]:
    """Who is said to hold which place, by place and day."""
    rows = [
        Holding(
            place,
            day,
            many(controllers),
            local(polarity),
            contested in ("true", "1"),
            many(claims),
            many(facts),
        )
        for _, place, day, controllers, polarity, contested, claims, facts in values(
            select,
            "Holding",
            "ck:place",
            "ck:day",
            "ck:controller",
            "ck:polarity",
            "ck:contested",
            "ck:claim",
            "prov:wasDerivedFrom",
        )
    ]
    return sorted(rows, key=lambda row: (row.place, row.day, row.controllers, row.polarity))


def fronts(select: Select) -> list[Front]:
    """Where incursions stood, by incursion and day."""
    rows = [
        Front(advance, day, many(places), many(facts))
        for _, advance, day, places, facts in values(
            select, "AdvanceEdge", "ck:event", "ck:day", "ck:place", "prov:wasDerivedFrom"
        )
    ]
    return sorted(rows, key=lambda row: (row.advance, row.day, row.places))
