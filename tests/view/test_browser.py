"""The explorer in a real browser without a network: what a reader does with it works."""

from __future__ import annotations

import pytest

from kg.store import OxigraphStore
from kg.view import page
from tests.browsing import NEEDED
from tests.view import datasets
from tests.view.conftest import Opened, Opening

pytestmark = NEEDED


def test_it_opens_in_silence_and_asks_for_nothing(opened: Opening, html: str) -> None:
    tab = opened(html)
    assert tab.page.title() == "Two lands"
    assert tab.page.inner_text("#count").endswith("3 of 3 articles")
    assert "of 82 nodes" in tab.page.inner_text("#tally")
    drawn = tab.run(
        """() => { const canvas = explorer.network.canvas, { width, height } = canvas;
          const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
          return pixels.some((value, index) => index % 4 === 3 && value > 0); }"""
    )
    assert drawn
    assert tab.requests == []
    assert tab.complaints == []


def test_a_click_shows_the_facts_and_the_sentence_with_its_span(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.choose("Territory captured – Halvik")
    sentence = "Kestonia's general staff said on Telegram that its troops had captured Halvik"
    assert tab.page.inner_text("#panel-facts blockquote >> nth=0") == sentence
    assert tab.page.inner_text("#panel-facts mark.hit >> nth=0") == "captured"
    for words in ("General staff of Kestonia", "Both sides claim Halvik", "5 March 2031"):
        assert words in tab.facts
    assert "Control dispute with Tomas Grell: Valdoria holds Halvik" in tab.facts
    tab.page.click(".note.against .link:has-text('Both sides')")
    assert "What is at odds" in tab.facts.replace("WHAT IS AT ODDS", "What is at odds")


def test_a_line_shows_the_facts_behind_it(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.run("explorer.choose('edge', explorer.model.edges.findIndex(one => one.group === 'holds'))")
    assert "holds Halvik" in tab.facts
    assert tab.page.locator("#panel-facts blockquote").count() == 1


def _found(tab: Opened, words: str) -> None:
    """Waits until the search shows the words; fails if it never does."""
    tab.page.wait_for_function(
        "words => document.querySelector('#found').innerText.toUpperCase().includes(words)",
        arg=words.upper(),
        timeout=10_000,
    )


def test_search_finds_names_claims_and_words_of_the_text_by_keyboard_alone(
    opened: Opening, html: str
) -> None:
    tab = opened(html)
    tab.page.keyboard.press("/")
    tab.page.keyboard.type("taken prisoner")
    _found(tab, "near Halvik")
    tab.page.fill("#search", "velm")
    for title in ("NAMES", "EVENTS, FIGURES AND STATES", "CLAIMS", "WORDS OF THE ARTICLES"):
        _found(tab, title)
    tab.page.keyboard.press("ArrowDown")
    tab.page.keyboard.press("Enter")
    assert "Velm Nuclear Power Plant" in tab.page.inner_text("#panel-facts h3")
    assert "the map cannot support it" in tab.facts
    tab.page.keyboard.press("Escape")
    assert "Who says what" in tab.facts
    tab.page.fill("#search", "zzzz")
    _found(tab, "Nothing found")
    tab.page.fill("#search", "prisoner")
    tab.page.click("#found .only")
    assert tab.page.input_value("#words") == "prisoner"
    assert 0 < len(tab.shown("facts", "iri")) < 12


def test_filters_by_class_speaker_certainty_and_actuality(opened: Opening, html: str) -> None:
    tab = opened(html)
    every = tab.shown()
    tab.page.click("label:has(#family-Event)")
    assert "Missile strike – Dorsa" not in tab.shown()
    assert "Halvik" in tab.shown()
    tab.page.click("#reset")
    assert tab.shown() == every
    tab.page.fill("#speaker", "general staff of kest")
    tab.page.click("#speaker-list label:has-text('General staff of Kestonia')")
    heard = tab.shown()
    assert "Territory captured – Halvik" in heard
    assert "Ground attack – Halvik" not in heard
    assert tab.drawn() <= heard
    tab.page.click("#reset")
    tab.page.click("label:has(#actualities-Possible)")
    assert "Territory captured – Velm Nuclear Power Plant" not in tab.shown()
    tab.page.click("#reset")
    tab.page.click("label:has(#polarities-Affirmed)")
    denied = tab.run(
        "explorer.model.claims.filter(one => explorer.store.shown.claims[one.id])"
        ".map(one => one.polarity)"
    )
    assert denied
    assert set(denied) == {"Negated"}
    tab.page.click("#reset")
    tab.page.click("label:has(#disputed)")
    assert "9 killed" in tab.shown()
    assert "12 wounded" not in tab.shown()
    tab.page.click("#panel-graph summary")
    tab.page.click("label:has(#draw-Figure)")
    assert "9 killed" in tab.drawn()


def test_filters_by_article_and_by_day_in_three_ways(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.page.click("#articles-list label:has-text('Both sides claim Halvik')")
    assert tab.shown("articles", "title") == {"Both sides claim Halvik"}
    assert "1 of 3 articles" in tab.page.inner_text("#count")
    assert tab.page.locator("#article option").count() <= 2
    tab.page.click("#reset")
    tab.page.fill("#from", "2031-03-04")
    tab.page.fill("#to", "2031-03-04")
    tab.page.press("#to", "Enter")
    tab.settled()
    day = tab.run(
        "explorer.model.facts.filter(one => explorer.store.shown.facts[one.id])"
        ".map(one => explorer.days(one, 'event'))"
    )
    start = 22342  # 4 March 2031 in days since 1970
    assert day
    assert all(first <= start <= last for first, last in day)
    tab.page.select_option("#basis", "publication")
    assert len(tab.shown("facts", "iri")) != len(day)


def test_what_is_selected_in_one_view_is_selected_in_all(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.page.click("#tab-text")
    tab.page.select_option("#article", label="2031-03-05  Both sides claim Halvik")
    tab.page.click(".reading .piece.trigger:has-text('captured') >> nth=0")
    tab.settled()
    labels = tab.run("[...explorer.network.near].map(id => explorer.model.nodes[id].label)")
    assert "Territory captured – Halvik" in labels
    assert "Halvik" in labels
    tab.page.click("#tab-facts")
    assert "Territory captured" in tab.facts
    tab.page.keyboard.press("Escape")
    tab.choose("Halvik")
    tab.page.click("#tab-text")
    assert "Halvik" in tab.page.inner_text(".reading .piece.core >> nth=0")
    assert tab.page.locator(".reading .piece.hot").count() > 0


def test_a_neighbourhood_is_stepped_outwards(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.choose("Halvik")
    sizes = []
    for hops in (1, 2, 3):
        tab.page.click(f"#panel-facts .steps button:text-is('{hops}')")
        sizes.append(len(tab.drawn()))
    assert 1 < sizes[0] < sizes[1] <= sizes[2]
    tab.page.click("#focusbar button:text-is('1 step')")
    assert len(tab.drawn()) == sizes[0]
    tab.page.click("#unfocus")
    assert len(tab.drawn()) > sizes[2]


def test_the_shortest_chain_shows_the_claims_along_it(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.choose("Marta Oren")
    tab.page.click("#panel-facts .steps .link")
    assert "other end" in tab.page.inner_text("#focusbar")
    tab.page.keyboard.type("velm nuclear")
    tab.page.keyboard.press("Enter")
    tab.settled()
    assert "Shortest chain from Marta Oren to Velm Nuclear Power Plant" in tab.page.inner_text(
        "#focusbar"
    )
    assert tab.page.locator("#panel-facts .chain > li").count() == len(
        tab.run("explorer.store.path")
    )
    assert "Said by" in tab.facts
    assert tab.page.locator("#panel-facts .chain blockquote").count() > 0


def test_a_link_brings_everything_back_and_back_goes_back(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.page.click("label:has(#family-Equipment)")
    tab.page.click("label:has(#polarities-Negated)")
    tab.page.fill("#from", "2031-03-01")
    tab.choose("Halvik")
    tab.page.click("#panel-facts .steps button:text-is('2')")
    tab.page.click("#tab-text")
    state = tab.run("explorer.address()")
    drawn = tab.drawn()
    again = opened(html, state)
    assert again.drawn() == drawn
    assert again.run("explorer.address()") == state
    assert again.run("explorer.store.selection.kind") == "node"
    assert again.page.is_visible("#panel-text")
    assert not again.page.is_checked("#family-Equipment")
    again.page.click("#unfocus")
    again.page.go_back()
    again.page.wait_for_selector("#focusbar:not([hidden])")
    assert again.drawn() == drawn
    assert tab.complaints == again.complaints == []


def test_a_link_brings_back_where_the_picture_was_moved_to(opened: Opening, html: str) -> None:
    tab = opened(html)
    tab.page.click("#panel-graph .zoomer button >> nth=0")
    tab.page.focus("#panel-graph")
    tab.page.keyboard.press("Shift+ArrowLeft")
    tab.settled()
    eye = "[explorer.network.vis.getScale(), explorer.network.vis.getViewPosition().x]"
    before = tab.run(eye)
    again = opened(html, tab.hash)
    scale, x = again.run(eye)
    assert abs(scale - before[0]) < 0.01
    assert abs(x - before[1]) < 2
    again.page.click("#reset")
    again.settled()
    assert "at-graph" not in again.hash


def test_hostile_text_is_shown_and_never_run(opened: Opening) -> None:
    tab = opened(page(datasets.hostile().select, title=datasets.HOSTILE))
    tab.page.fill("#search", "halvik")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_selector("#panel-facts blockquote")
    assert "<script>" in tab.facts
    assert "<script>" in tab.page.inner_text("h1")
    tab.page.click("#tab-text")
    assert "<script>" in tab.page.inner_text("#panel-text")
    assert tab.page.evaluate("window.hit") is None
    assert tab.page.locator(".panel img, .panel script, h1 *").count() == 0
    # even markup that got in by another way would not run
    tab.page.evaluate(
        """() => { const script = document.createElement("script");
          script.textContent = "window.hit = 2"; document.body.append(script); }"""
    )
    assert tab.page.evaluate("window.hit") is None
    assert tab.requests == []


def test_one_article_with_names_from_right_to_left_and_without_end(opened: Opening) -> None:
    tab = opened(page(datasets.strange().select, title="Overlong" * 40))
    for view in tab.run("explorer.panels.filter(one => !one.side).map(one => one.name)"):
        tab.run("name => explorer.show(name)", view)
    tab.run("explorer.show('graph')")
    tab.run("id => explorer.choose('node', id)", tab.node("وزير الدفاع"))
    assert "وزير الدفاع" in tab.page.inner_text("#panel-facts h3")
    tab.page.click("#tab-text")
    assert "قصف" in tab.page.locator(".reading .piece.trigger").all_inner_texts()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 1280
    assert tab.page.evaluate(
        "[...document.querySelectorAll('.right .panel')]"
        ".every(one => one.scrollWidth <= one.clientWidth)"
    )
    assert tab.complaints == []


def test_an_empty_graph_says_so(opened: Opening) -> None:
    tab = opened(page(OxigraphStore().select, title="Empty"))
    assert "There is nothing in this graph yet." in tab.page.inner_text("#panel-graph")
    assert "0 of 0 facts" in tab.page.inner_text("#count")
    tab.page.click("#tab-text")
    assert "no article" in tab.page.inner_text("#panel-text")
    for view in tab.run("explorer.panels.filter(one => !one.side).map(one => one.name)"):
        tab.run("name => explorer.show(name)", view)
        assert "0 of 0" in tab.page.inner_text("#tally")
    assert tab.complaints == []


@pytest.mark.parametrize("options", [{"color_scheme": "dark"}, {"reduced_motion": "reduce"}])
def test_themes_and_narrow_windows(opened: Opening, html: str, options: dict[str, str]) -> None:
    tab = opened(html, **options)
    paper = tab.page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(20, 23, 28)") is ("color_scheme" in options)
    tab.page.set_viewport_size({"width": 400, "height": 760})
    tab.settled()
    assert not tab.page.is_visible("#filters")
    tab.page.click("#filters-toggle")
    assert tab.page.is_visible("#filters")
    tab.page.keyboard.press("Escape")
    assert not tab.page.is_visible("#filters")
    tab.run("id => explorer.choose('node', id)", tab.node("Halvik"))
    assert tab.page.is_visible("#close")
    tab.page.click("#close")
    assert not tab.page.is_visible("#column")
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 400
    assert tab.complaints == []


def test_it_changes_its_colours_with_the_system(opened: Opening, html: str) -> None:
    tab = opened(html)
    before = tab.run("explorer.network.nodeSet.get(explorer.network.ids[0]).color.background")
    tab.page.emulate_media(color_scheme="dark")
    tab.settled()
    after = tab.run("explorer.network.nodeSet.get(explorer.network.ids[0]).color.background")
    assert before != after
