"""Sentences and the posts, memberships and control they tell, read by the shipped pipeline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spacy.language import Language

from kg.extract.posts import positions
from kg.extract.relations import relations
from kg.records import Frame, Mention, Term

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "states.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
CELL = re.compile(r"(\w+)\(([^)]*)\)")


def told(frame: Frame) -> set[str]:
    """Kind and "role=text" of a frame."""
    found = {frame.kind}
    for role, value in frame.roles:
        text = value.text if isinstance(value, Mention) else value
        found.add(f"{role}={text.name if isinstance(text, Term) else text}")
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_sentence(language: Language, row: list[str]) -> None:
    doc = language(row[0])
    found = [told(frame) for frame in (*positions(doc), *relations(doc))]
    if row[1:] == ["-"]:
        assert not found
        return
    for cell in row[1:]:
        match = CELL.fullmatch(cell)
        assert match, cell
        expected = {match[1], *match[2].split(",")}
        assert any(expected <= one for one in found), (cell, found)
