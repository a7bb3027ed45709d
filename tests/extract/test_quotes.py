"""Quotation marks: kinds, apostrophes, paragraphs, speech against quoted fragments."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.quotes import quoted

CASES = [
    ("“We hold the bridge,” she said.", ["We hold the bridge,"]),
    ('"We left," he said. "All of us."', ["We left,", "All of us."]),
    ("‘It’s the rebels’ last stand,’ he said.", ["It’s the rebels’ last stand,"]),
    ("'It isn't over,' he said, 'and we're here.'", ["It isn't over,", "and we're here."]),
    ("«Мы здесь», he said.", ["Мы здесь"]),
    ("''We hold it,'' Mr. Kolar said.", ["We hold it,"]),
    ("The soldiers’ boots and Vesna’s flag.", []),
    ("In the ’90s the rebels' camp was Karst's.", []),
    ("A so-called ‘liberation’ of the ‘people’s town’.", ["liberation", "people’s town"]),
    ("He said: “We left.\n\n“We came back.”", ["We left.", "We came back."]),
    ("“We left. Nobody stayed behind to count.", ["We left."]),
]


@pytest.mark.parametrize(("text", "inner"), CASES)
def test_inner_text(text: str, inner: list[str]) -> None:
    assert [text[q.inner.start : q.inner.end] for q in quoted(text)] == inner


@pytest.mark.parametrize(
    ("text", "speech"),
    [
        ("“We hold the bridge,” she said.", True),
        ("He replied: ‘Never.’", True),
        ("It was a ‘safe’ town.", False),
        ("They raged against a ‘cowardly attack’.", False),
        ("She called it “a crime against all of us” on Monday.", False),
    ],
)
def test_speech_and_fragment(text: str, speech: bool) -> None:
    assert [q.speech for q in quoted(text)] == [speech]


def test_reopened_quotation_is_marked() -> None:
    text = "‘We left.\n‘Then we came back,’ he said."
    assert [q.reopened for q in quoted(text)] == [False, True]


@given(st.text(alphabet="ab c’‘“”\"'.,?\n«»é🛡", max_size=60))
def test_offsets_are_ordered_and_inside(text: str) -> None:
    end = 0
    for quote in quoted(text):
        assert end <= quote.span.start <= quote.inner.start < quote.inner.end <= quote.span.end
        assert quote.span.end <= len(text)
        end = quote.span.end
