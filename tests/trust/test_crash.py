"""Killed builds, a disk that takes nothing, a folder without rights, and two writers at once.

`python -m bench.crash` kills a hundred builds; here it is a handful.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import kg
from bench.crash import Undisturbed, survived, undisturbed, writer
from kg import pipeline
from kg.errors import SetupError
from kg.store import changing, open_store
from kg.store.opening import UNFINISHED
from tests.trust.conftest import ROOT, SEEDS

PATHS = sorted(SEEDS.glob("0[1-4]-*.txt"))


@pytest.fixture(scope="module")
def truth(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return undisturbed(tmp_path_factory.mktemp("crash"), PATHS)


def state(store: Path) -> str:
    with kg.Graph(store) as graph:
        return graph.canonical_hash()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 3])
def test_a_killed_build_leaves_whole_articles_and_is_done_again(
    truth: Undisturbed, tmp_path: Path, seed: int
) -> None:
    survived(tmp_path / "store", truth, random.Random(seed))


def test_a_store_that_was_never_made_whole_is_made(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    folder.mkdir()
    (folder / "kg-store.json.new").write_text("{", encoding="utf-8")
    with pytest.raises(SetupError, match="no store in"):
        open_store(folder, read_only=True)
    open_store(folder, create=True).close()
    open_store(folder, read_only=True).close()
    assert sorted(path.name for path in folder.iterdir()) == ["data", "kg-store.json"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    with pytest.raises(SetupError, match="is not a store"):
        open_store(tmp_path, create=True)
    assert not list((tmp_path / "data").iterdir())


def test_a_change_that_did_not_end_is_said(
    truth: Undisturbed, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = shutil.copytree(truth.cache.parent / "undisturbed", tmp_path / "store")

    def change(*, write: bool) -> None:
        with open_store(store) as opened, changing(store):
            if write:
                opened.drop(next(iter(truth.graphs)))
            raise KeyError("power")

    with pytest.raises(KeyError):
        change(write=False)
    assert not (store / UNFINISHED).exists(), "nothing was changed"
    with pytest.raises(KeyError):
        change(write=True)
    assert state(store) != truth.hash
    assert "a change did not end" in caplog.text
    put(truth, store)
    caplog.clear()
    assert state(store) == truth.hash
    assert not caplog.text


def put(truth: Undisturbed, store: Path, number: int = 100) -> str:
    """Builds so many of the dispatches into a store, in this process; its hash."""
    with open_store(store, create=True) as opened, changing(store):
        for graph in list(truth.graphs.values())[:number]:
            pipeline.put(opened, graph)
        pipeline.refresh(opened)
        return opened.canonical_hash()


def run(*words: object, **options: Any) -> subprocess.CompletedProcess[str]:
    """A command in a process of its own."""
    command = [str(word) for word in words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, **options)


@pytest.mark.slow
@pytest.mark.parametrize("limit", [30_000, 300_000], ids=["at the start", "half-way"])
def test_a_full_disk(truth: Undisturbed, tmp_path: Path, limit: int) -> None:
    """No file grows over a limit."""
    store = tmp_path / "store"
    before = put(truth, store, 1)
    process = writer(truth.cache, store, truth.paths, limit)
    process.start()
    process.join()
    assert process.exitcode == 2
    said = (tmp_path / "said.txt").read_text(encoding="utf-8")
    assert "cannot be written" in said or "cannot write to" in said
    assert "make room on the disk" in said
    assert state(store) == before
    assert put(truth, store) == truth.hash


def powerless() -> list[str] | None:
    """What makes a command obey the rights of files; None where root cannot do without them."""
    if os.geteuid() != 0:
        return []
    unshare = shutil.which("unshare")
    prefix = [unshare or "", "--user"]
    tried = unshare and subprocess.run([*prefix, "true"], capture_output=True).returncode == 0
    return prefix if tried else None


@pytest.mark.skipif(powerless() is None, reason="root may write anywhere, and unshare is missing")
def test_a_folder_that_is_read_only(truth: Undisturbed, tmp_path: Path) -> None:
    store = tmp_path / "store"
    before = put(truth, store, 1)
    command = [*(powerless() or []), sys.executable, "-m", "kg"]

    def locked(locks: bool) -> None:
        for path in (store, *store.rglob("*")):
            path.chmod((0o555 if locks else 0o755) if path.is_dir() else 0o444 if locks else 0o644)

    locked(True)
    try:
        refused = run(*command, "retract", "kursk", "--store", store)
        asked = run(*command, "info", "--hash", "--store", store)
        below = run(*command, "build", truth.paths[0], "--store", store / "below")
    finally:
        locked(False)
    assert refused.returncode == below.returncode == 2
    assert "mend its rights" in refused.stderr
    assert "cannot make a store" in below.stderr
    assert "or name another with --store" in below.stderr
    assert (asked.stdout.strip(), asked.returncode) == (before, 0)


def test_the_second_of_two_writers_is_told(truth: Undisturbed, tmp_path: Path) -> None:
    store = tmp_path / "store"
    before = put(truth, store, 1)
    with open_store(store):
        second = run(sys.executable, "-m", "kg", "build", *truth.paths, "--store", store)
        assert second.returncode == 2
        assert "is being written by another process; wait until it ends" in second.stderr
        assert state(store) == before
    assert put(truth, store) == truth.hash
