"""Whose count, view or account it is: phrases that attribute the clause they stand in."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extract.attributions import attributions


@pytest.mark.parametrize(
    ("text", "cue", "name", "content"),
    [
        (
            "By the Karst army’s reckoning, 210 rebels were killed; they speak of 40.",
            "By the Karst army’s reckoning",
            "army",
            ["210 rebels were killed"],
        ),
        (
            "Some 90 people have drowned, in the count of the Vesna Red Cross.",
            "in the count of",
            "Cross",
            ["Some 90 people have drowned"],
        ),
        (
            "Going by a tally of the Health Ministry, 90 people drowned.",
            "Going by a tally of",
            "Ministry",
            ["90 people drowned"],
        ),
    ],
)
def test_whose_count_or_view_it_is(
    language: Language, text: str, cue: str, name: str, content: list[str]
) -> None:
    doc = language(text)
    (found,) = [a for a in attributions(doc) if text[a.cue.start : a.cue.end] == cue]
    assert [doc[i].text for i in found.sources] == [name]
    assert [text[s.start : s.end] for s in found.content] == content


def test_an_account_is_not_on_account_of(language: Language) -> None:
    assert not attributions(language("The road is closed on account of the mines."))
