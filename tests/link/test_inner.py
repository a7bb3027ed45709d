"""Place names inside of longer names; the bodies are invented, the places are real."""

from __future__ import annotations

import pytest

from kg import ontology
from kg.link.inner import inner
from kg.link.placechoice import FEATURES, weights
from kg.records import Form, Mention, Span


def named(name: str, kind: str, start: int = 0) -> Mention:
    span = Span(start, start + len(name))
    return Mention(span, name, kind, Form.NAME, name, span)


@pytest.mark.parametrize(
    ("name", "kind", "found"),
    [
        ("Kursk Regional Council", "GovernmentBody", ["Kursk"]),
        ("University of Nebraska", "Organisation", ["Nebraska"]),
        ("Harris County District Court", "GovernmentBody", ["Harris County"]),
        ("Luhansk City Hospital", "Hospital", ["Luhansk"]),
        ("Kursk Nuclear Power Plant", "NuclearPowerPlant", []),  # a place of its own
        ("Ukrainian National Guard", "ArmedForce", []),  # a people's name is no place
        ("Freedom Police", "SecurityService", []),
        ("Kursk Appliances", "Organisation", []),  # no word that has a seat
        ("Kursk", "Organisation", []),
    ],
)
def test_places_inside_of_the_names_of_bodies(name: str, kind: str, found: list[str]) -> None:
    whole = named(name, kind, start=7)
    places = inner([whole])
    assert [place.text for place in places] == found
    assert all(place.span.within(whole.span) and place.kind == "Place" for place in places)


def test_a_small_town_counts_where_the_text_names_it_elsewhere() -> None:
    body = named("Sudzha District Court", "GovernmentBody", start=20)
    assert inner([body]) == ()
    assert [place.text for place in inner([named("Sudzha", "Place"), body])] == ["Sudzha"]


def test_a_place_that_is_a_mention_already_is_not_made_again() -> None:
    body = named("Kursk Regional Council", "GovernmentBody")
    assert inner([body, named("Kursk", "Place")]) == ()


def test_the_table_of_weights_has_a_row_for_each_feature() -> None:
    rows = list(ontology.rows("places/ranker.tsv"))
    assert [row["feature"] for row in rows] == list(FEATURES)
    assert len(weights("weight")) == len(weights("without-4")) == len(FEATURES)
    fixed = {row["feature"]: row["weight"] for row in rows}
    assert float(fixed["prior"]) == float(fixed["country-told"]) == 1.0
