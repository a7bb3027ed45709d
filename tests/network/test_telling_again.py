"""What is told again: a toll that rose, and text that was copied; the edge of an advance."""

from __future__ import annotations

from kg.network import Echo, derived_graph, disputes, echoes, updates
from kg.network.things import CK
from tests.network.facts import REFERENCE, A, article, claim, event, toll

COLUMN = "The government of Kest accused the army of Orland of firing on people in the square"


def test_a_speakers_later_higher_count_is_an_update(dataset):
    select = dataset(
        REFERENCE
        + toll("p", "2031-05-03", "mayor", 9)
        + toll("q", "2031-05-04", "mayor", 12)
        + toll("r", "2031-05-04", "doctor", 14)
    )
    (row,) = updates(select)
    assert row.claims == (f"{A}p/claim/9-10", f"{A}q/claim/9-10")
    assert row.contents == (f"{A}p/casualtyfigure/3-4", f"{A}q/casualtyfigure/3-4")
    assert all(set(row.claims) != set(one.claims) for one in disputes(select))


def test_a_lower_count_the_same_count_and_a_count_of_the_same_day_are_none(dataset):
    for number, day in ((4, "2031-05-04"), (9, "2031-05-04"), (12, "2031-05-03")):
        select = dataset(
            REFERENCE + toll("p", "2031-05-03", "mayor", 9) + toll("q", day, "mayor", number)
        )
        assert updates(select) == (), (number, day)


def printed(name: str, issued: str, words: str) -> str:
    return article(
        name,
        issued,
        event(name, "shelling/1-2", "Shelling", place="arden", day="2031-05-02"),
        claim(name, 9, "mayor", "shelling/1-2", words=words),
    )


def test_copied_text_is_an_echo_whose_first_claim_was_printed_first(dataset):
    select = dataset(
        REFERENCE
        + printed("q", "2031-05-03", COLUMN)
        + printed("p", "2031-05-04", COLUMN + ".")
        + printed("r", "2031-05-05", "In the square nobody was left when the army of Orland came")
    )
    assert echoes(select) == (Echo((f"{A}q/claim/9-10", f"{A}p/claim/9-10")),)


def test_short_words_that_many_say_are_no_echo(dataset):
    select = dataset(
        REFERENCE
        + printed("p", "2031-05-03", "Air defences shot down two drones")
        + printed("q", "2031-05-04", "Air defences shot down two drones")
    )
    assert echoes(select) == ()


def test_updates_echoes_and_edges_are_in_the_derived_graph(dataset):
    moved = article(
        "s",
        "2031-05-03",
        event("s", "incursion/1-2", "Incursion", place="arden", day="2031-05-02"),
        claim("s", 9, "mayor", "incursion/1-2"),
    )
    select = dataset(
        REFERENCE
        + toll("p", "2031-05-03", "mayor", 9)
        + toll("q", "2031-05-04", "mayor", 12)
        + printed("t", "2031-05-03", COLUMN)
        + printed("u", "2031-05-04", COLUMN)
        + moved
    )
    text = "\n".join(derived_graph(select).quads)
    for kind in ("Update", "Echo", "AdvanceEdge"):
        assert f"#type> <{CK}{kind}> " in text
