"""The compiled gazetteer: what it holds, how names meet, how fast it opens."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import ontology
from kg.errors import SetupError
from kg.link.designations import designation
from kg.link.gazetteer import (
    PLACE,
    Gazetteer,
    distance_km,
    facilities,
    gazetteer,
    reference,
    settlement_radius,
)
from kg.link.transliterate import folded, normal

SPELLINGS = [
    ("Nikolayevo-Daryino", "Nikolaevo-Darino"),
    ("Zaporizhzhya", "Zaporizhzhia"),
    ("Verkhnyaya Pyshma", "Verhniaia Pishma"),
    ("Starokostyantyniv", "Starokostiantyniv"),
    ("Khān Yūnis", "Khan Yunis"),
    ("El-Fasher", "Al Fasher"),
    ("Dar’in", "Darin"),
    ("Novyy Oskol", "Noviy Oskol"),
    ("Krasnogorskoye", "Krasnogorskoe"),
    ("St. Petersburg", "Saint Petersburg"),
    ("Nord Kivu", "North Kivu"),
]


@pytest.mark.parametrize(("one", "other"), SPELLINGS)
def test_spellings_of_one_name_share_a_key(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sumy", "Suma"),
        ("Kursk", "Karsk"),
        ("Homs", "Hims"),
        ("Borki", "Barki"),
        ("Rylsk", "Ryask"),
    ],
)
def test_different_sounds_do_not_share_a_key(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@given(st.text(max_size=40))
def test_keys_of_any_text_are_stable(text: str) -> None:
    assert normal(text) == normal(text.strip())
    assert folded(text) == folded(text)


@pytest.mark.parametrize(
    ("name", "bare", "kind", "level"),
    [
        ("Belgorod region", "Belgorod", "Region", "region"),
        ("Donetsk Oblast", "Donetsk", "Region", "region"),
        ("Rapides Parish", "Rapides", "Region", "district"),
        ("the city of Goma", "Goma", "Settlement", "settlement"),
        ("Rooppur nuclear power plant", "Rooppur", "NuclearPowerPlant", "facility"),
        ("the nuclear power plant in Enerhodar", "Enerhodar", "NuclearPowerPlant", "facility"),
        ("Bagram air base", "Bagram", "Airbase", "facility"),
        ("southern Lebanon", "Lebanon", "Area", "part"),
        ("Chaman border crossing", "Chaman", "BorderCrossing", "facility"),
        ("occupied Kherson", "Kherson", "Place", "same"),
        ("region", "", "Region", "region"),
    ],
)
def test_class_words(name: str, bare: str, kind: str, level: str) -> None:
    read = designation(name)
    assert (read.bare, read.kind, read.level) == (bare, kind, level)


def test_every_row_of_the_class_words_names_a_known_level() -> None:
    levels = {"region", "district", "settlement", "area", "facility", "around", "part", "same"}
    assert {row["level"] for row in ontology.rows("places/classes.tsv")} == levels


@pytest.mark.parametrize(
    ("name", "kind", "country"),
    [
        ("Sudzha", "Settlement", "Russia"),
        ("Kurskaya", "Region", "Russia"),
        ("Kharkov", "Settlement", "Ukraine"),
        ("Lugansk", "Region", "Ukraine"),
        ("Plekhovo", "Settlement", "Russia"),
        ("Sudzhansky", "Region", "Russia"),
        ("Nouakchott", "Settlement", "Mauritania"),
        ("Deraa", "Settlement", "Syria"),
        ("Darfur", "Area", "Sudan"),
        ("Gaza Strip", "Region", "Palestinian Territory"),
        ("Crimea", "Region", "Ukraine"),
        ("La.", "Region", "United States"),
        ("Kerch Bridge", "Bridge", None),
        ("Kakhovka Dam", "Dam", "Ukraine"),
    ],
)
def test_candidates(name: str, kind: str, country: str | None) -> None:
    base = gazetteer()
    found = [
        (candidate.place.kind, base.place(candidate.place.country or 0))
        for candidate in base.candidates(name)
    ]
    assert (kind, country) in {(k, place.name if place else None) for k, place in found}


def test_short_names_count_only_in_their_own_case() -> None:
    assert gazetteer().candidates("la") == () or all(
        candidate.place.name.lower() == "la" for candidate in gazetteer().candidates("la")
    )


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Kursk Nuclear Power Plant", "Kurchatov"),
        ("Zaporizhzhia Nuclear Power Plant", "Enerhodar"),
        ("Chornobyl Nuclear Power Plant", "Chornobyl"),
        ("Khmelnytskyi Nuclear Power Plant", "Netishyn"),
        ("Rivne Nuclear Power Plant", "Varash"),
        ("South Ukraine Nuclear Power Plant", "Pivdennoukrainsk"),
        ("Bushehr Nuclear Power Plant", "Bandar Bushehr"),
        ("Belarusian Nuclear Power Plant", "Astraviec"),
    ],
)
def test_nuclear_plants_stand_where_they_should(name: str, near: str) -> None:
    plants = [c.place for c in gazetteer().candidates(name) if c.place.kind == "NuclearPowerPlant"]
    towns = [c.place for c in gazetteer().candidates(near) if c.place.level == "settlement"]
    assert len(plants) == 1
    assert min(distance_km(plants[0], town) for town in towns) < 30


def test_all_nuclear_plants_of_wri_are_there_with_a_point() -> None:
    plants = facilities("NuclearPowerPlant")
    assert sum("/wri-" in plant.iri for plant in plants) >= 198
    assert all(plant.latitude is not None and plant.uncertainty_km for plant in plants)
    assert [plant.iri for plant in plants] == sorted(plant.iri for plant in plants)


def test_reference_gives_the_place_and_what_contains_it() -> None:
    iris = [PLACE + "geonames-486816", PLACE + "geonames-0", "https://example.org/x"]
    found = reference(iris)
    assert {entity.label for entity in found} >= {"Sudzha", "Kursk", "Russia"}
    sudzha = next(entity for entity in found if entity.label == "Sudzha")
    assert sudzha.located_in[-1] == PLACE + "geonames-2017370"
    assert set(sudzha.located_in) <= {entity.iri for entity in found}
    assert reference(reversed(iris)) == found


def test_every_facility_row_is_found_by_every_name() -> None:
    base = gazetteer()
    for row in ontology.rows("places/facilities.tsv"):
        for name in (row["name"], *filter(None, row["names"].split("|"))):
            kinds = {candidate.place.kind for candidate in base.candidates(name)}
            assert row["kind"] in kinds, (name, kinds)


def test_countries_cross_the_date_line_in_one_piece() -> None:
    russia = gazetteer().countries["RU"]
    assert russia.latitude is not None
    assert 50 < russia.latitude < 70
    assert russia.longitude is not None
    assert 80 < russia.longitude < 110


def test_radius_grows_with_population() -> None:
    radii = [settlement_radius(people) for people in (0, 700, 7_000, 450_000, 10_000_000)]
    assert radii == sorted(radii)
    assert radii[0] == 1.0
    assert radii[-1] <= 25


def test_a_missing_or_foreign_file_is_a_setup_error(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="missing"):
        Gazetteer(tmp_path / "none.sqlite").candidates("Kursk")
    other = tmp_path / "other.sqlite"
    other.write_bytes(b"")
    with pytest.raises(SetupError, match="format 0"):
        Gazetteer(other).candidates("Kursk")


def test_opening_takes_little_time_and_the_file_stays_small() -> None:
    path = ontology.folder() / "places" / "gazetteer.sqlite"
    assert path.stat().st_size < 25_000_000
    start = time.process_time()
    Gazetteer(path).candidates("Kursk")
    assert time.process_time() - start < 0.05


def test_a_label_has_no_soft_sign_at_its_end() -> None:
    (found,) = (c.place for c in gazetteer().candidates("Ryazan") if c.place.population > 100_000
                and c.place.kind == "Settlement")  # fmt: skip
    assert next(iter(gazetteer().entities(found))).label == "Ryazan"
