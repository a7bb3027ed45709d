"""Ties of head words from the span group `coreference`."""

from __future__ import annotations

from spacy.tokens import Doc, Span, SpanGroup

from kg.annotate.tokens import blank
from kg.extract.anaphora import anaphora
from kg.records import Anaphor
from kg.records import Span as Chars

VOCAB = blank().vocab


def test_a_pronoun_for_a_list_keeps_all_that_is_listed() -> None:
    doc = Doc(VOCAB, words="Ana and Bo said they left".split())
    doc.spans["coreference"] = SpanGroup(
        doc,
        name="coreference",
        spans=[Span(doc, 0, 3, label="NOMINAL"), Span(doc, 4, 5, label="PRONOUN")],
        attrs={
            "antecedents": [-1, 0],
            "scores": [0.0, 0.9],
            "heads": [0, 4],
            "members": [[0, 2], []],
        },
    )
    assert anaphora(doc) == (Anaphor(Chars(16, 20), Chars(0, 3), 0.9, (Chars(8, 10),)),)


def test_a_pipeline_without_a_judge_ties_nothing() -> None:
    assert anaphora(Doc(VOCAB, words=["He", "left"])) == ()
