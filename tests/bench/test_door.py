"""The one door: sets are run, skipped, compared and kept, and no text enters the repository."""

from __future__ import annotations

import doctest
import importlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bench.quality.__main__ import main
from bench.quality.records import Error, Figure, Measured, absent
from bench.quality.report import ROOT, matrix, outside
from bench.quality.sets import SETS

SECRET = "words that only the benchmark has"
MODULES = sorted(path.stem for path in (ROOT / "bench" / "quality").glob("*.py"))


@dataclass(frozen=True)
class Invented:
    """A set whose figure and data are whatever the test wants."""

    NAME: str = "invented"
    TITLE: str = "what is measured: an invented set"
    HEADLINES: tuple[str, ...] = ("all",)
    GOALS: Mapping[str, float] = field(default_factory=lambda: {"all": 75.0})
    PEERS: Mapping[str, str] = field(default_factory=lambda: {"all": "somebody 60"})
    right: int = 80
    needs: tuple[str, ...] = ()

    def missing(self, data: Path) -> str:
        return absent(data, *self.needs)

    def measure(self, data: Path) -> Measured:
        figure = Figure("all", right=self.right, gold=100, found=100)
        return Measured((figure,), (Error("missed LOC", SECRET),), (("LOC", "–", 1),))


def run(tmp_path: Path, one: Invented, *more: str) -> int:
    places = ("--reference", str(tmp_path / "reference.json"), "--out", str(tmp_path / "out"))
    return main([*places, "--data", str(tmp_path), *more], sets=(one,))


def test_a_loss_makes_the_exit_code_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, Invented(), "--freeze") == 0
    assert run(tmp_path, Invented(right=79)) == 0
    assert "no figure lost more than 1 point" in capsys.readouterr().out
    assert run(tmp_path, Invented(right=78)) == 1
    assert "invented: all fell from 80.0 to 78.0" in capsys.readouterr().out


def test_missing_data_are_skipped_and_said_to_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, Invented(), "--freeze") == 0
    assert run(tmp_path, Invented(right=0, needs=("dev/nothing",))) == 0
    assert f"skipped: no dev/nothing below {tmp_path}" in capsys.readouterr().out


def test_figures_stand_beside_goal_and_peers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, Invented(), "--table")
    printed = capsys.readouterr().out
    assert "75.0" in printed
    assert (
        "| what is measured: an invented set | all (100) | 80.0 | 80.0 | **80.0** | ≥ 75.0 "
        "| somebody 60 | `bench.quality invented` |"
    ) in printed


def test_texts_go_to_the_folder_and_only_figures_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(tmp_path, Invented(), "--freeze")
    assert SECRET in (tmp_path / "out" / "invented.txt").read_text(encoding="utf-8")
    assert SECRET in (tmp_path / "out" / "invented.tsv").read_text(encoding="utf-8")
    assert SECRET not in (tmp_path / "reference.json").read_text(encoding="utf-8")
    assert SECRET not in capsys.readouterr().out
    assert json.loads((tmp_path / "reference.json").read_text(encoding="utf-8")) == {
        "invented": {"all": {"found": 100, "gold": 100, "p": 80.0, "r": 80.0, "value": 80.0}}
    }


@pytest.mark.parametrize("inside", [ROOT, ROOT / "bench" / "errors"])
def test_the_repository_is_refused(inside: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(ValueError, match="outside of it"):
        outside(inside)
    with pytest.raises(SystemExit):
        main(["--out", str(inside)], sets=())
    assert "lies in the repository" in capsys.readouterr().err


def test_an_unknown_set_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["re3b"])
    assert "no set re3b; there are trees, newswire" in capsys.readouterr().err


def test_another_model_is_not_kept(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--freeze", "--model", "folder"])
    assert "leave out --model" in capsys.readouterr().err


def test_confusions_are_a_table_with_the_missed_last() -> None:
    lines = list(matrix([("ORG", "–", 2), ("LOC", "LOC", 1), ("LOC", "ORG", 3)]))
    assert [line.split() for line in lines] == [
        ["LOC", "ORG", "–"],
        ["LOC", "1", "3", "."],
        ["ORG", ".", ".", "2"],
    ]


def test_sets_have_names_of_their_own() -> None:
    assert len({one.NAME for one in SETS}) == len(SETS)


@pytest.mark.parametrize("one", SETS, ids=lambda one: one.NAME)
def test_a_set_says_what_it_lacks(one: Invented, tmp_path: Path) -> None:
    assert set(one.HEADLINES)
    if one.NAME not in ("own", "seeds", "actuality", "dates", "speakers", "events", "disputes"):
        assert one.missing(tmp_path).startswith("no ")


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_the_docs_are_true(name: str) -> None:
    assert doctest.testmod(importlib.import_module(f"bench.quality.{name}")).failed == 0
