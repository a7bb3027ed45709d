"""Where and when an event was, where its own clause does not say it."""

from __future__ import annotations

import pytest

from kg.network.claims import record
from kg.network.sides import sides, together
from tests.network.facts import ID, REFERENCE, A, article, claim, event, figure, local

ARDEN = f"{ID}place/arden"


def where(dataset, *facts: str, of: str) -> list[str]:
    book = record(dataset(REFERENCE + article("p", "2031-05-03", *facts)))
    return sorted(book.where(book.events[f"{A}p/{of}"]))


SHELLING = event("p", "shelling/10-20", "Shelling", place="arden", day="2031-05-02")


def test_what_one_claim_tells_of_is_at_one_place_and_time(dataset):
    text = REFERENCE + article(
        "p",
        "2031-05-03",
        SHELLING,
        event("p", "killing/1-2", "Killing"),
        claim("p", 30, "mayor", "killing/1-2", "shelling/10-20"),
    )
    book = record(dataset(text))
    killing = book.events[f"{A}p/killing/1-2"]
    assert book.where(killing) == {ARDEN}
    assert str(book.when(killing).first) == "2031-05-02"
    assert book.settings[killing.iri].told


def test_violence_without_a_place_is_where_the_attack_before_it_was(dataset):
    for kind, expected in (("Attack", [ARDEN]), ("Damage", [ARDEN]), ("Negotiation", [])):
        later = event("p", "x/40-44", kind)
        assert where(dataset, SHELLING, later, of="x/40-44") == expected, kind
    assert where(dataset, SHELLING, event("p", "x/1-2", "Attack"), of="x/1-2") == []


@pytest.mark.parametrize(
    ("kind", "label", "expected"),
    [("Settlement", "town", True), ("Area", "market", False), ("Settlement", "Brill", False)],
)
def test_the_town_is_the_one_named_before(dataset, kind, label, expected):
    named, about_named = local("p", "Place", "Arden", at=3)
    bare, about_bare = local("p", kind, label, at=50)
    fact = event("p", "shelling/40-44", "Shelling", place=bare)
    found = where(dataset, about_named, about_bare, fact, of="shelling/40-44")
    assert (named in found) is expected
    assert bare in found


def test_a_figure_without_an_event_counts_what_was_counted_before(dataset):
    text = REFERENCE + article(
        "p",
        "2031-05-03",
        SHELLING,
        figure("p", "casualtyfigure/5-6", 4, event="shelling/10-20"),
        figure("p", "casualtyfigure/50-51", 9),
        figure("p", "casualtyfigure/60-61", 9, outcome="Wounded"),
    )
    counted = record(dataset(text)).counted
    assert counted[f"{A}p/casualtyfigure/50-51"] == (f"{A}p/shelling/10-20",)
    assert counted[f"{A}p/casualtyfigure/60-61"] == ()


def test_names_tell_the_land_of_forces_that_no_reference_data_knows(dataset):
    people = [
        local("p", kind, label)
        for kind, label in (
            ("Place", "Ordun"),
            ("ArmedForce", "army of Ordun"),
            ("MilitaryUnit", "4th Ordunian Brigade"),
            ("ArmedForce", "Kestrian troops"),
            ("Place", "Kestria"),
            ("ArmedGroup", "Anti-Ordunian militia"),
        )
    ]
    known = sides(dataset(article("p", "2031-05-03", *(text for _, text in people))))
    army, brigade, troops, militia = (people[number][0] for number in (1, 2, 3, 5))
    assert together([army], [brigade], known)
    assert not together([army], [troops], known)
    assert not together([army], [militia], known)
