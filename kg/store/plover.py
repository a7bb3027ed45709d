"""Events as PLOVER records: the JSON of the Open Event Data Alliance's manual, draft 0.8 (2021)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from typing import Final

from rdflib import SKOS, Graph, URIRef

from kg import ontology
from kg.records import Table
from kg.store.export import positions
from kg.version import VERSION
from kg.vocab import CK

Select = Callable[[str], Table]

VERSION_OF_PLOVER: Final = "0.8"
_PLOVER: Final = "https://w3id.org/conflict-kg/id/plover/"
_MATCHES: Final = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
_SOURCE: Final = ("initiator",)
_TARGET: Final = ("target", "victim", "moved", "beneficiary")
_ROLES: Final = f"""
SELECT ?event ?role ?value ?label ?kind {{
  VALUES ?kinds {{ {{kinds}} }} ?event a ?kinds ; ck:actuality ck:Actual ; ?role ?value
  VALUES ?role {{ {" ".join(f"ck:{role}" for role in (*_SOURCE, *_TARGET, "place"))} }}
  ?value a ?kind OPTIONAL {{ ?value rdfs:label ?label }}
}} ORDER BY ?event ?role ?value ?kind
"""
_EVENTS: Final = """
SELECT ?event ?kind ?earliest ?latest ?words ?trigger ?confidence ?title ?published ?publisher ?url
{
  VALUES ?kind { {kinds} } ?event a ?kind ; ck:actuality ck:Actual ; ck:evidence ?span .
  ?span ck:exact ?words ; ck:inArticle ?article . ?article dcterms:title ?title
  OPTIONAL { ?event ck:earliest ?earliest } OPTIONAL { ?event ck:latest ?latest }
  OPTIONAL { ?event ck:trigger/ck:exact ?trigger } OPTIONAL { ?event ck:confidence ?confidence }
  OPTIONAL { ?article dcterms:issued ?published }
  OPTIONAL { ?article dcterms:publisher ?publisher } OPTIONAL { ?article dcterms:source ?url }
} ORDER BY ?event
"""
_SPEAKERS: Final = """
SELECT ?event ?speaker ?polarity {
  ?claim a ck:Claim ; ck:content ?event ; ck:claimant ?who ; ck:polarity ?polarity .
  ?who rdfs:label ?speaker
} ORDER BY ?event ?speaker ?polarity
"""


def records(select: Select) -> bytes:
    """The events that are said to have happened and have a PLOVER code, by IRI: a JSON array.

    The date is the first day of the event, or that of publication where the event has none.
    The fields are PLOVER's: id, date, source, target, event, eventText, text, language,
    publication, coder, version. Beside them stand `location` (name, latitude, longitude) and
    `conflictKg` (our class, both ends of the time, speakers, article).
    """
    kinds = " ".join(f"ck:{kind}" for kind in ontology.kinds("Event"))
    roles: defaultdict[str, dict[str, list[tuple[str, str, str]]]] = defaultdict(dict)
    for event, role, value, label, kind in select(_ROLES.replace("{kinds}", kinds)).rows:
        held = roles[event or ""].setdefault(_local(role), [])
        if (value or "") not in {one for one, _, _ in held}:
            held.append((value or "", label or "", _local(kind)))
    speakers: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for event, speaker, polarity in select(_SPEAKERS).rows:
        speakers[event or ""].append({"speaker": speaker or "", "polarity": _local(polarity)})
    points = positions(select)
    made: dict[str, dict[str, object]] = {}
    for row in select(_EVENTS.replace("{kinds}", kinds)).rows:
        iri, code = row[0] or "", _code(_local(row[1]))
        if code and iri not in made:
            made[iri] = _record(row, code, roles[iri], speakers[iri], points)
    content = [made[iri] for iri in sorted(made)]
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _record(
    row: tuple[str | None, ...],
    code: str,
    roles: dict[str, list[tuple[str, str, str]]],
    speakers: list[dict[str, str]],
    points: dict[str, tuple[float, float]],
) -> dict[str, object]:
    iri, kind, earliest, latest, words, trigger, sure, title, published, publisher, url = row
    places: list[dict[str, object]] = []
    for place, label, _ in roles.get("place", ()):
        where = points.get(place)
        point = {"latitude": where[1], "longitude": where[0]} if where else {}
        places.append({"name": label, **point})
    ours = {
        "class": _local(kind), "earliest": earliest, "latest": latest, "confidence": sure,
        "article": title, "url": url, "claims": speakers,
    }  # fmt: skip
    found: dict[str, object] = {
        "id": iri,
        "date": (earliest or published or "")[:10],
        "source": _actors(roles, _SOURCE),
        "target": _actors(roles, _TARGET),
        "event": code,
        "eventText": trigger,
        "text": words,
        "language": "en",
        "publication": publisher,
        "coder": f"conflict-kg {VERSION}",
        "version": VERSION_OF_PLOVER,
        "location": places,
        "conflictKg": {name: value for name, value in ours.items() if value},
    }
    return {name: value for name, value in found.items() if value}


def _actors(
    roles: dict[str, list[tuple[str, str, str]]], names: tuple[str, ...]
) -> list[dict[str, str]]:
    """The actors of some roles; places and equipment are no actors of PLOVER."""
    actors = set(ontology.kinds("Actor"))
    found = []
    for name in names:
        for _, label, kind in roles.get(name, ()):
            if kind in actors:
                sector = _sectors().get(kind, "")
                found.append({"actorText": label, **({"sector": sector} if sector else {})})
    return found


@cache
def _sectors() -> dict[str, str]:
    """Class of actors -> PLOVER sector; classes below one have its sector."""
    given = {row["class"]: row["sector"] for row in ontology.rows("lexicon/plover_sectors.tsv")}
    found = {}
    for kind in ontology.kinds("Actor"):
        up = next((one for one in (kind, *ontology.ancestors()[kind]) if one in given), None)
        if up:
            found[kind] = given[up]
    return found


@cache
def _matched() -> Graph:
    return Graph().parse(ontology.folder() / "conflict.ttl", format="turtle")


@cache
def _code(kind: str) -> str:
    """PLOVER code of a class of events, or of the nearest class above that has one; else nothing.

    >>> _code("Shelling"), _code("Displacement")
    ('ASSAULT', '')
    """
    for name in (kind, *ontology.ancestors().get(kind, ())):
        for match in _MATCHES:
            codes = sorted(
                str(code).removeprefix(_PLOVER)
                for code in _matched().objects(URIRef(str(CK._NS) + name), match)
                if str(code).startswith(_PLOVER)
            )
            if codes:
                return codes[0]
    return ""


def _local(iri: str | None) -> str:
    return (iri or "").rpartition("#")[2]
