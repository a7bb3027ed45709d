"""The OpenAPI document says what the server does; `make api` tries it with schemathesis."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kg.serve.openapi import openapi
from tests.serve.serving import TOKEN, Server, running


def test_it_is_served_and_names_every_address(server: Server) -> None:
    document: Any = server.client.get("openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert set(document["paths"]) == {
        *("/", "/sparql", "/graphs", "/explore", "/outlines", "/about.json", "/health"),
        "/queries/{name}",
    }
    for path, methods in document["paths"].items():
        asked = path.replace("{name}", "articles")
        fields = {"/sparql": {"query": "ASK {}"}, "/graphs": {"default": ""}}
        answer = server.client.get(asked, params=fields.get(path, {}))
        assert str(answer.status_code) in methods["get"]["responses"], path
        kind = answer.headers["content-type"].partition(";")[0]
        content = methods["get"]["responses"][str(answer.status_code)]["content"]
        assert kind in content, path


def test_updates_are_in_it_only_where_they_are_taken() -> None:
    for updates in (True, False):
        post: Any = openapi(updates=updates, rows=1, seconds=1)["paths"]["/sparql"]["post"]
        assert ("application/sparql-update" in post["requestBody"]["content"]) is updates
        assert ("security" in post) is updates
        graphs = openapi(updates=updates, rows=1, seconds=1)["paths"]["/graphs"]
        assert set(graphs) == ({"get", "put", "post", "delete"} if updates else {"get"})


BARE = (
    {},
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer wrong token of nobody"},
    {"Authorization": "Basic YTpi"},
    {"Authorization": TOKEN},
)


def test_no_update_without_the_token(store: Path) -> None:
    with running(store, "--allow-update") as server:
        before = server.client.get("health").json()["stamp"]
        for headers in BARE:
            direct = headers | {"Content-Type": "application/sparql-update"}
            for answer in (
                server.client.post("sparql", data={"update": "DROP ALL"}, headers=headers),
                server.client.post("sparql", content="CLEAR ALL", headers=direct),
            ):
                assert answer.status_code == 401
                assert "Bearer" in answer.headers["www-authenticate"]
        for refused in (
            server.client.get("sparql", params={"update": "DROP ALL"}),
            server.ask("DROP ALL"),
        ):
            assert refused.status_code in (400, 403)
        assert server.client.get("health").json()["stamp"] == before
