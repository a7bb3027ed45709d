"""How what a time expression dates is told, read by the shipped pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.extract.times import times

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "tense.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_sentence(language: Language, row: list[str]) -> None:
    (time,) = times(language(row[0]))
    assert time.tense == row[1].removeprefix("-")
