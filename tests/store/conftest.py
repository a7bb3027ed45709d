"""The three articles of `mini.trig` in every kind of store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph
import pytest

from kg.rdf import ontology_graph
from kg.records import Graph
from kg.store import MemoryStore, OxigraphStore, Store, open_store
from tests.store.servers import TOKEN, emptied, kg_server, oxigraph_server

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


@pytest.fixture(scope="session")
def oxigraph_address() -> Iterator[str]:
    """A server for tests that begin with an empty store."""
    with oxigraph_server() as address:
        yield address


@pytest.fixture(scope="session")
def kg_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server of ours for tests that begin with an empty store."""
    with kg_server(tmp_path_factory.mktemp("served") / "store") as address:
        yield address


REMOTE = ("oxigraph server", "kg serve")


@pytest.fixture(params=[*STORES, *REMOTE])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty store of each kind."""
    if request.param == "oxigraph server":
        made: Store = emptied(request.getfixturevalue("oxigraph_address"))
    elif request.param == "kg serve":
        made = emptied(request.getfixturevalue("kg_address"), KG_STORE_TOKEN=TOKEN)
    else:
        made = STORES[request.param](tmp_path)
    with made:
        yield made


@contextmanager
def _fresh(name: str, folder: Path) -> Iterator[Store]:
    if name == "oxigraph server":
        with oxigraph_server() as address, emptied(address) as made:
            yield made
    elif name == "kg serve":
        with (
            kg_server(folder / "served") as address,
            emptied(address, KG_STORE_TOKEN=TOKEN) as made,
        ):
            yield made
    else:
        with STORES[name](folder) as made:
            yield made


@pytest.fixture(scope="module", params=[*STORES, *REMOTE])
def full(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    mini: tuple[Graph, ...],
) -> Iterator[Store]:
    """A store of each kind with the three articles and the ontology; not to be changed."""
    with _fresh(request.param, tmp_path_factory.mktemp("full")) as made:
        for graph in (*mini, ontology_graph()):
            made.replace(graph)
        yield made
