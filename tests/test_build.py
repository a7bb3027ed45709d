"""A real build: the shipped language pipeline, every stage, bad documents among good ones."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import kg
from kg.cli import app

RAID = """title: Port of Orsk shelled
date: 2031-05-09
publisher: Harbour Wire
url: https://harbourwire.example/orsk

Veltrian artillery shelled the port of Orsk on Thursday, killing two dockers and wounding at \
least eleven others, Mayor Ilse Brandt said.

“We will rebuild every quay,” Brandt added.

Veltria's defence ministry denied that its troops had fired on the town.
"""
CLASH = """<!doctype html><html lang="en"><head><title>Troops cross the Tarn</title>
<meta property="og:title" content="Troops cross the Tarn">
<meta property="article:published_time" content="2031-05-11T08:00:00+02:00"></head><body><article>
<h1>Troops cross the Tarn</h1><p>Up to 300 Veltrian soldiers backed by tanks crossed the river Tarn
overnight and captured the village of Lunde, according to the general staff of Marland.</p>
<p>Marland lost two Mi-24 helicopters in the fighting, the ministry of defence said on Sunday.</p>
</article></body></html>"""
FEED = [
    {
        "title": "Hospital damaged in Lunde",
        "text": "A drone attack damaged the hospital in Lunde on Monday. Three people were "
        "injured, among them a nurse, Marland's health ministry said.",
        "published": "2031-05-13",
        "publisher": "Marland Today",
    },
    {"title": "No date", "text": "The hospital was hit.", "published": "soon"},
    {
        "title": "Lunde retaken",
        "text": "Marland's army has retaken Lunde, President Arne Solberg said on Tuesday.",
        "published": "2031-05-14",
    },
]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four good articles, a copy, and bad input of several kinds."""
    folder = tmp_path_factory.mktemp("archive")
    (folder / "raid.txt").write_text(RAID, encoding="utf-8")
    (folder / "raid-copy.txt").write_text(RAID, encoding="utf-8")
    (folder / "clash.html").write_text(CLASH, encoding="utf-8")
    (folder / "feed.jsonl").write_text("\n".join(map(json.dumps, FEED)), encoding="utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\0\0")
    (folder / "line.txt").write_bytes(b"x" * 50_000_000)
    (folder / "scan.pdf").write_bytes(b"%PDF-1.4 nothing")
    (folder / "notes.odt").write_bytes(b"PK")
    return folder


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


@pytest.fixture(scope="module")
def built(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    store = tmp_path_factory.mktemp("stores") / "one"
    return store, run("build", archive, "--store", store)


def info(store: Path) -> Any:
    return json.loads(run("info", "--json", "--store", store).stdout)


def test_good_documents_are_built_and_bad_ones_are_named(built: tuple[Path, Result]) -> None:
    store, result = built
    assert result.exit_code == 0, result.output
    with kg.Graph(store) as graph:
        assert [article.title for article in graph.articles()] == [
            "Port of Orsk shelled",
            "Troops cross the Tarn",
            "Hospital damaged in Lunde",
            "Lunde retaken",
        ]
    lines = [" ".join(line.split()) for line in result.stderr.splitlines()]
    for name, fault in (
        ("empty.txt", "is empty; nothing to read"),
        ("picture.txt", "is binary"),
        ("line.txt", "is over 20 MB"),
        ("scan.pdf", "is not a readable PDF"),
        ("feed.jsonl line 2", '"soon" is not a date; use YYYY-MM-DD'),
    ):
        assert any(f"{name}: {fault}" in line for line in lines), name
    assert any(".odt 1" in line for line in lines)
    assert "5 refused" in result.stderr
    assert "1 copy read once" in result.stderr


def test_facts_have_speakers(built: tuple[Path, Result]) -> None:
    store, _ = built
    numbers = info(store)["facts"]
    assert numbers["events"] >= 5
    assert numbers["claims"] >= 5
    with kg.Graph(store) as graph:
        rows = graph.query("SELECT ?who { ?c a ck:Claim ; ck:claimant/rdfs:label ?who }").rows
        speakers = {row[0] for row in rows}
        assert any("Brandt" in (speaker or "") for speaker in speakers)
        assert graph.why("Lunde")


def test_the_graph_is_valid(built: tuple[Path, Result]) -> None:
    result = run("check", "--store", built[0])
    assert result.exit_code == 0, result.stdout


def test_strict_is_an_exit_status(archive: Path, tmp_path: Path) -> None:
    store = ("--store", tmp_path / "store")
    assert run("build", archive / "raid.txt", *store, "--strict").exit_code == 0
    both = (archive / "raid.txt", archive / "empty.txt")
    assert run("build", *both, *store).exit_code == 0
    result = run("build", *both, *store, "--strict", "--json")
    assert result.exit_code == 1
    summary = json.loads(result.stdout)
    assert len(summary["articles"]) == 1
    assert summary["rejections"][0]["reason"] == "is empty; nothing to read"


def test_nothing_built_is_a_failure(archive: Path, tmp_path: Path) -> None:
    result = run("build", archive / "empty.txt", tmp_path / "none.txt", "--store", tmp_path / "s")
    assert result.exit_code == 1
    assert "does not exist" in result.stderr


@pytest.mark.slow
def test_any_number_of_processes_gives_the_same_graph(
    archive: Path, built: tuple[Path, Result], tmp_path: Path
) -> None:
    result = run("build", archive, "--jobs", "2", "--store", tmp_path / "two")
    assert result.exit_code == 0, result.output
    assert info(tmp_path / "two")["hash"] == info(built[0])["hash"]


def test_retraction_leaves_no_trace(archive: Path, tmp_path: Path) -> None:
    with_both, with_one = tmp_path / "both", tmp_path / "one"
    kg.build([archive / "raid.txt", archive / "clash.html"], store=with_both)
    kg.build(archive / "clash.html", store=with_one)
    assert info(with_both)["hash"] != info(with_one)["hash"]
    result = run("retract", "https://harbourwire.example/orsk", "--store", with_both)
    assert result.exit_code == 0, result.output
    assert "retracted Port of Orsk shelled" in result.stderr
    assert info(with_both)["hash"] == info(with_one)["hash"]


def test_building_again_changes_nothing(archive: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    kg.build(archive / "raid.txt", store=store)
    before = info(store)["hash"]
    kg.build(archive / "raid.txt", store=store)
    assert info(store)["hash"] == before


def test_build_writes_the_page_too(archive: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("build", archive / "raid.txt", "--store", tmp_path / "s", "--view", page)
    assert result.exit_code == 0, result.output
    assert "Orsk" in page.read_text(encoding="utf-8")


def test_stdin_with_options(tmp_path: Path) -> None:
    words = ("--published", "2031-05-09", "--publisher", "Desk", "--url", "https://desk.example/1")
    result = CliRunner().invoke(
        app,
        ["build", "-", "--store", str(tmp_path / "s"), *words],
        input="Veltrian troops captured the port of Orsk on Thursday, Mayor Ilse Brandt said.",
    )
    assert result.exit_code == 0, result.output
    with kg.Graph(tmp_path / "s") as graph:
        (article,) = graph.articles()
        assert (article.published, article.publisher) == ("2031-05-09", "Desk")
        days = graph.query("SELECT ?day { ?e ck:earliest ?day }").rows
        assert ("2031-05-08",) in days


def test_an_unknown_language_pipeline_stops_the_build(archive: Path, tmp_path: Path) -> None:
    words = ("--store", tmp_path / "s", "--model", "no_such_pipeline")
    result = run("build", archive / "raid.txt", *words)
    assert result.exit_code == 2
    assert "no_such_pipeline" in result.stderr


def test_from_python(archive: Path, tmp_path: Path) -> None:
    summary = kg.build(archive / "clash.html", store=tmp_path / "s", publisher="Desk")
    assert dict(summary.facts)["events"] >= 2
    with kg.Graph(tmp_path / "s") as graph:
        table = graph.query("articles")
        assert isinstance(table, kg.Table)
        assert len(table.rows) == 1
        assert "<html" in graph.view(title="Tarn")
        assert graph.contents().articles == 1
        assert graph.check() == ()
        (gone,) = graph.retract(["troops-cross"])
        assert gone.title == "Troops cross the Tarn"
        assert graph.articles() == ()
    with pytest.raises(kg.errors.SetupError, match="YYYY-MM-DD"):
        kg.build(archive / "clash.html", store=tmp_path / "s", published="soon")
