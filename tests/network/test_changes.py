"""What came in between two states of a dataset."""

from __future__ import annotations

from kg.network import changes
from tests.network.facts import REFERENCE, A, toll

FIRST = toll("p", "2031-05-02", "mayor", 4)
SECOND = toll("q", "2031-05-03", "south", 9)
THIRD = toll("r", "2031-05-04", "doctor", 5)


def test_claims_events_and_disputes_that_came(dataset):
    before, after = dataset(REFERENCE + FIRST), dataset(REFERENCE + FIRST + SECOND)
    rows = changes(before, after)
    assert [(row.family, row.change, row.kind) for row in rows] == [
        ("claim", "new", "Assertion"),
        ("event", "new", "Killing"),
        ("dispute", "new", "FigureDispute"),
    ]
    assert {row.published for row in rows} == {"2031-05-03"}
    assert rows[0].iri == f"{A}q/claim/9-10"
    assert rows[2].label == "Mayor / South"
    assert rows[2].claims == (f"{A}p/claim/9-10", f"{A}q/claim/9-10")


def test_a_dispute_that_grows_is_not_new(dataset):
    before = dataset(REFERENCE + FIRST + SECOND)
    rows = changes(before, dataset(REFERENCE + FIRST + SECOND + THIRD))
    assert [(row.change, row.label) for row in rows if row.family == "dispute"] == [
        ("grown", "Doctor / Mayor / South")
    ]
    gone = changes(before, dataset(REFERENCE + FIRST))
    assert [(row.family, row.change) for row in gone] == [("dispute", "gone")]


def test_nothing_came(dataset):
    select = dataset(REFERENCE + FIRST)
    assert changes(select, select) == ()
