"""From a fact or a name to the sentence."""

from __future__ import annotations

import json

import pytest

from kg.errors import QueryError
from kg.store import Store
from kg.store.why import why

ARTICLE = "https://w3id.org/conflict-kg/id/article/both-sides-claim-halvik-104b69bfad0b"


def test_a_fact_leads_to_its_sentence(full: Store) -> None:
    (found,) = why(full.select, "/shelling/179-187")
    assert found.fact == f"{ARTICLE}/shelling/179-187"
    assert (found.role, found.fact_kind, found.actuality) == ("itself", "Shelling", "Actual")
    assert (found.speaker, found.speech_act) == ("Valdoria", "Accusation")
    assert found.sentence == "Valdoria accused Kestonia of shelling Dorsa overnight"
    assert (found.sentence_start, found.sentence_end) == (150, 203)
    assert (found.title, found.published) == ("Both sides claim Halvik", "2031-03-05")
    assert (found.article, found.publisher) == (ARTICLE, "Republic Monitor")
    assert json.loads(json.dumps(found.plain()))["evidence_start"] == 167


@pytest.mark.parametrize(
    "thing", ["id:actor/state-kestonia", "<{iri}>", "{iri}", "actor/state-kestonia"]
)
def test_an_iri_in_any_writing(full: Store, thing: str) -> None:
    iri = "https://w3id.org/conflict-kg/id/actor/state-kestonia"
    found = why(full.select, thing.format(iri=iri))
    assert {one.thing for one in found} == {iri}
    assert {one.role for one in found} == {"initiator", "operator"}
    assert len(found) == 6


def test_a_speaker_leads_to_all_that_was_said(full: Store) -> None:
    found = why(full.select, "tomas grell")
    assert [(one.role, one.fact_label) for one in found] == [
        ("claimant", "Control: Halvik"),
        ("holder", "President: Tomas Grell"),
    ]
    assert found[0].quote == "Halvik is ours,"


def test_a_type_of_equipment_leads_through_its_lot(full: Store) -> None:
    (found,) = why(full.select, "Mi-24")
    assert (found.role, found.fact_label) == ("equipmentType", "2 Mi-24")
    assert found.sentence == "Valdoria lost two Mi-24 helicopters near the border"


def test_a_finding_leads_to_all_its_claims(full: Store) -> None:
    (dispute,) = full.select("SELECT ?d { ?d ck:disputeKind ck:ControlDispute }").rows[0]
    found = why(full.select, dispute or "")
    assert {one.speaker for one in found} == {"Tomas Grell", "General staff of Kestonia"}
    (near,) = full.select("SELECT ?p { ?p a ck:Proximity ; ck:supported false }").rows[0]
    assert {one.role for one in why(full.select, near or "")} == {"event", "statedFigure"}


def test_silence_has_a_claim_too(full: Store) -> None:
    found = why(full.select, "General staff of Kestonia: no comment")
    assert [(one.speech_act, one.fact) for one in found] == [("NoComment", None)]


def test_part_of_a_label_finds_all(full: Store) -> None:
    assert {one.thing_label for one in why(full.select, "Missilestrike")} >= {
        "MissileStrike: Dorsa",
        "General staff of Kestonia: MissileStrike: Dorsa",
    }


def test_chains_come_in_the_order_of_the_text(full: Store) -> None:
    found = why(full.select, "Halvik")
    places = [(one.article, one.sentence_start) for one in found]
    assert places == sorted(places, key=lambda place: (place[0] or "", place[1] or 0))
    assert len({one.article for one in found}) == 3


@pytest.mark.parametrize(
    ("thing", "words"),
    [
        ("Halvick", "did you mean Halvik"),
        ("", "nothing in the store"),
        ("Khalvik or so", "nothing in the store"),
        ("id:place/supplement-kestonia", "reference data"),
        ("http://x y/", "nothing in the store"),
        ('") } #', "nothing in the store"),
    ],
)
def test_what_is_not_there_is_said(full: Store, thing: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        why(full.select, thing)
