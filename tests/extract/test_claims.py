"""Claims: every frame has one, with speaker, polarity, certainty and chain."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extract.document import extraction
from kg.records import Frame, Mention, Term

Said = tuple[str, ...]


def _claims(language: Language, text: str) -> list[Frame]:
    return [f for f in extraction(language(text)).frames if f.kind == "Claim"]


def _words(claim: Frame, role: str) -> list[str]:
    found = []
    for value in claim.values(role):
        if isinstance(value, Mention):
            found.append(value.text)
        elif isinstance(value, Term):
            found.append(value.name)
        else:
            found.append(value.kind if isinstance(value, Frame) else str(value))
    return found


@pytest.mark.parametrize(
    ("text", "claimant", "colour"),
    [
        ("The army said rebels shelled the town.", ["army"], "Affirmed Certain Assertion"),
        ("The army denied that it shelled the town.", ["army"], "Negated Certain Denial"),
        ("Rebels shelled the town.", [], "Affirmed Certain Assertion"),
        ("Rebels reportedly shelled the town.", [], "Affirmed Possible Assertion"),
        ("The mayor warned that rebels may shell it.", ["mayor"], "Affirmed Possible Warning"),
        ("He accused rebels of shelling the town.", ["He"], "Affirmed Certain Accusation"),
        ("Unconfirmed reports said rebels shelled it.", [], "Affirmed Possible Assertion"),
        (
            "The fire service said rebels shelled it.",
            ["fire service"],
            "Affirmed Certain Assertion",
        ),
        ("Videos reportedly showed the shelling of Anselm.", [], "Affirmed Possible Assertion"),
        ("Karst condemned the shelling of the hospital.", ["Karst"], "Affirmed Certain Opinion"),
        (
            "The council called for an end to the shelling of Port Anselm.",
            ["council"],
            "Negated Unstated Demand",
        ),
        (
            "The minister urged Vesna to stop shelling the town.",
            ["minister"],
            "Negated Unstated Demand",
        ),
        (
            "The general said his army will shell Port Anselm.",
            ["general"],
            "Affirmed Certain Prediction",
        ),
    ],
)
def test_colour(language: Language, text: str, claimant: list[str], colour: str) -> None:
    claim = next(c for c in _claims(language, text) if "Shelling" in _words(c, "content"))
    assert _words(claim, "claimant") == claimant
    found = [_words(claim, role)[0] for role in ("polarity", "certainty", "speechAct")]
    assert " ".join(found) == colour


def test_name_beside_a_post_is_the_speaker(language: Language) -> None:
    (claim,) = [
        c
        for c in _claims(language, "War correspondent Ana Petru said rebels shelled the town.")
        if _words(c, "claimant")
    ]
    assert _words(claim, "claimant") == ["Ana Petru"]


def test_two_speakers_make_two_claims_with_the_same_content(language: Language) -> None:
    found = [
        c
        for c in _claims(language, "Both Vesna and Karst say their troops shelled the town.")
        if "Shelling" in _words(c, "content")
    ]
    assert [_words(c, "claimant") for c in found] == [["Vesna"], ["Karst"]]
    assert len({c.anchor for c in found}) == 2


def test_chain_keeps_speaker_and_reporter(language: Language) -> None:
    text = "Rebels shelled the town, the army said, according to the Vesna Herald."
    claim = next(c for c in _claims(language, text) if "Shelling" in _words(c, "content"))
    assert _words(claim, "claimant") == ["army"]
    assert _words(claim, "reportedBy") == ["Vesna Herald"]


def test_claim_without_frames_says_what_it_is_about(language: Language) -> None:
    (claim,) = _claims(language, "The minister said Karst was ungrateful.")
    assert _words(claim, "content") == []
    assert _words(claim, "about") == ["Karst"]


@pytest.mark.parametrize(
    ("text", "claimant", "act"),
    [
        ("Karst denied that anything but wardrobes was made there.", "Karst", "Denial"),
        ("The minister believes that this was a mistake.", "minister", "Opinion"),
        ("The director called for his immediate release.", "director", "Demand"),
        ("Karst intends to try him for the fire.", "Karst", "Opinion"),
        ("The mayor would not say whether she would attend.", "mayor", "NoComment"),
        ("Karst, which has warned against the vote, sent two divisions.", "Karst", "Warning"),
        (
            "At least 54 killed in Volya shelling of a market, Karst officials say",
            "Karst officials",
            "Assertion",
        ),
    ],
)
def test_whoever_speaks_has_a_claim(language: Language, text: str, claimant: str, act: str) -> None:
    said = [c for c in _claims(language, text) if c.values("claimant")]
    assert [(_words(c, "claimant"), _words(c, "speechAct")) for c in said] == [([claimant], [act])]
    assert all(c.values("cue") for c in said)


@pytest.mark.parametrize(
    "text",
    [
        "The pact denies the rebels a haven in the hills.",
        "The operation denied the enemy access to the bridge.",
        "The government maintains a policy of restraint.",
        "The general commands respect among the troops.",
        "Kestria on Thursday sanctioned Ana Petru.",
        "Two car bombs claimed the lives of nine soldiers.",
        "The breakthrough highlighted how Petru had lied.",
    ],
)
def test_what_is_kept_from_somebody_or_done_is_not_said(language: Language, text: str) -> None:
    assert not [c for c in _claims(language, text) if c.values("claimant")]


@pytest.mark.parametrize(
    ("text", "claimant"),
    [
        ("The state cyber agency, Pelor-Net, said banks were flooded with traffic.", "Pelor-Net"),
        ("Her counterpart, Ana Petru, called that a fairy tale.", "Ana Petru"),
        ("The province’s governor, Omar Keita, told reporters that two people died.", "Omar Keita"),
        ("The agency Vesna Press quoted Omar Keita as saying the talks would end.", "Omar Keita"),
        ("“Nobody is lobbying,” the mayor, Ana Petru, said Thursday night.", "Ana Petru"),
    ],
)
def test_the_name_beside_post_or_body_is_the_speaker(
    language: Language, text: str, claimant: str
) -> None:
    said = [c for c in _claims(language, text) if c.values("claimant")]
    assert [_words(c, "claimant") for c in said] == [[claimant]]


TEXT = (
    "Rebels shelled Port Anselm on Monday and killed five people.\n"
    "The army said up to 300 fighters had attacked the town, while the mayor, Ana Petru, denied "
    "that anyone was captured. “They bombed the hospital,” she said. “Twenty were wounded.”\n"
    "Karst may have seized two villages, which Vesna reportedly shelled again on Tuesday."
)


def test_every_fact_is_claimed_and_identities_are_unique(language: Language) -> None:
    frames = extraction(language(TEXT)).frames
    claimed = {
        value.key
        for claim in frames
        if claim.kind == "Claim"
        for value in claim.values("content")
        if isinstance(value, Frame)
    }
    facts = [f for f in frames if f.kind not in ("Claim", "EquipmentLot")]
    assert len(facts) >= 6
    assert {f.key for f in facts} <= claimed
    assert len({f.key for f in frames}) == len(frames)


def test_evidence_and_anchor_lie_in_the_text(language: Language) -> None:
    for claim in _claims(language, TEXT):
        assert 0 <= claim.evidence.start <= claim.anchor.start
        assert claim.anchor.end <= claim.evidence.end <= len(TEXT)
        assert TEXT[claim.evidence.start : claim.evidence.end].strip()


@pytest.mark.parametrize(
    "text",
    [
        "The mayor blamed Vesna for the blasts in Port Anselm.",
        "The army held Vesna responsible for the blasts in Port Anselm.",
        "The army accused Vesna of the blasts in Port Anselm.",
    ],
)
def test_who_is_blamed_did_it_as_the_speaker_says(language: Language, text: str) -> None:
    claim = next(c for c in _claims(language, text) if "Bombing" in _words(c, "content"))
    (blasts,) = [e for e in claim.values("content") if isinstance(e, Frame)]
    assert _words(claim, "speechAct") == ["Accusation"]
    assert [m.text for m in blasts.values("initiator") if isinstance(m, Mention)] == ["Vesna"]


def test_datelines_and_platforms_say_nothing(language: Language) -> None:
    for text in (
        "WARSAW, Nov 23 (BBW) - Karst asked users to save power on Tuesday.",
        "Two people were killed near Velm and nine hurt, Karst said on Telegram.",
    ):
        said = [_words(c, "claimant") for c in _claims(language, text)]
        assert ["Karst"] in said
        assert ["WARSAW"] not in said
        assert ["Telegram"] not in said
