"""The three articles of `mini.trig` in every kind of store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest

from kg.rdf import ontology_graph
from kg.records import Graph
from kg.store import MemoryStore, OxigraphStore, Store, open_store

MINI = Path(__file__).parents[1] / "fixtures" / "mini.trig"

Make = Callable[[Path], Store]

STORES: dict[str, Make] = {
    "on disk": lambda folder: open_store(folder / "store", create=True),
    "oxigraph in memory": lambda _: OxigraphStore(),
    "rdflib": lambda _: MemoryStore(),
}


def graphs() -> tuple[Graph, ...]:
    """The named graphs of `mini.trig`, by name."""
    found: dict[str, list[str]] = {}
    for quad in pyoxigraph.parse(path=str(MINI)):
        assert isinstance(quad.graph_name, pyoxigraph.NamedNode)
        found.setdefault(quad.graph_name.value, []).append(f"{quad} .")
    return tuple(Graph(iri, tuple(sorted(set(found[iri])))) for iri in sorted(found))


@pytest.fixture(scope="session")
def mini() -> tuple[Graph, ...]:
    return graphs()


@pytest.fixture(params=list(STORES))
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    with STORES[request.param](tmp_path) as made:
        yield made


@pytest.fixture(scope="module", params=list(STORES))
def full(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    mini: tuple[Graph, ...],
) -> Iterator[Store]:
    """A store of each kind with the three articles and the ontology; not to be changed."""
    with STORES[request.param](tmp_path_factory.mktemp("full")) as made:
        for graph in (*mini, ontology_graph()):
            made.replace(graph)
        yield made
