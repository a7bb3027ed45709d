"""The dispatches of `seeds/` read once, and stores made of graphs that were read already."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from kg import pipeline, read
from kg.records import Graph
from kg.store import OxigraphStore

collect_ignore = ["silence"]  # imported, it would forbid sockets to the tests themselves

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "seeds"


@pytest.fixture(scope="session")
def dispatches() -> tuple[Graph, ...]:
    """The graphs of six dispatches, two of each war: disputes, echoes and shared names."""
    chosen = [str(SEEDS / f"{name}.txt") for name in DISPATCHES]
    graphs = tuple(pipeline.built(document) for document in read.documents(chosen))
    assert all(isinstance(graph, Graph) for graph in graphs), graphs
    return tuple(graph for graph in graphs if isinstance(graph, Graph))


DISPATCHES = (
    "01-kursk-officials",
    "03-kursk-plant",
    "04-velm-day1-wire",
    "05-velm-day2-ministry",
    "07-talassa-interview",
    "08-talassa-liveblog",
)

Made = Callable[[Iterable[Graph]], OxigraphStore]


@pytest.fixture(scope="session")
def made() -> Made:
    """Makes a store in memory of articles, put in one after another, with all that follows."""

    def store(graphs: Iterable[Graph]) -> OxigraphStore:
        whole = OxigraphStore()
        for graph in graphs:
            pipeline.put(whole, graph)
        pipeline.refresh(whole)
        return whole

    return store


def cases(number: int) -> int:
    """How many examples a property is tried on: a few, or KG_CASES times as many."""
    return number * int(os.environ.get("KG_CASES", "1"))
