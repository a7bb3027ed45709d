"""The command: results on stdout, messages on stderr, the exit status, JSON for programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from typer.testing import CliRunner, Result

from kg.cli import EXPORTS, app
from kg.rdf import ontology_graph
from kg.records import Graph
from kg.store import open_store

MINI = Path(__file__).parent / "fixtures" / "mini.trig"

Run = Callable[..., Result]


@pytest.fixture(scope="module")
def mini(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of the three hand-made articles; for reading only."""
    folder = tmp_path_factory.mktemp("cli") / "mini"
    graphs: defaultdict[str, list[str]] = defaultdict(list)
    with MINI.open("rb") as content:
        for quad in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.TRIG):
            assert isinstance(quad.graph_name, pyoxigraph.NamedNode)
            graphs[quad.graph_name.value].append(f"{quad} .")
    with open_store(folder, create=True) as store:
        store.replace(ontology_graph())
        for iri, quads in graphs.items():
            store.replace(Graph(iri, tuple(sorted(quads))))
    return folder


@pytest.fixture
def run(mini: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Runs a command on the mini store, in an empty working directory."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KG_STORE", str(mini))
    monkeypatch.setenv("KG_TIMEOUT", "0")  # a limit costs a process per query
    return lambda *words: CliRunner().invoke(app, [str(word) for word in words])


def data(result: Result) -> Any:
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    code = "import sys, kg, kg.cli; print(sorted({m.partition('.')[0] for m in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        cwd=MINI.parents[2],
    )
    heavy = ("spacy", "rdflib", "pyoxigraph", "networkx", "pyvis", "numpy", "trafilatura", "rich")
    assert [library for library in heavy if f"'{library}'" in done.stdout] == []


COMMANDS = (
    "build", "query", "queries", "near", "why", "view", "export", "check", "retract", "info",
    "articles", "network", "control", "diff",
)  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(run: Run, command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert "--store" in result.output or command == "queries"


def test_version(run: Run) -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.output.startswith("kg 0.")


# --- asking ---------------------------------------------------------------------------------

COUNT = "SELECT (COUNT(*) AS ?n) { ?claim a ck:Claim }"


def test_query_takes_text_file_stored_name_and_stdin(run: Run, tmp_path: Path) -> None:
    (tmp_path / "count.rq").write_text(COUNT, encoding="utf-8")
    by_text, by_file = run("query", COUNT, "-f", "csv"), run("query", "count.rq", "-f", "csv")
    piped = CliRunner().invoke(app, ["query", "-", "-f", "csv"], input=COUNT)
    assert by_text.stdout == by_file.stdout == piped.stdout
    assert by_text.stdout.splitlines()[0] == "n"
    assert int(by_text.stdout.splitlines()[1]) > 10
    assert "Halvik" in run("query", "timeline-of-place", "--param", "place=Halvik").stdout


def test_query_shows_a_page_and_says_that_there_are_more(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    every = run("query", "said-by-speaker", "-f", "csv")
    lines = every.stdout.splitlines()
    assert every.stderr == ""
    page = run("query", "said-by-speaker", "-f", "csv", "--limit", "3", "--offset", "2")
    assert page.stdout.splitlines() == [lines[0], *lines[3:6]]
    assert "rows 3 to 5, and there are more: --offset 5 has the next ones" in page.stderr
    last = run("query", "said-by-speaker", "-f", "csv", "--offset", str(len(lines) - 2))
    assert (last.stdout.splitlines(), last.stderr) == ([lines[0], lines[-1]], "")
    monkeypatch.setattr("kg.cli.ROWS", 4)
    table = run("query", "said-by-speaker", "--timeout", "60")
    assert len(table.stdout.splitlines()) == 2 + 4
    assert "rows 1 to 4" in table.stderr
    assert (
        len(run("query", "said-by-speaker", "--limit", "0").stdout.splitlines()) == len(lines) + 1
    )


def test_query_within_a_time_limit(run: Run) -> None:
    limited = run("query", COUNT, "-f", "csv", "--timeout", "60")
    assert limited.stdout == run("query", COUNT, "-f", "csv").stdout
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    stopped = run("query", endless, "--timeout", "1")
    assert stopped.exit_code == 2
    assert "stopped after 1 s" in stopped.stderr


def test_a_file_may_have_parameters(run: Run, tmp_path: Path) -> None:
    text = '# People\n# param: name = "nobody"  a name\nSELECT ?x { ?x rdfs:label $name }'
    (tmp_path / "named.rq").write_text(text, encoding="utf-8")
    assert "no rows" in run("query", "named.rq").stdout
    assert "marta-oren" in run("query", "named.rq", "-p", "name=Marta Oren", "-f", "csv").stdout


@pytest.mark.parametrize("form", ["table", "csv", "tsv", "json"])
def test_query_formats(run: Run, form: str) -> None:
    assert run("query", "articles", "--format", form).exit_code == 0


def test_triples_as_turtle(run: Run) -> None:
    result = run("query", "CONSTRUCT { ?x a ck:Claim } { ?x a ck:Claim }", "-f", "ttl")
    assert "a ck:Claim" in result.stdout


def test_json_is_the_same_as_format_json(run: Run) -> None:
    for words in (("query", "articles"), ("near",), ("info",), ("network",), ("queries",)):
        assert run(*words, "--json").stdout == run(*words, "--format", "json").stdout


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("query", "no-such-query"), 'no stored query "no-such-query"'),
        (("query", "none.rq"), "none.rq cannot be read"),
        (("query", "SELECT ?x {"), ""),
        (("query", "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"), "SERVICE"),
        (("query", "DROP ALL"), ""),
        (("query", COUNT, "-p", "a=b"), "--param is for stored queries"),
        (("query", "articles", "-p", "colour=red"), 'no parameter "colour"'),
        (("query", "articles", "-p", "colour"), "is not NAME=VALUE"),
        (("query", "articles", "-f", "xlsx"), 'no format "xlsx"'),
        (("build", "a.txt", "--published", "soon"), '"soon" is not a date; use YYYY-MM-DD'),
        (("build", ".", "--url", "https://x.example/"), "--url names one document"),
        (("build",), "Missing argument"),
        (("retract", "no such thing"), 'no article "no such thing"'),
        (("near", "--within", "far"), "Error"),
        (("near", "--class", "Church"), 'no class of facilities "Church"'),
        (("query", "articles", "--as-of", "soon"), '--as-of: "soon" is not a date'),
        (("network", "--algorithm", "diameter"), "diameter does not fit this network"),
        (("network", "--project", "people", "--algorithm", "pagerank"), 'no network "people"'),
        (("network", "--project", "places"), "are for an --algorithm"),
        (("network", "--path", "Marta Oren", "Nobody"), 'nothing in the store is called "Nobody"'),
        (("network", "--path", "a", "b", "--algorithm", "pagerank"), "--path is a chain of actors"),
        (("diff", "2031-03-05", "2031-03-04"), "give the earlier day first"),
    ],
)
def test_what_cannot_work_says_so_on_stderr_with_status_2(
    run: Run, words: tuple[str, ...], message: str
) -> None:
    result = run(*words)
    assert result.exit_code == 2, result.output
    assert message in " ".join(result.stderr.replace("│", " ").split())
    assert result.stdout == ""


def test_a_missing_store_says_how_to_make_one(run: Run) -> None:
    for words in (("query", "articles"), ("near",), ("info",), ("view",), ("check",), ("why", "x")):
        result = run(*words, "--store", "none")
        assert result.exit_code == 2
        assert "no store" in result.stderr
        assert "kg build" in result.stderr
        assert "Traceback" not in result.output


def test_a_store_of_another_version(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old").mkdir()
    (tmp_path / "old" / "kg-store.json").write_text('{"format": 0}', encoding="utf-8")
    result = run("info", "--store", "old")
    assert result.exit_code == 2
    assert "format 0" in result.stderr


def test_near(run: Run) -> None:
    rows = data(run("near", "velm", "--within", "30", "--json"))
    assert rows
    assert all(row["facility_label"] == "Velm Nuclear Power Plant" for row in rows)
    assert all(row["distance_km"] <= 30 for row in rows)
    table = run("near").stdout
    assert "Velm Nuclear Power Plant" in table
    assert "DOES NOT FIT" in table
    nothing = run("near", "Atlantis")
    assert nothing.exit_code == 0
    assert 'any facility "Atlantis"' in nothing.stderr


def test_near_by_class_and_as_a_board(run: Run) -> None:
    board = data(run("near", "--board", "--json"))
    assert [(row["day"], row["what"]) for row in board] == [
        ("2031-03-04", "event"),
        ("2031-03-04", "edge"),
        ("2031-03-05", "event"),
        ("2031-03-05", "edge"),
        ("2031-03-06", "event"),
        ("2031-03-06", "stated"),
    ]
    table = run("near", "--board").stdout
    assert "10 miles (16.1 km) – DOES NOT FIT" in table
    assert "Marta Oren" in table
    plants = data(run("near", "--class", "PowerPlant", "--json"))
    assert {row["facility_label"] for row in plants} == {"Velm Nuclear Power Plant"}
    assert data(run("near", "--class", "Hospital", "--json")) == []
    assert "of class Hospital" in run("near", "--class", "Hospital").stderr


def test_control_of_a_place(run: Run) -> None:
    rows = data(run("control", "Merrin", "--json"))
    assert [(row["holder_label"], row["speaker"]) for row in rows] == [
        ("Armed forces of Kestonia", "General staff of Kestonia"),
        ("Valdoria", "Tomas Grell"),
    ]
    assert "disputed" in run("control").stdout
    assert "nobody says who holds Atlantis" in run("control", "Atlantis").stderr


def test_network_runs_algorithms_and_finds_chains(run: Run) -> None:
    ranked = data(run("network", "--algorithm", "pagerank", "--top", "3", "--json"))
    assert len(ranked) == 3
    edges = run("network", "--project", "places", "--algorithm", "edge_betweenness_centrality")
    assert "with" in edges.stdout
    from_oren = ("--param", "source=Marta Oren", "--json")
    far = data(run("network", "--algorithm", "single_source_shortest_path_length", *from_oren))
    assert "Marta Oren" in {row["label"] for row in far}
    chain = data(run("network", "--path", "Marta Oren", "Armed forces of Kestonia", "--json"))
    assert chain[0]["actor_label"] == "Marta Oren"
    assert all(step["sentence"] for step in chain)
    shown = run("network", "--path", "Marta Oren", "Armed forces of Kestonia").stdout
    assert "1. Marta Oren – Armed forces of Kestonia" in shown


def test_link_lists_what_is_held_to_be_one(run: Run) -> None:
    rows = data(run("link", "list", "--json"))
    assert {row["label"] for row in rows} >= {"Marta Oren", "Health ministry"}
    assert all(row["method"] == "same name" and row["confidence"] > 0 for row in rows)
    assert "same name" in run("link", "list").stdout
    assert run("link", "--help").exit_code == 0


def test_why_leads_to_sentence_speaker_and_article(run: Run) -> None:
    chain = data(run("why", "Halvik", "--json"))
    oren = [
        one for one in chain if one["speaker"] == "Marta Oren" and one["fact_kind"] == "Capture"
    ]
    assert "Six Kestonian soldiers" in oren[0]["sentence"]
    assert oren[0]["title"] == "Both sides claim Halvik"
    printed = run("why", "Halvik").stdout
    for words in ("Both sides claim Halvik (Republic Monitor", "Marta Oren", "Six Kestonian", "→ "):
        assert words in printed
    unknown = run("why", "Halvick")
    assert unknown.exit_code == 2
    assert "Halvik" in unknown.stderr, "a near name is offered"


@pytest.mark.parametrize("form", EXPORTS)
def test_export_in_every_format_to_a_file_and_to_stdout(
    run: Run, tmp_path: Path, form: str
) -> None:
    result = run("export", "--format", form, "-o", tmp_path / "out" / "file")
    assert result.exit_code == 0, result.output
    content = (tmp_path / "out" / "file").read_bytes()
    assert len(content) > 1000
    assert run("export", "-f", form).stdout_bytes == content


def test_export_refuses_other_formats_and_places(run: Run) -> None:
    assert "no format" in run("export", "-f", "docx").stderr
    result = run("export", "-o", "/dev/null/x")
    assert result.exit_code == 2
    assert "cannot be written" in result.stderr


def test_view_writes_a_page(run: Run, tmp_path: Path) -> None:
    result = run("view", "-o", "page.html", "--title", "Merrin <1>")
    assert result.exit_code == 0
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Merrin &lt;1&gt;" in page
    assert "wrote page.html" in result.stderr


def test_lists_and_numbers(run: Run) -> None:
    contents = data(run("info", "--json"))
    assert contents["articles"] == 3
    assert contents["facts"]["claims"] == contents["kinds"]["Claim"] > 10
    assert len(data(run("articles", "--json"))) == 3
    assert len(data(run("queries", "--json"))) >= 15
    assert len(data(run("network", "--top", "2", "--json"))) == 2
    for words in (("info",), ("articles",), ("queries",), ("network",)):
        assert run(*words).exit_code == 0
    assert run("info", "--hash").stdout == contents["hash"] + "\n"


def test_check_passes_a_valid_graph(run: Run) -> None:
    result = run("check")
    assert result.exit_code == 0
    assert "3 articles, all valid" in result.stderr
    assert data(run("check", "--json")) == []


def test_check_fails_a_broken_graph(run: Run, tmp_path: Path) -> None:
    iri = "https://w3id.org/conflict-kg/id/article/x-000000000000"
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    lonely = f"<{iri}/claim/0-1> {kind} <https://w3id.org/conflict-kg/ontology#Claim> <{iri}> ."
    with open_store(tmp_path / "broken", create=True) as store:
        store.replace(Graph(iri, (lonely,)))
    result = run("check", "--store", tmp_path / "broken", "--json")
    assert result.exit_code == 1
    assert {row["article"] for row in json.loads(result.stdout)} == {iri}
    assert run("check", "--store", tmp_path / "broken").exit_code == 1


def test_article_text_is_never_markup(run: Run, tmp_path: Path) -> None:
    iri = "https://w3id.org/conflict-kg/id/article/x-000000000000"
    quads = (
        f'<{iri}> <http://purl.org/dc/terms/title> "[red]Raid[/red] [/b]" <{iri}> .',
        f"<{iri}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
        f" <https://w3id.org/conflict-kg/ontology#Article> <{iri}> .",
    )
    with open_store(tmp_path / "hostile", create=True) as store:
        store.replace(Graph(iri, quads))
    assert "[red]Raid[/red] [/b]" in run("articles", "--store", tmp_path / "hostile").stdout


def test_environment_names_the_store(run: Run, mini: Path) -> None:
    assert data(run("info", "--json"))["store"] == os.environ["KG_STORE"] == str(mini)


def test_an_export_says_what_it_leaves_out(run: Run, tmp_path: Path) -> None:
    text = " ".join(run("export", "--help").stdout.replace("│", " ").split())
    for name in EXPORTS:
        assert f"{name}: " in text
    assert "nothing is lost" in text
    told = run("export", "-f", "turtle", "-o", tmp_path / "a.ttl").stderr
    assert "turtle leaves out which article or computation says what" in told
    assert "leaves out" not in run("export", "-f", "trig", "-o", tmp_path / "a.trig").stderr


@pytest.mark.parametrize("form", ["csv", "neo4j"])
def test_tables_go_into_a_folder(run: Run, tmp_path: Path, form: str) -> None:
    result = run("export", "-f", form, "-o", f"{tmp_path}/tables/")
    assert result.exit_code == 0, result.output
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert {"claims.csv", "events.csv", "articles.csv"} <= names
    header = (tmp_path / "tables" / "claims.csv").read_text(encoding="utf-8").partition("\n")[0]
    assert "iri" in header
