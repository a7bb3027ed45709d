"""What every store must do, run over all of them."""

from __future__ import annotations

from datetime import date

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import XSD

from kg.errors import QueryError, SetupError
from kg.records import Graph
from kg.store import Cell, MemoryStore, OxigraphStore, Store

ID = "https://w3id.org/conflict-kg/id/"
ONE, TWO = ID + "article/one-000000000001", ID + "article/two-000000000002"
HALVIK = ID + "place/supplement-halvik"


def line(graph: str, subject: str, predicate: str, value: str) -> str:
    return f"<{subject}> <{predicate}> {value} <{graph}> ."


LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def named(graph: str, *labels: str) -> Graph:
    quoted = (str(pyoxigraph.Literal(label)) for label in labels)
    return Graph(graph, tuple(sorted(line(graph, HALVIK, LABEL, text) for text in quoted)))


def test_an_empty_store_answers(store: Store) -> None:
    assert store.graphs() == ()
    assert store.articles() == ()
    assert store.entities_in_use() == ()
    assert store.counts().quads == 0
    assert store.select("SELECT ?x { ?x a ck:Claim }").rows == ()
    assert store.query("ASK { ?x ?y ?z }").truth is False


def test_replace_takes_the_place_of_the_whole_graph(store: Store) -> None:
    store.replace(named(ONE, "Halvik", "Khalvik"))
    store.replace(named(ONE, "Halvik"))
    assert [*store.quads()] == [line(ONE, HALVIK, LABEL, '"Halvik"')]
    store.replace(Graph(ONE, ()))
    assert store.graphs() == ()


def test_a_plain_query_sees_the_union_with_each_triple_once(store: Store) -> None:
    store.replace(named(ONE, "Halvik"))
    store.replace(named(TWO, "Halvik", "Khalvik"))
    count = "SELECT (COUNT(*) AS ?n) { ?x rdfs:label ?label }"
    assert store.select(count).rows == (("2",),)
    store.drop(TWO)
    assert store.select("SELECT ?label { ?x rdfs:label ?label }").rows == (("Halvik",),)
    store.drop(ONE)
    assert store.select(count).rows == (("0",),)


def test_one_graph_can_be_asked_alone(store: Store) -> None:
    store.replace(named(ONE, "Halvik"))
    store.replace(named(TWO, "Khalvik"))
    found = store.select(f"SELECT ?label {{ GRAPH <{TWO}> {{ ?x rdfs:label ?label }} }}")
    assert found.rows == (("Khalvik",),)


def test_a_damaged_graph_changes_nothing(store: Store) -> None:
    store.replace(named(ONE, "Halvik"))
    for lines, words in (
        ((line(TWO, HALVIK, LABEL, '"x"'),), "another graph"),
        (("<a> <b> .",), "not N-Quads"),
    ):
        with pytest.raises(SetupError, match=words):
            store.replace(Graph(ONE, lines))
    assert [*store.quads()] == [line(ONE, HALVIK, LABEL, '"Halvik"')]


def test_dropping_an_unknown_graph_names_near_ones(full: Store) -> None:
    with pytest.raises(SetupError, match=r"did you mean .*kestonian-troops-cross-into-merrin"):
        full.drop(ID + "article/kestonian-troops-cross-merrin")
    with pytest.raises(SetupError, match="none of a like name"):
        full.drop("zzzz")


def test_articles_are_listed_by_day(full: Store) -> None:
    assert [(one.published, one.title, one.publisher) for one in full.articles()] == [
        ("2031-03-04", "Kestonian troops cross into Merrin", "Harbour Wire"),
        ("2031-03-05", "Both sides claim Halvik", "Republic Monitor"),
        ("2031-03-06", "Missile strike kills seven in Dorsa", "Kestonia Today"),
    ]


def test_counts_by_kind(full: Store) -> None:
    counts = full.counts()
    assert (counts.articles, counts.graphs) == (3, 7)
    assert counts.quads == len([*full.quads()])
    kinds = dict(counts.kinds)
    assert (kinds["Claim"], kinds["CasualtyFigure"], kinds["Settlement"]) == (24, 8, 2)
    assert "Class" not in kinds


def test_entities_in_use_are_those_that_articles_name(full: Store) -> None:
    found = full.entities_in_use()
    assert found == tuple(sorted(found))
    assert HALVIK in found
    assert ID + "place/supplement-kestonia" not in found  # only in the reference graph
    assert len(found) == 11


def test_dropping_takes_back_what_the_article_brought(
    mini: tuple[Graph, ...], store: Store
) -> None:
    *others, last = [graph for graph in mini if "/article/" in graph.iri]
    for graph in others:
        store.replace(graph)
    before = store.canonical_hash()
    triples = store.query("CONSTRUCT WHERE { ?s ?p ?o }").triples
    store.replace(last)
    assert store.canonical_hash() != before
    store.drop(last.iri)
    assert store.canonical_hash() == before
    assert store.query("CONSTRUCT WHERE { ?s ?p ?o }").triples == triples


def test_the_same_graphs_in_any_order_give_one_hash(mini: tuple[Graph, ...]) -> None:
    hashes = set()
    for order in (mini, mini[::-1], (*mini, mini[0])):
        for made in (OxigraphStore(), MemoryStore()):
            for graph in order:
                made.replace(graph)
            hashes.add(made.canonical_hash())
    assert len(hashes) == 1


def test_geodesic_distance_in_metres_and_units(full: Store) -> None:
    found = full.select(
        f"""SELECT (geof:metricDistance(?a, ?b) AS ?m) (geof:distance(?a, ?b, uom:kilometre) AS ?km)
             (geof:metricDistance(?a, "LINESTRING(1 2, 3 4)"^^geo:wktLiteral) AS ?none) {{
             <{HALVIK}> geo:hasGeometry/geo:asWKT ?a .
             <{ID}place/supplement-velm-npp> geo:hasGeometry/geo:asWKT ?b }}"""
    )
    assert found.rows == (("39659.964", "39.659964", None),)


def test_select_gives_plain_values_and_none(full: Store) -> None:
    found = full.select(
        "SELECT ?start ?title ?none { ?a dcterms:title ?title . ?s ck:inArticle ?a ;"
        ' ck:start ?start ; ck:exact "Governor Marta Oren" }'
    )
    assert found.columns == ("start", "title", "none")
    assert found.rows == (("72", "Kestonian troops cross into Merrin", None),)


def test_rows_without_an_order_are_sorted(full: Store) -> None:
    rows = full.select("SELECT ?x { ?x a ck:Claim }").rows
    assert list(rows) == sorted(rows)
    assert len(rows) == 24


@pytest.mark.parametrize("order", ["", " ORDER BY DESC(?x)"])
def test_the_first_rows_are_the_first_of_all(full: Store, order: str) -> None:
    query = "SELECT ?x { ?x a ck:Claim }" + order
    every = full.query(query).rows
    for most in (0, 1, 7, 100):
        assert full.query(query, most=most).rows == every[:most]
    assert full.query(query, most=7, timeout=20).rows == every[:7]


def test_answers_keep_types(full: Store) -> None:
    found = full.query(
        'SELECT ?d ?n ("x"@en AS ?l) { ?a dcterms:issued ?d FILTER(?d > "2031-03-05"^^xsd:date)'
        " BIND(2 + 2 AS ?n) }"
    )
    assert found.rows == (
        (
            Cell(str(date(2031, 3, 6)), "literal", str(XSD.date)),
            Cell("4", "literal", str(XSD.integer)),
            Cell("x", "literal", language="en"),
        ),
    )


def test_construct_and_describe_give_sorted_lines(full: Store) -> None:
    found = full.query("CONSTRUCT { ?x rdfs:label ?l } WHERE { ?x a ck:State ; rdfs:label ?l }")
    assert found.kind == "construct"
    assert found.triples == (
        f'<{ID}actor/state-kestonia> <{LABEL}> "Kestonia" .',
        f'<{ID}actor/state-valdoria> <{LABEL}> "Valdoria" .',
    )
    assert full.query(f"DESCRIBE <{HALVIK}>").kind == "construct"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("SELECT ?x { ?x foo:bar ?y }", "foo"),
        ("SELECT ?x WHERE {\n ?x a ck:Claim ", "line 2"),
        ("SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }", "SERVICE"),
        ("SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }", "FROM"),
        ("INSERT DATA { <a:a> <a:b> <a:c> }", "INSERT"),
        ("", "not a SPARQL query"),
    ],
)
def test_a_query_at_fault_is_named(full: Store, query: str, words: str) -> None:
    with pytest.raises(QueryError, match=words):
        full.query(query)


def test_a_query_within_its_time_answers_the_same(full: Store) -> None:
    query = "SELECT ?x ?l { ?x a ck:Claim ; rdfs:label ?l } ORDER BY ?l ?x"
    assert full.query(query, timeout=20) == full.query(query)
    with pytest.raises(QueryError, match="foo"):
        full.query("SELECT ?x { ?x foo:bar ?y }", timeout=20)


def test_a_query_out_of_time_is_stopped(full: Store) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?i) }"
    with pytest.raises(QueryError, match=r"stopped after 0\.2 s.*--timeout"):
        full.query(endless, timeout=0.2)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(TEXTS, min_size=1, max_size=4, unique=True))
def test_any_characters_come_back_as_they_went_in(labels: list[str]) -> None:
    for made in (OxigraphStore(), MemoryStore()):
        made.replace(named(ONE, *labels))
        found = made.select("SELECT ?l { ?x rdfs:label ?l }").rows
        assert sorted(found) == sorted((label,) for label in labels)
        again = MemoryStore()
        again.replace(Graph(ONE, tuple(made.quads())))
        assert again.canonical_hash() == made.canonical_hash()


@settings(deadline=None, max_examples=60)
@given(
    st.lists(st.tuples(st.sampled_from([ONE, TWO]), st.sets(st.sampled_from("abcd"))), max_size=8)
)
def test_any_history_leaves_the_union_of_what_is_there(
    history: list[tuple[str, set[str]]],
) -> None:
    made, left = OxigraphStore(), dict[str, set[str]]()
    for graph, labels in history:
        made.replace(named(graph, *sorted(labels)))
        left[graph] = labels
    union = sorted(set().union(*left.values()))
    found = made.select("SELECT ?l { ?x rdfs:label ?l } ORDER BY ?l").rows
    assert found == tuple((label,) for label in union)
