"""A stored query answered piece by piece gives what the engine gives as a whole."""

from __future__ import annotations

import re
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest

from bench.speed.querying import graphs as made_up
from kg.errors import SetupError
from kg.rdf import ontology_graph
from kg.records import Graph
from kg.store import OxigraphStore, open_store, stored, stored_query
from kg.store.known import walk
from kg.store.walk import Astray, Terms, steps
from kg.vocab import PREFIXES
from tests.store.conftest import graphs

WALKED = [query.name for query in stored() if walk(query.sparql())]
PREFIXED = dict(PREFIXES)
GIVEN: list[dict[str, str]] = [
    {"speaker": "Actor 1"},
    {"place": "Town 3"},
    {"place": "merrin"},
    {"facility": "Plant 1"},
    {"kind": "polarity"},
    {"event": "Clash"},
    {"within": "40.5"},
]


@pytest.fixture(scope="module", params=["mini", "made-up war"])
def data(request: pytest.FixtureRequest) -> pyoxigraph.Store:
    parts = (*graphs(), ontology_graph()) if request.param == "mini" else made_up(12_000)
    union = pyoxigraph.DefaultGraph()
    made = pyoxigraph.Store()
    for graph in parts:
        for quad in pyoxigraph.parse("\n".join(graph.quads), format=pyoxigraph.RdfFormat.N_QUADS):
            made.add(pyoxigraph.Quad(quad.subject, quad.predicate, quad.object, union))
    return made


def asking(data: pyoxigraph.Store) -> Any:
    return lambda text: data.query(text, prefixes=PREFIXED)


def whole(data: pyoxigraph.Store, text: str) -> list[Terms]:
    return [tuple(row) for row in asking(data)(text)]


def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pieces of a few nodes, so that little data has many of them."""
    for name, size in (("_FEW", 1), ("_SOME", 2), ("_MANY", 7)):
        monkeypatch.setattr(f"kg.store.walk.{name}", size)


@pytest.mark.parametrize("name", WALKED)
def test_the_pieces_are_the_answer(
    data: pyoxigraph.Store, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch)
    query = stored_query(name)
    names = {one.name for one in query.parameters}
    for values in ({}, *(some for some in GIVEN if some.keys() <= names)):
        text = query.sparql(**values)
        walked = walk(text)
        if walked is not None:
            found = list(walked.rows(asking(data)))
            assert found == whole(data, text), values
            assert list(islice(walked.rows(asking(data)), 3)) == found[:3]


def test_the_made_up_war_answers_every_stored_query() -> None:
    store = OxigraphStore()
    store.fill(made_up(12_000))
    empty = [one.name for one in stored() if not store.query(one.sparql()).rows]
    assert empty == []


def test_every_order_is_total() -> None:
    for query in stored():
        if "GROUP BY" in query.text:
            continue  # ordered by what it is grouped by
        asked: Any = pyoxigraph.Store().query(query.sparql(), prefixes=PREFIXED)
        columns = {str(variable) for variable in asked.variables}
        order = query.text.rpartition("ORDER BY")[2]
        assert columns - set(re.findall(r"\?\w+", order)) == set(), query.name


def test_which_texts_are_walked() -> None:
    text = stored_query("said-by-speaker").sparql(speaker='a "b"')
    walked = walk(text)
    assert walked is not None
    assert '"a \\"b\\""' in walked.steps[0].pattern
    assert walk("# mine\n" + text.replace("\n", "\r\n  ")) is not None
    for other in (
        text + " LIMIT 5",
        text.replace("ck:Claim", "ck:Event"),
        text.replace("DISTINCT ", ""),
        text.replace('"a \\"b\\""', "?x", 1),
        text.replace('"a \\"b\\""', '"c"', 1) if text.count('"a \\"b\\""') > 1 else "ASK {}",
        "SELECT ?x { ?x a ck:Claim }",
    ):
        assert walk(other) is None
    assert walk(stored_query("evidence-of-event").sparql()) is not None
    assert walk(stored_query("evidence-of-event").sparql(event="Clash")) is None
    assert walk(stored_query("events-near-facility").sparql(within="-1.5")) is not None


def test_where_nodes_do_not_keep_rows_apart_the_whole_is_asked() -> None:
    node = "https://w3id.org/conflict-kg/id/article/one-000000000001"
    ck, dc = "https://w3id.org/conflict-kg/ontology#", "http://purl.org/dc/terms/"
    is_a = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    lines = [
        f"<{node}> <{is_a}> <{ck}Article> <{node}> .",
        f'<{node}> <{dc}title> "One" <{node}> .',
        f'<{node}> <{dc}issued> "2031-01-01" <{node}> .',
        f'<{node}> <{dc}issued> "2031-01-02" <{node}> .',
    ]
    store = OxigraphStore()
    store.replace(Graph(node, tuple(lines)))
    text = stored_query("articles").sparql()
    walked = walk(text)
    assert walked is not None
    with pytest.raises(Astray):
        list(walked.rows(asking(store._store)))
    for most in (None, 5):
        found = store.query(text, most=most).table
        assert [row[0] for row in found.rows] == ["2031-01-01", "2031-01-02"]


def test_the_first_rows_within_a_time_limit_and_of_no_row_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small(monkeypatch)
    with open_store(tmp_path / "store", create=True) as store:
        for graph in (*graphs(), ontology_graph()):
            store.replace(graph)
        text = stored_query("said-by-speaker").sparql()
        every = store.query(text)
        for most in (0, 1, 5, len(every.rows), 1000):
            assert store.query(text, most=most).rows == every.rows[:most]
        assert store.query(text, most=5, timeout=20).rows == every.rows[:5]
        nothing = store.query(stored_query("said-by-speaker").sparql(speaker="-"), most=5)
        assert (nothing.columns, nothing.rows) == (every.columns, ())


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("# walk: ?x { ?x a ck:Claim }\n", "write # walk"),
        ("# walk: ?x by ?k { ?x a ?k }\n# walk: ?y by ?k { ?y a ?k }\n", "drops"),
    ],
)
def test_a_step_at_fault_is_named(text: str, words: str) -> None:
    with pytest.raises(SetupError, match=words):
        steps(text, "broken.rq")
