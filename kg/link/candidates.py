"""The places that each name of a text may mean, and how likely each is before the text is read."""

from __future__ import annotations

import math
from functools import cache

from kg import ontology
from kg.link.designations import designation
from kg.link.gazetteer import Candidate, Place, gazetteer
from kg.link.placenames import Name
from kg.link.transliterate import normal

_POWER = frozenset({"PowerPlant", "NuclearPowerPlant", "Dam", "Facility"})
_MOST = 30  # candidates of one name that are looked at
_POPULATION = 0.8  # weight of one power of ten of population
_CAPITAL = 2.0  # what being a national capital is worth


@cache
def country_words() -> dict[str, str]:
    """Country names and demonyms in lower case -> ISO code."""
    words: dict[str, str] = {}
    for row in ontology.rows("lexicon/demonyms.tsv"):
        if row.get("iso2"):
            words[row["word"].casefold()] = row["iso2"]
    for iso, place in gazetteer().countries.items():
        for name in (place.name, *place.names):
            if len(name) > 3 or "." in name or name in ("US", "UK", "UAE", "DRC"):
                words[name.casefold()] = iso
    return words


def prepare(names: list[Name]) -> None:
    """Give each name its candidates with their priors, the likeliest first."""
    regions = {normal(name.bare) for name in names if name.level == "region"}
    for name in names:
        ranked = []
        for candidate in _candidates(name):
            prior = _prior(name, candidate, regions)
            if prior is not None:
                ranked.append((-prior, candidate.place.number, candidate))
        ranked.sort(key=lambda entry: entry[:2])
        name.candidates = [entry[2] for entry in ranked[:_MOST]]
        name.prior = [-entry[0] for entry in ranked[:_MOST]]


def _candidates(name: Name) -> list[Candidate]:
    """Places of the full name and, where class words allow it, of the bare one."""
    base = gazetteer()
    whole = list(base.candidates(name.name))
    country = base.countries.get(country_words().get(name.name.casefold(), ""))
    if country is not None and country not in [candidate.place for candidate in whole]:
        whole.append(Candidate(country, exact=True, primary=False))  # "Egyptian"
    if name.level == "part" and any(candidate.exact for candidate in whole):
        name.level, name.kind = "", "Place"  # North Korea, West Bank: a name, and no part of one
        return whole
    if name.level == "area":
        return [c for c in whole if c.place.level in ("area", "region", "country")]
    inner = designation(name.bare) if name.level in ("around", "part", "facility", "same") else None
    found = {candidate.place.number: candidate for candidate in whole}
    for bare in (name.bare, inner.bare if inner and inner.kind else ""):
        for candidate in base.candidates(bare) if bare and bare != name.name else ():
            known = found.get(candidate.place.number)
            if known is None or candidate.exact and not known.exact:
                found[candidate.place.number] = candidate
    if inner and inner.level in ("region", "district"):
        wanted = {inner.level, "facility"}
        found = {n: c for n, c in found.items() if c.place.level in wanted} or found
    return list(found.values())


def _prior(name: Name, candidate: Candidate, regions: set[str]) -> float | None:
    """How likely a candidate is before the rest of the text is read; None: it cannot be."""
    place = candidate.place
    people = 4.0 + _POPULATION * (math.log10(place.population + 100) - 4.0)
    if place.level == "facility":
        if name.level != "facility" and normal(name.name) not in map(
            normal, (place.name, *place.names)
        ):
            return None
        if not _compatible(name.kind, place.kind):
            return None
        people = 9.0
    elif name.level == "facility":
        people -= 2.0  # a town that the facility may be named after
    elif name.level in ("region", "district", "settlement") and name.level != place.level:
        penalty = _LEVEL_PENALTY.get((name.level, place.level))
        if penalty is None:
            return None
        people -= penalty
    if place.level == "country":
        people += 2.0
    elif place.level == "area":
        people = 7.5
    elif place.level == "district" and name.level != "district":
        people -= 2.5
    elif place.level == "region" and name.level == "":
        if normal(name.bare) in regions or name.kind == "Region":
            people += 1.5  # the text speaks of that region by its full name elsewhere
        elif place.number not in _WITHOUT_CITY and _has_city(place):
            people -= 1.5
    if name.level == "part" and place.level in ("settlement", "district"):
        people -= 2.0  # "southern Gaza" is a part of the strip rather than of the city
    if name.kind == "Settlement" and place.level != "settlement" and name.level == "":
        people -= 1.0
    if name.kind == "Country" and place.level == "country":
        people += 1.0
    if place.number in gazetteer().capitals:
        people += _CAPITAL
    if candidate.primary:
        people += 0.4
    return people if candidate.exact else people - 1.5


_LEVEL_PENALTY = {
    ("region", "area"): 0.0,
    ("region", "district"): 1.5,
    ("region", "country"): 3.0,
    ("district", "region"): 1.0,
    ("district", "settlement"): 1.5,
    ("settlement", "region"): 2.5,
    ("settlement", "district"): 2.5,
    ("settlement", "area"): 3.0,
}
_WITHOUT_CITY: frozenset[int] = frozenset()


@cache
def _has_city(region: Place) -> bool:
    """Whether a settlement of the same name lies in the region (Kursk, Homs; not Helmand)."""
    names = {normal(region.name), *(normal(designation(region.name).bare),)}
    return any(
        candidate.place.level == "settlement"
        and candidate.place.region == region.number
        and candidate.place.population > 20_000
        for name in names
        for candidate in gazetteer().candidates(name)
    )


def _compatible(wanted: str, kind: str) -> bool:
    if wanted in (kind, "Place", "Facility"):
        return True
    return (
        wanted != "NuclearPowerPlant" and {wanted, kind} <= _POWER and kind != "NuclearPowerPlant"
    )
