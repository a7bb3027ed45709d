"""A build on several tasks or workers is the build on one machine, whoever is killed."""

from __future__ import annotations

import gzip
import json
import os
import signal
import threading
import time
from pathlib import Path

import pytest

import kg
from kg import shards, spread, target
from kg.errors import SetupError
from kg.records import Document, Graph, Rejection

TEXT = """title: Day {day} in Velm
date: 2031-03-0{day}
publisher: Harbour Wire
url: https://harbourwire.example/{day}

Kestonian forces shelled the town of Velm on Monday, killing {day} people, Governor Oren said.
"""


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for day in range(1, 9):
        (folder / f"{day}.txt").write_text(TEXT.format(day=day), encoding="utf-8")
    (folder / "copy.txt").write_text(TEXT.format(day=3), encoding="utf-8")
    later = TEXT.format(day=4).replace("killing 4", "killing 44").replace("03-04", "03-09")
    (folder / "later.txt").write_text(later, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def local(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, kg.graph.Summary]:
    store = tmp_path_factory.mktemp("local") / "store"
    summary = kg.build(articles, store=store)
    return hashed(store), summary


def hashed(store: Path) -> str:
    with kg.Graph(store) as graph:
        return graph.canonical_hash()


@pytest.mark.slow
def test_tasks_make_the_bytes_of_one_build(
    articles: Path, local: tuple[str, kg.graph.Summary], tmp_path: Path
) -> None:
    folder, store = str(tmp_path / "shards"), tmp_path / "store"
    for index in (2, 0):
        spread.spread([articles], folder=folder, task=(index, 3))
    with pytest.raises(SetupError, match=r"1 of 3 tasks have not ended .*\(1\)"):
        spread.load(folder, store=store)
    assert not store.exists()
    spread.spread([articles], folder=folder, task=(1, 3))
    summary = spread.load(folder, store=store)
    assert hashed(store) == local[0]
    assert sorted(summary.articles) == sorted(set(local[1].articles))
    assert sorted(summary.rejections, key=str) == sorted(local[1].rejections, key=str)
    assert len(summary.copies) == len(local[1].copies) == 1
    # once more, into a store that has them all
    spread.load(folder, store=store)
    assert hashed(store) == local[0]


@pytest.mark.slow
def test_dask_workers_one_killed_lose_and_repeat_nothing(
    articles: Path,
    local: tuple[str, kg.graph.Summary],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    distributed = pytest.importorskip("distributed")
    folder, store = str(tmp_path / "shards"), tmp_path / "store"
    monkeypatch.setattr(shards.grouped, "__defaults__", (1,))
    options = {
        "n_workers": 2,
        "threads_per_worker": 1,
        "processes": True,
        "dashboard_address": None,
    }
    with distributed.LocalCluster(**options) as cluster:
        pids = [worker.pid for worker in cluster.workers.values()]

        def kill() -> None:
            while len(target.names(folder)) < 2:
                time.sleep(0.02)
            os.kill(pids[0], signal.SIGKILL)

        killer = threading.Thread(target=kill, daemon=True)
        killer.start()
        spread.spread([articles], folder=folder, scheduler=cluster.scheduler_address)
        killer.join(10)
        assert not killer.is_alive()
    spread.load(folder, store=store)
    assert hashed(store) == local[0]


def stand_in(document: Document | Rejection, **_: object) -> Graph | Rejection:
    """An article's graph without reading it, so that these tests need no language model."""
    if isinstance(document, Rejection):
        return document
    name = f"<{document.iri}>"
    return Graph(document.iri, (f'{name} <http://purl.org/dc/terms/title> "a\u2028b" {name} .',))


def test_what_is_there_is_not_done_again(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = str(tmp_path / "shards")
    done: list[str] = []

    def counted(document: Document | Rejection, **given: object) -> Graph | Rejection:
        done.append(document.origin)
        return stand_in(document, **given)

    monkeypatch.setattr("kg.pipeline.built", counted)
    monkeypatch.setattr(shards.grouped, "__defaults__", (4,))
    first = spread.spread([articles], folder=folder)
    count = len(done)
    before = {name: target.content(folder, name) for name in target.names(folder)}
    assert spread.spread([articles], folder=folder) == first
    assert len(done) == count
    torn = first[0].name
    (tmp_path / "shards" / f"{torn}.nq.gz").write_bytes(b"half")
    assert spread.spread([articles], folder=folder) == first
    assert len(done) == count + 4
    assert {name: target.content(folder, name) for name in target.names(folder)} == before
    graphs = list(shards.manifest(folder).graphs())
    assert len({graph.iri for graph in graphs}) == len(graphs) == 8
    assert all(len(graph.quads) == 1 for graph in graphs)


def test_a_missing_or_damaged_file_is_named(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "shards"
    monkeypatch.setattr("kg.pipeline.built", stand_in)
    (shard,) = spread.spread([articles], folder=str(folder))
    content = gzip.compress(b"other")
    (folder / f"{shard.name}.nq.gz").write_bytes(content)
    with pytest.raises(SetupError, match="damaged"):
        spread.load(str(folder), store=tmp_path / "store")
    (folder / f"{shard.name}.nq.gz").unlink()
    with pytest.raises(SetupError, match="missing"):
        spread.load(str(folder), store=tmp_path / "store")
    assert not (tmp_path / "store").exists()
    (folder / "task-0-of-7.json").write_text(json.dumps({"shards": [], "copies": []}))
    with pytest.raises(SetupError, match="out of 1 and out of 7"):
        spread.load(str(folder), store=tmp_path / "store")
    with pytest.raises(SetupError, match="has nothing that a task made; name the folder"):
        spread.load(str(tmp_path), store=tmp_path / "store")


@pytest.mark.parametrize("given", ["3/3", "1", "a/b", "-1/4", "0/0"])
def test_a_task_that_is_none(given: str) -> None:
    with pytest.raises(SetupError, match="write I/N"):
        spread.task(given)


def test_any_target_of_fsspec(tmp_path: Path) -> None:
    pytest.importorskip("fsspec")
    for folder in (str(tmp_path / "a"), f"file://{tmp_path}/b", "memory://shards-of-a-test"):
        assert target.names(folder) == ()
        assert target.content(folder, "x") is None
        if folder.startswith("file"):
            (tmp_path / "b").mkdir()
        for content in (b"1", b"2"):
            target.written(folder, "x", content)
        assert target.content(folder, "x") == b"2"
        assert target.names(folder) == ("x",)
    with pytest.raises(SetupError):
        target.names("nonsense://x")


def test_no_scheduler_is_told(articles: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    import kg.cluster

    kg.cluster._START = "1s"  # type: ignore[misc]
    with pytest.raises(SetupError, match="no Dask scheduler answers"):
        spread.spread([articles], folder=str(tmp_path), scheduler="tcp://127.0.0.1:9")
