"""Terms and names of hand-made Docs made coherent."""

from __future__ import annotations

from spacy.tokens import Doc, Span

from kg.annotate.terms import Terms
from kg.annotate.tokens import blank

VOCAB = blank().vocab
Spans = list[tuple[int, int, str]]


def _read(words: str, names: Spans, terms: Spans) -> tuple[list[str], list[str]]:
    doc = Doc(VOCAB, words=words.split())
    doc.set_ents([Span(doc, s, e, label=kind) for s, e, kind in names])
    doc.spans["terms"] = [Span(doc, s, e, label=kind) for s, e, kind in terms]
    doc = Terms()(doc)
    said = [f"{e.label_} {e.text}" for e in doc.ents]
    return said, [f"{t.label_} {t.text}" for t in doc.spans["terms"]]


def test_a_named_unit_is_a_whole_name() -> None:
    words = "the 155th Separate Marine Brigade left"
    names, terms = _read(words, [(3, 5, "ORG")], [(0, 5, "UNIT")])
    assert names == ["ORG 155th Separate Marine Brigade"]
    assert terms == ["UNIT 155th Separate Marine Brigade"]


def test_a_unit_that_is_only_described_leaves_the_name_in_it_alone() -> None:
    names, terms = _read("a Front tactical unit", [(1, 2, "ORG")], [(1, 4, "UNIT")])
    assert (names, terms) == (["ORG Front"], ["UNIT Front tactical unit"])


def test_a_facility_named_with_a_small_word_in_the_middle_is_one_name() -> None:
    names, _ = _read("the Orin old Bridge", [], [(1, 4, "FACILITY")])
    assert names == ["LOC Orin old Bridge"]


def test_a_term_takes_in_the_whole_of_a_name() -> None:
    _, terms = _read("New Arda hospital", [(0, 2, "LOC")], [(1, 3, "FACILITY")])
    assert terms == ["FACILITY New Arda hospital"]


def test_of_overlapping_terms_the_longer_stays() -> None:
    _, terms = _read("acting district governor", [], [(0, 3, "POST"), (1, 3, "GROUP")])
    assert terms == ["POST acting district governor"]


def test_no_terms_no_harm() -> None:
    assert _read("Nothing happened .", [], []) == ([], [])
