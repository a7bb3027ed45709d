"""How near it came: per facility and day the nearest event, and the nearest the front came.

For every facility of interest and every day: the nearest event that is said to have happened,
and the nearest place of the moving edge of an advance, each with its distance, uncertainty,
voices, and what an article states beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kg.network.advance import WEEK, Edge, edges
from kg.network.claims import Record, record
from kg.network.places import finest
from kg.network.proximity import RANGE_KM, SURE, Proximity, in_range, proximity
from kg.network.spots import METHOD
from kg.network.things import Select, held, is_a
from kg.records import Entity

EDGE = "geodesic WGS84 to the edge of the advance on that day"
STATED = "geodesic WGS84 to the place of a stated distance"


@dataclass(frozen=True, slots=True)
class Approach:
    """The nearest that something came to a facility on one day.

    Attributes:
        facility: IRI.
        day: the day.
        event: the event, or the incursion whose edge it is; None where a distance is stated
            to a place and no event.
        place: IRI of the place whose point was used.
        distance_km, uncertainty_km: kilometres, one decimal.
        method: `METHOD` for an event, `EDGE` for the edge of an advance, `STATED` for a distance
            that an article states to something that was not the nearest on its day.
        claims: IRIs of the claims that say so, sorted.
        stated_km, figure, supported: a distance to this facility that an article states for
            the event, or for that place on that day; None without.
    """

    facility: str
    day: date
    event: str | None
    place: str
    distance_km: float
    uncertainty_km: float
    method: str
    claims: tuple[str, ...]
    stated_km: float | None = None
    figure: str | None = None
    supported: bool | None = None


def approaches(
    select: Select, of_interest: Sequence[Entity] = (), *, within_km: float = RANGE_KM
) -> tuple[Approach, ...]:
    """The nearest event and the nearest edge per facility and day, and stated distances, sorted.

    A place known no better than within 40 % of the range, such as a region, is left out.

    Args:
        select: asks the dataset.
        of_interest: facilities beyond those that articles name.
        within_km: range, as for `proximity`.
    """
    select = held(select)
    book = record(select)
    affirmed: defaultdict[str, set[str]] = defaultdict(set)
    for one in book.assertions:
        if not one.negated:
            affirmed[one.content.iri].add(one.claim.iri)
    stated = proximity(select, of_interest, within_km=within_km)
    rows = [
        *_events(book, of_interest, within_km, affirmed),
        *_edges(book, edges(select), of_interest, within_km, affirmed),
    ]
    nearest: dict[tuple[str, date, str], Approach] = {}
    for row in sorted(rows, key=lambda row: (row.distance_km, row.event or "", row.place)):
        nearest.setdefault((row.facility, row.day, row.method), row)
    return tuple(sorted(_beside(book, list(nearest.values()), stated, affirmed), key=_order))


def _order(row: Approach) -> tuple[str, date, str, str, str, str]:
    return row.facility, row.day, row.method, row.event or "", row.place, row.figure or ""


def _events(
    book: Record,
    of_interest: Sequence[Entity],
    within_km: float,
    affirmed: Mapping[str, set[str]],
) -> Iterator[Approach]:
    days: dict[str, date] = {}
    spots: dict[str, tuple[tuple[str, ...], str]] = {}
    for event in book.events.values():
        span = book.when(event)
        happened = event.term("actuality") in ("", "Actual") and event.iri in affirmed
        if span is None or (span.last - span.first).days > WEEK or not happened:
            continue
        places = finest(_known(book, event.values("place"), within_km), book.known)
        if places and not is_a(event.kind, "Incursion"):
            days[event.iri], spots[event.iri] = span.last, (places, METHOD)
    for row in in_range(spots, book.known, of_interest, within_km):
        if row.event:
            yield _approach(row, days[row.event], row.event, sorted(affirmed[row.event]))


def _edges(
    book: Record,
    found: Iterable[Edge],
    of_interest: Sequence[Entity],
    within_km: float,
    affirmed: Mapping[str, set[str]],
) -> Iterator[Approach]:
    known = {f"{edge.advance} {edge.day}": edge for edge in found}
    reached = {name: _known(book, edge.places, within_km) for name, edge in known.items()}
    spots = {name: (places, EDGE) for name, places in reached.items() if places}
    for row in in_range(spots, book.known, of_interest, within_km):
        edge = known[row.event or ""]
        event = dict(zip(edge.places, edge.events, strict=True))[row.place]
        yield _approach(row, edge.day, edge.advance, sorted(affirmed.get(event, ())))


def _known(book: Record, places: Iterable[str], within_km: float) -> tuple[str, ...]:
    """The places that have a point good enough to say something about what is in range."""
    points = book.known.points
    return tuple(
        one for one in places if one in points and points[one].uncertainty_km <= within_km * SURE
    )


def _approach(row: Proximity, day: date, event: str | None, claims: Sequence[str]) -> Approach:
    return Approach(
        row.facility,
        day,
        event,
        row.place,
        row.distance_km,
        row.uncertainty_km,
        row.method,
        tuple(claims),
    )


def _beside(
    book: Record,
    nearest: list[Approach],
    rows: Iterable[Proximity],
    affirmed: Mapping[str, set[str]],
) -> Iterator[Approach]:
    """The rows with what articles state beside them; what fits none is a row of its own."""
    found: defaultdict[tuple[str, date], list[int]] = defaultdict(list)
    for at, one in enumerate(nearest):
        found[one.facility, one.day].append(at)
    said: defaultdict[str, list[date]] = defaultdict(list)
    for told in book.assertions:
        if told.said:
            said[told.content.iri].append(told.said)
    for row in rows:
        day = _said(book, row, said)
        if row.figure is None or day is None:
            continue
        fitting = [
            at
            for at in found[row.facility, day]
            if nearest[at].figure is None
            and (row.event == nearest[at].event or row.place == nearest[at].place)
        ]
        for at in fitting:
            nearest[at] = _with(nearest[at], row)
        if not fitting:
            own = _approach(row, day, row.event, sorted(affirmed.get(row.figure, ())))
            yield _with(replace(own, method=STATED), row)
    yield from nearest


def _with(row: Approach, stated: Proximity) -> Approach:
    return replace(
        row, stated_km=stated.stated_km, figure=stated.figure, supported=stated.supported
    )


def _said(book: Record, row: Proximity, said: Mapping[str, list[date]]) -> date | None:
    """The day that a stated distance is about: that of its event, else on which it was said."""
    event = book.events.get(row.event or "")
    span = book.when(event) if event else None
    if span is not None and span.stated and (span.last - span.first).days <= WEEK:
        return span.last
    return min(said.get(row.figure or "", ()), default=None)
