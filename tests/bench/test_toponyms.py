"""How found places of raw text are set against gold toponyms."""

from __future__ import annotations

from bench.quality.lgl import Gold, fold
from bench.quality.lgl_e2e import Found, outcome, paired, territory
from kg.link.actors import ID
from kg.records import Document, Entity, Span

HERE = Entity("x:here", "Settlement", "Here", latitude=50.0, longitude=30.0)
NEAR = Gold(51.0, 30.0, "P.PPL", "/geonames-1")
FAR = Gold(10.0, 30.0, "P.PPL", "/geonames-2")


def test_equal_spans_are_paired_before_spans_that_overlap() -> None:
    found = [Found(Span(0, 9), HERE), Found(Span(0, 4), HERE)]
    assert paired([Span(0, 4), Span(5, 9)], found) == {Span(0, 4): 1, Span(5, 9): 0}
    assert paired([Span(20, 24)], found) == {}


def test_a_toponym_that_is_not_found_is_wrong() -> None:
    over = [Found(Span(0, 4), HERE)]
    assert [outcome(NEAR, over), outcome(FAR, over), outcome(NEAR, [])] == [
        "right", "elsewhere", "not found",
    ]  # fmt: skip
    assert [outcome(None, over), outcome(None, [])] == ["no point", "not found, no point"]


def test_a_state_and_a_people_stand_for_their_country() -> None:
    for what, kind in (("state", "State"), ("people", "PopulationGroup")):
        country = territory(Entity(f"{ID}actor/{what}-fr", kind, "x"))
        assert country is not None
        assert country.label == "France"
    assert territory(Entity(f"{ID}actor/armed-forces-fr", "ArmedForce", "x")) is None


def test_articles_of_one_outlet_are_in_one_fold() -> None:
    urls = ("https://www.dolskherald.example/1", "https://dolskherald.example/2")
    assert len({fold(Document("x", "", "", url=url)) for url in urls}) == 1
