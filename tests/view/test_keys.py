"""The explorer by keyboard alone, and what it lets a reader take along."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from tests.browsing import NEEDED
from tests.view.conftest import Opened, Opening

pytestmark = NEEDED


def taken(tab: Opened, form: str) -> bytes:
    """The file that a button of the strip hands over."""
    tab.page.wait_for_timeout(400)  # Chromium drops a second download at the heels of the first
    with tab.page.expect_download() as waiting:
        tab.page.click(f"#take-{form}")
    path = waiting.value.path()
    assert waiting.value.suggested_filename.endswith("." + form)
    return Path(path).read_bytes()


def test_arrows_walk_the_graph_and_enter_chooses(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.page.focus("#panel-graph")
    tab.page.keyboard.press("ArrowRight")
    first = tab.page.inner_text("#panel-graph .unseen")
    assert first
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        tab.page.keyboard.press(key)
    second = tab.page.inner_text("#panel-graph .unseen")
    tab.page.keyboard.press("Enter")
    tab.settled()
    assert second.split(",")[0].lower() in tab.page.inner_text("#panel-facts h3").lower()
    tab.page.focus("#panel-graph")
    tab.page.keyboard.press("1")
    tab.settled()
    assert tab.page.is_visible("#focusbar")
    tab.page.keyboard.press("Escape")
    tab.page.keyboard.press("Escape")
    tab.settled()
    assert not tab.page.is_visible("#focusbar")
    scale = tab.run("explorer.network.vis.getScale()")
    tab.page.focus("#panel-graph")
    tab.page.keyboard.press("+")
    assert tab.run("explorer.network.vis.getScale()") > scale


def test_a_question_mark_tells_the_keys(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.page.keyboard.press("?")
    assert "search names" in tab.page.inner_text("#help-box")
    tab.page.keyboard.press("Escape")
    assert not tab.page.is_visible("#help-box")
    tab.page.click("#help")
    assert tab.page.is_visible("#help-box")


def test_the_text_is_one_stop_and_its_spans_are_walked(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.page.focus("#tab-facts")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("Enter")
    assert tab.page.is_visible("#panel-text")
    assert tab.page.locator(".reading .piece[tabindex='0']").count() == 1
    tab.page.focus(".reading .piece[tabindex='0']")
    tab.page.keyboard.press("ArrowRight")
    tab.page.keyboard.press("Enter")
    tab.settled()
    assert tab.run("explorer.store.selection.kind") == "span"
    assert tab.page.locator(".reading .piece.core").count() >= 1
    outlined = tab.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outlined == "solid"


def test_overlapping_spans_are_cut_into_pieces_that_join_to_the_text(
    opened: Opening, html: str
) -> None:
    tab = opened(html)
    tab.page.click("#tab-text")
    for number in range(3):
        tab.page.select_option("#article", str(number))
        text = tab.page.evaluate("id => explorer.model.articles[id].text", number)
        assert tab.page.evaluate("document.querySelector('.reading').textContent") == text
        inside = tab.run(
            """() => [...document.querySelectorAll('.reading .piece')].every(piece =>
              piece.dataset.spans.split(' ').every(id =>
                explorer.model.textOf(Number(id)).includes(piece.textContent)))"""
        )
        assert inside


def test_what_is_shown_is_taken_as_csv_json_and_png(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.choose("Halvik")
    tab.page.click("#panel-facts .steps button:text-is('1')")
    tab.settled()
    rows = list(csv.DictReader(io.StringIO(taken(tab, "csv").decode("utf-8-sig"))))
    assert len(rows) == tab.run("explorer.network.lines.length")
    assert {"Halvik"} <= {row["from"] for row in rows} | {row["to"] for row in rows}
    found = json.loads(taken(tab, "json"))
    assert {node["label"] for node in found["nodes"]} == tab.drawn()
    assert len(found["edges"]) == len(rows)
    assert taken(tab, "png").startswith(b"\x89PNG")
    assert tab.requests == []


def test_all_facts_shown_are_taken_with_words_and_speakers(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.page.click("label:has(#disputed)")
    with tab.page.expect_download() as waiting:
        tab.page.click("#facts-csv")
    text = Path(waiting.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows
    assert {row["disputed"] for row in rows} == {"yes"}
    dead = next(row for row in rows if row["title"] == "9 killed")
    assert (dead["lower"], dead["upper"]) == ("9", "9")
    assert dead["said by"] == "General staff of Kestonia"
    assert "nine" in dead["words"]


def test_every_view_can_be_taken_in_all_three_forms(opened: Opening, html: str) -> None:
    tab = opened(html)
    for view in tab.run("explorer.panels.filter(one => !one.side).map(one => one.name)"):
        tab.run("name => explorer.show(name)", view)
        assert taken(tab, "csv").startswith(b"\xef\xbb\xbf"), view
        assert json.loads(taken(tab, "json")) is not None, view
        assert taken(tab, "png").startswith(b"\x89PNG"), view
    assert tab.complaints == []


def test_of_two_views_the_one_last_used_is_taken(opened: Opening, html: str) -> None:
    tab = opened(html, "#view=graph%2Btimeline")
    assert tab.page.is_visible("#panel-graph")
    assert tab.page.is_visible("#panel-timeline")
    assert "graph" in tab.page.get_attribute("#take-csv", "title")
    tab.page.click("#panel-timeline", position={"x": 4, "y": 4})
    assert "timeline" in tab.page.get_attribute("#take-csv", "title")
    tab.page.select_option("#below", "map")
    tab.settled()
    assert tab.page.is_visible("#panel-map")
    assert not tab.page.is_visible("#panel-timeline")
    tab.page.select_option("#below", "")
    assert tab.run("explorer.open.stage") == ["graph"]


def test_a_cell_that_would_run_as_a_formula_is_text(opened: Opening, html: str) -> None:
    tab = opened(html)
    made = tab.run(
        "explorer.csv({columns: ['a'], rows: [['=1+1'], ['say \"no\", twice'], [-2], ['+x']]})"
    )
    assert made == 'a\r\n\'=1+1\r\n"say ""no"", twice"\r\n-2\r\n\'+x\r\n'
