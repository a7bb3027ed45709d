"""Which events are near which facility, read from the derived graph for `kg near`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.network.identity import normalised
from kg.network.things import CK, Select, local


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


_ROWS = f"""PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?near ?facility ?fname ?event ?ename ?kind ?actuality ?earliest ?place ?pname
       ?km ?radius ?method ?stated ?words ?supported ?article WHERE {{
  ?near a ck:Proximity ; ck:facility ?facility ; ck:method ?method ;
        ck:distanceKm ?km ; ck:uncertaintyKm ?radius .
  OPTIONAL {{ ?facility rdfs:label ?fname }}
  OPTIONAL {{ ?near ck:place ?place . OPTIONAL {{ ?place rdfs:label ?pname }} }}
  OPTIONAL {{ ?near ck:event ?event .
    OPTIONAL {{ ?event rdfs:label ?ename }}
    OPTIONAL {{ ?event a ?kind FILTER(STRSTARTS(STR(?kind), "{CK}")) }}
    OPTIONAL {{ ?event ck:actuality ?actuality }}
    OPTIONAL {{ ?event ck:earliest ?earliest }} }}
  OPTIONAL {{ ?near ck:statedKm ?stated ; ck:supported ?supported ; ck:statedFigure ?figure .
    OPTIONAL {{ ?figure ck:figureText ?said ; ck:unit ?unit .
      BIND(IF(CONTAINS(?said, ?unit), ?said, CONCAT(?said, " ", ?unit,
        IF(STRLEN(?unit) > 2, "s", ""))) AS ?words) }} }}
  OPTIONAL {{ ?near ck:statedFigure|ck:event ?source . ?source ck:evidence/ck:inArticle ?article }}
}} ORDER BY ?near ?fname ?ename ?kind ?actuality ?earliest ?pname ?words ?article"""

_SPEAKERS = f"""PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?near ?name WHERE {{
  ?near a ck:Proximity ; ck:statedFigure|ck:event ?what .
  ?claim ck:content ?what ; ck:claimant/rdfs:label ?name .
  FILTER NOT EXISTS {{ ?near ck:statedFigure ?figure FILTER(?what != ?figure) }}
}} ORDER BY ?near ?name"""


def near(
    select: Select, facility: str | None = None, within_km: float | None = None
) -> tuple[Near, ...]:
    """Distances between facilities and events, nearest first within each facility.

    Args:
        select: asks the dataset.
        facility: IRI, or words of the name ("Velm", "velm npp"), None for all facilities.
        within_km: leave out what is farther away; stated distances are kept if in range.

    Empty if the derived graph holds no distance or no facility bears that name.
    """
    speakers: defaultdict[str, list[str]] = defaultdict(list)
    for node, name in select(_SPEAKERS).rows:
        speakers[node or ""].append(name or "")
    wanted = _facilities(select, facility)
    rows: dict[str, Near] = {}
    for found in select(_ROWS).rows:
        node, plant, fname, event, ename, kind, actuality, earliest, place, pname, *rest = found
        km, radius, method, stated, words, supported, article = rest
        if (
            node is None
            or plant is None
            or node in rows
            or (wanted is not None and plant not in wanted)
        ):
            continue
        distance = float(km or "nan")
        if within_km is not None and distance > within_km:
            continue
        rows[node] = Near(
            facility=plant,
            facility_label=fname or local(plant),
            event=event,
            event_label=ename or "",
            kind=local(kind or ""),
            actuality=local(actuality or ""),
            day=(earliest or "")[:10],
            place=place or "",
            place_label=pname or "",
            distance_km=distance,
            uncertainty_km=float(radius or "nan"),
            method=method or "",
            stated_km=float(stated) if stated else None,
            stated_text=words,
            supported=None if supported is None else supported in ("true", "1"),
            speakers=tuple(speakers[node]),
            article=article or "",
        )
    return tuple(
        sorted(
            rows.values(),
            key=lambda row: (row.facility_label, row.distance_km, row.event or "", row.place),
        )
    )


def _facilities(select: Select, name: str | None) -> frozenset[str] | None:
    """IRIs whose label or other name contains all the words, None if any facility will do."""
    if name is None:
        return None
    words = normalised(name).split()
    rows = select(
        f"PREFIX ck: <{CK}> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
        "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "
        "SELECT DISTINCT ?plant ?name WHERE { ?near a ck:Proximity ; ck:facility ?plant . "
        "?plant rdfs:label|skos:altLabel ?name }"
    ).rows
    exact = {plant for plant, _ in rows if plant == name}
    hits = {
        plant
        for plant, label in rows
        if plant and set(words) <= set(normalised(label or "").split())
    }
    return frozenset(plant for plant in (exact or hits) if plant)
