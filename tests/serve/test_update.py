"""Updates: only with the token, only into named graphs that are not computed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import QueryError, SetupError
from kg.serving import token
from kg.store import OxigraphStore, open_store
from kg.store.amend import amended
from kg.vocab import DERIVED
from tests.serve.serving import ENDLESS, TOKEN, Server, mini_store, running

GRAPH = "https://w3id.org/conflict-kg/id/article/by-hand-000000000000"
INSERT = f'INSERT DATA {{ GRAPH <{GRAPH}> {{ <{GRAPH}> dcterms:title "By hand" }} }}'
ARTICLE = "https://w3id.org/conflict-kg/id/article/both-sides-claim-halvik-104b69bfad0b"


@pytest.fixture(scope="module")
def writable(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = mini_store(tmp_path_factory.mktemp("update") / "store")
    with running(folder, "--allow-update", "--timeout", "20") as server:
        yield server


@pytest.fixture
def full(tmp_path: Path) -> Iterator[OxigraphStore]:
    with open_store(mini_store(tmp_path / "store")) as store:
        assert isinstance(store, OxigraphStore)
        yield store


@pytest.mark.parametrize("given", ["none", "x", TOKEN + "x", TOKEN[:-1]])
def test_without_the_token_nothing_is_changed(writable: Server, given: str) -> None:
    answer = writable.update(INSERT, given)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert "Authorization: Bearer TOKEN" in answer.text
    assert TOKEN not in answer.text


def test_other_ways_to_bring_a_token_are_none(writable: Server) -> None:
    for answer in (
        writable.client.post("sparql", data={"update": INSERT, "token": TOKEN}),
        writable.client.post("sparql", data={"update": INSERT}, auth=("user", TOKEN)),
        writable.client.post("sparql", params={"access_token": TOKEN}, data={"update": INSERT}),
    ):
        assert answer.status_code == 401


@pytest.mark.slow
def test_an_update_with_the_token_is_seen_in_the_next_answer(writable: Server) -> None:
    ask = 'ASK { ?a dcterms:title "By hand" }'
    assert writable.ask(ask).json()["boolean"] is False
    assert "SPARQL11Update" in writable.client.get("sparql").text
    answer = writable.update(INSERT)
    assert answer.status_code == 204, answer.text
    assert answer.headers["x-kg-graphs"] == "1"
    assert writable.ask(ask).json()["boolean"] is True
    headers = {"Authorization": f"Bearer {TOKEN}"}
    gone = writable.client.post("sparql", data={"update": f"DROP GRAPH <{GRAPH}>"}, headers=headers)
    assert gone.status_code == 204
    assert writable.ask(ask).json()["boolean"] is False


@pytest.mark.parametrize(
    ("text", "status", "words"),
    [
        ("LOAD <file:///etc/passwd> INTO GRAPH <urn:x>", 403, "LOAD reads"),
        (
            "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { SERVICE <http://x.example/> {} }",
            403,
            "SERVICE would",
        ),
        ("INSERT DATA { <urn:a> <urn:b> 1 }", 403, "say which graph"),
        ("DROP ALL", 403, "say which graph"),
        (f"CLEAR GRAPH <{DERIVED}>", 403, "made anew"),
        ("INSERT DATA {", 400, "cannot be parsed"),
        ("SELECT * { ?s ?p ?o }", 400, "not a SPARQL update"),
    ],
)
def test_what_an_update_may_not_do(writable: Server, text: str, status: int, words: str) -> None:
    answer = writable.update(text)
    assert answer.status_code == status, answer.text
    assert words in answer.text
    assert writable.ask("ASK { ?a a ck:Article }").json()["boolean"] is True


@pytest.mark.slow
def test_an_update_out_of_time_changes_nothing(tmp_path: Path) -> None:
    where = ENDLESS.partition("{")[2].rpartition("}")[0]
    with running(mini_store(tmp_path / "store"), "--allow-update", "--timeout", "2") as server:
        stamp = server.client.get("health").json()["stamp"]
        answer = server.update(f"INSERT {{ GRAPH <urn:g> {{ ?a ?b ?i }} }} WHERE {{ {where} }}")
        assert answer.status_code == 504
        assert "nothing is changed" in answer.text
        assert server.ask("ASK { GRAPH <urn:g> { ?s ?p ?o } }").json()["boolean"] is False
        assert stamp


def test_a_store_that_is_being_built_is_updated_later(tmp_path: Path) -> None:
    folder = mini_store(tmp_path / "store")
    with running(folder, "--allow-update") as server, open_store(folder):
        answer = server.update(INSERT)
        assert answer.status_code == 503
        assert "being written by another process" in answer.text


def test_the_union_follows_the_graphs(full: OxigraphStore) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s rdfs:label 'Halvik' }"
    assert full.select(count).rows == (("1",),)
    changed = amended(
        full,
        f"WITH <{ARTICLE}> DELETE {{ ?s rdfs:label 'Halvik' }} INSERT {{ ?s rdfs:label 'Havlik' }} "
        "WHERE { ?s rdfs:label 'Halvik' }",
    )
    assert changed == (ARTICLE,)
    assert full.select(count).rows == (("1",),), "another article still says so"
    assert full.select(count.replace("Halvik", "Havlik")).rows == (("1",),)
    assert amended(full, f"DROP GRAPH <{ARTICLE}>") == (ARTICLE,)
    assert full.select(count.replace("Halvik", "Havlik")).rows == (("0",),)
    assert amended(full, "INSERT DATA { }") == ()


def test_a_refused_update_leaves_the_same_bytes(full: OxigraphStore) -> None:
    before = full.canonical_hash()
    for text in (
        "INSERT DATA { GRAPH <urn:g> { _:x <urn:b> 1 } }",
        f"{INSERT} ; INSERT DATA {{ <urn:a> <urn:b> 1 }}",
        f"{INSERT} ; INSERT DATA {{ GRAPH <{DERIVED}> {{ <urn:a> <urn:b> 1 }} }}",
    ):
        with pytest.raises(QueryError, match="update refused"):
            amended(full, text)
    assert full.canonical_hash() == before


def test_a_token_is_long_or_made_up() -> None:
    assert len(token("")) >= 32
    assert token("") != token("")
    assert token(TOKEN) == TOKEN
    with pytest.raises(SetupError, match="at least 16"):
        token("short")
