"""The pages and what they need, without a browser."""

from __future__ import annotations

from pathlib import Path

from kg.records import Graph
from kg.serve.pages import POLICY, assets
from kg.store import open_store, stored
from tests.serve.serving import Server, mini_store, running


def test_the_query_page_is_strict(server: Server) -> None:
    page = server.client.get("/")
    assert page.headers["content-security-policy"] == POLICY
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    for text in (page.text, *(server.client.get(f"page/{name}").text for name in assets())):
        assert "https://" not in text.replace("http://www.w3.org/", "")
        assert "innerHTML" not in text
    assert "<script>" not in page.text
    assert " style=" not in page.text
    assert server.client.get("page/main.js").headers["content-type"].startswith("text/javascript")


def test_every_answer_is_harmless_in_a_browser(server: Server) -> None:
    for path in ("/", "health", "about.json", "nothing", "explore", "sparql?query=ASK{}"):
        headers = server.client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_map_gets_outlines_cell_by_cell(server: Server) -> None:
    world = server.client.get("outlines").json()
    assert world["world"]
    assert world["cells"] == []
    fine = server.client.get("outlines", params={"cells": "43.28,42.28"})
    assert [cell[:2] for cell in fine.json()["cells"]] == [[42, 28], [43, 28]]
    assert "world" not in fine.json()
    assert fine.headers["cache-control"] == "max-age=86400"
    for wrong in ("43", "a.b", "1.2;3.4", ",".join(["43.28"] * 65)):
        assert server.client.get("outlines", params={"cells": wrong}).status_code == 400, wrong
    assert "export const outlines" in server.client.get("page/outlines.js").text


def test_about_lists_the_stored_queries(server: Server) -> None:
    about = server.client.get("about.json").json()
    assert about["store"] == "two-lands"
    assert ["ck", "https://w3id.org/conflict-kg/ontology#"] in about["prefixes"]
    assert [one["name"] for one in about["queries"]] == [one.name for one in stored()]
    assert all(one["description"] for one in about["queries"])
    for one in about["queries"]:
        answer = server.ask(one["text"])
        assert answer.status_code == 200, one["name"]


def test_a_value_stays_a_value(server: Server) -> None:
    hostile = '") } SERVICE <http://x.example/> { #'
    filled = server.client.get("queries/claims-about-place", params={"place": hostile})
    assert filled.status_code == 200
    assert server.ask(filled.text).json()["results"]["bindings"] == []
    halvik = server.client.get("queries/claims-about-place", params={"place": "halvik"})
    assert server.ask(halvik.text).json()["results"]["bindings"]
    assert server.client.get("queries/articles", params={"x": "1"}).status_code == 400


def test_the_explorer_follows_the_store(tmp_path: Path) -> None:
    folder = mini_store(tmp_path / "store")
    graph = "https://w3id.org/conflict-kg/id/article/new-000000000000"
    lines = (
        f'<{graph}> <http://purl.org/dc/terms/title> "New" <{graph}> .',
        f"<{graph}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        f"<https://w3id.org/conflict-kg/ontology#Article> <{graph}> .",
    )
    with running(folder) as server:
        first = server.client.get("explore")
        assert "Both sides claim Halvik" in first.text
        assert '"New"' not in first.text
        assert server.client.get("explore").headers["etag"] == first.headers["etag"]
        with open_store(folder) as writer:
            writer.replace(Graph(graph, lines))
        second = server.client.get("explore")
        assert '"New"' in second.text
        assert second.headers["etag"] != first.headers["etag"]
