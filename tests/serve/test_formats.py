"""Each format of an answer, read back by somebody else's parser."""

from __future__ import annotations

import csv
import io

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.plugins.sparql.results.jsonresults import JSONResultParser
from rdflib.plugins.sparql.results.xmlresults import XMLResultParser

from kg.serve.accept import TABLES, TRIPLES, chosen, formats, named
from kg.serve.refusal import Refusal
from tests.serve.serving import Server

SELECT = "SELECT ?t ?d ?none { ?a a ck:Article ; dcterms:title ?t ; dcterms:issued ?d } ORDER BY ?t"
CONSTRUCT = "CONSTRUCT { ?a rdfs:label ?t } { ?a a ck:Article ; dcterms:title ?t }"

ACCEPTS = [
    ("", "json", "ttl"),
    ("*/*", "json", "ttl"),
    ("text/*", "csv", "ttl"),
    ("text/csv;q=0.5, text/tab-separated-values", "tsv", None),
    ("application/sparql-results+xml;q=0.9, application/sparql-results+json;q=0.8", "xml", None),
    ("application/xml", "xml", "xml"),
    ("application/json", "json", "json"),
    ("application/ld+json", None, "json"),
    ("application/n-quads, */*;q=0.1", "json", "nq"),
    ("text/turtle;q=0, */*", "json", "nt"),
    ("application/trig;q=nonsense", None, None),
    ("text/plain", None, "nt"),
    ("Text/CSV ; Q=1.0", "csv", None),
    ("garbage, text/csv", "csv", None),
]


@pytest.mark.parametrize(("accept", "table", "triples"), ACCEPTS)
def test_accept(accept: str, table: str | None, triples: str | None) -> None:
    assert (chosen(accept, TABLES) or (None,))[0] == table
    assert (chosen(accept, TRIPLES) or (None,))[0] == triples


@given(st.text(max_size=60))
def test_no_header_breaks_the_server(accept: str) -> None:
    wanted = {kind for kind, forms in (("t", TABLES), ("g", TRIPLES)) if chosen(accept, forms)}
    if wanted:
        assert len(formats(accept, "")) == 2 * ("t" in wanted) + ("g" in wanted)
    else:
        with pytest.raises(Refusal, match="nothing here fits"):
            formats(accept, "")


def test_format_names_go_before_accept() -> None:
    assert formats("text/csv", "xml")["select"] == ("xml", "application/sparql-results+xml")
    assert formats("text/csv", "xml")["construct"] == ("xml", "application/rdf+xml")
    assert "select" not in formats("text/csv", "turtle")
    assert named("application/n-quads", TRIPLES) == ("nq", "application/n-quads")


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows(server: Server, form: str) -> None:
    answer = server.ask(SELECT, format=form)
    assert answer.status_code == 200, answer.text
    first = "Both sides claim Halvik"
    if form == "json":
        row = JSONResultParser().parse(io.BytesIO(answer.content)).bindings[0]
        assert row[rdflib.Variable("t")] == rdflib.Literal(first)
    elif form == "xml":
        found = XMLResultParser().parse(io.BytesIO(answer.content))
        row = found.bindings[0]
        assert row[rdflib.Variable("t")] == rdflib.Literal(first)
        assert row[rdflib.Variable("d")].datatype == rdflib.XSD.date
        assert [str(name) for name in found.vars] == ["t", "d", "none"]
    elif form == "csv":
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert next(csv.DictReader(io.StringIO(answer.text)))["t"] == first
    else:
        assert answer.text.splitlines()[0] == "?t\t?d\t?none"
        assert f'"{first}"' in answer.text


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_yes_and_no(server: Server, form: str) -> None:
    yes, no = (server.ask(f"ASK {{ ?x a {kind} }}", format=form) for kind in ("ck:Claim", "ck:x"))
    assert "true" in yes.text
    assert "false" in no.text
    if form == "json":
        assert yes.json() == {"head": {}, "boolean": True}
    if form == "xml":
        assert XMLResultParser().parse(io.BytesIO(no.content)).askAnswer is False


@pytest.mark.parametrize(
    ("media", "reader"),
    [
        ("text/turtle", "turtle"),
        ("application/n-triples", "nt"),
        ("application/n-quads", "nquads"),
        ("application/trig", "trig"),
        ("application/ld+json", "json-ld"),
        ("application/rdf+xml", "xml"),
    ],
)
def test_triples(server: Server, media: str, reader: str) -> None:
    answer = server.ask(CONSTRUCT, media)
    assert answer.headers["content-type"].partition(";")[0] == media
    graph = rdflib.Dataset(default_union=True)
    graph.parse(data=answer.text, format=reader)
    labels = {str(label) for label in graph.objects(None, rdflib.RDFS.label)}
    assert "Both sides claim Halvik" in labels
    assert len(labels) == 3


def test_describe(server: Server) -> None:
    halvik = "https://w3id.org/conflict-kg/id/place/supplement-halvik"
    answer = server.ask(f"DESCRIBE <{halvik}>", "application/n-triples")
    assert f"<{halvik}> <http://www.w3.org/2000/01/rdf-schema#label>" in answer.text


def test_triples_that_rdf_xml_cannot_hold_are_not_half_written(server: Server) -> None:
    answer = server.ask("CONSTRUCT { <urn:a> <urn:b/> 'c' } {}", "application/rdf+xml")
    assert answer.status_code == 406
    assert "ttl" in answer.text
