"""Each finding names its rule and its two spans; what is an update or a copy is no finding."""

from __future__ import annotations

import pytest

from kg.network import disputes
from tests.network.facts import ID, REFERENCE, A, article, claim, event, figure, local, toll


def rules(select) -> list[str]:
    return [finding.rule for row in disputes(select) for finding in row.findings]


def test_a_finding_names_two_claims_two_facts_and_their_characters(dataset):
    text = toll("p", "2031-05-03", "mayor", 4) + toll("q", "2031-05-03", "south", 9)
    ((row,),) = [disputes(dataset(REFERENCE + text))]
    (finding,) = row.findings
    assert finding.rule == "DisjointFigures"
    assert finding.claims == row.claims == (f"{A}p/claim/9-10", f"{A}q/claim/9-10")
    assert finding.contents == row.contents
    assert finding.evidence == (f"{A}p#char=3,7", f"{A}q#char=3,7")


def test_a_raised_toll_updates_those_who_had_agreed_with_it(dataset):
    text = (
        toll("p", "2031-05-03", "mayor", 11)
        + toll("q", "2031-05-03", "doctor", 11)
        + toll("r", "2031-05-05", "mayor", 14)
    )
    assert rules(dataset(REFERENCE + text)) == []
    third = text + toll("s", "2031-05-05", "south", 4)
    (row,) = disputes(dataset(REFERENCE + third))
    assert len(row.claims) == 4
    assert len(row.findings) == 3
    assert all(f"{A}s/claim/9-10" in finding.claims for finding in row.findings)


def test_a_lower_count_of_the_same_speaker_is_a_finding_of_its_own_rule(dataset):
    text = toll("p", "2031-05-03", "mayor", 9) + toll("q", "2031-05-04", "mayor", 4)
    assert rules(dataset(REFERENCE + text)) == ["LowerLater"]


def test_a_shelling_and_a_killing_there_are_one_incident_for_figures(dataset):
    shelling = article(
        "q",
        "2031-05-03",
        event("q", "shelling/1-2", "Shelling", place="arden", day="2031-05-02"),
        figure("q", "casualtyfigure/3-4", 9, event="shelling/1-2"),
        claim("q", 9, "south", "casualtyfigure/3-4"),
    )
    select = dataset(REFERENCE + toll("p", "2031-05-03", "mayor", 4) + shelling)
    assert rules(select) == ["DisjointFigures"]


def shelled(name: str, speaker: str, **more: str) -> str:
    act = {key: more.pop(key) for key in ("act", "polarity") if key in more}
    return article(
        name,
        "2031-05-03",
        event(name, "shelling/1-2", "Shelling", place="arden", day="2031-05-02", **more),
        claim(name, 9, speaker, "shelling/1-2", **act),
    )


@pytest.mark.parametrize(
    ("name", "said", "answer", "expected"),
    [
        (
            "yes and no",
            {},
            {"polarity": "Negated", "actuality": "Denied"},
            ["SaidAndDenied"],
        ),
        (
            "not us is no denial of the shelling",
            {},
            {"polarity": "Negated", "actuality": "Denied", "initiator": "south"},
            [],
        ),
        (
            "the accused side denies",
            {"initiator": "south", "act": "Accusation"},
            {"polarity": "Negated", "actuality": "Denied", "initiator": "south"},
            ["BlameRejected"],
        ),
        ("two sides named", {"initiator": "south"}, {"initiator": "navy"}, ["TwoSidesNamed"]),
    ],
)
def test_rules_of_events(dataset, name, said, answer, expected):
    text = shelled("p", "mayor", **said) + shelled("q", "south", **answer)
    assert rules(dataset(REFERENCE + text)) == expected, name


@pytest.mark.parametrize(
    ("holder", "polarity", "expected"),
    [
        ("south", "Affirmed", ["TwoHolders"]),
        ("north", "Negated", ["HoldingDenied"]),
        ("south", "Negated", []),
        ("navy", "Affirmed", []),
    ],
)
def test_rules_of_control(dataset, holder, polarity, expected):
    def held(name: str, speaker: str, who: str, polarity: str) -> str:
        state = (
            f"<{A}{name}/control/1-2> a ck:Control ; ck:controller <{ID}actor/{who}> ;"
            f" ck:place <{ID}place/arden> ."
        )
        return article(name, "2031-05-03", state, claim(name, 9, speaker, "control/1-2",
                                                        polarity=polarity))  # fmt: skip

    text = held("p", "mayor", "north", "Affirmed") + held("q", "south", holder, polarity)
    assert rules(dataset(REFERENCE + text)) == expected


def test_nameless_forces_in_a_denial_are_those_of_the_speaker(dataset):
    forces, about = local("q", "ArmedForce", "forces")
    denial = article(
        "q",
        "2031-05-03",
        about,
        event(
            "q",
            "shelling/1-2",
            "Shelling",
            place="arden",
            day="2031-05-02",
            initiator=forces,
            actuality="Denied",
        ),
        claim("q", 9, "south", "shelling/1-2", polarity="Negated"),
    )
    blamed = shelled("p", "north", initiator="south", act="Accusation")
    assert rules(dataset(REFERENCE + blamed + denial)) == ["BlameRejected"]
    other = shelled("p", "doctor", initiator="navy")
    assert rules(dataset(REFERENCE + other + denial)) == []
