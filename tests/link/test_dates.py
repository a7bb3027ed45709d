"""Time expressions on the calendar: two tables of words and intervals, and what never must break.

`dates_held.tsv` was written before the rules and is only measured; `dates.tsv` grows with them.
"""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.link.dates import Interval, resolve

HERE = Path(__file__).parent


def _rows(name: str) -> list[dict[str, str]]:
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((x for x in lines if not x.startswith("#")), delimiter="\t"))


def _expected(row: dict[str, str]) -> Interval | None:
    if row["earliest"] == "none":
        return None
    ends = [None if row[end] == "-" else row[end] for end in ("earliest", "latest")]
    return Interval(ends[0], ends[1], row["precision"])


def _resolved(row: dict[str, str]) -> Interval | None:
    day = None if row["published"] == "-" else date.fromisoformat(row["published"])
    return resolve(row["words"], day, past=row["past"] == "yes")


@pytest.mark.parametrize(
    "row", _rows("dates.tsv"), ids=lambda r: f"{r['words']} @ {r['published']}"
)
def test_words_to_interval(row: dict[str, str]) -> None:
    assert _resolved(row) == _expected(row)


def test_held_rows_are_resolved() -> None:
    """The target was 92 %; the first blind run gave 56 of 60."""
    rows = _rows("dates_held.tsv")
    right = sum(_resolved(row) == _expected(row) for row in rows)
    assert len(rows) == 60
    assert right / len(rows) >= 0.95


@pytest.mark.parametrize(
    ("words", "earliest", "latest", "precision"),
    [
        ("two days earlier", "2023-05-08", "2023-05-08", "Day"),
        ("three days later", "2023-05-13", "2023-05-13", "Day"),
        ("the next day", "2023-05-11", "2023-05-11", "Day"),
        ("the previous night", "2023-05-09", "2023-05-09", "Day"),
        ("the day before", "2023-05-09", "2023-05-09", "Day"),
        ("that same day", "2023-05-10", "2023-05-10", "Day"),
        ("a week later", "2023-05-15", "2023-05-21", "Week"),
        ("two years earlier", "2021-01-01", "2021-12-31", "Year"),
    ],
)
def test_relative_to_the_event_told_before(
    words: str, earliest: str, latest: str, precision: str
) -> None:
    anchor = Interval("2023-05-10", "2023-05-10", "Day")
    found = resolve(words, date(2024, 1, 1), past=True, anchor=anchor)
    assert found == Interval(earliest, latest, precision)


@given(
    st.sampled_from(
        [row["words"] for name in ("dates.tsv", "dates_held.tsv") for row in _rows(name)]
    ),
    st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)),
    st.booleans(),
)
def test_an_interval_is_never_upside_down(words: str, published: date, past: bool) -> None:
    found = resolve(words, published, past=past)
    if found is not None and found.earliest is not None and found.latest is not None:
        assert found.earliest[:10] <= found.latest[:10]


@given(st.text(max_size=40), st.dates(min_value=date(1, 1, 1)), st.booleans())
def test_any_text_is_resolved_or_left_alone(words: str, published: date, past: bool) -> None:
    anchor = Interval(published.isoformat(), published.isoformat(), "Day")
    resolve(words, published, past=past)
    resolve(words, published, past=past, anchor=anchor, near=True)


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2100, 1, 1)))
def test_a_weekday_in_the_past_lies_within_the_week_before(published: date) -> None:
    found = resolve("on Monday", published, past=True)
    assert found is not None
    assert found.earliest is not None
    day = date.fromisoformat(found.earliest)
    assert day.weekday() == 0
    assert published - timedelta(days=6) <= day <= published
