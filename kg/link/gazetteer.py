"""Places of the world by name: a lazily opened SQLite file compiled from GeoNames and WRI.

`ontology/places/gazetteer.sqlite` is made by `training/gazetteer.py`; its tables are

- `place`: one row per place; points in 1/10,000 degree, radius in 1/10 km (empty for
  settlements, whose radius follows from their population), containers as place numbers
  (the country only where the region does not give it);
- `name`: CRC-32 of a key of a name -> place; the names themselves are read back and compared,
  so that two keys that share a CRC are never mixed up;
- `capital`: country -> its seat of government.
"""

from __future__ import annotations

import math
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from kg import ontology
from kg.errors import SetupError
from kg.link.designations import designation
from kg.link.transliterate import folded, normal
from kg.records import Entity

ID = "https://w3id.org/conflict-kg/id/"
PLACE = ID + "place/"
SCHEMA_VERSION = 1
EARTH_KM = 6371.0088
_ADMINISTRATIVE = ("Region", "District")
# numbers from here on are no geonameids: plants of WRI (its number follows), rows of our own
# tables, districts that GeoNames knows by a code only
WRI, OWN, DISTRICT = 2_000_000_000, 2_010_000_000, 2_100_000_000


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer.

    Attributes:
        number: its row; for GeoNames places the geonameid.
        iri: its reference IRI.
        kind: ontology class.
        level: "country", "region" (first order), "district", "settlement", "area", "facility".
        name, names: preferred name and other spellings.
        latitude, longitude: WGS84 degrees, None where no source gives a point.
        radius_km: circle round the point that holds the place.
        country, region, district: numbers of the places it lies in, None where unknown.
        population: people, 0 where unknown.
        source: reference data set.
    """

    number: int
    iri: str
    kind: str
    level: str
    name: str
    names: tuple[str, ...]
    latitude: float | None
    longitude: float | None
    radius_km: float | None
    country: int | None
    region: int | None
    district: int | None
    population: int
    source: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that a name may mean; `exact` unless only the folded spelling agrees."""

    place: Place
    exact: bool
    primary: bool


def keys(name: str, names: Iterable[str], kind: str) -> set[str]:
    """All keys under which a place is found: folded names, and bare names without class words.

    >>> sorted(keys("Kursk", ["Kurskaya Oblast'"], "Region"))
    ['kursk', 'kurska', 'kurskaoblast']
    """
    found = set()
    for each in (name, *names):
        found.add(folded(each))
        if kind in _ADMINISTRATIVE or kind not in ("Country", "Settlement", "Area"):
            bare = designation(each)
            if bare.kind and bare.bare:
                found.add(folded(bare.bare))
    found.discard("")
    return found


def distance_km(first: Place, second: Place) -> float:
    """Kilometres between two points on the sphere; infinite where one has none."""
    if first.latitude is None or second.latitude is None:
        return math.inf
    if first.longitude is None or second.longitude is None:
        return math.inf
    a, b = math.radians(first.latitude), math.radians(second.latitude)
    half = math.radians(second.longitude - first.longitude) / 2
    chord = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(half) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(chord)))


def settlement_radius(population: int) -> float:
    """Kilometres from the middle of a settlement that hold its built-up area, by population.

    500 people: 1.0, 7,000: 1.9, 450,000: 7.4, 10 million: 23 (a power law with exponent 0.32
    through typical areas of towns; GeoNames points themselves are good to about 1 km).
    """
    return round(1.0 if population < 1000 else min(25.0, 0.115 * population**0.32 + 0.0), 1)


class Gazetteer:
    """Look-ups in one compiled file; the file is opened by the first one.

    Raises:
        SetupError: the file is missing or was compiled for another version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _base(self) -> sqlite3.Connection:
        if not self._path.is_file():
            raise SetupError(f"{self._path.name} is missing; run python -m training.gazetteer")
        base = sqlite3.connect(
            f"{self._path.as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
        version = base.execute("PRAGMA user_version").fetchone()[0]
        if version != SCHEMA_VERSION:
            raise SetupError(
                f"{self._path.name} has format {version}, this program reads {SCHEMA_VERSION}; "
                "run python -m training.gazetteer"
            )
        return base

    @cached_property
    def _classes(self) -> dict[int, str]:
        return dict(self._base.execute("SELECT id, name FROM class"))

    @cached_property
    def capitals(self) -> dict[int, int]:
        """Number of a settlement -> number of the country whose capital it is."""
        return {place: country for country, place in self._base.execute("SELECT * FROM capital")}

    @cached_property
    def countries(self) -> dict[str, Place]:
        """ISO 3166 two-letter code -> country."""
        rows = self._base.execute("SELECT id, ident FROM place WHERE class = 0").fetchall()
        return {iso: place for number, iso in rows if (place := self.place(number)) is not None}

    @lru_cache(maxsize=50_000)  # noqa: B019 - one gazetteer per process
    def place(self, number: int) -> Place | None:
        """The place with this number, None if there is none."""
        row = self._base.execute("SELECT * FROM place WHERE id = ?", (number,)).fetchone()
        if row is None:
            return None
        (_, ident, kind, name, names, latitude, longitude, radius, country, region, district,
         population) = row  # fmt: skip
        stored = self._classes[kind]
        if country is None and region is not None and (container := self.place(region)):
            country = container.country
        point = (None, None) if latitude is None else (latitude / 1e4, longitude / 1e4)
        radius_km = radius / 10 if radius is not None else None
        if stored == "Settlement" and radius_km is None:
            radius_km = settlement_radius(population or 0)
        reference, source = f"geonames-{number}", "GeoNames"
        if number >= OWN:
            reference = f"supplement-{ident}"
            source = "GeoNames" if number >= DISTRICT else "conflict-kg"
        elif number >= WRI:
            reference, source = f"wri-GEODB{number - WRI:07d}", "WRI"
        return Place(
            number=number,
            iri=PLACE + reference,
            kind="Region" if stored == "District" else stored,
            level=_level(stored),
            name=name,
            names=tuple(names.split("|")) if names else (),
            latitude=point[0],
            longitude=point[1],
            radius_km=radius_km,
            country=country,
            region=region,
            district=district,
            population=population or 0,
            source=source,
        )

    @lru_cache(maxsize=20_000)  # noqa: B019 - one gazetteer per process
    def candidates(self, name: str) -> tuple[Candidate, ...]:
        """Places of this name: exact spellings if there are any, else transliterations of it.

        Names of up to three letters count only in the very case given ("La." is no "la").
        Sorted by number; empty if nothing is called so.
        """
        key, wanted = folded(name), normal(name)
        if not wanted:
            return ()
        found = []
        for number in self._numbers(key):
            place = self.place(number)
            if place is None:
                continue
            spelling = _spelling(place, name, wanted, key)
            if spelling:
                found.append(Candidate(place, spelling > 1, spelling > 2))
        exact = tuple(candidate for candidate in found if candidate.exact)
        return exact or tuple(found)

    def _numbers(self, key: str) -> list[int]:
        code = zlib.crc32(key.encode())
        query = "SELECT place FROM name WHERE key = ? ORDER BY place"
        return [number for (number,) in self._base.execute(query, (code,))]

    def containers(self, place: Place) -> tuple[Place, ...]:
        """The places that contain it, nearest first: district, region, country."""
        numbers = (place.district, place.region, place.country)
        found = [self.place(n) for n in numbers if n is not None and n != place.number]
        return tuple(each for each in found if each is not None)

    def numbered(self, iri: str) -> Place | None:
        """The place with this reference IRI, None for any other IRI.

        >>> gazetteer().numbered(PLACE + "geonames-538560").name
        'Kursk'
        """
        reference = iri.removeprefix(PLACE)
        if reference == iri:
            return None
        if reference.startswith("geonames-"):
            digits = reference.removeprefix("geonames-")
            return self.place(int(digits)) if digits.isdigit() else None
        if reference.startswith("wri-GEODB"):
            digits = reference.removeprefix("wri-GEODB")
            return self.place(WRI + int(digits)) if digits.isdigit() else None
        number = self._idents.get(reference.removeprefix("supplement-"))
        return None if number is None else self.place(number)

    @cached_property
    def _idents(self) -> dict[str, int]:
        query = "SELECT ident, id FROM place WHERE id >= ? AND ident IS NOT NULL"
        return dict(self._base.execute(query, (OWN,)))

    def of_kind(self, kind: str) -> tuple[Place, ...]:
        """All places of one class, by number ("Facility": facilities of no finer class)."""
        codes = [code for code, name in self._classes.items() if name == kind]
        if not codes:
            return ()
        query = "SELECT id FROM place WHERE class = ? ORDER BY id"
        rows = self._base.execute(query, (codes[0],)).fetchall()
        return tuple(place for (number,) in rows if (place := self.place(number)) is not None)

    @lru_cache(maxsize=4_000)  # noqa: B019 - one gazetteer per process
    def nearest(self, place: Place, kind: str, within_km: float = 60.0) -> Place | None:
        """The place of a class that is nearest to a point, None beyond `within_km`."""
        ranked = [(distance_km(place, each), each.number, each) for each in self.of_kind(kind)]
        best = min(ranked, default=None)
        return best[2] if best is not None and best[0] <= within_km else None

    def entities(self, place: Place) -> Iterator[Entity]:
        """The place and all places that contain it as records, the place itself first."""
        containers = self.containers(place)
        for index, each in enumerate((place, *containers)):
            yield _entity(each, self.containers(each) if index else containers)


def _level(kind: str) -> str:
    if kind in ("Country", "Region", "District", "Settlement", "Area"):
        return kind.lower()
    return "area" if kind == "BorderSection" else "facility"


def _spelling(place: Place, name: str, wanted: str, key: str) -> int:
    """3 primary name, 2 other name exactly, 1 transliteration, 0 not this place."""
    best = 0
    short = len(wanted) <= 3
    bare = place.level in ("region", "district", "facility")
    for index, each in enumerate((place.name, *place.names)):
        forms = [each]
        if bare and (designated := designation(each)).kind and designated.bare:
            forms.append(designated.bare)
        for form in forms:
            if short and form.replace(".", "") != name.replace(".", ""):
                continue
            if normal(form) == wanted:
                return 3 if index == 0 else 2
            if not short and best == 0 and folded(form) == key:
                best = 1
        if best == 2:
            break
    return best


def _entity(place: Place, containers: tuple[Place, ...]) -> Entity:
    return Entity(
        iri=place.iri,
        kind=place.kind,
        label=place.name.rstrip("’ʼ'"),  # the soft sign of "Ryazan’" is no part of the English name
        names=tuple(sorted(place.names)),
        latitude=place.latitude,
        longitude=place.longitude,
        uncertainty_km=place.radius_km if place.latitude is not None else None,
        located_in=tuple(each.iri for each in containers),
        source=place.source,
    )


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer that is shipped with the package, one per process."""
    return Gazetteer(ontology.folder() / "places" / "gazetteer.sqlite")


def reference(iris: Iterable[str]) -> tuple[Entity, ...]:
    """The places behind reference IRIs and those they are located in, sorted by IRI.

    IRIs of other things and of places that the gazetteer lacks are left out.
    """
    found: dict[str, Entity] = {}
    for iri in iris:
        place = gazetteer().numbered(iri)
        if place is not None and iri not in found:
            found.update((entity.iri, entity) for entity in gazetteer().entities(place))
    return tuple(found[iri] for iri in sorted(found))


def facilities(kind: str) -> tuple[Entity, ...]:
    """All facilities of one ontology class ("NuclearPowerPlant") as records, sorted by IRI."""
    places = gazetteer().of_kind(kind)
    return tuple(
        sorted(
            (next(iter(gazetteer().entities(place))) for place in places),
            key=lambda entity: entity.iri,
        )
    )
