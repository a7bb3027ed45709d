"""An attribution while it is still being put together."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from kg.extract.cues import Cue, lemma, negated
from kg.extract.quotes import Quotation
from kg.records import Span

SAID = Cue("", "", "speech", "Assertion", "Certain", "Affirmed", False, frozenset({"clause"}))
ASKED = Cue("", "", "speech", "Assertion", "Unstated", "Affirmed", False, frozenset({"clause"}))
ATTITUDE = Cue("", "", "stance", "Opinion", "Unstated", "Affirmed", False, frozenset())
"""What a cue means that only the network knows: it ties words to somebody and claims nothing."""
SILENCE = ("comment", "respond", "answer", "discuss", "say", "speak", "elaborate", "reply",
           "confirm", "specify", "provide", "disclose", "identify")  # fmt: skip
UTTERANCES = ("comment", "mention", "statement", "response", "reference", "word", "remark")


@dataclass(slots=True)
class Saying:
    """An attribution while its quotations are still being found.

    `verbatim` says that the content is the speaker's own words without quotation marks: a line of
    a transcript, a statement behind "she said:".
    """

    cue: Span
    word: Token | None
    meaning: Cue
    source: Token | None
    content: list[Span]
    quotes: list[Quotation] = field(default_factory=list)
    quoted: bool = False
    verbatim: bool = False


def meaning_of(draft: Saying) -> Cue:
    """The row, with the silence of "declined to comment" and "made no mention of" seen."""
    word, cue = draft.word, draft.meaning
    if word is None:
        return cue
    if word.pos_ == "VERB" and cue.lemma in ("decline", "refuse"):
        if any(c.dep_ in ("xcomp", "advcl") and lemma(c) in SILENCE for c in word.children):
            return replace(cue, act="NoComment", certainty="Unstated", polarity="Affirmed")
    if word.pos_ == "NOUN" and cue.lemma in UTTERANCES and negated(word):
        return replace(cue, act="NoComment", certainty="Unstated", polarity="Affirmed")
    return cue
