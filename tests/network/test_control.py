"""Who holds a place over time, with who says so."""

from __future__ import annotations

from kg.network import control, derived_graph, history
from tests.network.conftest import PREFIXES, stored
from tests.network.facts import ID, REFERENCE, A, article, claim, event


def held(name: str, issued: str, speaker: str, holder: str, polarity: str = "Affirmed") -> str:
    state = (
        f"<{A}{name}/control/1-2> a ck:Control ; ck:controller <{ID}actor/{holder}> ;"
        f" ck:place <{ID}place/arden> ; ck:evidence <{A}{name}#char=1,6> ."
    )
    return article(name, issued, state, claim(name, 9, speaker, "control/1-2", polarity=polarity))


TAKEN = article(
    "t",
    "2031-05-20",
    event(
        "t", "territorycaptured/1-2", "TerritoryCaptured", place="arden", initiator="south",
        day="2031-05-18",
    ),
    claim("t", 9, "doctor", "territorycaptured/1-2"),
)  # fmt: skip


def rows(text: str) -> list[tuple[str, str, str, bool]]:
    return [
        (str(row.day), row.controllers[0].rpartition("/")[2], row.polarity, row.contested)
        for row in control(stored(PREFIXES + REFERENCE + text).select)
    ]


def test_the_history_of_a_place_is_told_by_day():
    text = held("p", "2031-05-01", "mayor", "north") + held("q", "2031-05-01", "doctor", "north")
    assert rows(text + TAKEN) == [
        ("2031-05-01", "north", "Affirmed", False),
        ("2031-05-18", "south", "Affirmed", False),
    ]


def test_a_contested_state_is_marked_and_a_denial_is_no_holding():
    text = held("p", "2031-05-01", "mayor", "north") + held("q", "2031-05-02", "south", "south")
    assert rows(text) == [
        ("2031-05-01", "north", "Affirmed", True),
        ("2031-05-02", "south", "Affirmed", True),
    ]
    assert rows(held("p", "2031-05-01", "mayor", "north", "Negated")) == [
        ("2031-05-01", "north", "Negated", False)
    ]


def test_the_names_the_words_and_the_region_around():
    text = held("p", "2031-05-01", "mayor", "north") + TAKEN
    store = stored(PREFIXES + REFERENCE + text)
    store.replace(derived_graph(store.select))
    found = history(store.select, "vale")
    assert [(row.day, row.holder_label, row.speaker) for row in found] == [
        ("2031-05-01", "North", "Mayor"),
        ("2031-05-18", "South", "Doctor"),
    ]
    assert (found[0].basis, found[0].sentence) == ("Control", "p9")
    assert history(store.select, f"{ID}place/arden") == history(store.select) == found
    assert history(store.select, "Brill") == ()
    store.drop(f"{A}t")
    store.replace(derived_graph(store.select))
    assert len(history(store.select)) == 1
