"""Queries that reach outside of the store are refused, whatever they hide behind."""

from __future__ import annotations

import time

import pytest

from kg.errors import QueryError
from kg.store.guard import admitted, admitted_update, fault, ordered, tokens

HARMLESS = [
    "SELECT * { ?s ?p ?o }",
    "# SERVICE <http://x.example/>\nASK { ?s ?p ?o }",
    'SELECT ?x { ?x rdfs:label "LOAD FROM SERVICE" }',
    "SELECT ?x { ?x rdfs:label '''a ' SERVICE '' b''' }",
    'SELECT ?x { ?x rdfs:label "a \\" SERVICE" }',
    "SELECT ?service ?from { ?service ?load ?from }",
    "SELECT $drop { $drop ck:from <http://x.example/service> }",
    "SELECT ?x { ?x ck:service/id:load ?y . _:from ?p 'x'@from }",
    "SELECT ?x { ?x ck:lower ?n FILTER(?n<5 && ?n>2) }",
    'SELECT ?x { ?x rdfs:label "\\u0041" }',
]
REFUSED = [
    ("select * { service <http://x.example/> { ?s ?p ?o } }", "SERVICE"),
    ("SELECT * { SERVICE SILENT ?where { ?s ?p ?o } }", "SERVICE"),
    ("ASK { FILTER NOT EXISTS { SERVICE <http://x.example/> { ?s ?p ?o } } }", "SERVICE"),
    ("SELECT (EXISTS { SERVICE <http://x.example/> {} } AS ?e) {}", "SERVICE"),
    ("SELECT * { { SELECT * { ?s ?p 1.SERVICE <http://x.example/> {} } } }", "SERVICE"),
    ("SELECT * { ?s ?p ?o FILTER(1<2)SERVICE<http://x.example/>{} }", "SERVICE"),
    ("SELECT * { \\u0053ERVICE <http://x.example/> {} }", "SERVICE"),
    ('SELECT * { ?s ?p "\\u0022 SERVICE <http://x.example/> {} #" }', "SERVICE"),
    ('SELECT * { ?s ?p "\\u005C" . SERVICE <http://x.example/> {} #" }', "SERVICE"),
    ("SELECT * FROM NAMED <file:///etc/hostname> { ?s ?p ?o }", "FROM"),
    ("CONSTRUCT { ?s ?p ?o } FROM <http://x.example/> WHERE { ?s ?p ?o }", "FROM"),
    ("LOAD <http://x.example/>", "LOAD"),
    ("DELETE WHERE { ?s ?p ?o }", "DELETE"),
    ("WITH <a:b> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "DELETE"),
    ("CLEAR ALL", "CLEAR"),
    ("DROP ALL", "DROP"),
    ("ASK {} ; DROP ALL", "DROP"),
    ("COPY <a:b> TO <a:c>", "COPY"),
]


@pytest.mark.parametrize("query", HARMLESS)
def test_a_reading_query_is_admitted(query: str) -> None:
    assert admitted(query) == query


@pytest.mark.parametrize(("query", "word"), REFUSED)
def test_a_query_that_reaches_out_is_refused(query: str, word: str) -> None:
    with pytest.raises(QueryError, match=rf"line 1, column \d+: {word}"):
        admitted(query)


def test_the_order_of_a_subquery_is_not_the_order_of_the_rows() -> None:
    assert not ordered("SELECT ?x { { SELECT ?x { ?x ?p ?o } ORDER BY ?o LIMIT 3 } }")
    assert ordered("SELECT ?x { ?x ?p ?order } order by ?order")


ODD = {
    "words and hyphens": "a-",
    "dots": "a.",
    "escapes": '\\"',
    "long strings": '"""\\"',
    "both quotes": "\"\"\"'''\\",
    "angles": "<a",
    "languages": "@a-",
    "underscores": "_-",
    "digits": "1a-",
    "brackets": "(",
}


@pytest.mark.parametrize("piece", ODD.values(), ids=ODD)
def test_the_time_is_linear_in_an_odd_text(piece: str) -> None:
    """A text of 400 kB took minutes; a text ten times as long may take ten times as long."""

    def seconds(length: int) -> float:
        begun = time.process_time()
        for check in (admitted, admitted_update):
            with pytest.raises(QueryError):
                check("ASK { " + piece * (length // len(piece)) + " \nDROP DROP SERVICE")
        return time.process_time() - begun

    assert seconds(100_000) < 30 * seconds(10_000) + 1


def test_a_run_of_letters_hides_no_word() -> None:
    assert [text for _, text, _ in tokens("a-1SERVICE.x y:z-a.b-LOAD")] == [
        *("a", "-", "1", "SERVICE", ".", "x", "y:z-a.b-LOAD"),
    ]
    assert [text for _, text, _ in tokens("a.b-LOAD")] == [
        *("a", ".", "b", "-", "LOAD"),
    ]
    with pytest.raises(QueryError, match="column 14: SERVICE would send"):
        admitted("ASK { ?x a x-SERVICE <http://x.example/> {} }")


def test_strings_without_end_and_deep_nesting_are_refused_before_any_engine() -> None:
    with pytest.raises(QueryError, match="line 33, column 1: over 32 strings do not end"):
        tokens('"\n' * 40)
    for left, right in ("{}", "()", "[]"):
        assert admitted("ASK { " + left * 400 + right * 400 + " }")
        with pytest.raises(QueryError, match="over 500 brackets within each other"):
            admitted("ASK { " + left * 600 + right * 600 + " }")


def test_the_message_of_an_engine_is_cut() -> None:
    assert len(str(fault("ASK {", "no number " * 100_000))) < 3000
