"""Clients that other people wrote."""

from __future__ import annotations

import json
import shutil
import subprocess
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import ProxyHandler, Request, build_opener

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from tests.serve.serving import Server

SELECT = "SELECT ?t { ?a a ck:Article ; dcterms:title ?t } ORDER BY ?t"
CONSTRUCT = "CONSTRUCT { ?a rdfs:label ?t } { ?a a ck:Article ; dcterms:title ?t }"
DECLARED = """PREFIX ck: <https://w3id.org/conflict-kg/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
FIRST = "Both sides claim Halvik"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def test_urllib(server: Server) -> None:
    opener = build_opener(ProxyHandler({}))
    data = urlencode({"query": SELECT}).encode()
    with opener.open(Request(server.endpoint, data, {"Accept": "text/csv"})) as answer:
        assert answer.read().decode().splitlines()[1] == FIRST
    with pytest.raises(HTTPError, match="403") as caught:
        opener.open(f"{server.endpoint}?{urlencode({'query': 'DROP ALL'})}")
    caught.value.close()


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("way", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper(server: Server, method: str, way: str) -> None:
    client = SPARQLWrapper(server.endpoint)
    client.setMethod(method)
    if method == POST:
        client.setRequestMethod(way)
    client.setQuery(DECLARED + SELECT)
    client.setReturnFormat(JSON)
    rows = client.queryAndConvert()["results"]["bindings"]
    assert rows[0]["t"]["value"] == FIRST
    client.setReturnFormat(XML)
    assert client.queryAndConvert().getElementsByTagName("result").length == 3
    client.setReturnFormat(CSV)
    assert client.queryAndConvert().decode().splitlines()[1] == FIRST
    client.setQuery(DECLARED + "ASK { ?x a ck:Claim }")
    client.setReturnFormat(JSON)
    assert client.queryAndConvert() == {"head": {}, "boolean": True}
    client.setQuery(DECLARED + CONSTRUCT)
    for form in (TURTLE, RDFXML, JSONLD):
        client.setReturnFormat(form)
        found = client.queryAndConvert()
        graph = found if isinstance(found, rdflib.Graph) else rdflib.Graph().parse(data=found)
        assert rdflib.Literal(FIRST) in set(graph.objects())
    client.setReturnFormat(JSON)
    client.setQuery("SELECT {")
    with pytest.raises(QueryBadFormed, match="syntax error"):
        client.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparqlstore(server: Server, method: str) -> None:
    graph = rdflib.Graph(SPARQLStore(server.endpoint, method=method))
    assert next(str(row.t) for row in graph.query(DECLARED + SELECT)) == FIRST
    assert bool(graph.query(DECLARED + "ASK { ?x a ck:Claim }"))
    made = graph.query(DECLARED + CONSTRUCT).graph
    assert made is not None
    assert len(made) == 3
    halvik = rdflib.URIRef("https://w3id.org/conflict-kg/id/place/supplement-halvik")
    assert graph.value(halvik, rdflib.RDFS.label) == rdflib.Literal("Halvik")
    assert (halvik, rdflib.RDFS.label, rdflib.Literal("Halvik")) in graph


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is missing; apt-get install curl")
def test_curl(server: Server) -> None:
    def curl(*words: str) -> str:
        done = subprocess.run(
            ["curl", "--silent", "--noproxy", "*", *words, server.endpoint],
            capture_output=True,
            check=True,
            encoding="utf-8",
        )
        return done.stdout

    found = json.loads(curl("--get", "--data-urlencode", f"query={SELECT}"))
    assert found["results"]["bindings"][0]["t"]["value"] == FIRST
    assert FIRST in curl("--data-urlencode", f"query={SELECT}", "-H", "Accept: text/csv")
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", SELECT)
    assert FIRST in curl(*direct)
    assert "sparql-service-description#Service" in curl("-H", "Accept: application/n-triples")
    headers = curl("--head", "--get", "--data-urlencode", f"query={SELECT}")
    assert headers.startswith("HTTP/1.1 200")
