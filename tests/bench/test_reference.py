"""A figure that fell by more than a point is told; all else passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.quality.records import Figure, Measured
from bench.quality.reference import REFERENCE, changes, frozen, kept, losses, write
from bench.quality.sets import SETS

BEFORE = {"invented": {"LOC": {"gold": 1000, "value": 80.0}}}


def accuracy(right: int, gold: int = 1000, name: str = "LOC") -> Measured:
    return Measured((Figure(name, right=right, gold=gold),))


@pytest.mark.parametrize("right", [790, 795, 800, 1000])
def test_a_point_may_be_lost(right: int) -> None:
    assert list(losses("invented", accuracy(right), BEFORE)) == []


@pytest.mark.parametrize("right", [0, 700, 789])
def test_more_than_a_point_may_not(right: int) -> None:
    (line,) = losses("invented", accuracy(right), BEFORE)
    assert line.startswith(f"invented: LOC fell from 80.0 to {right / 10:.1f}")


def test_precision_may_be_traded_for_recall() -> None:
    now = Measured((Figure("LOC", right=800, gold=1000, found=1000),))
    before = {"invented": {"LOC": {"gold": 1000, "value": 80.0, "p": 90.0, "r": 72.0}}}
    assert list(losses("invented", now, before)) == []


def test_a_figure_that_is_gone_is_a_loss() -> None:
    (line,) = losses("invented", accuracy(1000, name="PER"), BEFORE)
    assert line == "invented: LOC is no longer measured (was 80.0)"


def test_another_gold_is_not_compared_but_told() -> None:
    now = accuracy(1, gold=900)
    assert list(losses("invented", now, BEFORE)) == []
    (line,) = changes("invented", now, BEFORE)
    assert "has 900 gold items, had 1000" in line


def test_a_set_without_a_reference_passes_and_is_told() -> None:
    assert list(losses("new", accuracy(1), BEFORE)) == []
    assert list(changes("new", accuracy(1), BEFORE)) == [
        "new has no reference yet; keep its figures with --freeze"
    ]


def test_freezing_keeps_the_sets_that_were_not_measured(tmp_path: Path) -> None:
    path = tmp_path / "reference.json"
    write(frozen({"new": accuracy(500)}, BEFORE), path)
    assert kept(path) == BEFORE | {"new": {"LOC": {"gold": 1000, "value": 50.0}}}
    assert path.read_text(encoding="utf-8").splitlines()[1:3] == [
        ' "invented": {',
        '  "LOC": {"gold": 1000, "value": 80.0}',
    ]


def test_the_committed_reference_is_of_sets_that_exist(tmp_path: Path) -> None:
    reference = kept()
    assert reference
    assert set(reference) <= {one.NAME for one in SETS}
    for one in SETS:
        named = {*one.HEADLINES, *one.GOALS, *one.PEERS}
        assert not reference.get(one.NAME) or named <= set(reference[one.NAME]), one.NAME
    write(reference, tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == REFERENCE.read_bytes()
