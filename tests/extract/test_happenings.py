"""Where grammar and network agree on a happening, and where one overrules the other."""

from __future__ import annotations

import pytest
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from kg.extract.events import events
from kg.extract.happenings import Seen, likeliest, sights


def _seen(doc: Doc, word: str, sure: int, **kinds: int) -> None:
    """Replaces what the network sees by one word."""
    at = next(t.i for t in doc if t.text == word)
    spans = [Span(doc, at, at + 1, label="EVENT", span_id="0", kb_id=str(sure))]
    spans += [
        Span(doc, at, at + 1, label=kind, span_id="0", kb_id=str(share))
        for kind, share in kinds.items()
    ]
    doc.spans["happenings"] = SpanGroup(
        doc, name="happenings", attrs={"kinds": ["Attack", "Shelling", "Arrest"]}, spans=spans
    )


def _kinds(doc: Doc) -> list[str]:
    return [frame.kind for frame in events(doc)]


def test_a_word_of_the_lexicon_counts_where_the_network_finds_it_possible(
    language: Language,
) -> None:
    doc = language("Rebels shelled the town.")
    _seen(doc, "shelled", 20, Shelling=90)
    assert _kinds(doc) == ["Shelling"]


def test_a_word_of_violence_that_the_network_holds_for_another_is_no_event(
    language: Language,
) -> None:
    doc = language("Rebels shelled the town.")
    _seen(doc, "shelled", 12, Shelling=90)
    assert _kinds(doc) == []


def test_a_word_in_which_the_network_sees_nothing_is_no_event(language: Language) -> None:
    doc = language("Rebels shelled the town.")
    _seen(doc, "town", 12, Attack=90)
    assert _kinds(doc) == []


def test_a_class_that_the_network_does_not_know_is_left_to_the_grammar(language: Language) -> None:
    doc = language("Rebels killed four soldiers.")
    _seen(doc, "four", 12, Attack=60)
    assert _kinds(doc) == ["Killing"]


def test_a_listed_word_that_the_grammar_makes_nothing_of_counts_if_the_network_is_sure(
    language: Language,
) -> None:
    doc = language("They were taken at dawn.")
    _seen(doc, "taken", 95, Capture=90)
    assert _kinds(doc) == ["Capture"]
    _seen(doc, "taken", 60, Capture=90)
    assert _kinds(doc) == []
    _seen(doc, "taken", 95, Capture=50)
    assert _kinds(doc) == []


def test_a_word_that_is_not_listed_is_no_event(language: Language) -> None:
    doc = language("Policemen bagged the suspect in the market.")
    _seen(doc, "bagged", 95, Arrest=90)
    assert _kinds(doc) == []


def test_without_the_span_group_the_grammar_decides(language: Language) -> None:
    doc = language("Rebels shelled the town.")
    del doc.spans["happenings"]
    assert not sights(doc).words
    assert _kinds(doc) == ["Shelling"]


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ((("Shelling", 0.6), ("Attack", 0.3)), "Shelling"),
        ((("Shelling", 0.4), ("AirStrike", 0.4)), "Attack"),
        ((("Killing", 0.4), ("AirStrike", 0.4)), ""),
        ((("Event", 0.9),), ""),
    ],
)
def test_the_narrowest_likely_class_is_taken(
    kinds: tuple[tuple[str, float], ...], expected: str
) -> None:
    assert likeliest(Seen(0.9, kinds, ())) == expected
