"""The page as text: complete in itself, the same each time, and no way in for hostile words."""

from __future__ import annotations

import json
import re
import sys

import pytest

from kg.rdf import ontology_graph
from kg.store import OxigraphStore
from kg.view import page
from kg.view.layout import layout
from kg.view.texts import Text
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


def column(data: dict, name: str, field: str) -> list:
    """A column of the document; names that are indexes of strings as the strings."""
    if "$" + field in data[name]:
        return [data["strings"][index] for index in data[name]["$" + field]]
    return data[name][field]


def words(data: dict, span: int) -> str:
    """The characters of a span."""
    at = data["spans"]
    text = data["articles"]["text"][at["article"][span]].encode("utf-16-le")
    return text[2 * at["start"][span] : 2 * at["end"][span]].decode("utf-16-le")


def test_all_facts_have_their_passage_and_voice(html):
    found = data(html)
    facts = found["facts"]
    assert min(facts["span"]) >= 0
    said = {fact for claim in found["claims"]["contents"] for fact in claim}
    plain = {i for i, kind in enumerate(column(found, "facts", "cls")) if kind != "Claim"}
    lots = {i for i, kind in enumerate(column(found, "facts", "cls")) if kind == "EquipmentLot"}
    assert plain - lots <= said
    dead = facts["title"].index("9 killed")
    assert words(found, facts["trigger"][dead]) == "nine"
    (claim,) = [i for i, held in enumerate(found["claims"]["contents"]) if dead in held]
    assert column(found, "claims", "by")[claim] == "General staff of Kestonia"
    passage = words(found, facts["span"][found["claims"]["fact"][claim]])
    assert passage.startswith("Kestonia's general staff put")
    assert facts["lower"][dead] == facts["upper"][dead] == 9


def test_a_dispute_has_its_rule_and_both_sides_in_order():
    store = datasets.mini()
    store.replace(ontology_graph())
    found = data(page(store.select, title="Rules"))
    sides = found["findings"]
    assert len(sides["claims"]) == len(column(found, "findings", "rule")) > 0
    for claims, facts, spans in zip(sides["claims"], sides["facts"], sides["spans"], strict=True):
        assert len(claims) == len(facts) == len(spans) == 2
        for claim, fact in zip(claims, facts, strict=True):
            assert fact in found["claims"]["contents"][claim]
    assert set(column(found, "findings", "rule")) <= found["rules"].keys()


def test_the_text_of_an_article_is_whole_where_the_store_holds_it():
    found = data(page(datasets.archive(3, 4).select, title="Whole"))
    assert found["articles"]["whole"] == [1, 1, 1]
    assert all(text.startswith("Report") for text in found["articles"]["text"])
    verbs = {words(found, span) for span in found["facts"]["trigger"]}
    assert verbs <= {"shelled", "hit", "took", "killed", "evacuated"} | {
        f"Colonel {number:02d}" for number in range(40)
    }


def test_passages_stand_for_a_text_that_the_store_does_not_hold(html):
    found = data(html)
    assert found["articles"]["whole"] == [0, 0, 0]
    assert all("\n…\n" in text for text in found["articles"]["text"])


@pytest.mark.parametrize("signs", ["💥", "й", "e\u0301", "\u202e"])
def test_offsets_count_as_browsers_count(signs):
    text = Text(f"{signs} guns {signs} open", [])
    at = text.shown.index("open")
    units = text.shown.encode("utf-16-le")
    assert units[2 * text.place(at) :].decode("utf-16-le") == "open"


def test_columns_are_of_one_length(html):
    found = data(html)
    for name, columns in found.items():
        if isinstance(columns, dict) and name not in ("kinds", "rules", "outlines"):
            assert len({len(values) for values in columns.values()}) == 1, name


def test_markup_in_articles_cannot_end_the_data(html):
    hostile = page(datasets.hostile().select, title=datasets.HOSTILE)
    assert hostile.count("</script>") == html.count("</script>")
    assert "<img" not in hostile
    assert any("</script>" in label for label in data(hostile)["nodes"]["label"])


def test_of_a_large_graph_everything_is_there_and_the_page_places_it(monkeypatch):
    monkeypatch.setattr(sys.modules["kg.view.page"], "MOST_SPOTS", 10)
    found = data(page(datasets.mini().select, title="Part", limit=10))
    assert found["limit"] == 10
    assert not any(found["nodes"]["spot"])
    assert len(found["nodes"]["iri"]) == 82


def test_an_empty_dataset_gives_a_page():
    found = data(page(OxigraphStore().select, title="Empty"))
    assert found["articles"]["iri"] == found["facts"]["iri"] == []


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
