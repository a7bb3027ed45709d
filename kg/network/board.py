"""The risk board: per facility and day what came nearest, who says so, and what articles state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kg.network.approach import EDGE, STATED, Approach, approaches
from kg.network.proximity import RANGE_KM
from kg.network.telling import Account, accounts, chosen, voices
from kg.network.things import CK, Select, day_of
from kg.records import Entity

_WHAT = {EDGE: "edge", STATED: "stated"}


@dataclass(frozen=True, slots=True)
class Risk:
    """One line of the board, with names to print.

    Attributes:
        facility, facility_label: IRI and name.
        day: YYYY-MM-DD.
        what: "event", "edge" for the moving edge of an advance, or "stated" for a distance that
            an article states to something that was not the nearest on its day.
        event, event_label, kind: IRI, name and class; None and empty where a distance is stated
            to a place and no event.
        place, place_label: where.
        distance_km, uncertainty_km: kilometres.
        speakers: who says that it happened there, sorted names.
        disputed: whether a dispute is about it.
        stated_km, stated_text, stated_by: a distance to the facility that an article states for
            the event, else for that day, and who states it; None and empty without.
        supported: whether the map supports the stated distance, None where nothing is stated.
        article: IRI of the article of the event.
    """

    facility: str
    facility_label: str
    day: str
    what: str
    event: str | None
    event_label: str
    kind: str
    place: str
    place_label: str
    distance_km: float
    uncertainty_km: float
    speakers: tuple[str, ...]
    disputed: bool
    stated_km: float | None
    stated_text: str | None
    stated_by: tuple[str, ...]
    supported: bool | None
    article: str


def board(
    select: Select,
    facility: str | None = None,
    within_km: float | None = None,
    *,
    kind: str | None = None,
    of_interest: Sequence[Entity] | None = None,
) -> tuple[Risk, ...]:
    """The board by facility and day, events before edges.

    Args:
        select: asks the dataset.
        facility: IRI, or words of the name; None for all facilities.
        within_km: leave out what is farther away.
        kind: a class of facilities, those below it included; None for all.
        of_interest: facilities beyond those that articles name, for which the board is
            computed now; None to read that of the derived graph.

    Raises:
        QueryError: the ontology has no such class of facilities.
    """
    if of_interest is None:
        found = _stored(select)
    else:
        found = approaches(select, of_interest, within_km=max(within_km or 0, RANGE_KM))
    rows, names = chosen(
        select, found, name=facility, kind=kind, within_km=within_km, of_interest=of_interest
    )
    facts = accounts(select, (iri for row in rows for iri in (row.event, row.figure) if iri))
    spoken = voices(select, (claim for row in rows for claim in row.claims))
    disputed = _disputed(select)
    order = ("event", "edge", "stated")
    return tuple(
        sorted(
            (_named(row, names, facts, spoken, disputed) for row in rows),
            key=lambda row: (
                row.facility_label,
                row.facility,
                row.day,
                order.index(row.what),
                row.distance_km,
                row.place,
            ),
        )
    )


def _named(
    row: Approach,
    names: Mapping[str, str],
    facts: Mapping[str, Account],
    spoken: Mapping[str, tuple[str, ...]],
    disputed: frozenset[str],
) -> Risk:
    event = facts.get(row.event or "", Account())
    figure = facts.get(row.figure or "", Account())
    return Risk(
        facility=row.facility,
        facility_label=names[row.facility],
        day=row.day.isoformat(),
        what=_WHAT.get(row.method, "event"),
        event=row.event,
        event_label=event.label,
        kind=event.kind,
        place=row.place,
        place_label=names[row.place],
        distance_km=row.distance_km,
        uncertainty_km=row.uncertainty_km,
        speakers=tuple(sorted({name for claim in row.claims for name in spoken.get(claim, ())})),
        disputed=row.event in disputed,
        stated_km=row.stated_km,
        stated_text=figure.words or None,
        stated_by=figure.speakers,
        supported=row.supported,
        article=event.article or figure.article,
    )


def _disputed(select: Select) -> frozenset[str]:
    rows = select(
        f"PREFIX ck: <{CK}> PREFIX prov: <http://www.w3.org/ns/prov#> SELECT DISTINCT ?fact "
        "WHERE { ?dispute a ck:Dispute ; prov:wasDerivedFrom ?fact } ORDER BY ?fact"
    ).rows
    return frozenset(fact for (fact,) in rows if fact)


def _stored(select: Select) -> tuple[Approach, ...]:
    """The approaches of the derived graph."""
    claims: dict[str, list[str]] = {}
    for node, claim in select(
        f"PREFIX ck: <{CK}> SELECT ?a ?claim WHERE {{ ?a a ck:Approach ; ck:claim ?claim }} "
        "ORDER BY ?a ?claim"
    ).rows:
        claims.setdefault(node or "", []).append(claim or "")
    rows: list[Approach] = []
    for found in select(
        f"PREFIX ck: <{CK}> SELECT ?a ?facility ?day ?event ?place ?km ?radius ?method ?stated "
        "?figure ?backed WHERE { ?a a ck:Approach ; ck:facility ?facility ; ck:day ?day ; "
        "ck:place ?place ; ck:distanceKm ?km ; ck:uncertaintyKm ?radius ; "
        "ck:method ?method OPTIONAL { ?a ck:event ?event } "
        "OPTIONAL { ?a ck:statedKm ?stated ; ck:statedFigure ?figure ; "
        "ck:supported ?backed } } ORDER BY ?a"
    ).rows:
        node, facility, day, event, place, km, radius, method, stated, figure, backed = found
        rows.append(
            Approach(
                facility or "",
                day_of(day) or date.min,
                event,
                place or "",
                float(km or "nan"),
                float(radius or "nan"),
                method or "",
                tuple(claims.get(node or "", ())),
                float(stated) if stated else None,
                figure,
                None if backed is None else backed in ("true", "1"),
            )
        )
    return tuple(rows)
