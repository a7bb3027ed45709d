"""The graph as of a day, and a person's verdicts, on a store on disk; no language model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import kg
from kg import pipeline
from kg.cli import app
from kg.errors import QueryError, SetupError
from kg.graph import changes
from kg.records import Graph
from kg.store import open_store
from tests.network.conftest import PREFIXES, stored
from tests.network.facts import ID, A, article, claim, event, figure, local


def raid(name: str, issued: str, speaker: str, dead: int, place: str = "486816") -> str:
    """Somebody says that so many were killed in a shelling of a town near the Kursk plant."""
    who, about = local(name, "Person", speaker, at=1)
    return article(
        name,
        issued,
        about,
        f'<{A}{name}> dcterms:title "{name}" ; ck:sha256 "{"0" * 64}" .',
        f'<{ID}place/geonames-{place}> a ck:Settlement ; rdfs:label "Sudzha" .',
        event(name, "shelling/1-2", "Shelling", place=f"geonames-{place}", day="2031-05-02"),
        figure(name, "casualtyfigure/3-4", dead, event="shelling/1-2"),
        claim(name, 9, who, "shelling/1-2", "casualtyfigure/3-4"),
    )


ARTICLES = {
    "first": raid("first", "2031-05-02", "Ada Lind", 4),
    "second": raid("second", "2031-05-03", "Bo Tarn", 9),
    "third": raid("third", "2031-05-04", "Ada Lind", 6),
    "undated": raid("undated", "", "Cy Holm", 1),
}


def made(folder: Path, *names: str) -> Path:
    source = stored(PREFIXES + "".join(ARTICLES[name] for name in names))
    with open_store(folder, create=True) as store:
        for iri in source.graphs():
            store.replace(Graph(iri, tuple(source.quads(iri))))
        pipeline.refresh(store)
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("changing") / "whole", *ARTICLES)


def export(folder: Path, as_of: str | None = None) -> bytes:
    with kg.Graph(folder, as_of=as_of) as graph:
        return graph.export("nquads")


def test_as_of_a_day_is_the_graph_of_the_articles_until_then(whole: Path, tmp_path: Path) -> None:
    assert export(whole, "2031-05-03") == export(made(tmp_path / "two", "first", "second"))
    assert export(whole, "2031-05-02") == export(made(tmp_path / "one", "first"))
    assert b"/article/" not in export(whole, "2031-05-01")
    assert b"undated" not in export(whole, "2040-01-01")
    assert b"undated" in export(whole)


def test_everything_can_be_asked_as_of_a_day(whole: Path) -> None:
    with kg.Graph(whole, as_of="2031-05-03") as graph:
        assert len(graph.articles()) == 2
        assert len(graph.query("contradictions").rows) == 1
        assert {row.day for row in graph.near()} == {"2031-05-02"}
        assert len(graph.board()) == 1
        assert "first" in graph.view()
        assert graph.contents().articles == 2
        with pytest.raises(SetupError, match="as of 2031-05-03 cannot be changed"):
            graph.retract(["first"])
    with pytest.raises(SetupError, match='--as-of: "soon" is not a date'):
        kg.Graph(whole, as_of="soon")


def test_the_difference_between_two_days(whole: Path) -> None:
    rows = changes("2031-05-02", "2031-05-03", store=whole)
    assert [(row.family, row.change) for row in rows] == [
        ("claim", "new"),
        ("event", "new"),
        ("dispute", "new"),
    ]
    later = changes("2031-05-03", "2031-05-04", store=whole)
    assert [row.change for row in later if row.family == "dispute"] == ["grown"]
    assert changes("2031-05-04", "2031-05-05", store=whole) == ()
    with pytest.raises(SetupError, match="give the earlier day first"):
        changes("2031-05-04", "2031-05-02", store=whole)


LIND = f"{A}first/entity/person/ada-lind"
LIND_AGAIN = f"{A}third/entity/person/ada-lind"
TARN = f"{A}second/entity/person/bo-tarn"


def members(folder: Path) -> set[tuple[str, ...]]:
    with kg.Graph(folder) as graph:
        return {row.members for row in graph.decisions() if not row.verdict}


def test_a_verdict_survives_a_rebuild_and_is_taken_back(tmp_path: Path) -> None:
    folder = made(tmp_path / "store", "first", "second", "third")
    before = export(folder)
    assert (LIND, LIND_AGAIN) in members(folder)
    with kg.Graph(folder) as graph:
        graph.reject(LIND, LIND_AGAIN)
        graph.accept(LIND, "Bo Tarn")
    assert (TARN, LIND) not in members(folder)
    assert (LIND, TARN) in members(folder)
    judged = export(folder)
    with open_store(folder) as store:
        article = f"{A}second"
        pipeline.put(store, Graph(article, tuple(store.quads(article))))
        pipeline.refresh(store)
    assert export(folder) == judged
    with kg.Graph(folder) as graph:
        with pytest.raises(QueryError, match="are held apart by a verdict"):
            graph.accept(TARN, LIND_AGAIN)
        assert [row.verdict for row in graph.decisions() if row.verdict] == [
            "accepted",
            "rejected",
        ]
        graph.undo(LIND, LIND_AGAIN)
        graph.undo("bo-tarn", LIND)
        with pytest.raises(QueryError, match="no verdict about"):
            graph.undo(LIND, TARN)
    assert export(folder) == before


def test_retraction_takes_the_verdicts_about_what_is_gone(tmp_path: Path) -> None:
    folder = made(tmp_path / "store", "first", "second")
    with kg.Graph(folder) as graph:
        graph.accept(LIND, TARN)
        graph.retract(["second"])
    assert export(folder) == export(made(tmp_path / "one", "first"))


def test_a_verdict_does_not_bring_a_later_article_into_an_earlier_day(tmp_path: Path) -> None:
    folder = made(tmp_path / "store", "first", "second")
    with kg.Graph(folder) as graph:
        graph.accept(LIND, TARN)
    assert export(folder, "2031-05-02") == export(made(tmp_path / "one", "first"))
    assert b"Verdict>" in export(folder, "2031-05-03")


def test_a_name_must_be_one_node(whole: Path) -> None:
    with kg.Graph(whole) as graph:
        with pytest.raises(QueryError, match="is one node"):
            graph.accept("Sudzha", "Sudzha")
        with pytest.raises(QueryError, match='nothing in the store is called "Nobody"'):
            graph.accept("Nobody", LIND)
        with pytest.raises(QueryError, match="cannot be one: name two actors"):
            graph.accept("Sudzha", LIND)
        with pytest.raises(QueryError, match='"o" may be'):
            graph.reject("o", LIND)


# --- the commands -----------------------------------------------------------------------------


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def data(*words: object) -> Any:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_commands_as_of_a_day(whole: Path, tmp_path: Path) -> None:
    at = ("--store", whole, "--as-of", "2031-05-02")
    assert len(data("articles", *at)) == 1
    assert len(data("near", *at)) == 1
    assert len(data("near", "--board", *at)) == 1
    assert len(data("query", "articles", *at, "--timeout", "0")["results"]["bindings"]) == 1
    assert {row["label"] for row in data("network", *at)} == {"Ada Lind"}
    assert run("control", *at).exit_code == 0
    assert run("view", *at, "-o", tmp_path / "page.html").exit_code == 0
    assert b"second" not in run("export", *at).stdout_bytes
    assert len(data("why", "Ada Lind", *at)) < len(data("why", "Ada Lind", "--store", whole))


def test_query_as_of_a_day_within_a_time_limit(whole: Path) -> None:
    at = ("--store", whole, "--as-of", "2031-05-03", "-f", "csv")
    count = "SELECT (COUNT(?x) AS ?n) { ?x a ck:Claim }"
    limited = run("query", count, *at, "--timeout", "60")
    assert limited.stdout == run("query", count, *at, "--timeout", "0").stdout == "n\n2\n"


def test_diff_near_and_link_commands(tmp_path: Path) -> None:
    folder = made(tmp_path / "store", "first", "second", "third")
    store = ("--store", folder)
    assert {row["family"] for row in data("diff", "2031-05-02", "2031-05-04", *store)} == {
        "claim",
        "event",
        "dispute",
    }
    shown = run("diff", "2031-05-02", "2031-05-03", *store).stdout
    assert "FigureDispute" in shown
    assert "nothing came in" in run("diff", "2031-05-04", "2031-05-05", *store).stderr
    assert "Kursk" in run("near", "--board", *store).stdout
    assert data("near", "--class", "Hospital", *store) == []
    assert run("near", "--class", "Church", *store).exit_code == 2
    assert "one: " in run("link", "accept", LIND, TARN, *store).stderr
    assert "two: " in run("link", "reject", LIND, LIND_AGAIN, *store).stderr
    listed = run("link", "list", *store).stdout
    assert "accepted" in listed
    assert "rejected" in listed
    assert [row["verdict"] for row in data("link", "list", *store)][:2] == ["accepted", "rejected"]
    assert "no longer accepted" in run("link", "undo", TARN, LIND, *store).stderr
    again = run("link", "undo", TARN, LIND, *store)
    assert again.exit_code == 2
    assert "no verdict about" in again.stderr
