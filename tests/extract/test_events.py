"""Sentences and the events they tell, read by the shipped pipeline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spacy.language import Language

from kg.extract.equipment import lots
from kg.extract.events import events
from kg.records import Frame, Mention, Term

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "events.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]
CELL = re.compile(r"(\w+)\(([^;]*);(\w+)\)")


def told(frame: Frame) -> set[str]:
    """Kind, actuality and "role=text" of a frame; a lot stands for its equipment's text."""
    found = {frame.kind}
    for role, value in frame.roles:
        if isinstance(value, Frame):
            value = next(iter(value.values("equipmentType")), value)
        if isinstance(value, Mention):
            found.add(f"{role}={value.text}")
        elif isinstance(value, Term):
            found.add(value.name)
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:60] for row in ROWS])
def test_sentence(language: Language, row: list[str]) -> None:
    doc = language(row[0])
    found = [told(frame) for frame in events(doc, lots(doc))]
    if row[1:] == ["-"]:
        assert not found
        return
    for cell in row[1:]:
        match = CELL.fullmatch(cell)
        assert match, cell
        expected = {match[1], match[3], *match[2].split(",")}
        assert any(expected <= one for one in found), (cell, found)
