"""The SPARQL 1.1 Protocol, asked of a real server."""

from __future__ import annotations

import pytest
import rdflib

from tests.serve.serving import Server

TITLES = "SELECT ?t { ?a a ck:Article ; dcterms:title ?t } ORDER BY ?t"
FIRST = "Both sides claim Halvik"
ARTICLE = "https://w3id.org/conflict-kg/id/article/both-sides-claim-halvik-104b69bfad0b"
OTHER = "https://w3id.org/conflict-kg/id/article/missile-strike-kills-seven-in-dorsa-73be1d20085a"


def titles(response) -> list[str]:
    assert response.status_code == 200, response.text
    return [row["t"]["value"] for row in response.json()["results"]["bindings"]]


def test_a_query_by_get_and_by_both_ways_of_post(server: Server) -> None:
    ways = (
        server.ask(TITLES),
        server.client.post("sparql", data={"query": TITLES}),
        server.client.post(
            "sparql", content=TITLES, headers={"Content-Type": "application/sparql-query"}
        ),
        server.client.post(
            "sparql",
            content=TITLES.encode(),
            headers={"Content-Type": "application/sparql-query; charset=utf-8"},
        ),
    )
    assert [titles(one)[0] for one in ways] == [FIRST] * 4
    assert {one.headers["content-type"] for one in ways} == {"application/sparql-results+json"}
    assert {one.headers["x-kg-rows"] for one in ways} == {"3"}


def test_the_dataset_of_a_request(server: Server) -> None:
    assert titles(server.ask(TITLES, **{"default-graph-uri": ARTICLE})) == [FIRST]
    two = server.client.get(
        "sparql", params={"query": TITLES, "default-graph-uri": [ARTICLE, OTHER]}
    )
    assert titles(two) == [FIRST, "Missile strike kills seven in Dorsa"]
    named = "SELECT ?t { GRAPH ?g { ?a dcterms:title ?t } }"
    assert titles(server.ask(named, **{"named-graph-uri": OTHER})) == [
        "Missile strike kills seven in Dorsa"
    ]
    assert titles(server.ask(TITLES, **{"named-graph-uri": OTHER})) == []
    count = "SELECT (COUNT(*) AS ?t) { ?s rdfs:label 'Halvik' }"
    merged = {"query": count, "default-graph-uri": [ARTICLE, OTHER]}
    assert titles(server.client.post("sparql", data=merged)) == ["1"]


@pytest.mark.parametrize("graph", ["file:///etc/passwd", "http://127.0.0.1:9/x", "urn:none"])
def test_a_dataset_from_elsewhere_is_refused(server: Server, graph: str) -> None:
    for name in ("default-graph-uri", "named-graph-uri"):
        response = server.ask("ASK { ?s ?p ?o }", **{name: graph})
        assert response.status_code == 400
        assert f"no graph <{graph}> in the store" in response.text
        assert "none is fetched" in response.text


def test_head_is_get_without_a_body(server: Server) -> None:
    head = server.client.head("sparql", params={"query": TITLES})
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["content-length"]) == len(server.ask(TITLES).content)


def test_options_and_cors(server: Server) -> None:
    preflight = {"Origin": "https://atlas.example", "Access-Control-Request-Method": "POST"}
    found = server.client.options("sparql", headers=preflight)
    assert found.status_code == 204
    assert found.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert found.headers["access-control-allow-origin"] == "https://atlas.example"
    assert "POST" in found.headers["access-control-allow-methods"]
    assert "Content-Type" in found.headers["access-control-allow-headers"]
    for origin, allowed in (
        ("http://localhost:3000", "http://localhost:3000"),
        ("https://stranger.example", None),
        ("null", None),
    ):
        answer = server.client.get("sparql", params={"query": "ASK {}"}, headers={"Origin": origin})
        assert answer.headers.get("access-control-allow-origin") == allowed
        assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-origin" not in server.client.get("about.json").headers


def test_the_service_describes_itself(server: Server) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    for media, form in (("text/turtle", "turtle"), ("application/rdf+xml", "xml")):
        answer = server.client.get("sparql", headers={"Accept": media})
        assert answer.headers["content-type"].startswith(media)
        graph = rdflib.Graph().parse(data=answer.text, format=form)
        service = rdflib.URIRef(server.endpoint)
        assert (service, rdflib.RDF.type, sd.Service) in graph
        assert (service, sd.endpoint, service) in graph
        assert set(graph.objects(service, sd.supportedLanguage)) == {sd.SPARQL11Query}
        assert (service, sd.feature, sd.UnionDefaultGraph) in graph
        assert len(set(graph.objects(service, sd.resultFormat))) == 10
    page = server.client.get("sparql", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["location"]) == (303, "./")


FAULTS = [
    ("GET", {"params": {"query": "SELECT"}}, 400, "line 1"),
    ("GET", {"params": {"query": ""}}, 400, "query is empty"),
    ("GET", {"params": {"query": ["ASK {}", "ASK {}"]}}, 400, "one query"),
    ("GET", {"params": {"update": "DROP ALL"}}, 400, "by POST"),
    ("GET", {"params": {"query": "ASK {}", "format": "docx"}}, 400, 'no format "docx"'),
    ("GET", {"params": {"query": "ASK { ?x foo:y 1 }"}}, 400, '"foo:" is not declared'),
    ("GET", {"params": {"query": "ASK {}"}, "headers": {"Accept": "image/png"}}, 406, "text/csv"),
    ("GET", {"params": {"query": "ASK {}", "format": "ttl"}}, 406, "SELECT and ASK give"),
    ("POST", {"data": {"x": "1"}}, 400, "no query"),
    ("POST", {"data": {"query": "ASK {}", "update": "DROP ALL"}}, 400, "one query or one update"),
    ("POST", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}, 415, "sparql-query"),
    ("POST", {"content": "ASK {}"}, 415, "x-www-form-urlencoded"),
    (
        "POST",
        {"content": b"ASK {} # \xff", "headers": {"Content-Type": "application/sparql-query"}},
        400,
        "not UTF-8",
    ),
    ("GET", {"params": {f"p{number}": "1" for number in range(300)}}, 400, "encode them anew"),
    ("PUT", {"content": "x"}, 405, "PUT is not possible"),
    ("DELETE", {}, 405, "DELETE is not possible"),
]


@pytest.mark.parametrize(("method", "request_", "status", "words"), FAULTS)
def test_a_faulty_request_is_told_what_to_do(server, method, request_, status, words) -> None:
    answer = server.client.request(method, "sparql", **request_)
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    if status == 405:
        assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_what_is_not_here(server: Server) -> None:
    for path in ("nothing", "page/nothing.js", "page/..%2f__init__.py", "queries/nothing"):
        assert server.client.get(path).status_code == 404
    assert server.client.post("health").status_code == 405


def test_a_foreign_host_name_is_not_answered(server: Server) -> None:
    answer = server.client.get("health", headers={"Host": "evil.example"})
    assert answer.status_code == 421
    assert 'host "evil.example"' in answer.text
    assert "--hostname evil.example" in answer.text
    assert server.client.get("health", headers={"Host": "kg.example"}).status_code == 200
