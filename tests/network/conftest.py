"""Datasets for the network tests: the shared fixture, or a few facts written in the test itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pyoxigraph
import pytest

from kg.network.things import Select
from kg.records import Graph
from kg.store import OxigraphStore

MINI = Path(__file__).parents[1] / "fixtures" / "mini.trig"
PREFIXES = """
@prefix ck: <https://w3id.org/conflict-kg/ontology#> .
@prefix id: <https://w3id.org/conflict-kg/id/> .
@prefix a: <https://w3id.org/conflict-kg/id/article/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix geo: <http://www.opengis.net/ont/geosparql#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def stored(trig: str, *, without: tuple[str, ...] = ()) -> OxigraphStore:
    """A store in memory with the graphs of a TriG text, some left out by the end of their name."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for quad in pyoxigraph.parse(trig, format=pyoxigraph.RdfFormat.TRIG):
        lines[quad.graph_name.value].append(f"{quad} .")
    store = OxigraphStore()
    for name, quads in sorted(lines.items()):
        if not name.endswith(without or ("//",)):
            store.replace(Graph(name, tuple(sorted(quads))))
    return store


@pytest.fixture(scope="session")
def mini() -> Select:
    """The three shared articles with their reference data, nothing computed yet."""
    text = MINI.read_text(encoding="utf-8")
    return stored(text, without=("graph/identity", "graph/derived")).select


@pytest.fixture
def dataset() -> Callable[[str], Select]:
    """Makes a dataset from graphs in TriG, with the usual prefixes."""
    return lambda trig: stored(PREFIXES + trig).select
