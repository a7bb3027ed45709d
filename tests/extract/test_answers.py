"""Bare blame and bare denials: what they take up, and who is said to deny it."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extract.document import extraction
from kg.extract.falsities import rejections
from kg.records import Frame, Mention, Term

SHELL = "A shell hit the market in Tarvo on Monday, killing five people. "
BOMB = "A bomb exploded in Tarvo on Monday. "


def _claims(language: Language, text: str) -> list[tuple[str, str, str, list[str]]]:
    """Speaker, polarity, act and contents ("Shelling by Ordun") of the claims that have a cue."""
    rows = []
    for claim in extraction(language(text)).frames:
        cue = next((v for v in claim.values("cue") if v), "")
        if claim.kind == "Claim" and cue:
            who = [v.text for v in claim.values("claimant") if isinstance(v, Mention)]
            terms = [v.name for r in ("polarity", "speechAct") for v in claim.values(r)
                     if isinstance(v, Term)]  # fmt: skip
            contents = [_told(v) for v in claim.values("content") if isinstance(v, Frame)]
            rows.append((" ".join(who), *terms, contents))
    return rows


def _told(frame: Frame) -> str:
    who = [v.text for v in frame.values("initiator") if isinstance(v, Mention)]
    return f"{frame.kind} by {who[0]}" if who else frame.kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (SHELL + "Vestria blamed Ordun.", ("Vestria", "Affirmed", "Accusation", "Ordun")),
        (
            SHELL + "The Vestrian army held the Ordun militia responsible.",
            ("Vestrian army", "Affirmed", "Accusation", "Ordun militia"),
        ),
        (BOMB + "The rebels denied any involvement.", ("rebels", "Negated", "Denial", "rebels")),
        (
            BOMB + "The rebels said they had nothing to do with it.",
            ("rebels", "Negated", "Assertion", "they"),
        ),
        (
            BOMB + "The rebels said they were behind the blast.",
            ("rebels", "Affirmed", "Assertion", "they"),
        ),
        (
            "The rebels denied responsibility for the bombing of Tarvo.",
            ("rebels", "Negated", "Denial", "rebels"),
        ),
        (
            "Vestria was not involved in the attack on Tarvo, the minister said.",
            ("minister", "Negated", "Assertion", "Vestria"),
        ),
    ],
)
def test_who_is_blamed_or_denies_it(language, text, expected):
    speaker, polarity, act, doer = expected
    claims = [row for row in _claims(language, text) if row[0].endswith(speaker)]
    assert [(row[1], row[2]) for row in claims] == [(polarity, act)]
    assert [told.partition(" by ")[2].removeprefix("the ") for told in claims[0][3]] == [doer]


def test_who_does_not_claim_an_attack_does_not_deny_it(language):
    frames = extraction(language("The rebels did not claim the bombing of Tarvo.")).frames
    assert all(Term("Denied") not in frame.values("actuality") for frame in frames)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ordun blamed Vestria for Monday's attack on Tarvo. Vestria rejected the accusation.",
            ("Vestria", "Negated", "Denial", ["Attack by Vestria"]),
        ),
        (
            "Ordun said that it had captured Tarvo. Vestria dismissed the claim as false.",
            ("Vestria", "Negated", "Denial", ["TerritoryCaptured by it"]),
        ),
        (
            "Ordun said that it had captured Tarvo. This is false, the Vestrian army said.",
            ("Vestrian army", "Negated", "Denial", ["TerritoryCaptured by it"]),
        ),
        (
            "What the enemy publishes about Tarvo is baseless.",
            ("", "Negated", "Denial", []),
        ),
        (
            "Claims that Ordun captured the town of Tarvo do not correspond to reality, "
            "the ministry said.",
            ("ministry", "Negated", "Assertion", ["TerritoryCaptured by Ordun"]),
        ),
    ],
)
def test_a_bare_denial_has_the_content_that_it_denies(language, text, expected):
    assert expected in _claims(language, text)


def test_who_is_refused_still_claims_it(language):
    rows = _claims(language, "Vestria rejected Ordun's claim that its aircraft bombed Tarvo.")
    assert [(row[0], row[1]) for row in rows] == [("Vestria", "Negated"), ("Ordun", "Affirmed")]
    assert rows[0][3] == rows[1][3] == ["AirStrike"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The reports are baseless.", 1),
        ("The statement is not true.", 1),
        ("Their claims have nothing to do with reality.", 1),
        ("The story has no basis.", 1),
        ("The report is not false.", 0),
        ("The claims may be false.", 0),
        ("The market is false.", 0),
    ],
)
def test_what_is_called_untrue(language, text, found):
    assert len(list(rejections(language(text)))) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("There are no Ordunian troops in Tarvo.", ["Deployment"]),
        ("There are Ordunian troops in Tarvo.", []),
        ("There are no trains in Tarvo.", []),
    ],
)
def test_forces_that_are_said_not_to_be_there(language, text, found):
    frames = extraction(language(text)).frames
    assert [f.kind for f in frames if f.extractor == "absences"] == found


def test_a_town_is_lost_to_who_takes_it(language):
    frames = extraction(language("The army lost the town of Tarvo to the rebels.")).frames
    assert [_told(f) for f in frames if f.kind == "TerritoryCaptured"] == [
        "TerritoryCaptured by rebels"
    ]
    frames = extraction(language("Hill 412 has at no time been lost.")).frames
    assert [f.values("actuality") for f in frames if f.kind == "TerritoryCaptured"] == [
        (Term("Denied"),)
    ]
