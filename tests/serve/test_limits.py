"""Time, rows, turns, text and memory are limited, and a query that nobody waits for is stopped."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from kg.records import Graph
from kg.store import open_store
from tests.serve.serving import ENDLESS, Server, mini_store, running

PATIENCE = 60.0


def eventually(true: Callable[[], bool]) -> bool:
    """Whether it becomes true in a while."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.1)
    return False


def busy(server: Server) -> int:
    return server.client.get("health").json()["running"]


def test_a_query_out_of_time_is_stopped_and_its_process_is_gone(store: Path) -> None:
    with running(store, "--timeout", "1") as server:
        before = server.workers()
        begun = time.monotonic()
        answer = server.ask(ENDLESS)
        assert time.monotonic() - begun < PATIENCE
        assert answer.status_code == 504
        assert "stopped after 1 s" in answer.text
        assert "--timeout" in answer.text
        assert eventually(lambda: not before & server.workers())
        assert busy(server) == 0
        assert server.ask("ASK {}").json()["boolean"] is True


def test_a_client_that_goes_away_stops_its_query(store: Path) -> None:
    with running(store, "--timeout", "600") as server:
        assert server.ask("ASK {}").status_code == 200
        before = server.workers()
        hasty = httpx.Client(base_url=server.address, trust_env=False, timeout=1)
        with hasty, pytest.raises(httpx.ReadTimeout):
            hasty.get("sparql", params={"query": ENDLESS})
        assert eventually(lambda: busy(server) == 0)
        assert eventually(lambda: not before & server.workers())
        assert server.ask("ASK {}").json()["boolean"] is True


def test_more_rows_than_allowed(store: Path) -> None:
    with running(store, "--max-rows", "5") as server:
        for query in ("SELECT ?s { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
            answer = server.ask(query)
            assert answer.status_code == 413
            assert "more than 5 rows; add LIMIT" in answer.text
            part = server.ask(query, partial="yes")
            assert part.status_code == 200
            assert (part.headers["x-kg-rows"], part.headers["x-kg-partial"]) == ("5", "yes")
            two = server.ask(query, partial="yes", rows="2")
            assert (two.headers["x-kg-rows"], two.headers["x-kg-partial"]) == ("2", "yes")
            assert server.ask(query, partial="yes", rows="50").headers["x-kg-rows"] == "5"
            assert server.ask(query, rows="few").status_code == 400
        five = server.ask("SELECT ?s { ?s ?p ?o } LIMIT 5")
        assert len(five.json()["results"]["bindings"]) == 5
        assert five.headers["x-kg-partial"] == "no"


@pytest.mark.slow
def test_more_queries_than_turns(store: Path) -> None:
    with running(store, "--max-concurrent", "1", "--timeout", "600") as server:
        answers: list[httpx.Response] = []

        def waiting() -> None:
            with httpx.Client(base_url=server.address, trust_env=False, timeout=60) as client:
                answers.append(client.get("sparql", params={"query": "ASK {}"}))

        with httpx.Client(base_url=server.address, trust_env=False, timeout=15) as endless:

            def ask() -> None:
                with pytest.raises(httpx.ReadTimeout):
                    endless.get("sparql", params={"query": ENDLESS})

            first = threading.Thread(target=ask)
            first.start()
            assert eventually(lambda: busy(server) == 1)
            others = [threading.Thread(target=waiting) for _ in range(3)]
            for other in others:
                other.start()
            for other in others:
                other.join()
            first.join()
        found = sorted(answer.status_code for answer in answers)
        assert found == [429, 429, 503]
        assert all("Retry-After" in answer.headers for answer in answers)
        assert eventually(lambda: busy(server) == 0)
        assert server.ask("ASK {}").status_code == 200


def test_a_text_that_is_too_long(store: Path) -> None:
    with running(store, "--max-body", "1000") as server:
        long = "ASK {} #" + "x" * 2000
        kind = {"Content-Type": "application/sparql-query"}
        pieces = (long[at : at + 100].encode() for at in range(0, len(long), 100))
        for answer in (
            server.client.post("sparql", data={"query": long}),
            server.client.post("sparql", content=long, headers=kind),
            server.client.post("sparql", content=pieces, headers=kind),
        ):
            assert answer.status_code == 413
            assert "1,000 bytes" in answer.text
        assert server.ask("ASK {}").status_code == 200


@pytest.mark.parametrize(
    ("query", "statuses"),
    [
        ("ASK { " + "x" * 900_000, {400}),
        ("ASK { FILTER" + "(" * 300_000, {400, 500}),
        ("ASK { " + "{" * 300_000, {400, 500}),
        ('ASK { ?x ?y """' + 'a"' * 150_000, {400}),
        ("ASK { ?x " + "/".join(["ck:a"] * 100_000) + " ?y }", {200, 400, 500, 504}),
    ],
    ids=["long", "brackets", "braces", "quotes", "path"],
)
def test_a_monstrous_query_harms_nobody(store: Path, query: str, statuses: set[int]) -> None:
    with running(store, "--timeout", "10") as server:
        answer = server.client.post("sparql", data={"query": query})
        assert answer.status_code in statuses, answer.text[:400]
        assert len(answer.text) < 10_000
        assert server.ask("ASK {}").json()["boolean"] is True


def test_a_query_that_needs_too_much_memory(store: Path) -> None:
    greedy = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?a ?d"
    with running(store, "--max-memory", "200", "--timeout", "300") as server:
        answer = server.ask(greedy)
        assert answer.status_code == 500, answer.text
        assert "--max-memory" in answer.text
        assert server.ask("ASK {}").json()["boolean"] is True


def test_a_build_beside_the_server_is_not_held_up_and_is_seen_at_once(tmp_path: Path) -> None:
    folder = mini_store(tmp_path / "store")
    graph = "https://w3id.org/conflict-kg/id/article/new-000000000000"
    line = f'<{graph}> <http://purl.org/dc/terms/title> "New" <{graph}> .'
    ask = 'ASK { ?a dcterms:title "New" }'
    with running(folder) as server:
        assert server.ask(ask).json()["boolean"] is False
        stamp = server.client.get("health").json()["stamp"]
        with open_store(folder) as writer:
            writer.replace(Graph(graph, (line,)))
            assert server.ask(ask).json()["boolean"] is True
        assert server.client.get("health").json()["stamp"] != stamp
        with open_store(folder) as writer:
            writer.drop(graph)
        assert server.ask(ask).json()["boolean"] is False


def test_a_store_that_goes_away_is_said_to_be_gone(tmp_path: Path) -> None:
    folder = mini_store(tmp_path / "store")
    with running(folder) as server:
        assert server.client.get("health").json()["status"] == "ok"
        folder.rename(tmp_path / "elsewhere")
        for path in ("health", "explore", "sparql?query=ASK{}"):
            answer = server.client.get(path)
            assert answer.status_code == 503
            assert "build it anew" in answer.text
