"""Changes that leave the computed graphs for later: nothing untrue is seen, nothing is lost."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import Mock

import pytest

from kg import pipeline
from kg.graph import Graph, refresh
from kg.records import Graph as ArticleGraph
from kg.store import changing, embedded, open_store
from kg.store.opening import UNFINISHED
from kg.vocab import DERIVED
from tests.store.conftest import graphs


@pytest.fixture
def store(tmp_path: Path) -> Path:
    folder = tmp_path / "store"
    with open_store(folder, create=True) as opened, changing(folder):
        for graph in graphs():
            if "/article/" in graph.iri:
                pipeline.put(opened, graph)
        pipeline.refresh(opened)
    return folder


def test_later_and_refresh_give_what_a_build_gives(store: Path) -> None:
    with Graph(store) as graph:
        whole, iri = graph.canonical_hash(), graph.articles()[0].iri
        with open_store(store, read_only=True) as opened:
            taken = ArticleGraph(iri, tuple(opened.quads(iri)))
        graph.retract([iri])
        without = graph.canonical_hash()
    assert whole != without
    with open_store(store) as opened, changing(store, later=True):
        pipeline.put(opened, taken)
        pipeline.forget(opened)
    assert (store / UNFINISHED).exists()
    with open_store(store, read_only=True) as opened:
        assert str(DERIVED) not in opened.graphs(), "what is no longer true is not seen"
    refresh(store)
    assert not (store / UNFINISHED).exists()
    with Graph(store) as graph:
        assert graph.canonical_hash() == whole
        graph.retract([iri], later=True)
    assert (store / UNFINISHED).exists()
    refresh(store)
    with Graph(store) as graph:
        assert graph.canonical_hash() == without


def test_only_what_differs_is_written(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A refresh of what is up to date writes nothing; one line that is gone is put back alone."""
    with open_store(store) as opened:
        whole, lines = opened.canonical_hash(), tuple(opened.quads(str(DERIVED)))
        watched = Mock(wraps=opened._open)
        monkeypatch.setattr(opened, "_open", watched)
        pipeline.refresh(opened)
        assert not watched.update.called
        assert not watched.extend.called
        opened.replace(ArticleGraph(str(DERIVED), lines[1:]))
        assert opened.canonical_hash() != whole
        pipeline.refresh(opened)
        assert opened.canonical_hash() == whole
        assert watched.update.call_count == watched.extend.call_count == 1


def test_many_graphs_fill_a_store_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def filled(name: str, at_once: int) -> str:
        monkeypatch.setattr(embedded, "_AT_ONCE", at_once)
        with open_store(tmp_path / name, create=True) as opened:
            opened.fill(graphs())
            assert opened.counts().articles == sum("/article/" in one.iri for one in graphs())
            return opened.canonical_hash()

    assert filled("whole", 500) == filled("parts", 1)
