"""Stores that cannot be opened say why and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import SetupError
from kg.records import Graph
from kg.store import open_store

GRAPH = "https://w3id.org/conflict-kg/id/article/a-000000000000"
LINE = f'<{GRAPH}> <http://purl.org/dc/terms/title> "A" <{GRAPH}> .'


def test_what_was_written_is_there_after_reopening(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", create=True) as store:
        store.replace(Graph(GRAPH, (LINE,)))
    with open_store(tmp_path / "s", read_only=True) as store:
        assert [*store.quads()] == [LINE]
        with pytest.raises(SetupError, match="reading only"):
            store.replace(Graph(GRAPH, ()))
        with pytest.raises(SetupError, match="reading only"):
            store.drop(GRAPH)
    with open_store(tmp_path / "s") as store:
        assert store.query("SELECT ?t { ?x dcterms:title ?t }").table.rows == (("A",),)


def test_a_closed_store_says_so(tmp_path: Path) -> None:
    store = open_store(tmp_path / "s", create=True)
    store.close()
    with pytest.raises(SetupError, match="closed"):
        store.graphs()


def test_a_second_writer_is_told_and_a_reader_is_not_disturbed(tmp_path: Path) -> None:
    with open_store(tmp_path / "s", create=True) as writer:
        writer.replace(Graph(GRAPH, (LINE,)))
        with pytest.raises(SetupError, match="being written by another process"):
            open_store(tmp_path / "s")
        with open_store(tmp_path / "s", read_only=True) as reader:
            assert reader.graphs() == (GRAPH,)


@pytest.mark.parametrize("read_only", [True, False])
def test_no_store(tmp_path: Path, read_only: bool) -> None:
    with pytest.raises(SetupError, match=r"no store in .*kg build"):
        open_store(tmp_path / "s", read_only=read_only)
    assert not (tmp_path / "s").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all", encoding="utf-8")
    with pytest.raises(SetupError, match="not a store"):
        open_store(tmp_path, create=True)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_no_store(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear all", encoding="utf-8")
    with pytest.raises(SetupError, match="is a file"):
        open_store(tmp_path / "letter.txt", create=True)


@pytest.mark.parametrize(
    ("manifest", "words"),
    [
        (json.dumps({"format": 99, "made_by": "conflict-kg 9.0"}), "format 99.*conflict-kg 9.0"),
        ("{", "cannot be read"),
        ("[]", "cannot be read"),
        (json.dumps({"format": 1}), "data is missing"),
    ],
)
def test_a_store_of_another_version_or_damaged(tmp_path: Path, manifest: str, words: str) -> None:
    (tmp_path / "kg-store.json").write_text(manifest, encoding="utf-8")
    with pytest.raises(SetupError, match=words):
        open_store(tmp_path)
