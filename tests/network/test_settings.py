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
    [
        ("Settlement", "town", True),
        ("Area", "market", True),
        ("Settlement", "Brill", False),
    ],
)
def test_the_town_is_the_one_named_before(dataset, kind, label, expected):
    named, about_named = local("p", "Place", "Arden", at=3)
    bare, about_bare = local("p", kind, label, at=50)
    fact = event("p", "shelling/40-44", "Shelling", place=bare)
    found = where(dataset, about_named, about_bare, fact, of="shelling/40-44")
    assert (named in found) is expected
    assert bare in found


def test_the_bridge_is_the_one_called_so_before(dataset):
    known = [
        local("p", kind, label, at=at)
        for kind, label, at in (("Bridge", "Sarn bridge", 3), ("Settlement", "Holm", 20))
    ]
    bare, about = local("p", "Bridge", "bridge", at=50)
    state = (
        f"<{A}p/control/40-44> a ck:Control ; ck:place <{bare}> ; ck:controller <{ID}actor/north> ."
    )
    book = record(
        dataset(REFERENCE + article("p", "2031-05-03", *(text for _, text in known), about, state))
    )
    assert book.settings[f"{A}p/control/40-44"].places == {bare, known[0][0]}


def test_an_attack_is_at_the_place_named_nearest_in_its_sentence(dataset):
    towns = [
        local("p", "Settlement", label, at=at)
        for label, at in (("Holm", 2), ("Tarn", 45), ("Ulm", 90))
    ]
    fact = event("p", "shelling/40-44", "Shelling")
    told = claim("p", 30, "mayor", "shelling/40-44").replace("#char=30,39", "#char=30,95")
    found = where(dataset, *(text for _, text in towns), fact, told, of="shelling/40-44")
    assert found == [towns[1][0]]
    later = event("p", "shelling/96-99", "Shelling")
    assert where(dataset, *(text for _, text in towns), later, of="shelling/96-99") == [towns[2][0]]
    denied = event("p", "shelling/96-99", "Shelling", actuality="Denied")
    assert where(dataset, *(text for _, text in towns), denied, of="shelling/96-99") == []


def test_a_market_bears_the_name_of_its_town(dataset):
    town, about_town = local("p", "Settlement", "Lisava", at=90)
    market, about_market = local("p", "Facility", "Lisava market", at=5)
    fact = event("p", "shelling/1-2", "Shelling", place=market)
    found = where(dataset, about_town, about_market, fact, of="shelling/1-2")
    assert found == sorted([town, market])


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
