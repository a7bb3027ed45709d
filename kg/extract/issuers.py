"""Whose statement a text or a part of it is: headings that name a ministry, a staff, a front."""

from __future__ import annotations

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from kg.extract.cues import finite, lemma
from kg.extract.lexicon import ACTORS
from kg.extract.phrases import mention
from kg.extract.quotes import paragraphs
from kg.extract.written import written
from kg.records import Mention

LONGEST = 160
"""A heading has not more characters than this, and no finite verb."""
ISSUED = ("statement", "communique", "communiqué", "declaration", "release", "bulletin", "note",
          "notice", "message", "appeal", "proclamation", "announcement")  # fmt: skip
ENUMERATED = 5
"""So many letters at most number a heading: "A.", "II.", "No. 3"."""
LEAD = 400
"""So many characters of a document may stand before its first heading."""


def issuer(doc: Doc, at: int) -> Mention | None:
    """The body that issues the statement in which the character stands, None where none is named.

    The latest heading before it counts: "Statement by the Ministry of Trade of Karst", "Karst
    General Staff, communiqué No. 9". A text without one at its beginning is nobody's statement.
    """
    found: Mention | None = None
    for start, body in _headings(doc):
        if start > at:
            break
        found = body
    return found


def _headings(doc: Doc) -> tuple[tuple[int, Mention], ...]:
    cached: tuple[tuple[int, Mention], ...] | None = doc.user_data.get("kg_headings")
    if cached is None:
        cached = tuple(_found(doc))
        if cached and cached[0][0] > LEAD:
            cached = ()
        doc.user_data["kg_headings"] = cached
    return cached


def _found(doc: Doc) -> list[tuple[int, Mention]]:
    found = []
    for start, end in _lines(doc):
        line = doc.char_span(start, end, alignment_mode="expand")
        if line is None or any(t.pos_ in ("VERB", "AUX") and finite(t) for t in line):
            continue
        named = [b for b in (_body(t) for t in line) if b is not None]
        if named and (any(lemma(t) in ISSUED for t in line) or _signed(doc, line, named[0])):
            found.append((start, named[0]))
    return found


def _body(token: Token) -> Mention | None:
    """The body that the name at the token is of."""
    if not token.ent_type_ and token.pos_ != "PROPN":
        return None
    named = mention(token)
    bodies = ACTORS - {"Person", "Actor", "PopulationGroup", "MediaOutlet"}
    return named if named is not None and named.kind in bodies else None


def _signed(doc: Doc, line: Slice, body: Mention) -> bool:
    """Whether the line is a body's name with a date: "2. Ministry of Defence, 3 July, 10:00"."""
    before = written(doc)[line.start_char : body.span.start]
    dated = any(
        term.label_ == "DATE" and term.start >= line.start and term.end <= line.end
        for term in doc.spans.get("terms", ())
    )
    return dated and sum(map(str.isalpha, before)) <= ENUMERATED


def _lines(doc: Doc) -> list[tuple[int, int]]:
    """Paragraphs, and lines of their own at the head of one, that are short enough."""
    found = []
    text = written(doc)
    for start, end in paragraphs(text):
        line = text.find("\n", start, end)
        stop = line if line > 0 else end
        if stop - start <= LONGEST:
            found.append((start, stop))
    return found
