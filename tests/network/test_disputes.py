from __future__ import annotations

import pytest

from kg.network import disputes

A = "https://w3id.org/conflict-kg/id/article/"
ID = "https://w3id.org/conflict-kg/id/"


def article(name: str, issued: str, *facts: str) -> str:
    head = f'<{A}{name}> a ck:Article ; dcterms:issued "{issued}"^^xsd:date .'
    return f"<{A}{name}> {{ {head} {' '.join(facts)} }}"


def figure(
    name: str, at: int, speaker: str, number: str, *, more: str = "ck:outcome ck:Killed"
) -> str:
    """A killing at Arden on 2 May, a number killed there, and who says so."""
    event = f"<{A}{name}/killing/{at}-{at + 1}>"
    low, _, high = number.partition("-")
    ends = (f"ck:lower {low} ; " if low else "") + (f"ck:upper {high} ; " if high else "")
    return (
        f"{event} a ck:Killing ; ck:place <{ID}place/arden> ; ck:actuality ck:Actual ;"
        ' ck:earliest "2031-05-02"^^xsd:date ; ck:latest "2031-05-02"^^xsd:date .'
        f"<{A}{name}/casualtyfigure/{at}-{at + 1}> a ck:CasualtyFigure ;"
        f" {ends} {more} ; ck:event {event} ."
        f"<{A}{name}/claim/{at}-{at + 1}> a ck:Claim ; ck:claimant <{ID}actor/{speaker}> ;"
        f" ck:content <{A}{name}/casualtyfigure/{at}-{at + 1}> ; ck:polarity ck:Affirmed ."
    )


ACTORS = f"""<{ID}graph/reference> {{
  <{ID}place/arden> a ck:Settlement ; rdfs:label "Arden" .
  <{ID}actor/navy> a ck:ArmedForce ; rdfs:label "Navy" ; ck:partOf <{ID}actor/north> .
  <{ID}actor/north> a ck:State ; rdfs:label "North" .
  <{ID}actor/south> a ck:State ; rdfs:label "South" .
  <{ID}actor/mayor> a ck:Person ; rdfs:label "Mayor" .
  <{ID}actor/children> a ck:PopulationGroup ; rdfs:label "children" .
}}"""


@pytest.mark.parametrize(
    ("name", "first", "second", "expected"),
    [
        ("two speakers, two numbers", ("mayor", "4-4"), ("south", "9-9"), ["FigureDispute"]),
        ("the numbers overlap", ("mayor", "4-"), ("south", "9-9"), []),
        ("the same speaker counts higher later", ("mayor", "4-4"), ("mayor", "9-9"), []),
        (
            "the same speaker counts lower later",
            ("mayor", "9-9"),
            ("mayor", "4-4"),
            ["FigureDispute"],
        ),
    ],
)
def test_figures(dataset, name, first, second, expected):
    select = dataset(
        ACTORS
        + article("one", "2031-05-02", figure("one", 1, *first))
        + article("two", "2031-05-03", figure("two", 1, *second))
    )
    assert [row.kind for row in disputes(select)] == expected, name


def test_different_scopes_are_not_compared(dataset):
    children = f"ck:outcome ck:Killed ; ck:population <{ID}actor/children>"
    for more in ("ck:outcome ck:Wounded", children):
        select = dataset(
            ACTORS
            + article("one", "2031-05-02", figure("one", 1, "mayor", "4-4"))
            + article("two", "2031-05-03", figure("two", 1, "south", "9-9", more=more))
        )
        assert disputes(select) == ()


def test_a_dispute_names_the_figures_and_not_what_else_the_claims_say(dataset):
    select = dataset(
        ACTORS
        + article("one", "2031-05-02", figure("one", 1, "mayor", "4-4"))
        + article("two", "2031-05-03", figure("two", 1, "south", "9-9"))
    )
    (row,) = disputes(select)
    assert row.contents == (f"{A}one/casualtyfigure/1-2", f"{A}two/casualtyfigure/1-2")


def holding(name: str, speaker: str, fact: str) -> str:
    return (
        f"<{A}{name}/x/1-2> {fact} ."
        f"<{A}{name}/claim/1-2> a ck:Claim ; ck:claimant <{ID}actor/{speaker}> ;"
        f" ck:content <{A}{name}/x/1-2> ; ck:polarity ck:Affirmed ."
    )


ARDEN = f"ck:place <{ID}place/arden>"
HELD_NORTH = f"a ck:Control ; ck:controller <{ID}actor/navy> ; {ARDEN}"
HELD_SOUTH = f"a ck:Control ; ck:controller <{ID}actor/south> ; {ARDEN}"
TAKEN_SOUTH = (
    f"a ck:TerritoryCaptured ; ck:initiator <{ID}actor/south> ; {ARDEN} ; ck:actuality ck:Actual"
)
ON_THE_9TH = ' ; ck:earliest "2031-05-09"^^xsd:date ; ck:latest "2031-05-09"^^xsd:date'


@pytest.mark.parametrize(
    ("name", "day", "fact", "expected"),
    [
        ("the other side holds it", "2031-05-03", HELD_SOUTH, ["ControlDispute"]),
        ("the other side has taken it", "2031-05-03", TAKEN_SOUTH, ["ControlDispute"]),
        ("it was taken a week later", "2031-05-09", TAKEN_SOUTH + ON_THE_9TH, []),
        ("months have passed", "2031-09-03", HELD_SOUTH, []),
        ("its own state holds it", "2031-05-03", HELD_NORTH.replace("navy", "north"), []),
        ("it is only planned", "2031-05-03", TAKEN_SOUTH.replace("ck:Actual", "ck:Planned"), []),
    ],
)
def test_control(dataset, name, day, fact, expected):
    select = dataset(
        ACTORS
        + article("one", "2031-05-02", holding("one", "north", HELD_NORTH))
        + article("two", day, holding("two", "south", fact))
    )
    assert [row.kind for row in disputes(select)] == expected, name


def test_the_shared_articles_have_one_dispute_of_each_kind(mini):
    rows = disputes(mini)
    assert [row.kind for row in rows] == [
        "ControlDispute",
        "FigureDispute",
        "PolarityDispute",
        "ResponsibilityDispute",
    ]
    assert [len(row.claims) for row in rows] == [2, 3, 2, 2]


def test_two_speakers_blame_two_sides(dataset):
    shelling = f"a ck:Shelling ; {ARDEN} ; ck:actuality ck:Actual ; ck:initiator <{ID}actor/%s>"
    select = dataset(
        ACTORS
        + article("one", "2031-05-02", holding("one", "north", shelling % "south"))
        + article("two", "2031-05-02", holding("two", "south", shelling % "navy"))
    )
    assert [row.kind for row in disputes(select)] == ["ResponsibilityDispute"]


DENIED = "a ck:%s ; ck:actuality ck:Denied ; %s"
BY_SOUTH = f"ck:initiator <{ID}actor/south>"
BATTALION = f"ck:target <{ID}actor/navy>"


@pytest.mark.parametrize(
    ("name", "said", "denied", "expected"),
    [
        (
            "a denial names the land around",
            f"a ck:DroneAttack ; {ARDEN} ; ck:actuality ck:Actual",
            DENIED % ("Attack", f"ck:place <{ID}place/coast>"),
            ["PolarityDispute"],
        ),
        (
            "a denial names whom it is about, and no place",
            f"a ck:Encirclement ; {ARDEN} ; {BATTALION} ; ck:actuality ck:Actual",
            DENIED % ("Encirclement", BATTALION),
            ["PolarityDispute"],
        ),
        (
            "a denial of something else by somebody else",
            f"a ck:Shelling ; {ARDEN} ; ck:actuality ck:Actual",
            DENIED % ("Arrest", BATTALION),
            [],
        ),
        (
            "a denial of a town says nothing of the land around",
            f"a ck:DroneAttack ; ck:place <{ID}place/coast> ; ck:actuality ck:Actual",
            DENIED % ("Attack", f"ck:place <{ID}place/arden>"),
            [],
        ),
        (
            "not children is no answer to the navy",
            f"a ck:Shelling ; {ARDEN} ; {BATTALION} ; {BY_SOUTH} ; ck:actuality ck:Actual",
            DENIED % ("Attack", f"{BY_SOUTH} ; ck:target <{ID}actor/children>"),
            [],
        ),
        (
            "not children is no answer to an incursion",
            f"a ck:Incursion ; {ARDEN} ; {BY_SOUTH} ; ck:actuality ck:Actual",
            DENIED % ("Attack", f"{BY_SOUTH} ; ck:target <{ID}actor/children>"),
            [],
        ),
        (
            "no attack at all is one",
            f"a ck:Incursion ; {ARDEN} ; {BY_SOUTH} ; ck:actuality ck:Actual",
            DENIED % ("Attack", BY_SOUTH),
            ["ResponsibilityDispute"],
        ),
        (
            "who is accused of a bombing denies any sabotage",
            f"a ck:Bombing ; {ARDEN} ; ck:initiator <{ID}actor/south> ; ck:actuality ck:Actual",
            DENIED % ("Damage", f"ck:initiator <{ID}actor/south>"),
            ["ResponsibilityDispute"],
        ),
    ],
)
def test_a_denial_need_not_repeat_where(dataset, name, said, denied, expected):
    coast = f"""<{ID}graph/reference> {{ <{ID}place/coast> a ck:Region ; rdfs:label "Coast" .
      <{ID}place/arden> ck:locatedIn <{ID}place/coast> . }}"""
    select = dataset(
        ACTORS
        + coast
        + article("one", "2031-05-02", holding("one", "mayor", said))
        + article(
            "two", "2031-05-03", holding("two", "south", denied).replace("Affirmed", "Negated")
        )
    )
    assert [row.kind for row in disputes(select)] == expected, name


def test_a_demand_is_no_denial(dataset):
    told = f"a ck:Shelling ; {ARDEN} ; ck:actuality ck:Actual"
    demand = holding("two", "south", told).replace("Affirmed", "Negated ; ck:speechAct ck:Demand")
    select = dataset(
        ACTORS
        + article("one", "2031-05-02", holding("one", "mayor", told))
        + article("two", "2031-05-02", demand)
    )
    assert disputes(select) == ()


def area(name: str, speaker: str, number: int, place: str) -> str:
    """An area that no event holds, beside a place that the article names."""
    span = f"<{A}{name}#char=0,60>"
    return (
        f"<{A}{name}/areafigure/20-23> a ck:AreaFigure ; ck:lower {number} ; ck:upper {number} ;"
        f' ck:unit "km²" . {span} ck:start 0 ; ck:end 60 . <{A}{name}#char=40,45> ck:start 40 .'
        f"<{ID}place/{place}> a ck:Settlement ; ck:mention <{A}{name}#char=40,45> ."
        f"<{A}{name}/claim/1-5> a ck:Claim ; ck:claimant <{ID}actor/{speaker}> ;"
        f" ck:content <{A}{name}/areafigure/20-23> ; ck:polarity ck:Affirmed ;"
        f" ck:evidence {span} ."
    )


@pytest.mark.parametrize(
    ("name", "day", "place", "expected"),
    [
        ("the day after, of one place", "2031-05-03", "arden", ["FigureDispute"]),
        ("weeks later", "2031-05-23", "arden", []),
        ("of another place", "2031-05-03", "velm", []),
    ],
)
def test_areas_that_no_event_holds(dataset, name, day, place, expected):
    velm = f'<{ID}graph/reference> {{ <{ID}place/velm> a ck:Settlement ; rdfs:label "Velm" . }}'
    select = dataset(
        ACTORS
        + velm
        + article("one", "2031-05-02", area("one", "mayor", 310, "arden"))
        + article("two", day, area("two", "south", 45, place))
    )
    assert [row.kind for row in disputes(select)] == expected, name
