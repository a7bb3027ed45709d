"""Sentences and the amounts of equipment they name, read by the shipped pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.extract import equipment
from kg.extract.equipment import lots
from kg.records import Frame, Mention, Term

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "lots.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def told(frame: Frame) -> list[str]:
    value = {role: frame.values(role)[0] for role, _ in frame.roles}
    kind = value["equipmentType"]
    assert isinstance(kind, Mention)
    assert kind.kind == "EquipmentType"
    name = kind.name if any(c.isupper() for c in kind.name) else kind.name.lower()
    found = [name.replace(" ", "#"), f"{value.get('lower', '')}..{value.get('upper', '')}"]
    if isinstance(operator := value.get("operator"), Mention):
        found.append("@" + operator.text.replace(" ", "#"))
    if isinstance(condition := value.get("condition"), Term):
        found.append("!" + condition.name)
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:50] for row in ROWS])
def test_sentence(language: Language, row: list[str]) -> None:
    found = [told(frame) for frame in lots(language(row[0]))]
    assert found == ([] if row[1:] == ["-"] else [cell.split() for cell in row[1:]])


def test_an_ordinary_word_counts_once_the_text_has_shown_what_it_means(language: Language) -> None:
    doc = language("The first Patriot battery arrived in May. A second Patriot followed in June.")
    assert len(lots(doc)) == 2


def test_anchors_are_unique_and_inside_the_evidence(language: Language) -> None:
    frames = lots(language(" ".join(row[0] for row in ROWS)))
    assert len({frame.anchor for frame in frames}) == len(frames) > 20
    assert all(frame.anchor.within(frame.evidence) for frame in frames)


def test_the_quick_look_at_a_first_word_leaves_no_name_out() -> None:
    types, names = equipment._catalogue()
    written = [form for one in types for form in (one, one.upper(), one.replace(" ", "-"))]
    for form in (*written, *(one + "s" for one in (*types, *names)), *names):
        first, _, rest = form.partition(" ")
        assert equipment._begins(first, bool(rest)), form
    assert not equipment._begins("soldiers", True)
