"""Stores behind an address: logins, batches, cut answers, and what a server may not do."""

from __future__ import annotations

import json
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from kg.errors import QueryError, SetupError
from kg.records import Graph
from kg.store import open_store
from kg.store.remote import BATCH, RemoteStore
from kg.store.wire import address
from kg.vocab import ID
from tests.store.servers import TOKEN, emptied, login, oxigraph_server

GRAPH = ID + "article/a-000000000000"
TITLE = "http://purl.org/dc/terms/title"


def numbered(count: int) -> Graph:
    lines = (f'<{GRAPH}> <{TITLE}> "{number:05}" <{GRAPH}> .' for number in range(count))
    return Graph(GRAPH, tuple(lines))


# ── a server that does what a test says ─────────────────────────────────────────────────────

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            answer(self, self.rfile.read(length))

        do_POST = do_HEAD = do_PUT = do_GET  # noqa: N815 - names of the standard library

        def log_message(self, *_: object) -> None:
            pass

    made = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{made.server_port}/ds"
    finally:
        made.shutdown()
        made.server_close()


def send(
    to: BaseHTTPRequestHandler, body: bytes, *, status: int = 200, length: int = -1, **headers: str
) -> None:
    to.send_response(status)
    to.send_header("Content-Type", "application/sparql-results+json")
    to.send_header("Content-Length", str(len(body) if length < 0 else length))
    for name, value in headers.items():
        to.send_header(name.replace("_", "-"), value)
    to.end_headers()
    to.wfile.write(body)
    to.close_connection = True


TRUE = b'{"head": {}, "boolean": true}'


def rows(*values: str) -> bytes:
    bindings = [{"x": {"type": "literal", "value": value}} for value in values]
    content = {"head": {"vars": ["x"]}, "results": {"bindings": bindings}}
    return json.dumps(content).encode()


def first_then(then: Answer) -> Answer:
    """Answers the question who is there with yes, and every later one as `then` does."""

    def answer(to: BaseHTTPRequestHandler, body: bytes) -> None:
        if to.command == "GET":
            send(to, TRUE)
        else:
            then(to, body)

    return answer


@pytest.mark.parametrize(
    ("variables", "header"),
    [
        ({"KG_STORE_USER": "anna", "KG_STORE_PASSWORD": "s:é"}, "Basic YW5uYTpzOsOp"),
        ({"KG_STORE_TOKEN": "secret-token"}, "Bearer secret-token"),
        ({}, ""),
    ],
)
def test_the_login_of_the_environment_is_sent_and_never_told(
    variables: dict[str, str], header: str, caplog: pytest.LogCaptureFixture
) -> None:
    seen: list[str] = []

    def answer(to: BaseHTTPRequestHandler, body: bytes) -> None:
        seen.append(to.headers.get("Authorization", ""))
        send(to, TRUE) if len(seen) == 1 else send(to, b"who are you", status=401)

    with server(answer) as place, login(**variables), caplog.at_level(logging.DEBUG):
        store = RemoteStore(place)
        with pytest.raises(SetupError, match="set KG_STORE_TOKEN, or KG_STORE_USER") as raised:
            store.select("SELECT ?x { ?x ?y ?z }")
    assert set(seen) == {header}
    told = str(raised.value) + caplog.text + repr(vars(store))
    for secret in (value for name, value in variables.items() if name != "KG_STORE_USER"):
        assert secret not in str(raised.value) + caplog.text
    assert "anna" not in str(raised.value) + caplog.text
    assert told


def test_a_password_in_the_address_is_refused() -> None:
    with pytest.raises(SetupError, match="KG_STORE_PASSWORD") as raised:
        address("https://anna:secret@kg.example/store")
    assert "secret" not in str(raised.value)
    for wrong in ("http://", "http:///x", "http://kg.example/x?query=y", "http://[::1/"):
        with pytest.raises(SetupError, match="no address"):
            address(wrong)


def test_a_redirect_is_told_and_not_followed() -> None:
    def answer(to: BaseHTTPRequestHandler, body: bytes) -> None:
        send(to, b"", status=302, Location="https://other.example/sparql?x=y")

    with (
        server(answer) as place,
        login(KG_STORE_TOKEN="secret"),
        pytest.raises(SetupError, match=r"sends on to https://other\.example/sparql; give that"),
    ):
        RemoteStore(place)


@pytest.mark.parametrize(
    "then",
    [
        lambda to, body: send(to, rows("a", "b")[:-5]),
        lambda to, body: send(to, rows("a", "b"), length=4000),
        lambda to, body: send(to, rows("a"), X_SQL_State="S1TAT"),
        lambda to, body: send(to, rows("a"), X_KG_Partial="yes"),
    ],
    ids=["json", "length", "virtuoso", "ours"],
)
def test_a_cut_answer_is_an_error(then: Answer) -> None:
    with server(first_then(then)) as place, pytest.raises(SetupError, match="cut off"):
        RemoteStore(place).select("SELECT ?x { ?x ?y ?z }")


def test_a_busy_server_is_asked_again() -> None:
    asked: list[bytes] = []

    def then(to: BaseHTTPRequestHandler, body: bytes) -> None:
        asked.append(body)
        busy = len(asked) < 3
        send(to, b"" if busy else rows("a"), status=503 if busy else 200, Retry_After="0.1")

    with server(first_then(then)) as place:
        assert RemoteStore(place).select("SELECT ?x { ?x a ck:Claim }").rows == (("a",),)
    assert len(asked) == 3
    assert asked[0].startswith(b"PREFIX ck: <https://w3id.org/conflict-kg/ontology#> SELECT")


def test_who_is_not_there_is_named() -> None:
    with pytest.raises(SetupError, match="cannot be reached"):
        open_store("http://127.0.0.1:9/")
    with (
        server(lambda to, body: send(to, b"<html>hello")) as place,
        pytest.raises(SetupError, match="answers no SPARQL"),
    ):
        open_store(place)


# ── real servers ────────────────────────────────────────────────────────────────────────────


def test_a_large_graph_goes_in_batches_and_is_exchanged_whole(oxigraph_address: str) -> None:
    with emptied(oxigraph_address) as store:
        large = numbered(2 * BATCH + 1)
        store.replace(large)
        assert tuple(store.quads(GRAPH)) == large.quads
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        assert store.select(count).rows == ((str(2 * BATCH + 1),),)
        assert store.graphs() == (GRAPH,)
        store.replace(numbered(3))
        assert store.select(count).rows == (("3",),)
        assert store.counts().quads == 3


def test_blank_nodes_are_refused(oxigraph_address: str) -> None:
    with emptied(oxigraph_address) as store:
        with pytest.raises(SetupError, match="blank node"):
            store.replace(Graph(GRAPH, (f'_:x <{TITLE}> "x" <{GRAPH}> .',)))
        assert store.graphs() == ()


def test_a_closed_and_a_reading_store_say_so(oxigraph_address: str) -> None:
    with (
        open_store(oxigraph_address, read_only=True) as store,
        pytest.raises(SetupError, match="reading only"),
    ):
        store.replace(numbered(1))
    with pytest.raises(SetupError, match="closed"):
        store.graphs()


def test_a_server_that_repeats_triples_is_refused() -> None:
    with (
        oxigraph_server("--union-default-graph") as place,
        pytest.raises(SetupError, match=r"once for each graph.*--union-default-graph"),
    ):
        RemoteStore(place).replace(numbered(1))


def test_a_query_that_the_server_stops_is_no_answer() -> None:
    with oxigraph_server("--timeout-s", "1") as place, RemoteStore(place) as store:
        store.replace(numbered(60))
        pattern = "?a ?p ?x . ?b ?q ?y . ?c ?r ?z . ?d ?s ?w . ?e ?t ?v FILTER(?x != ?y)"
        # Oxigraph says so in the middle of an answer of status 200
        with pytest.raises(SetupError, match="cut off"):
            store.query(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        with pytest.raises(QueryError, match=r"stopped after 0\.5 s"):
            store.query(f"SELECT ?x ?y {{ {pattern} }}", timeout=0.5)


def test_an_answer_that_no_memory_holds_is_not_waited_for(
    oxigraph_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.wire._MOST", 1000)
    with emptied(oxigraph_address) as store:
        store.replace(numbered(60))
        with pytest.raises(QueryError, match="longer than"):
            store.select("SELECT ?s ?x { ?s ?p ?x }")


def test_the_graph_store_protocol_of_our_server(kg_address: str) -> None:
    with emptied(kg_address, KG_STORE_TOKEN=TOKEN), httpx.Client(trust_env=False) as client:
        place, named = kg_address + "graphs", {"graph": GRAPH}
        body = f'<{GRAPH}> <{TITLE}> "Ä" .\n'
        key = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
        assert client.get(place, params=named).status_code == 404
        assert client.put(place, params=named, content=body).status_code == 401
        for method in ("PUT", "POST"):
            sent = client.request(method, place, params=named, content=body, headers=key)
            assert sent.status_code == 204, sent.text
        found = client.get(place, params=named, headers={"Accept": "application/n-triples"})
        assert found.text == body
        assert client.head(place, params={"default": ""}).status_code == 200
        for wrong, status in (
            ({"graph": "no iri"}, 400),
            ({"graph": f"{GRAPH}> {{ }} }}"}, 400),
            ({}, 400),
            ({"default": ""}, 403),
        ):
            assert client.put(place, params=wrong, content=body, headers=key).status_code == status
        for text, words in (("_:x <a:b> 1 .", "blank node"), ("<a:b", "nothing is changed")):
            sent = client.put(place, params=named, content=text, headers=key)
            assert sent.status_code == 400
            assert words in sent.text
        sent = client.put(place, params=named, content=body, headers=key | {"Content-Type": "a/b"})
        assert sent.status_code == 415
        assert client.delete(place, params=named, headers=key).status_code == 204
        assert client.delete(place, params=named, headers=key).status_code == 404
