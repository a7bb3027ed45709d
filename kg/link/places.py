"""Which places a text means: candidates by name, then one decision for all its names together.

For every name the gazetteer gives candidates. Each has a prior (people, capital, how its name
is spelled, whether the text's class words fit) and is supported by the candidates of the other
names: by containment, common region or country and nearness; by country names and demonyms
anywhere in the text; and most of all by a container that the text itself gives ("Paris, Texas").
A few rounds of mutual reinforcement settle all names at once, after the toponym-resolution work
of Leidner (2007) and Lieberman & Samet (2012). A small place that nothing supports is not taken:
the name then stays an entity of the document, in the region that the text gives.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kg import ontology
from kg.link.designations import designation
from kg.link.gazetteer import Candidate, Place, distance_km, gazetteer
from kg.link.transliterate import normal, plain
from kg.records import Document, Entity, Form, Link, Mention

Floats = npt.NDArray[np.float64]

FACILITIES = frozenset(
    {
        "Facility", "NuclearPowerPlant", "PowerPlant", "Hospital", "BorderCrossing", "Airbase",
        "MilitaryBase", "Depot", "Refinery", "Bridge", "Dam", "GasFacility", "School",
        "Residential",
    }
)  # fmt: skip
KINDS = FACILITIES | {"Place", "Country", "Region", "Settlement", "Area", "BorderSection"}
_POWER = frozenset({"PowerPlant", "NuclearPowerPlant", "Dam", "Facility"})
_MOST = 30  # candidates of one name that are looked at
_ROUNDS = 4
_SUPPORT = 5.0  # what strong support by other names is worth, in powers of ten of population
_ENOUGH = 1.6  # support from which more adds little
_MORE = 1.0
_SHARPNESS = 1.5
_POPULATION = 0.8  # weight of one power of ten of population
_CAPITAL = 2.0  # what being a national capital is worth
_WORLDLY = 0.25  # share of its support that a city loses per power of ten above 100,000 people
_SEAT = 0.7  # share of its support that a national capital keeps
_POINTS = frozenset({"settlement", "district", "facility"})
_REACH_KM = 120.0  # within which places of one text support each other
_REGION_KM = 300.0  # and a common region counts less and less
_AROUND_KM = 15.0  # a facility named after a town lies this near to its edge
_SMALL = 15_000  # people; smaller places need support by the text
_SUPPORT_KM = 100.0  # within which a place of the text speaks for a small one
_PLANT_KM = 60.0  # "the nuclear power plant in X": the nearest one within this
_GAP_IN = re.compile(r"(?:,? (?:in|of|in the|of the|inside|across) |['’]s )(?:the )?$")
_GAP_COMMA = re.compile(r",\s+(?:in\s+)?(?:the\s+)?$| \($")
_CAPITALISED = re.compile(r"(?<![\w’'])[A-Z][\w’'.-]*")
_FOLLOWING = re.compile(r"(?: [\w’'-]+){1,3}")
_IN_TOWN = re.compile(
    r"\s+(?:in|at|near|outside|of)\s+(?:the\s+(?:town|city|village)\s+of\s+)?"
    r"([A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,2})"
)
_LIST_BEFORE = re.compile(r"([A-Za-z]+ (?:of )?)(?:[A-Z][\w’'-]*(?:,\s+(?:and\s+)?|\s+and\s+))*$")


@dataclass(slots=True)
class _Name:
    """One name of the text in one reading of its class words, with all its mentions."""

    name: str
    kind: str
    level: str
    bare: str
    mentions: list[Mention] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    prior: list[float] = field(default_factory=list)
    score: float = 0.0
    chosen: Candidate | None = None
    inside: list[_Name] = field(default_factory=list)


@cache
def _country_words() -> dict[str, str]:
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


def place_links(
    document: Document, mentions: Sequence[Mention]
) -> tuple[tuple[Link, ...], tuple[Entity, ...]]:
    """Links of the place mentions, sorted by position, and the entities with their containers.

    Mentions of other kinds and pronouns are left out; so are nominals ("the region", "border
    settlements"), which coreference resolves – save "the nuclear power plant in X". A name that
    the gazetteer does not know, or knows only as a place that the text cannot mean, becomes an
    entity of the document with the coordinates and radius of the place that contains it.
    """
    names = _names(document, mentions)
    if not names:
        return (), ()
    _prepare(names)
    _decide(document, names)
    return _Result(document, names).records()


# -- names and their class words ------------------------------------------------------------


def _names(document: Document, mentions: Sequence[Mention]) -> list[_Name]:
    found: dict[tuple[str, str, str], _Name] = {}
    for mention in mentions:
        if mention.kind not in KINDS or mention.form is Form.PRONOUN:
            continue
        read = _reading(document.text, mention)
        if read is None:
            continue
        name, kind, level, bare = read
        key = (normal(name) or name, kind, level)
        found.setdefault(key, _Name(name, kind, level, bare)).mentions.append(mention)
    return list(found.values())


def _reading(text: str, mention: Mention) -> tuple[str, str, str, str] | None:
    """(name, kind, level, bare name) of a mention, None where it names nothing by itself."""
    name = " ".join((mention.name or mention.text).split())
    read = designation(name)
    if mention.form is Form.NOMINAL and not (read.kind and read.bare[:1].isupper()):
        if read.kind != "NuclearPowerPlant" and mention.kind != "NuclearPowerPlant":
            return None
        town = _IN_TOWN.match(text[mention.span.end : mention.span.end + 60])
        bare = read.bare if read.bare[:1].isupper() else town[1] if town else ""
        if not bare:
            return None
        return f"{bare} nuclear power plant", "NuclearPowerPlant", "facility", bare
    if read.kind:
        if not read.bare:
            return None
        kind = mention.kind if read.level == "same" else read.kind
        if mention.kind in FACILITIES - {"Facility"} and read.kind in ("Facility", "Settlement"):
            kind = mention.kind
        level = "facility" if kind in FACILITIES else read.level
        return name, kind, level, read.bare
    if mention.kind in FACILITIES:
        return name, mention.kind, "facility", name
    if mention.kind == "BorderSection":
        return name, mention.kind, "around", name
    level = _context_level(text, mention)
    outside = {"region": "Region", "district": "Region", "settlement": "Settlement"}.get(level)
    return name, outside or mention.kind, level, read.bare


def _context_level(text: str, mention: Mention) -> str:
    """The level of a class word outside of the mention: "Kursk" in "Kursk and Belgorod regions"."""
    after = _FOLLOWING.match(text[mention.span.end : mention.span.end + 40])
    if after:
        words = after[0].split()
        for length in range(len(words), 0, -1):
            read = designation(f"{mention.text} {' '.join(words[:length])}")
            if read.bare == mention.text and read.level in ("region", "district", "settlement"):
                if words[:length] != ["capital"]:
                    return read.level
    joined = re.match(r" and ([A-Z][\w’'-]+) (\w+)", text[mention.span.end : mention.span.end + 60])
    if joined:
        read = designation(f"{joined[1]} {joined[2]}")
        if read.level in ("region", "district"):
            return read.level
    before = _LIST_BEFORE.search(text[max(0, mention.span.start - 80) : mention.span.start])
    if before and before[1].endswith("of "):
        read = designation(f"{before[1]}{mention.text}")
        if read.level in ("region", "district", "settlement"):
            return read.level
    return ""


# -- candidates and priors --------------------------------------------------------------------


def _prepare(names: list[_Name]) -> None:
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


def _candidates(name: _Name) -> list[Candidate]:
    """Places of the full name and, where class words allow it, of the bare one."""
    base = gazetteer()
    people = _country_words().get(name.name.casefold())
    if people and people in base.countries and not base.candidates(name.name):
        return [Candidate(base.countries[people], exact=True, primary=False)]  # "Egyptian"
    whole = list(base.candidates(name.name))
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


def _prior(name: _Name, candidate: Candidate, regions: set[str]) -> float | None:
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


# -- the joint decision -------------------------------------------------------------------------


def _decide(document: Document, names: list[_Name]) -> None:
    """Choose one candidate per name, all names together."""
    flat = [(i, c) for i, name in enumerate(names) for c in name.candidates]
    if not flat:
        return
    owner = np.array([i for i, _ in flat])
    places = [candidate.place for _, candidate in flat]
    fixed = np.array([p for name in names for p in name.prior])
    evidence = _country_evidence(document, places)
    told = {p.country for p, bonus in zip(places, evidence, strict=True) if bonus > 0 and p.country}
    fixed += evidence
    fixed += _containers(document.text, names, owner, places)
    member = owner[:, None] == np.arange(len(names))[None, :]
    affinity = _affinity(places)
    affinity[owner[:, None] == owner[None, :]] = 0.0
    weight = np.array([1.0 + 0.3 * math.log(len(name.mentions)) for name in names])[owner]
    weight *= np.array([_locality(place) for place in places])
    score, belief = fixed, _softmax(fixed, member)
    for _ in range(_ROUNDS):
        support = affinity @ (belief * weight)
        score = fixed + _SUPPORT * np.tanh(support / _ENOUGH) + _MORE * np.sqrt(support)
        belief = _softmax(score, member)
    for index, name in enumerate(names):
        rows = np.flatnonzero(member[:, index])
        if rows.size:
            best = int(rows[np.argmax(score[rows])])
            name.chosen, name.score = flat[best][1], float(belief[best])
    _reject_unsupported(names, told)


def _locality(place: Place) -> float:
    """How much a place says about the whereabouts of others: a metropolis is named everywhere."""
    if place.level != "settlement":
        return 1.0
    share = 1.0 - _WORLDLY * max(0.0, math.log10(place.population + 1) - 5.0)
    return max(0.2, share * (_SEAT if place.number in gazetteer().capitals else 1.0))


def _softmax(score: Floats, member: npt.NDArray[np.bool_]) -> Floats:
    """Belief in each candidate; the candidates of one name add up to 1."""
    top = np.where(member, score[:, None], -np.inf).max(axis=0)
    exponent = np.where(member, np.exp(_SHARPNESS * (score[:, None] - top[None, :])), 0.0)
    return np.asarray((exponent / np.maximum(exponent.sum(axis=0), 1e-9)).sum(axis=1))


def _affinity(places: list[Place]) -> Floats:
    """How much place j, if meant, speaks for place i (0 to about 1.5)."""
    table = np.array(
        [
            (
                -1e9 if p.latitude is None or p.level not in _POINTS else p.latitude,
                p.longitude or 0.0,
                p.number if p.level == "country" else p.country or -1,
                p.number if p.level == "region" else p.region or -1,
                p.level == "country",
            )
            for p in places
        ]
    )
    latitude, longitude = np.radians(table[:, 0]), np.radians(table[:, 1])
    point = table[:, 0] > -1e8
    unit = np.stack(
        [
            np.cos(latitude) * np.cos(longitude),
            np.cos(latitude) * np.sin(longitude),
            np.sin(latitude),
        ]
    )
    chord = np.sqrt(np.maximum(0.0, 2.0 - 2.0 * (unit.T @ unit)))
    both = point[:, None] & point[None, :]
    near = np.exp(-6371.0 / _REACH_KM * chord) * both
    across = np.where(both, np.exp(-6371.0 / _REGION_KM * chord), 1.0)  # England is one region
    country, region, whole = table[:, 2], table[:, 3], table[:, 4] > 0
    same_country = (country[:, None] == country[None, :]) & (country[:, None] > 0)
    same_region = (region[:, None] == region[None, :]) & (region[:, None] > 0)
    closeness = np.where(whole[:, None] | whole[None, :], 0.4, 0.25) * same_country
    return np.asarray(closeness + 0.6 * same_region * across + 0.7 * near)


def _country_evidence(document: Document, places: list[Place]) -> Floats:
    """Bonus of candidates whose country or people the text names, by how often."""
    words = _country_words()
    tokens = [match[0].strip(".'’") for match in _CAPITALISED.finditer(document.text)]
    counts: Counter[str] = Counter()
    for first, second in pairwise([*tokens, ""]):
        for word in (first, f"{first} {second}"):
            iso = words.get(word.casefold().removesuffix("'s").removesuffix("’s"))
            if iso:
                counts[iso] += 1
    if document.url:
        suffix = re.search(r"^\w+://[^/]+\.([a-z]{2})(?:/|$)", document.url)
        if suffix:
            iso = {"UK": "GB"}.get(suffix[1].upper(), suffix[1].upper())
            counts[iso] += 1
    countries = gazetteer().countries
    bonus = {
        countries[iso].number: min(2.0, 0.7 * math.log2(1 + count))
        for iso, count in counts.items()
        if iso in countries
    }
    return np.array([bonus.get(p.country, 0.0) if p.country else 0.0 for p in places])


def _containers(
    text: str, names: list[_Name], owner: npt.NDArray[np.int64], places: list[Place]
) -> Floats:
    """Bonus of candidates that lie in a place which the text names as their container."""
    by_start = {m.span.start: index for index, name in enumerate(names) for m in name.mentions}
    mention_length = {
        m.span.start: m.span.end - m.span.start for name in names for m in name.mentions
    }
    starts = sorted(by_start)
    bonus = np.zeros(len(places))
    inside: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for index, name in enumerate(names):
        for mention in name.mentions:
            end = mention.span.end
            position = np.searchsorted(starts, end)
            for start in starts[int(position) : int(position) + 1]:
                gap = text[end:start]
                follower = text[start + mention_length[start] :][:5]
                if len(gap) < 12 and _GAP_COMMA.search(gap):
                    if follower.startswith((" and ", " or ")):
                        continue  # a list of places
                    inside[index].append((by_start[start], 4.0))
                elif len(gap) < 16 and _GAP_IN.search(gap) and gap.strip() not in ("’s", "'s"):
                    inside[index].append((by_start[start], 2.5))
                elif gap in ("'s ", "’s "):
                    inside[by_start[start]].append((index, 2.5))
    for index, containers in inside.items():
        for container, strength in containers:
            names[index].inside.append(names[container])
            wanted = {
                c.place.number
                for c in names[container].candidates
                if c.place.level in ("country", "region", "district")
            }
            held = set()
            for row in map(int, np.flatnonzero(owner == index)):
                within = {places[row].country, places[row].region, places[row].district}
                held |= within
                if within & wanted:
                    bonus[row] = max(bonus[row], strength)
            for row in map(int, np.flatnonzero(owner == container)):
                if places[row].number in held:
                    bonus[row] = max(bonus[row], strength / 2)
    return bonus


def _reject_unsupported(names: list[_Name], told: set[int]) -> None:
    """Take back small places that nothing else in the text speaks for.

    Args:
        names: with the places chosen for them.
        told: the countries that the text names, by themselves or by their people.
    """
    sure = [
        name.chosen.place
        for name in names
        if name.chosen and name.level != "facility" and not _doubtful(name.chosen)
    ]
    focus = [place for place in sure if place.level in ("settlement", "region", "district")]
    countries = {place.number for place in sure if place.level == "country"}
    for name in names:
        if name.chosen is None or not _doubtful(name.chosen):
            continue
        place = name.chosen.place
        if any(_supports(other, place) for other in focus):
            continue
        if any(other.country == place.country for other in focus):
            name.chosen = None  # the text is about another part of that country
        elif focus and (place.country not in countries or not name.chosen.primary):
            name.chosen = None  # the text is about other countries
        elif not name.chosen.exact:
            name.chosen = None
        elif place.country not in told | countries and not any(
            other.chosen
            and other.chosen.place.number != place.number
            and _supports(other.chosen.place, place)
            for other in names
        ):
            name.chosen = None  # a namesake alone in a text about who knows where


def _supports(other: Place, place: Place) -> bool:
    """Whether a place of the text makes it likely that a small one near it is meant."""
    if place.region is not None and place.region in (other.number, other.region):
        return True
    return distance_km(place, other) < _SUPPORT_KM + 0.2 * (other.radius_km or 0.0)


def _doubtful(candidate: Candidate) -> bool:
    place = candidate.place
    return place.level in ("settlement", "district") and place.population < _SMALL


# -- records -------------------------------------------------------------------------------------


class _Result:
    """Turns the decisions on one document's names into links and entities."""

    def __init__(self, document: Document, names: list[_Name]) -> None:
        self.document = document
        self.names = names
        self.entities: dict[str, Entity] = {}
        self.links: list[Link] = []
        self.resolved: list[tuple[Mention, Place]] = [
            (mention, name.chosen.place)
            for name in names
            if name.chosen is not None
            for mention in name.mentions
        ]

    def records(self) -> tuple[tuple[Link, ...], tuple[Entity, ...]]:
        """Links by position, entities by IRI."""
        for name in self.names:
            iri, method, score = self.entity(name)
            self.links += [Link(mention, iri, method, round(score, 3)) for mention in name.mentions]
        links = sorted(self.links, key=lambda link: (link.mention.span, link.mention.kind))
        return tuple(links), tuple(self.entities[iri] for iri in sorted(self.entities))

    def entity(self, name: _Name) -> tuple[str, str, float]:
        """IRI, method and score of a name's entity, which is kept for the result."""
        chosen = name.chosen
        if chosen is None:
            return self.local(name, self.container(name), 1.0), "place.local", 0.3
        place = chosen.place
        if name.level == "facility" and place.level != "facility":
            plant = None
            if name.kind == "NuclearPowerPlant":
                plant = gazetteer().nearest(
                    place, name.kind, _PLANT_KM + (place.radius_km or 0) / 2
                )
            if plant is None:
                return self.local(name, place, _AROUND_KM), "place.named-after", 0.5 * name.score
            return self.known(plant), "place.nearest", 0.8 * name.score
        if name.level in ("around", "part") and place.level != "facility":
            extra = _AROUND_KM if name.level == "around" else 0.0
            return self.local(name, place, extra), f"place.{name.level}", 0.8 * name.score
        method = "place.name" if chosen.primary else "place.alternate"
        method = method if chosen.exact else "place.transliteration"
        return self.known(place), method, name.score if chosen.exact else 0.8 * name.score

    def known(self, place: Place) -> str:
        """Keep a reference place and its containers."""
        for entity in gazetteer().entities(place):
            self.entities.setdefault(entity.iri, entity)
        return place.iri

    def local(self, name: _Name, container: Place | None, extra_km: float) -> str:
        """Keep an entity of the document that lies in, at or near a known place."""
        kind = name.kind
        label = name.name
        iri = f"{self.document.iri}/entity/{kind.lower()}/{slug(label)}"
        located: tuple[str, ...] = ()
        latitude = longitude = radius = None
        if container is not None:
            self.known(container)
            inside = gazetteer().containers(container)
            located = (container.iri, *(each.iri for each in inside))
            latitude, longitude = container.latitude, container.longitude
            if latitude is not None and container.radius_km is not None:
                radius = round(container.radius_km + extra_km, 1)
        self.entities.setdefault(
            iri,
            Entity(
                iri=iri,
                kind=kind,
                label=label,
                latitude=latitude if radius is not None else None,
                longitude=longitude if radius is not None else None,
                uncertainty_km=radius,
                located_in=located,
            ),
        )
        return iri

    def container(self, name: _Name) -> Place | None:
        """The region (else country) that the text gives for a name the gazetteer lacks.

        Each resolved place votes for its region or country: the nearer in the text, the more;
        the same sentence counts most, a region named outright counts more than a town's region.
        """
        for outer in name.inside:
            if outer.chosen and outer.chosen.place.level in ("country", "region", "district"):
                return outer.chosen.place
        votes: dict[int, float] = defaultdict(float)
        for mention in name.mentions:
            for other, place in self.resolved:
                if other.quote != mention.quote and other.sentence != mention.sentence:
                    continue
                self.vote(votes, mention, other, place)
        if not votes:
            for mention in name.mentions:
                for other, place in self.resolved:
                    self.vote(votes, mention, other, place)
        return self.elected(votes)

    @staticmethod
    def elected(votes: dict[int, float]) -> Place | None:
        """The place with more than 40 % of the votes; else the country with half of them."""
        total = sum(votes.values())
        if not total:
            return None
        ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0]))
        if ranked[0][1] > 0.4 * total:
            return gazetteer().place(ranked[0][0])
        countries: dict[int, float] = defaultdict(float)
        for number, weight in ranked:
            place = gazetteer().place(number)
            if place is not None:
                countries[place.country or number] += weight
        number, weight = max(countries.items(), key=lambda item: (item[1], -item[0]))
        return gazetteer().place(number) if weight >= 0.5 * total else None

    def vote(self, votes: dict[int, float], mention: Mention, other: Mention, place: Place) -> None:
        """Add one resolved mention's vote for the region or country it speaks for."""
        region = place.number if place.level == "region" else place.region
        weight = 1.0 / (1 + abs(mention.sentence - other.sentence))
        if mention.sentence == other.sentence and other.span < mention.span:
            weight *= 2
        if region is None:
            if place.level == "country":
                votes[place.number] += weight * 0.25
            return
        votes[region] += weight * (2.0 if place.level == "region" else 1.0)


def slug(name: str) -> str:
    """A name as part of an IRI: ASCII letters and digits, words joined by "-".

    >>> slug("Nikolayevo-Daryino")
    'nikolayevo-daryino'
    """
    import zlib

    words = re.sub(r"[^a-z0-9]+", "-", plain(name)).strip("-")
    return words or f"x{zlib.crc32(name.encode()):08x}"
