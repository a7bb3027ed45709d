"""Which events are near which facility, with names, for `kg near`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.network.proximity import RANGE_KM, Proximity, proximity
from kg.network.telling import Account, accounts, chosen
from kg.network.things import CK, Select
from kg.records import Entity


@dataclass(frozen=True, slots=True)
class Near:
    """One distance, with names to print.

    Attributes:
        facility, facility_label: IRI and name.
        event: IRI, None for a distance to a place alone.
        event_label, kind, actuality, day: of the event; "" where unknown.
        place, place_label: the place whose point was used.
        distance_km, uncertainty_km: kilometres.
        method: how it was computed.
        stated_km, stated_text: what an article says, None without.
        supported: whether both agree, None where nothing is stated.
        speakers: who asserts the event, or the distance where one is stated, sorted names.
        article: IRI of the article.
    """

    facility: str
    facility_label: str
    event: str | None
    event_label: str
    kind: str
    actuality: str
    day: str
    place: str
    place_label: str
    distance_km: float
    uncertainty_km: float
    method: str
    stated_km: float | None
    stated_text: str | None
    supported: bool | None
    speakers: tuple[str, ...]
    article: str


_ROWS = f"""PREFIX ck: <{CK}>
SELECT ?near ?facility ?event ?place ?km ?radius ?method ?stated ?figure ?supported WHERE {{
  ?near a ck:Proximity ; ck:facility ?facility ; ck:method ?method ;
        ck:distanceKm ?km ; ck:uncertaintyKm ?radius .
  OPTIONAL {{ ?near ck:place ?place }}
  OPTIONAL {{ ?near ck:event ?event }}
  OPTIONAL {{ ?near ck:statedKm ?stated ; ck:supported ?supported ; ck:statedFigure ?figure }}
}} ORDER BY ?near ?event ?place"""


def near(
    select: Select,
    facility: str | None = None,
    within_km: float | None = None,
    *,
    kind: str | None = None,
    of_interest: Sequence[Entity] | None = None,
) -> tuple[Near, ...]:
    """Distances between facilities and events, nearest first within each facility.

    Args:
        select: asks the dataset.
        facility: IRI, or words of the name ("Velm", "velm npp"), None for all facilities.
        within_km: leave out what is farther away; stated distances are kept if in range.
        kind: a class of facilities ("Hospital"), those below it included; None for all.
        of_interest: facilities beyond those that articles name, for which distances are
            computed now; None to read those of the derived graph.

    Empty if there is no distance, or no facility bears that name or is of that class.

    Raises:
        QueryError: the ontology has no such class of facilities.
    """
    if of_interest is None:
        found = _stored(select)
    else:
        found = proximity(select, of_interest, within_km=max(within_km or 0, RANGE_KM))
    rows, names = chosen(
        select, found, name=facility, kind=kind, within_km=within_km, of_interest=of_interest
    )
    facts = accounts(select, (iri for row in rows for iri in (row.event, row.figure) if iri))
    return tuple(
        sorted(
            (_named(row, names, facts) for row in rows),
            key=lambda row: (row.facility_label, row.distance_km, row.event or "", row.place),
        )
    )


def _named(row: Proximity, names: Mapping[str, str], facts: Mapping[str, Account]) -> Near:
    event = facts.get(row.event or "", Account())
    figure = facts.get(row.figure or "", Account())
    return Near(
        facility=row.facility,
        facility_label=names[row.facility],
        event=row.event,
        event_label=event.label,
        kind=event.kind,
        actuality=event.actuality,
        day=event.day,
        place=row.place,
        place_label=names.get(row.place, ""),
        distance_km=row.distance_km,
        uncertainty_km=row.uncertainty_km,
        method=row.method,
        stated_km=row.stated_km,
        stated_text=figure.words or None,
        supported=row.supported,
        speakers=figure.speakers if row.figure else event.speakers,
        article=figure.article or event.article,
    )


def _stored(select: Select) -> tuple[Proximity, ...]:
    """The distances of the derived graph."""
    rows: dict[str, Proximity] = {}
    for found in select(_ROWS).rows:
        node, facility, event, place, km, radius, method, stated, figure, backed = found
        if node is None or facility is None or node in rows:
            continue
        rows[node] = Proximity(
            facility=facility,
            event=event,
            place=place or "",
            distance_km=float(km or "nan"),
            uncertainty_km=float(radius or "nan"),
            method=method or "",
            stated_km=float(stated) if stated else None,
            figure=figure,
            supported=None if backed is None else backed in ("true", "1"),
        )
    return tuple(rows.values())
