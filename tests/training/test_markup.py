"""Our own corpus: the mark-up is read right, its faults are named, and the corpus keeps the rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from training.corpora import own_quotes, own_spans
from training.markup import Marked, MarkupError, held, plain, problems, read, repeated, texts

HEAD = "title: A\ndate: 2031-03-05\n\n"


def _marked(body: str) -> Marked:
    return Marked("01-x", (), *plain(body))


def test_nested_marks_come_outermost_first() -> None:
    one = _marked("the [UNIT#u [ORG.ArmedGroup#r Red Front] unit] left")
    assert one.text == "the Red Front unit left"
    assert [(m.kind, one.text[m.start : m.end]) for m in one.marks] == [
        ("UNIT", "Red Front unit"),
        ("ORG", "Red Front"),
    ]


def test_brackets_of_the_text_are_kept() -> None:
    assert plain(r"‘they \[the army\] left’")[0] == "‘they [the army] left’"


@pytest.mark.parametrize(
    ("source", "fault"),
    [("[PER Ana", "never closed"), ("Ana]", "was not opened"), ("[nobody]", "not a mark")],
)
def test_brackets_that_do_not_match_are_refused(source: str, fault: str) -> None:
    with pytest.raises(MarkupError, match=fault):
        plain(source)


@pytest.mark.parametrize(
    ("body", "fault"),
    [
        ("[PERSON Ana]", "there is no type PERSON"),
        ("[ORG the Front]", "the determiner belongs outside"),
        ("[EV.Shelled#e act=Actual|shelled]", "Shelled is no class below Event"),
        ("[EV.Shelling#e act=Actual place=x|shelled]", "place=x names nothing"),
        ("[EV.Shelling#e act=Maybe|shelled]", "act= is one of"),
        ("[EV.Shelling shelled]", "an event has an #id and act="),
        ("[FIG.Casualty low=many|many]", "is not a number"),
        ("[CUE@q1 said]", "attribution q1 has no content"),
        ("[CON@q1 it fell]", "neither source nor cue"),
        ("[PER#a Ana] and [ORG#a Ana]", "one thing, one type"),
    ],
)
def test_faults_are_named(body: str, fault: str) -> None:
    assert any(fault in line for line in problems(_marked(body)))


def test_a_header_line_without_a_key_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "01-x.txt"
    path.write_text("no header\n\nText.", encoding="utf-8")
    with pytest.raises(MarkupError, match="is not 'key: value'"):
        read(path)
    path.write_text(HEAD + "[LOC Arda] fell.\n", encoding="utf-8")
    assert read(path).text == "Arda fell."


def test_weapons_are_terms_and_their_designations_names() -> None:
    one = _marked("two [VEHICLE T-72B3 tanks] at [FAC.Bridge [LOC Arda] Bridge]")
    names, terms = own_spans(one)
    assert [(one.text[s:e], kind) for s, e, kind in names] == [
        ("T-72B3", "MISC"),
        ("Arda Bridge", "LOC"),
    ]
    assert [(one.text[s:e], kind) for s, e, kind in terms] == [
        ("T-72B3 tanks", "VEHICLE"),
        ("Arda Bridge", "FACILITY"),
    ]


def test_attributions_without_a_cue_are_not_learned() -> None:
    one = _marked("[SRC@q1 ANA]: [CON@q1 yes]. [CON@q2 No], [SRC@q2 he] [CUE@q2 said].")
    assert {which for which, *_ in own_quotes(one)} == {"q2"}


def test_the_corpus_keeps_its_rules() -> None:
    corpus = list(texts())
    assert sum(len(one.text.split()) for one in corpus) >= 60_000
    for one in corpus:
        assert list(problems(one)) == [], one.name
    assert repeated([one.text for one in corpus]) < 3
    share = sum(len(o.text) for o in corpus if held(o.name)) / sum(len(o.text) for o in corpus)
    assert 0.08 < share < 0.12
