"""Sentences and the events, posts, memberships and control they tell, by the shipped pipeline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from spacy.language import Language

from kg.extract.equipment import lots
from kg.extract.events import events
from kg.extract.phrases import mention
from kg.extract.posts import positions
from kg.extract.relations import relations
from kg.records import Frame, Mention, Term

CELL = re.compile(r"(\w+)\(([^)]*)\)")


def rows(table: str) -> list[object]:
    """Parameters of a table; a row whose last cell is "xfail: why" must fail."""
    found: list[object] = []
    text = (Path(__file__).parent / table).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            sentence, *cells = line.split("\t")
            reason = cells.pop() if cells[-1].startswith("xfail: ") else ""
            marks = [pytest.mark.xfail(strict=True, reason=reason[7:])] if reason else []
            found.append(pytest.param(sentence, cells, marks=marks, id=sentence[:60]))
    return found


def told(frame: Frame) -> set[str]:
    """Kind, terms and "role=text" of a frame; a lot stands for its equipment's text."""
    found = {frame.kind}
    for role, value in frame.roles:
        if isinstance(value, Frame):
            value = next(iter(value.values("equipmentType")), value)
        if isinstance(value, Mention):
            found.add(f"{role}={value.text}")
        elif isinstance(value, Term):
            found.update((value.name, f"{role}={value.name}"))
        else:
            found.add(f"{role}={value}")
    return found


def check(frames: tuple[Frame, ...], cells: list[str]) -> None:
    """Each cell is told by one frame; "-" wants none at all."""
    found = [told(frame) for frame in frames]
    if cells == ["-"]:
        assert not found
        return
    for cell in cells:
        match = CELL.fullmatch(cell)
        assert match, cell
        expected = {match[1], *re.split("[,;]", match[2])}
        assert any(expected <= one for one in found), (cell, found)


@pytest.mark.parametrize(("sentence", "cells"), rows("events.tsv"))
def test_events(language: Language, sentence: str, cells: list[str]) -> None:
    doc = language(sentence)
    check(events(doc, lots(doc)), cells)


@pytest.mark.parametrize(("sentence", "cells"), rows("states.tsv"))
def test_states(language: Language, sentence: str, cells: list[str]) -> None:
    doc = language(sentence)
    check((*positions(doc), *relations(doc)), cells)


def test_a_month_is_no_place(language: Language) -> None:
    doc = language("Police counted 584 thefts in February and 90 arrests in Karlow.")
    places = [found.text for token in doc if (found := mention(token)) and found.kind == "Place"]
    assert "February" not in places


def test_a_word_of_a_name_is_no_state(language: Language) -> None:
    doc = language("The Palestinian Islamic Jihad fired rockets at the Western Command in Velm.")
    states = {found.text for token in doc if (found := mention(token)) and found.kind == "State"}
    assert not states & {"Islamic", "Western"}


def test_a_class_word_is_qualified_by_a_name_of_two_words(language: Language) -> None:
    doc = language("A rocket hit the border town of Kiryat Shmona.")
    town = next(token for token in doc if token.text == "town")
    found = mention(town)
    assert found is not None
    assert found.qualifier == "Kiryat Shmona"
