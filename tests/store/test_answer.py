"""The formats of answers."""

from __future__ import annotations

import json

import pyoxigraph
import pytest

from kg.errors import QueryError
from kg.store import Answer, Cell, Store

ROWS = Answer(
    "select",
    ("who", "n"),
    (
        (Cell("https://w3id.org/conflict-kg/id/actor/nato", "uri"), None),
        (Cell('a "b", c\nd', "literal", language="en"), Cell("4", "literal", "http://x.example/i")),
    ),
)


def test_table() -> None:
    assert ROWS.serialized("table") == (
        'who            n\n-------------  -\nid:actor/nato\na "b", c d     4\n'
    )
    assert Answer("select", ("x",)).serialized("table") == "no rows\n"


def test_csv_and_tsv() -> None:
    assert ROWS.serialized("csv") == (
        'who,n\r\nhttps://w3id.org/conflict-kg/id/actor/nato,\r\n"a ""b"", c\nd",4\r\n'
    )
    assert ROWS.serialized("tsv") == (
        "?who\t?n\n<https://w3id.org/conflict-kg/id/actor/nato>\t\n"
        '"a \\"b\\", c\\nd"@en\t"4"^^<http://x.example/i>\n'
    )


def test_json_is_read_by_another_program() -> None:
    found = pyoxigraph.parse_query_results(
        ROWS.serialized("json"), format=pyoxigraph.QueryResultsFormat.JSON
    )
    assert isinstance(found, pyoxigraph.QuerySolutions)
    first, second = found
    assert first["n"] is None
    assert str(second["who"]) == '"a \\"b\\", c\\nd"@en'
    assert json.loads(Answer("ask", truth=True).serialized("json"))["boolean"] is True


def test_triples(full: Store) -> None:
    found = full.query("CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a ck:State ; rdfs:label ?l }")
    assert found.serialized("nt").count("\n") == 2
    turtle = found.serialized("ttl")
    assert 'rdfs:label "Kestonia"' in turtle
    assert len(list(pyoxigraph.parse(turtle, format=pyoxigraph.RdfFormat.TURTLE))) == 2
    assert len(
        list(pyoxigraph.parse(found.serialized("json"), format=pyoxigraph.RdfFormat.JSON_LD))
    )
    assert found.table.rows[0][2] == "Kestonia"
    assert "Kestonia" in found.serialized("csv")
    assert "Kestonia" in found.serialized("tsv")


def test_a_format_that_does_not_fit_is_refused() -> None:
    with pytest.raises(QueryError, match="needs CONSTRUCT"):
        ROWS.serialized("ttl")
    with pytest.raises(QueryError, match="no format"):
        ROWS.serialized("xlsx")
