"""Whose words each token is: paragraphs, quotation marks and the speakers that the network sees."""

from __future__ import annotations

from bisect import bisect_right

from spacy.tokens import Doc

from kg.annotate.mentions import Phrase, Tree
from kg.annotate.paragraphs import breaks

_OPENING = frozenset("“„«‟")
_CLOSING = frozenset("”»")
_STRAIGHT = frozenset(('"', "''", "``"))
NOBODY = -1


class Voices:
    """Paragraph, quotation and speaker of each token of a document.

    Attributes:
        paragraph: number of the paragraph, one per token.
        quote: number of the direct quotation, -1 outside of any.
        speaker: index of the phrase that is the source of what the token is part of, -1 where
            nobody is named; a quotation without a source goes on with that of the one before.
    """

    def __init__(self, doc: Doc, tree: Tree, found: list[Phrase]) -> None:
        edges = [at for at in breaks(doc.text) if at]
        self.paragraph = [bisect_right(edges, token.idx) for token in doc]
        self.quote = _quotations(tree.text, self.paragraph)
        self.speaker = _speakers(doc, found)
        self._carried()

    def _carried(self) -> None:
        """A quotation has one speaker, or that of the quotation just before it."""
        heard: dict[int, dict[int, int]] = {}
        first: dict[int, int] = {}
        last: dict[int, int] = {}
        for at, quote in enumerate(self.quote):
            if quote >= 0:
                first.setdefault(quote, at)
                last[quote] = at
                if self.speaker[at] != NOBODY:
                    counts = heard.setdefault(quote, {})
                    counts[self.speaker[at]] = counts.get(self.speaker[at], 0) + 1
        before = NOBODY
        for quote in sorted(first):
            counts = heard.get(quote, {})
            if counts:
                voice = min(counts, key=lambda who: (-counts[who], who))
            elif quote and self.paragraph[first[quote]] - self.paragraph[last[quote - 1]] <= 1:
                voice = before
            else:
                voice = NOBODY
            for at in range(first[quote], last[quote] + 1):
                self.speaker[at] = voice
            before = voice


def _quotations(words: list[str], paragraph: list[int]) -> list[int]:
    """Number of the quotation that each token is in; one left open ends with its paragraph."""
    found: list[int] = []
    number, opened = -1, False
    for at, word in enumerate(words):
        if at and paragraph[at] != paragraph[at - 1]:
            opened = False
        if not opened and (word in _OPENING or word in _STRAIGHT):
            opened = True
            number += 1
            found.append(number)
            continue
        found.append(number if opened else -1)
        if opened and (word in _CLOSING or word in _STRAIGHT):
            opened = False
    return found


def _speakers(doc: Doc, found: list[Phrase]) -> list[int]:
    """Index of the phrase that is the source of the shortest content around each token."""
    speaker = [NOBODY] * len(doc)
    size = [len(doc) + 1] * len(doc)
    by_head: dict[int, int] = {}
    for number, phrase in enumerate(found):
        by_head.setdefault(phrase.head, number)
    sources: dict[str, int] = {}
    for part in doc.spans.get("quotes", ()):
        if part.label_ == "SOURCE" and part.root.i in by_head:
            sources.setdefault(part.id_, by_head[part.root.i])
    for part in doc.spans.get("quotes", ()):
        if part.label_ == "CONTENT" and part.id_ in sources:
            for at in range(part.start, part.end):
                if len(part) < size[at]:
                    size[at], speaker[at] = len(part), sources[part.id_]
    return speaker
