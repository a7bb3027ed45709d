"""No query reaches a file, another host, or the store's contents for writing."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from kg.serving import without_network
from tests.serve.serving import Server


@pytest.fixture
def trap():
    """A port of this machine that nobody may call."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(0.5)
        yield door


REACHING = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND(<{url}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}",
    "SELECT * FROM <{url}> {{ ?s ?p ?o }}",
    "SELECT * FROM NAMED <{url}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "CONSTRUCT {{ ?s ?p ?o }} FROM <{url}> {{ ?s ?p ?o }}",
    "DESCRIBE <{url}> FROM <{url}>",
    "LOAD <{url}>",
    "LOAD SILENT <{url}> INTO GRAPH <urn:x>",
]


@pytest.mark.parametrize("text", REACHING)
def test_nothing_outside_is_reached(server: Server, trap, tmp_path: Path, text: str) -> None:
    secret = tmp_path / "secret.ttl"
    secret.write_text('<urn:a> <urn:b> "kept in the drawer" .', encoding="utf-8")
    port = trap.getsockname()[1]
    for url in (secret.as_uri(), f"http://127.0.0.1:{port}/sparql"):
        answer = server.ask(text.format(url=url))
        assert answer.status_code == 403, answer.text
        assert "refused, line 1" in answer.text
        assert "drawer" not in answer.text
    with pytest.raises(TimeoutError):
        trap.accept()


@pytest.mark.parametrize(
    "text", ["INSERT DATA { <urn:a> <urn:b> 1 }", "DROP ALL", "DELETE WHERE { ?s ?p ?o }"]
)
def test_an_update_sent_as_a_query_is_refused(server: Server, text: str) -> None:
    answer = server.client.post("sparql", data={"query": text})
    assert answer.status_code == 403
    assert "--allow-update" in answer.text


def test_a_read_only_server_takes_no_update_even_with_a_token(server: Server) -> None:
    for answer in (
        server.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"),
        server.client.post("sparql", data={"update": "DROP ALL"}),
    ):
        assert answer.status_code == 403
        assert "--allow-update" in answer.text
    assert server.ask("ASK { GRAPH <urn:g> { ?s ?p ?o } }").json()["boolean"] is False


def test_the_processes_that_answer_have_no_network(store: Path, trap) -> None:
    """The second lock: even a query that came past the guard would reach nothing."""
    prefix = without_network(store / "data" / "CURRENT")
    if not prefix:
        pytest.skip("this machine lets no process give up its network")
    port = trap.getsockname()[1]
    code = f"import socket; socket.create_connection(('127.0.0.1', {port}), 2)"
    done = subprocess.run([*prefix, sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode != 0
    with pytest.raises(TimeoutError):
        trap.accept()
