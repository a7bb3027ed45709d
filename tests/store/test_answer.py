"""The formats of answers."""

from __future__ import annotations

import io
import json

import pyoxigraph
import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql.results.xmlresults import XMLResultParser

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


def test_xml_is_read_by_another_program() -> None:
    found = XMLResultParser().parse(io.BytesIO(ROWS.serialized("xml").encode()))
    first, second = found.bindings
    assert [str(name) for name in found.vars] == ["who", "n"]
    assert list(first) == [rdflib.Variable("who")]
    assert second[rdflib.Variable("who")] == rdflib.Literal('a "b", c\nd', lang="en")
    assert str(second[rdflib.Variable("n")].datatype) == "http://x.example/i"
    no = XMLResultParser().parse(io.BytesIO(Answer("ask").serialized("xml").encode()))
    assert no.askAnswer is False


@given(st.text(st.characters(codec="utf-8"), max_size=20))
def test_any_text_is_well_formed_xml(text: str) -> None:
    answer = Answer("select", ("x",), ((Cell(text, "literal"),),))
    found = XMLResultParser().parse(io.BytesIO(answer.serialized("xml").encode()))
    kept = "".join(
        char if char in "\t\n\r" or (char >= " " and char not in "\ufffe\uffff") else "\ufffd"
        for char in text
    )
    assert str(found.bindings[0][rdflib.Variable("x")]) == kept


@pytest.mark.parametrize(
    ("form", "reader"), [("xml", "xml"), ("nq", "nquads"), ("trig", "trig"), ("json", "json-ld")]
)
def test_triples_are_read_by_another_program(form: str, reader: str) -> None:
    answer = Answer("construct", triples=('<urn:a> <urn:x:b> "c"@en .',))
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=answer.serialized(form), format=reader)
    assert [*graph.objects()] == [rdflib.Literal("c", lang="en")]


@pytest.mark.parametrize(
    "triple", ['<urn:a> <urn:b/> "c" .', '<urn:a> <urn:b#1> "c" .', '<urn:a> <urn:b> "\\u0001" .']
)
def test_rdf_xml_that_would_be_no_xml_is_not_written(triple: str) -> None:
    with pytest.raises(QueryError, match="RDF/XML cannot hold"):
        Answer("construct", triples=(triple,)).serialized("xml")
