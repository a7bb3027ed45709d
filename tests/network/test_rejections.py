"""Bare denials, towns told of in part, surnames, counts that no event holds."""

from __future__ import annotations

import pytest

from kg.network import disputes
from kg.network.claims import proper
from tests.network.facts import ID, REFERENCE, A, article, claim, event, figure, local


def rules(select) -> list[tuple[str, str]]:
    return [(row.kind, finding.rule) for row in disputes(select) for finding in row.findings]


def denial(name: str, issued: str, speaker: str, about: str, *, cue: str = "rejected") -> str:
    text = (
        f"<{A}{name}/claim/1-2> a ck:Claim ; ck:claimant <{ID}actor/{speaker}> ;"
        f' ck:polarity ck:Negated ; ck:speechAct ck:Denial ; ck:cue "{cue}" ;'
        f" ck:about <{ID}{about}> ; ck:evidence <{A}{name}#char=1,9> ."
    )
    return article(name, issued, text)


def attack(name: str, issued: str, speaker: str, initiator: str, place: str = "arden") -> str:
    return article(
        name,
        issued,
        event(name, "shelling/1-2", "Shelling", place=place, day=issued, initiator=initiator),
        claim(name, 1, speaker, "shelling/1-2", act="Accusation"),
    )


@pytest.mark.parametrize(
    ("speaker", "about", "issued", "expected"),
    [
        ("navy", "place/arden", "2031-05-03", [("ResponsibilityDispute", "BlameRejected")]),
        ("navy", "actor/mayor", "2031-05-03", [("ResponsibilityDispute", "BlameRejected")]),
        ("navy", "place/brill", "2031-05-03", []),  # another town
        ("south", "place/arden", "2031-05-03", []),  # not the accused
        ("navy", "place/arden", "2031-05-09", []),  # days later
    ],
)
def test_the_accused_side_rejects_what_it_does_not_repeat(
    dataset, speaker, about, issued, expected
):
    text = attack("one", "2031-05-02", "mayor", "north") + denial("two", issued, speaker, about)
    assert rules(dataset(REFERENCE + text)) == expected


def test_who_refuses_to_do_something_rejects_no_claim(dataset):
    text = attack("one", "2031-05-02", "mayor", "north")
    text += denial("two", "2031-05-03", "navy", "place/arden", cue="declined to name")
    assert rules(dataset(REFERENCE + text)) == []


def taking(name: str, issued: str, speaker: str, holder: str) -> str:
    return article(
        name,
        issued,
        event(name, "territorycaptured/1-2", "TerritoryCaptured", place="arden", day=issued,
              initiator=holder),
        claim(name, 1, speaker, "territorycaptured/1-2"),
    )  # fmt: skip


def test_the_other_side_calls_a_capture_untrue(dataset):
    text = taking("one", "2031-05-02", "south", "south")
    text += denial("two", "2031-05-02", "navy", "place/arden")
    assert rules(dataset(REFERENCE + text)) == [("ControlDispute", "HoldingDenied")]


def test_who_holds_a_part_of_a_town_disputes_who_holds_all_of_it(dataset):
    iri, part = local("two", "Area", "northern districts", at=1)
    named = f"<{ID}place/arden> a ck:Settlement ; ck:mention <{A}two#char=25,30> ."
    control = (
        f"<{A}two/control/5-6> a ck:Control ; ck:controller <{ID}actor/navy> ;"
        f" ck:place <{iri}> ; ck:evidence <{A}two#char=5,9> ."
    )
    held = article("two", "2031-05-02", part, named, control,
                   claim("two", 5, "navy", "control/5-6"))  # fmt: skip
    select = dataset(REFERENCE + taking("one", "2031-05-02", "south", "south") + held)
    assert rules(select) == [("ControlDispute", "TwoHolders")]


def test_a_surname_is_the_one_person_who_bears_it(dataset):
    def told(name: str, issued: str, label: str, number: int) -> str:
        iri, text = local(name, "Person", label, at=40)
        return article(
            name,
            issued,
            text,
            event(name, "killing/1-2", "Killing", place="arden", day="2031-05-02"),
            figure(name, "casualtyfigure/3-4", number, event="killing/1-2"),
            claim(name, 9, iri, "casualtyfigure/3-4", "killing/1-2"),
        )

    one = told("p", "2031-05-02", "Ilja Brandt", 4)
    assert rules(dataset(REFERENCE + one + told("q", "2031-05-03", "Brandt", 9))) == []
    other = told("q", "2031-05-03", "Verner", 9)
    assert rules(dataset(REFERENCE + one + other)) == [("FigureDispute", "DisjointFigures")]


@pytest.mark.parametrize(("place", "day", "expected"), [
    ("arden", "2031-05-02", 1), ("brill", "2031-05-02", 0), ("arden", "2031-04-20", 0),
])  # fmt: skip
def test_a_count_without_an_event_is_of_what_befell_the_place(dataset, place, day, expected):
    named = f"<{ID}place/arden> ck:mention <{A}two#char=1,6> . <{ID}place/arden> a ck:Settlement ."
    text = article(
        "one",
        "2031-05-03",
        event("one", "killing/1-2", "Killing", place=place, day=day),
        figure("one", "casualtyfigure/3-4", 9, event="killing/1-2"),
        claim("one", 9, "mayor", "casualtyfigure/3-4", "killing/1-2"),
    ) + article(
        "two",
        "2031-05-03",
        named,
        figure("two", "casualtyfigure/3-4", 0),
        claim("two", 1, "south", "casualtyfigure/3-4"),
    )
    assert len(rules(dataset(REFERENCE + text))) == expected


@pytest.mark.parametrize(("label", "name"), [
    ("Karsk ridge", "karsk"), ("En Naqoura", "naqoura"), ("Kaspur Kalan", "kaspur kalan"),
    ("the bridge", ""),
])  # fmt: skip
def test_the_name_of_a_place_alone(label, name):
    assert proper(label) == name


def loss(
    name: str, kind: str, arms: str, speaker: str, *, operator: str = "", actuality: str = "Actual"
) -> str:
    tail = f"{kind.lower()}/1-2"
    lot = f"<{A}{name}/equipmentlot/3-4>"
    owner = f" ; ck:operator <{ID}actor/{operator}>" if operator else ""
    return article(
        name,
        "2031-05-02",
        f"{lot} a ck:EquipmentLot ; ck:equipmentType <{ID}equipment/{arms}>{owner} .",
        event(name, tail, kind, day="2031-05-02", place="arden", actuality=actuality,
              more=f"ck:target {lot}"),
        claim(name, 1, speaker, tail,
              polarity="Negated" if actuality == "Denied" else "Affirmed"),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("arms", "operator", "expected"),
    [("uav", "navy", 1), ("tank", "navy", 0), ("uav", "south", 0)],
)
def test_who_is_said_to_have_lost_arms_denies_it(dataset, arms, operator, expected):
    text = loss("one", "Interception", "uav", "mayor", operator="north")
    text += loss("two", "EquipmentLoss", arms, "doctor", operator=operator, actuality="Denied")
    assert len(rules(dataset(REFERENCE + text))) == expected


@pytest.mark.parametrize(("place", "expected"), [("", 0), ("arden", 1)])
def test_a_habit_that_is_denied_answers_no_attack(dataset, place, expected):
    def civilians(name: str) -> tuple[str, str]:
        iri, text = local(name, "PopulationGroup", "civilians", at=30)
        return f"ck:victim <{iri}>", text

    hit, people = civilians("one")
    spared, others = civilians("two")
    text = article(
        "one", "2031-05-02", people,
        event("one", "attack/1-2", "Attack", place="arden", day="2031-05-02",
              initiator="north", more=hit),
        claim("one", 1, "mayor", "attack/1-2"),
    ) + article(
        "two", "2031-05-02", others,
        event("two", "attack/1-2", "Attack", initiator="navy", place=place, more=spared,
              actuality="Denied"),
        claim("two", 1, "navy", "attack/1-2", polarity="Negated"),
    )  # fmt: skip
    assert len(rules(dataset(REFERENCE + text))) == expected


def test_an_undated_capture_told_a_week_later_is_news(dataset):
    held = (
        f"<{A}one/control/5-6> a ck:Control ; ck:controller <{ID}actor/north> ;"
        f" ck:place <{ID}place/arden> ; ck:evidence <{A}one#char=5,9> ."
    )
    one = article("one", "2031-05-02", held, claim("one", 5, "north", "control/5-6"))

    def taken(issued: str) -> str:
        fact = event("two", "territorycaptured/1-2", "TerritoryCaptured", place="arden",
                     initiator="south")  # fmt: skip
        return article("two", issued, fact, claim("two", 1, "south", "territorycaptured/1-2"))

    assert rules(dataset(REFERENCE + one + taken("2031-05-09"))) == []
    assert rules(dataset(REFERENCE + one + taken("2031-05-02"))) == [
        ("ControlDispute", "TwoHolders")
    ]
