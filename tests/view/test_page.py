"""The page as text: complete in itself, the same each time, and no way in for hostile words."""

from __future__ import annotations

import json
import re

import pytest

from kg.store import OxigraphStore
from kg.view import page
from kg.view.layout import layout
from tests.view import datasets


@pytest.fixture(scope="module")
def html() -> str:
    return page(datasets.mini().select, title="Two lands")


def data(html: str) -> dict:
    (found,) = re.findall(
        r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL
    )
    return json.loads(found)


def test_the_page_names_no_source_outside_itself(html):
    head = re.sub(r"<script>.*?</script>", "", html, flags=re.DOTALL)
    assert not re.search(r"<(link|iframe|img|object|embed|base)\b", head)
    assert not re.search(r"\bsrc\s*=|@import|url\(", head)
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', html)[1]
    assert "default-src" in policy
    assert "connect-src" in policy
    assert "unsafe" not in policy
    assert "http" not in policy


def test_the_same_dataset_gives_the_same_page(html):
    assert page(datasets.mini().select, title="Two lands") == html


def test_all_facts_have_their_passage_and_voice(html):
    cards = data(html)["cards"]
    assert all(card["passage"] and card["voices"] for card in cards)
    dead = next(card for card in cards if card["title"] == "9 killed")
    assert "".join(piece for piece, _ in dead["passage"]).startswith("Kestonia's general staff put")
    assert [piece for piece, mark in dead["passage"] if mark == 2] == ["nine"]
    assert dead["voices"][0]["speaker"] == "General staff of Kestonia"
    assert any("Health ministry: 4 killed" in text for text, _ in dead["notes"])


def test_markup_in_articles_cannot_end_the_data(html):
    hostile = page(datasets.hostile().select, title=datasets.HOSTILE)
    assert hostile.count("</script>") == html.count("</script>")
    assert "<img" not in hostile
    assert any("</script>" in node["label"] for node in data(hostile)["about"])


def test_of_a_large_graph_the_best_connected_part_is_kept():
    found = page(datasets.mini().select, title="Part", limit=10)
    about = data(found)["about"]
    assert len(about) == 10
    assert {"Halvik", "Marta Oren"} <= {node["label"] for node in about}
    assert re.search(r'id="limit"><b>10</b> of <b>\d+</b> nodes shown, most connected first', found)


def test_an_empty_dataset_gives_a_page_that_says_so():
    assert "There is nothing in this graph yet." in page(OxigraphStore().select, title="Empty")


def test_no_two_nodes_and_labels_overlap():
    hub = [("hub", f"leaf{i}") for i in range(30)] + [("leaf1", "far"), ("alone", "pair")]
    nodes = sorted({node for pair in hub for node in pair} | {"single"})
    rooms = dict.fromkeys(nodes, (90.0, 40.0))
    spots = layout(nodes, hub, rooms=rooms, satellites={})
    for index, one in enumerate(nodes):
        for other in nodes[:index]:
            across = abs(spots[one][0] - spots[other][0])
            along = abs(spots[one][1] - spots[other][1])
            assert across >= 88 or along >= 38, (one, other)
