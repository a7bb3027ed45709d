"""Results in a notebook: frames, tables, and the page inline, with hostile text among them."""

from __future__ import annotations

import builtins
import dataclasses
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pandas
import pytest
from playwright.sync_api import Browser, Route

import kg
from kg import notebook
from kg.errors import SetupError
from kg.records import Graph, Table
from kg.store import open_store
from tests.browsing import NEEDED, PATIENCE_MS, chromium
from tests.store.conftest import graphs

HOSTILE = "<script>window.hit = 1</script>\"'&<img src=x onerror='window.hit = 1'>"
XSD = notebook.XSD


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The three articles of `mini.trig`, one with a hostile title."""
    folder = tmp_path_factory.mktemp("notebook") / f"kg <b>'{'x'}'"
    with open_store(folder, create=True) as made:
        for graph in graphs():
            made.replace(graph)
        iri = next(one.iri for one in made.articles())
        title = f'<{iri}> <http://purl.org/dc/terms/title> "{_quoted(HOSTILE)}" <{iri}> .'
        made.replace(Graph(iri, tuple(sorted({*made.quads(iri), title}))))
    return folder


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')


@pytest.fixture
def graph(store: Path) -> Iterator[kg.Graph]:
    with kg.Graph(store) as opened:
        yield opened


def test_a_query_is_a_frame_with_the_types_of_its_columns(graph: kg.Graph) -> None:
    rows = graph.query(
        "SELECT ?figure ?lower ?text ?day ?sure { ?figure ck:lower ?lower ; ck:figureText ?text ;"
        " ck:confidence ?sure OPTIONAL { ?figure ck:event/ck:earliest ?day } } ORDER BY ?figure"
    )
    frame = rows.frame()
    assert list(frame.columns) == ["figure", "lower", "text", "day", "sure"]
    assert len(frame) == len(rows.rows) > 5
    assert [str(kind) for kind in frame.dtypes[1:]] == [
        "Int64", "object", "datetime64[s]", "Float64",
    ]  # fmt: skip
    assert frame["lower"].sum() == sum(int(row[1] or 0) for row in rows.rows)
    assert frame["day"].min() < pandas.Timestamp("2100-01-01")
    assert rows.to_pandas().equals(frame)


@pytest.mark.parametrize(
    ("datatype", "values", "dtype"),
    [
        ("integer", ("1", None, "-2"), "Int64"),
        ("decimal", ("1.5", None), "Float64"),
        ("boolean", ("true", "0", None), "boolean"),
        ("date", ("2031-03-04", None), "datetime64[s]"),
        ("date", ("-0044-03-15",), "object"),
        ("date", ("2031-03-04Z",), "object"),
        ("integer", ("9" * 30,), "object"),
        ("integer", ("many",), "object"),
        ("boolean", ("maybe",), "object"),
        ("gYear", ("2031",), "object"),
        ("", ("1",), "object"),
    ],
)
def test_only_what_pandas_has_room_for_is_typed(
    datatype: str, values: tuple[str | None, ...], dtype: str
) -> None:
    kind = f"{XSD}{datatype}" if datatype else ""
    frame = Table(("x",), tuple((value,) for value in values), (kind,)).frame()
    assert str(frame["x"].dtype) == dtype
    assert len(frame) == len(values)


def test_frames_of_no_rows_and_of_names_that_repeat() -> None:
    assert list(Table(("a", "b"), ()).frame().columns) == ["a", "b"]
    assert list(Table(("a", "a"), (("1", "2"),)).frame().columns) == ["a", "a_1"]
    assert len(kg.frame(())) == 0


def test_other_results_are_frames_as_well(graph: kg.Graph) -> None:
    frame = kg.frame(graph.articles())
    assert {"iri", "title", "published"} <= set(frame.columns)
    assert len(frame) == 3
    with pytest.raises(SetupError, match="is no row"):
        kg.frame([1, 2])


def test_types_do_not_count_when_tables_are_compared() -> None:
    assert Table(("a",), (("1",),), (f"{XSD}integer",)) == Table(("a",), (("1",),))


def test_without_pandas_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    real: Callable[..., Any] = builtins.__import__

    def absent(name: str, *rest: Any) -> Any:
        if name == "pandas":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", absent)
    with pytest.raises(SetupError, match=r"pip install 'conflict-kg\[notebook\]'"):
        Table(("a",), (("1",),)).frame()


# ── what a notebook shows ───────────────────────────────────────────────────────────────────


def test_tables_and_graphs_are_shown_escaped(graph: kg.Graph) -> None:
    rows = graph.query("SELECT ?title { ?a a ck:Article ; dcterms:title ?title }")
    for shown in (rows._repr_html_(), graph._repr_html_(), graph.show()._repr_html_()):
        assert "<script" not in shown
        assert "<img" not in shown
    assert "&lt;script&gt;" in rows._repr_html_()
    assert "3" in graph._repr_html_()
    assert "<b>" not in graph._repr_html_()


def test_many_rows_and_long_cells_are_cut() -> None:
    shown = Table(("n",), tuple(("x" * 1000,) for _ in range(500)))._repr_html_()
    assert "60 of 500 rows" in shown
    assert len(shown) < 20_000


def test_the_page_is_put_in_whole(graph: kg.Graph, tmp_path: Path) -> None:
    page = graph.show(title="Merrin", height=500)
    shown = page._repr_html_()
    assert shown.count("<iframe") == 1
    inner = shown.partition('srcdoc="')[2].partition('"')[0]
    assert unescape(inner) == page.html == graph.view(title="Merrin")
    assert 'height="500"' in shown
    assert "allow-same-origin" not in shown
    assert "3 articles" in repr(page)
    assert page.save(tmp_path / "a.html").read_text(encoding="utf-8") == page.html
    assert dataclasses.is_dataclass(page)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


class TestInline:
    pytestmark = NEEDED

    def test_the_graph_is_drawn_without_a_network(
        self, browser: Browser, store: Path, tmp_path: Path
    ) -> None:
        with kg.Graph(store) as graph:
            shown = graph.show()._repr_html_() + graph._repr_html_()
            shown += graph.query("SELECT ?t { ?a dcterms:title ?t }")._repr_html_()
        path = tmp_path / "cell.html"
        path.write_text(f"<!doctype html><meta charset=utf-8>{shown}", encoding="utf-8")
        asked: list[str] = []

        def refuse(route: Route) -> None:
            if route.request.url.startswith(path.as_uri()):
                route.continue_()
                return
            asked.append(route.request.url)
            route.abort()

        page = browser.new_page()
        page.set_default_timeout(PATIENCE_MS)
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.route("**/*", refuse)
        page.goto(path.as_uri())
        frame = page.frames[1]
        frame.wait_for_selector("canvas")
        assert frame.evaluate("document.title")
        assert page.evaluate("window.hit") is None
        assert frame.evaluate("window.hit") is None
        assert complaints == []
        assert [url for url in asked if not url.startswith(("about:", "data:", "blob:"))] == []
        page.close()


# ── the example ─────────────────────────────────────────────────────────────────────────────

DOCS = Path(__file__).parents[1] / "docs"


def outline(path: Path) -> list[tuple[str, tuple[tuple[str, ...], ...]]]:
    """Source of each cell with the kinds of its outputs and the columns of their tables."""
    found = []
    for cell in nbformat.read(path, as_version=4).cells:
        outputs = []
        for output in cell.get("outputs", ()):
            assert output.output_type == "execute_result", output
            html = output.data.get("text/html", "")
            head = re.findall(r"<th>(.*?)</th>", html.partition("</thead>")[0])
            outputs.append((*sorted(output.data), *head))
        found.append((cell.source, tuple(outputs)))
    return found


@pytest.mark.slow
def test_the_example_runs_and_is_kept_with_its_outputs(tmp_path: Path) -> None:
    """Run from the top, it gives the outputs it is kept with: the same kinds and columns.

    Numbers and words in them follow the extraction, whose own tests hold them.
    """
    environment = {**os.environ, "PYTHONPATH": str(DOCS.parent), "PYTHONWARNINGS": "ignore"}
    out = tmp_path / "run.ipynb"
    subprocess.run(
        [sys.executable, DOCS / "notebook.py", out], env=environment, check=True, timeout=900
    )
    kept = outline(DOCS / "notebook.ipynb")
    assert outline(out) == kept
    silent = [source for source, outputs in kept if not outputs and not source.startswith("#")]
    assert silent == ["graph.close()"]
    assert (DOCS / "notebook.ipynb").stat().st_size < 100_000
