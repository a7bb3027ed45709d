"""Who and what is held to be one across articles, and what a person decided about it."""

from __future__ import annotations

import pytest

from kg.errors import QueryError
from kg.network import Verdict, decided, identity, proximity, undone, verdict_graph, verdicts
from kg.network.verdicts import without
from tests.network.conftest import PREFIXES, stored
from tests.network.facts import ID, REFERENCE, A, article, claim, event, local


def groups(select) -> list[tuple[str, ...]]:
    return [tuple(one.removeprefix(A) for one in row.members) for row in identity(select)]


RAID = {"place": "arden", "day": "2031-05-02", "initiator": "navy"}


def told(name: str, tail: str, kind: str, **more: str) -> str:
    return article(
        name, "2031-05-03", event(name, tail, kind, **more), claim(name, 9, "mayor", tail)
    )


@pytest.mark.parametrize(
    ("name", "kind", "change", "same"),
    [
        ("the same", "Shelling", {}, True),
        ("a wider class", "Attack", {}, True),
        ("another class", "AirStrike", {}, False),
        ("another place", "Shelling", {"place": "brill"}, False),
        ("another day", "Shelling", {"day": "2031-05-05"}, False),
        ("no day: its article's", "Shelling", {"day": ""}, True),
        ("the navy's state", "Shelling", {"initiator": "north"}, True),
        ("the other side", "Shelling", {"initiator": "south"}, False),
        ("no side named", "Shelling", {"initiator": ""}, True),
        ("only planned", "Shelling", {"actuality": "Planned"}, False),
        ("denied", "Shelling", {"actuality": "Denied"}, True),
    ],
)
def test_events_are_one_only_if_all_is_compatible(dataset, name, kind, change, same):
    text = told("p", "shelling/1-2", "Shelling", **RAID)
    text += told("q", "x/1-2", kind, **{**RAID, **change})
    found = groups(dataset(REFERENCE + text))
    assert found == ([("p/shelling/1-2", "q/x/1-2")] if same else []), name


def test_named_people_part_events(dataset):
    def taken(name: str, who: str) -> str:
        return told(name, "capture/1-2", "Capture", **RAID, more=f"ck:victim <{ID}actor/{who}>")

    text = taken("p", "mayor") + taken("q", "doctor")
    assert groups(dataset(REFERENCE + text)) == []
    assert len(groups(dataset(REFERENCE + taken("p", "mayor") + taken("q", "mayor")))) == 1


def test_two_events_of_one_article_stay_two(dataset):
    two = article(
        "p",
        "2031-05-03",
        event("p", "shelling/1-2", "Shelling", **RAID),
        event("p", "shelling/5-6", "Shelling", **RAID),
    )
    found = groups(dataset(REFERENCE + two + told("q", "shelling/1-2", "Shelling", **RAID)))
    assert found == [("p/shelling/1-2", "q/shelling/1-2")]


def test_a_decision_has_a_method_and_a_confidence(dataset):
    text = told("p", "shelling/1-2", "Shelling", **RAID)
    (sure,) = identity(dataset(REFERENCE + text + told("q", "shelling/1-2", "Shelling", **RAID)))
    loose = {**RAID, "day": "", "initiator": ""}
    (unsure,) = identity(dataset(REFERENCE + text + told("q", "attack/1-2", "Attack", **loose)))
    assert sure.method == unsure.method == "same kind, place, days and sides"
    assert 0.5 <= unsure.confidence < sure.confidence < 1


def test_a_body_in_small_letters_needs_a_land_and_a_town_in_common(dataset):
    def named(name: str, town: str) -> str:
        state = f"<{ID}actor/north> a ck:State ; ck:mention <{A}{name}#char=0,5> ."
        ministry = local(name, "GovernmentBody", "regional health ministry")[1]
        return article(name, "2031-05-03", state, ministry, local(name, "Settlement", town)[1])

    assert len(groups(dataset(REFERENCE + named("p", "Holm") + named("q", "Holm")))) == 2
    assert groups(dataset(REFERENCE + named("p", "Holm") + named("q", "Tarn"))) == []


def person(name: str, label: str = "Ada Lind") -> tuple[str, str]:
    iri, text = local(name, "Person", label)
    return iri, article(name, "2031-05-03", text)


def judged(text: str, *given: Verdict):
    store = stored(PREFIXES + text)
    store.replace(verdict_graph(given))
    assert verdicts(store.select) == tuple(sorted(given))
    return store.select


def test_a_verdict_joins_and_parts_and_is_taken_back():
    (p, one), (q, two), (r, three) = person("p"), person("q"), person("r", "A. Lind")
    text = one + two + three
    short = [iri.removeprefix(A) for iri in (p, q, r)]
    assert groups(judged(text)) == [(short[0], short[1])]
    accepted = decided((), q, r, accepted=True)
    (row,) = identity(judged(text, *accepted))
    assert row.members == (p, q, r)
    assert row.method == "same name, a person's verdict"
    rejected = decided((), p, q, accepted=False)
    assert groups(judged(text, *rejected)) == []
    assert groups(judged(text, *undone(rejected, p, q))) == [(short[0], short[1])]


def test_a_group_is_split_where_a_person_says_so_even_through_a_third():
    people = [person(name) for name in "pqr"]
    rejected = decided((), people[0][0], people[1][0], accepted=False)
    found = groups(judged("".join(text for _, text in people), *rejected))
    assert found == [("p/entity/person/ada-lind", "r/entity/person/ada-lind")]


def test_verdicts_that_cannot_both_hold_are_refused():
    known = decided((), "urn:a", "urn:b", accepted=True)
    known = decided(known, "urn:a", "urn:c", accepted=False)
    with pytest.raises(QueryError, match="kg link undo urn:a urn:c"):
        decided(known, "urn:b", "urn:c", accepted=True)
    with pytest.raises(QueryError, match="is one node"):
        decided(known, "urn:a", "urn:a", accepted=True)
    with pytest.raises(QueryError, match="no verdict about"):
        undone(known, "urn:b", "urn:c")
    changed = decided(known, "urn:c", "urn:a", accepted=True)
    assert [one.accepted for one in changed] == [True, True]
    assert without(known, ["urn:x"]) == known
    named = Verdict((f"{A}p/entity/person/x", "urn:b"), accepted=True)
    assert without([named], [f"{A}p"]) == ()


def test_a_verdict_about_events_overrules_the_rules():
    text = REFERENCE + told("p", "shelling/1-2", "Shelling", **RAID)
    text += told("q", "x/1-2", "Damage", **{**RAID, "place": "brill"})
    joined = decided((), f"{A}p/shelling/1-2", f"{A}q/x/1-2", accepted=True)
    assert groups(judged(text, *joined)) == [("p/shelling/1-2", "q/x/1-2")]
    same = REFERENCE + told("p", "shelling/1-2", "Shelling", **RAID)
    same += told("q", "shelling/1-2", "Shelling", **RAID)
    parted = decided((), f"{A}p/shelling/1-2", f"{A}q/shelling/1-2", accepted=False)
    assert groups(judged(same, *parted)) == []


def test_a_place_that_is_held_to_be_one_with_a_known_one_has_its_point():
    village, about = local("p", "Settlement", "Ardenn")
    text = REFERENCE + article(
        "p",
        "2031-05-03",
        about,
        event("p", "shelling/1-2", "Shelling", place=village),
    )
    assert proximity(judged(text)) == ()
    accepted = decided((), village, f"{ID}place/arden", accepted=True)
    select = judged(text, *accepted)
    (row,) = proximity(select)
    assert row.facility == f"{ID}place/cove-npp"
    assert 30 < row.distance_km < 40
    assert identity(select)[0].canonical == f"{ID}place/arden"
