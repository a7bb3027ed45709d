"""What is read out of the nine seed dispatches against lists of facts made by hand.

A list is `tests/golden/<seed>/facts.tsv`; its columns are told in `bench/quality/facts.py`.
A new case is a new row, or a new folder with a dispatch of that name in `seeds/`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.quality.facts import Verdict, read, rows, verdict

ROOT = Path(__file__).parents[1]
NAMES = sorted(path.stem for path in (ROOT / "seeds").glob("*.txt"))

FLOOR = 0.69
"""Measured recall over all nine lists, less two points: raise it when recall rises."""


@pytest.fixture(scope="module")
def verdicts() -> dict[str, tuple[Verdict, ...]]:
    """Every row of every list, judged."""
    judged = {}
    for name in NAMES:
        reading = read(ROOT / "seeds" / f"{name}.txt")
        listed = rows(ROOT / "tests" / "golden" / name / "facts.tsv", reading.document.text)
        judged[name] = tuple(verdict(row, reading) for row in listed)
    return judged


def test_every_dispatch_has_a_list() -> None:
    lists = sorted(path.parent.name for path in (ROOT / "tests" / "golden").glob("*/facts.tsv"))
    assert lists == NAMES
    assert len(NAMES) >= 9


def test_recall_does_not_fall(verdicts: dict[str, tuple[Verdict, ...]]) -> None:
    wanted = [one for found in verdicts.values() for one in found if one.row.verdict == "right"]
    right = sum(one.right for one in wanted)
    missed = "\n".join(
        f"{name}: {one.row.family} {one.row.note or one.row.kinds} lacks {one.lacks or 'all'}"
        for name, found in verdicts.items()
        for one in found
        if one.row.verdict == "right" and not one.right
    )
    assert right / len(wanted) >= FLOOR, f"{right} of {len(wanted)} facts; without:\n{missed}"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_known_to_be_wrong_is_read(
    name: str, verdicts: dict[str, tuple[Verdict, ...]]
) -> None:
    wrong = [one for one in verdicts[name] if one.row.verdict == "wrong"]
    assert [one.row.note for one in wrong if one.right] == []
