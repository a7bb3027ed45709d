"""Chains of time words: their form, and that any text is read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract import timegrammar
from kg.extract.timegrammar import expressions

WORDS = (
    "on at the of Tuesday 3 May 2031 and to 5 am last week 0415 hours for two days ago after night "
    "- , . early since 22nd past drones may"
).split()


def _found(text: str) -> list[str]:
    return [text[start:end] for start, end in expressions(text)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It fell on 3 May, 2031.", ["on 3 May, 2031"]),
        ("Talks from 30 March to 2 April failed.", ["from 30 March to 2 April"]),
        ("in the night between 3 and 4 November", ["in the night between 3 and 4 November"]),
        ("on Tuesday after overnight fighting", ["on Tuesday", "after overnight"]),
        ("It may march on Sunday", ["on Sunday"]),
        ("a 24/7 watch, 16.05 per cent", []),
        ("for six hours from noon", ["for six hours", "from noon"]),
    ],
)
def test_chains(text: str, found: list[str]) -> None:
    assert _found(text) == found


@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)))
def test_expressions_of_any_text_stand_in_order(text: str) -> None:
    last = 0
    for start, end in expressions(text):
        assert last <= start < end <= len(text)
        last = end


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_the_quick_look_at_what_follows_leaves_nothing_out(text: str) -> None:
    found = _found(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timegrammar, "_led", lambda text, word: True)
        assert _found(text) == found
