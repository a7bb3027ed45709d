"""Sentences and the figures they give, read by the shipped pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.equipment import lots
from kg.extract.events import events
from kg.extract.figures import figures
from kg.records import Frame, Mention, Term

ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "figures.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def read(doc: Doc) -> tuple[Frame, ...]:
    return figures(doc, events(doc, lots(doc)))


def told(frame: Frame) -> set[str]:
    """What a frame says in the notation of the table."""
    value = {role: frame.values(role)[0] for role, _ in frame.roles}
    found = {
        frame.kind,
        f"{value.get('lower', '')}..{value.get('upper', '')}",
        f"={value.get('unit')}",
    }
    if isinstance(outcome := value.get("outcome"), Term):
        found.add(outcome.name)
    if isinstance(event := value.get("event"), Frame):
        found.add(f"@{event.kind}")
    if isinstance(population := value.get("population"), Mention):
        found.add(f"~{population.text}")
    if isinstance(whole := value.get("partOfFigure"), Frame):
        found.add(f"<{whole.values('figureText')[0]}")
    return found


@pytest.mark.parametrize("row", ROWS, ids=[row[0][:50] for row in ROWS])
def test_sentence(language: Language, row: list[str]) -> None:
    found = read(language(row[0]))
    cells = [] if row[1:] == ["-"] else row[1:]
    assert len(found) == len(cells), [told(frame) for frame in found]
    for frame, cell in zip(found, cells, strict=True):
        wanted = {word.replace("#", " ") for word in cell.split()}
        assert wanted <= told(frame)
        if not any(word.startswith("~") for word in wanted):
            assert not frame.values("population") or frame.kind != "CasualtyFigure"
        if not any(word.startswith("<") for word in wanted):
            assert not frame.values("partOfFigure")


def test_both_ends_of_a_distance(language: Language) -> None:
    doc = language(
        "Footage showed the shelling of Tarnok, the town around the Vesna nuclear power plant,"
        " some 25 miles from the Marovian incursion."
    )
    (frame,) = (f for f in read(doc) if f.kind == "DistanceFigure")
    ends = {role: value for role, value in frame.roles if role in ("facility", "place", "event")}
    assert isinstance(plant := ends["facility"], Mention)
    assert plant.kind == "NuclearPowerPlant"
    assert isinstance(town := ends["place"], Mention)
    assert town.text == "Tarnok"
    assert isinstance(raid := ends["event"], Frame)
    assert raid.kind == "Incursion"


def test_a_part_may_stand_in_the_next_sentence(language: Language) -> None:
    doc = language("Thirty people were injured in the raid. Five of them are children.")
    whole, part = read(doc)
    assert part.values("partOfFigure") == (whole,)
    assert part.values("outcome") == (Term("Wounded"),)


def test_figures_are_anchored_in_the_text(language: Language) -> None:
    text = (
        "Тарнок – 💥 at least 20 people were killed,\r\nincluding six children;"
        " 3 tanks were destroyed 5 km away."
    )
    for frame in read(language(text)):
        (said,) = frame.values("figureText")
        assert text[frame.anchor.start : frame.anchor.end] == said
        assert frame.anchor.within(frame.evidence)


def test_no_two_figures_share_kind_and_anchor(language: Language) -> None:
    text = " ".join(row[0] for row in ROWS)
    keys = [frame.key for frame in read(language(text))]
    assert len(keys) == len(set(keys))
