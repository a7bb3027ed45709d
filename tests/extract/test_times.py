"""Time expressions and what they date, read by the shipped pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.extract.times import time_of, times

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "times.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:50] for row in ROWS])
def test_sentence(language: Language, row: list[str]) -> None:
    doc = language(row[0])
    expressions, _, asked = row[1].partition("|")
    assert [m.text for m in times(doc)] == ([] if expressions == "-" else expressions.split(";"))
    for pair in filter(None, asked.split(";")):
        word, _, wanted = pair.partition("=")
        token = next(t for t in doc if t.text == word)
        found = time_of(token)
        assert (found.text if found is not None else None) == wanted


def test_what_is_said_does_not_take_the_time_of_saying(language: Language) -> None:
    doc = language("The army said on Friday that it destroyed a bridge.")
    destroyed = next(t for t in doc if t.text == "destroyed")
    assert time_of(destroyed) is None


def test_the_most_since_a_time_was_not_at_that_time(language: Language) -> None:
    doc = language("It was the largest attack since May.")
    attack = next(t for t in doc if t.text == "attack")
    assert time_of(attack) is None


def test_mentions_are_exact(language: Language) -> None:
    text = "Тарнок 💥 fell on\u00a0Tuesday.\r\nIt was retaken two days later."
    for found in times(language(text)):
        assert text[found.span.start : found.span.end] == found.text
        assert found.kind == "Time"
