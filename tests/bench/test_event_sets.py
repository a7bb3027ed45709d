"""The sets on events read their formats and score the shipped pipeline; texts are invented."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.quality import cameo_ner, fillers, muc4, plover, wikievents
from bench.quality.records import Figure, Measured
from kg import ontology
from kg.vocab import CK

REBELS = "rebels kidnapped john smith in velm. a bomb exploded at a school."


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def figure(measured: Measured, name: str) -> Figure:
    return next(one for one in measured.figures if one.name == name)


@pytest.mark.parametrize(
    ("gold", "found", "right"),
    [
        ([["the rebels", "Gang"]], [["rebels"]], 1),
        ([["rebels", "gang"]], [["rebels"], ["gang"]], 1),
        ([["rebels"]], [["rebels", "soldiers"]], 0),
        ([["a"], ["rebels"], ["rebels", "gang"]], [["gang"], ["rebels"]], 2),
        ([["rebels", "gang"], ["gang"]], [["gang"], ["rebels"]], 2),
        ([], [["rebels"]], 0),
    ],
)
def test_entities_are_aligned(gold: list[list[str]], found: list[list[str]], right: int) -> None:
    pairs = fillers.aligned(
        [fillers.entity(one) for one in gold], [fillers.entity(one) for one in found]
    )
    assert len(pairs) == right


def test_muc4(tmp_path: Path) -> None:
    gold = {
        "PerpInd": [[["rebels", 0]]],
        "PerpOrg": [],
        "Target": [[["school", 80], ["the school", 80]]],
        "Victim": [[["john smith", 17]], [["farmers", 0]]],
        "Weapon": [[["bomb", 62]]],
    }
    row = {"docid": "INVENTED-1", "doctext": REBELS, "extracts": gold}
    put(tmp_path / muc4.FILE, json.dumps(row) + "\n")
    assert muc4.missing(tmp_path) == ""
    found = muc4.measure(tmp_path)
    assert figure(found, "Victim") == Figure("Victim", right=1, gold=2, found=1)
    assert figure(found, "Weapon") == Figure("Weapon", right=1, gold=1, found=1)
    assert figure(found, "all").gold == 5
    assert ("missed Victim", "farmers") in {(e.kind, e.words) for e in found.errors}


def test_wikievents(tmp_path: Path) -> None:
    text = "Gunmen killed a judge in Velm."
    words = ["Gunmen", "killed", "a", "judge", "in", "Velm", "."]
    spans, at = [], 0
    for word in words:
        at = text.index(word, at)
        spans.append([word, at, at + len(word)])
    row = {
        "doc_id": "invented",
        "tokens": words,
        "text": text,
        "sentences": [[spans, text]],
        "entity_mentions": [
            {"id": "T1", "start": 0, "end": 1},
            {"id": "T2", "start": 2, "end": 4},
            {"id": "T3", "start": 5, "end": 6},
        ],
        "event_mentions": [
            {
                "event_type": "Life.Die.Unspecified",
                "trigger": {"start": 1, "end": 2},
                "arguments": [
                    {"entity_id": "T1", "role": "Killer"},
                    {"entity_id": "T2", "role": "Victim"},
                    {"entity_id": "T3", "role": "Killer"},
                ],
            },
            {
                "event_type": "Contact.Contact.Broadcast",
                "trigger": {"start": 1, "end": 2},
                "arguments": [],
            },
        ],
    }
    put(tmp_path / wikievents.FILE, json.dumps(row) + "\n")
    assert wikievents.missing(tmp_path) == ""
    found = wikievents.measure(tmp_path)
    assert figure(found, "trigger classification").gold == 1
    assert figure(found, "trigger classification").value == 100
    assert figure(found, "argument identification").right == 3
    assert figure(found, "argument classification") == Figure("argument classification", 2, 3, 3)


def test_classes_and_roles_of_wikievents_are_ours() -> None:
    properties, events = set(CK.__annotations__), set(ontology.kinds("Event"))
    assert {kind for kind, _ in wikievents.mapping()} <= events
    assert {role for _, role in wikievents.mapping() if role} <= properties
    assert all((kind, "") in wikievents.mapping() for kind, _ in wikievents.mapping())
    assert ("Shelling", "initiator") in wikievents.mapping()


def test_plover(tmp_path: Path) -> None:
    rows = [
        {"id": "1", "event": "PROTEST", "text": "Students protested in Velm."},
        {"id": "2", "event": "COERCE", "text": "Police arrested two men as students protested."},
        {"id": "3", "event": "AID", "text": "The minister slept."},
        {"id": "4", "event": "DEMAND", "text": "The minister demanded reforms."},
    ]
    put(tmp_path / plover.RECORDS, json.dumps(rows))
    coding = '<EventCoding eventcode="{}"/><Text>{}</Text>'
    texts = [("212", "Police arrested a monk."), ("345", "Frodo left the parade.")]
    tests = "".join(
        f'<Sentence id="{code}">{coding.format(code, text)}</Sentence>' for code, text in texts
    )
    put(tmp_path / plover.TESTS, f"<V><Sentences>{tests}</Sentences></V>")
    assert plover.missing(tmp_path) == ""
    found = plover.measure(tmp_path)
    assert figure(found, "type, plover") == Figure("type, plover", right=2, gold=3)
    assert figure(found, "100 less extra, plover").right == 2
    assert figure(found, "type, petrarch") == Figure("type, petrarch", right=1, gold=1)


def test_plover_has_a_type_for_most_classes() -> None:
    direct, through = plover.matches()["Capture"]
    assert direct | through >= {"ASSAULT"}
    assert {"ASSAULT", "COERCE", "AID", "AGREE", "CONSULT", "PROTEST"} <= plover.covered()
    assert "REQUEST" not in plover.covered()


def test_cameo_ner(tmp_path: Path) -> None:
    marked = [
        ("Iraqi", "B-S"), ("troops", "I-S"), ("killed", "O"), ("an", "B-T"), ("envoy", "I-T"),
        ("in", "O"), ("Paris", "O"), (".", "O"),
    ]  # fmt: skip
    met = [("Russia", "B-R"), ("met", "O"), ("with", "O"), ("France", "B-R"), (".", "O")]
    blocks = ("\n".join(f"{word} {mark}" for word, mark in rows) for rows in (marked, met))
    put(tmp_path / cameo_ner.FILE, "\n\n".join(blocks) + "\n")
    assert cameo_ner.missing(tmp_path) == ""
    found = cameo_ner.measure(tmp_path)
    assert figure(found, "source") == Figure("source", right=1, gold=1, found=1)
    assert figure(found, "target") == Figure("target", right=1, gold=1, found=1)
    assert figure(found, "either") == Figure("either", right=2, gold=2, found=2)


def test_words_are_put_together_as_printed() -> None:
    words = "The U.S . - led force ( 2,000 ) took Velm ’ s 40 % .".split()
    assert cameo_ner.sentence([(word, "O") for word in words]).text == (
        "The U.S.-led force (2,000) took Velm’s 40%."
    )
