"""Direct quotations of a document, found by their marks; the parse is not needed for it.

British single quotes, American double ones, straight ones, guillemets and the doubled
apostrophes of old wire text are read alike. An apostrophe is no quotation mark.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from spacy.tokens import Doc

from kg.extract.written import written
from kg.records import Span

CLOSING = {
    "“": "”", "„": "”“", "«": "»", "‘": "’", "‹": "›", "‚": "’‘", '"': '"', "'": "'", "''": "''",
    "``": "''",
}  # fmt: skip
MARK = re.compile("''|``|[“„«‘‹‚\"']")
PARAGRAPH = re.compile(r"\r?\n[ \t]*(?:\r?\n\s*)+|(?<=[.!?…:”’\"'»*)\]])[ \t]*\r?\n")
BEFORE_OPENING = set(" \t\r\n\u00a0([{-–—/:;,“‘\"'")
TERMINAL = tuple(".!?…,;:—–-*")
ELIDED = re.compile(
    r"['’‘](?:\d\ds?\b|(?:em|til|till|tis|twas|cause|cos|n|bout|round|neath)\b)", re.I
)
SENTENCE_END = re.compile(r"[.!?…]+(?=\s|$)")


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters between two quotation marks.

    Attributes:
        span: the quotation with its marks, in half-open code points.
        inner: the same without the marks.
        speech: whether it stands for itself ("…," he said), not woven into a clause of the
            writer, as scare quotes, titles and quoted fragments are.
        reopened: whether it goes on with the quotation of the paragraph before, which was
            left open there.
    """

    span: Span
    inner: Span
    speech: bool
    reopened: bool


def quotations(doc: Doc) -> tuple[Quotation, ...]:
    """The direct quotations of a document in text order; quotes within quotes are left out."""
    cached: tuple[Quotation, ...] | None = doc.user_data.get("kg_quotations")
    if cached is None:
        cached = quoted(written(doc))
        doc.user_data["kg_quotations"] = cached
    return cached


def quoted(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text, in order; none gives an empty tuple.

    >>> text = "It’s ‘our rebels’ land,’ he said, near a ‘safe’ town."
    >>> [text[q.inner.start : q.inner.end] for q in quoted(text)]
    ['our rebels’ land,', 'safe']
    >>> [q.speech for q in quoted(text)]
    [False, False]
    >>> [q.speech for q in quoted("“We left. We had to,” she said.")]
    [True]
    """
    found: list[Quotation] = []
    open_mark = ""
    bounds = paragraphs(text)
    for number, (start, end) in enumerate(bounds):
        following = text[bounds[number + 1][0] :][:2] if number + 1 < len(bounds) else ""
        position = start
        reopened = bool(open_mark) and text.startswith(open_mark, start)
        open_mark = ""
        while (mark := _opening(text, position, end, start)) is not None:
            inner_start = mark.end()
            close = _closing(text, mark.group(), inner_start, end)
            if close is not None:
                inner_end, stop = close
            elif following.startswith(mark.group()):
                inner_end = stop = end
                open_mark = mark.group()
            elif mark.group() in ("'", "‘") and mark.start() != start:
                position = inner_start
                continue
            else:
                inner_end = stop = _sentence_end(text, inner_start, end)
            if inner_end > inner_start:
                inner = Span(inner_start, inner_end)
                alone = _stands_alone(text, mark.start(), inner, start)
                continued = reopened and mark.start() == start
                found.append(Quotation(Span(mark.start(), stop), inner, alone, continued))
            position = max(stop, inner_start)
    return tuple(found)


def paragraphs(text: str) -> list[tuple[int, int]]:
    r"""Half-open offsets of the paragraphs, without the white space around them.

    A paragraph ends at a blank line, or at a line that ends like a sentence (texts with one
    paragraph per line); a line broken in mid-sentence does not end one.

    >>> paragraphs("One.\nTwo goes\non.\n\nThree")
    [(0, 4), (5, 17), (19, 24)]
    """
    cuts = [0]
    for gap in PARAGRAPH.finditer(text):
        cuts.append(gap.end())
    cuts.append(len(text))
    bounds = []
    for start, end in pairwise(cuts):
        body = text[start:end]
        if body.strip():
            left = start + len(body) - len(body.lstrip())
            bounds.append((left, start + len(body.rstrip())))
    return bounds


def _opening(text: str, position: int, end: int, start: int) -> re.Match[str] | None:
    """The next mark that can open a quotation."""
    while (mark := MARK.search(text, position, end)) is not None:
        before = text[mark.start() - 1] if mark.start() > start else " "
        after = text[mark.end()] if mark.end() < end else " "
        straight = mark.group() in ('"', "'", "''")
        fits = (before in BEFORE_OPENING and not after.isspace()) if straight else True
        if mark.group() in ("'", "‘"):
            fits = fits and before in BEFORE_OPENING and not after.isspace()
            fits = fits and ELIDED.match(text, mark.start()) is None
        if fits:
            return mark
        position = mark.end()
    return None


def _closing(text: str, mark: str, start: int, end: int) -> tuple[int, int] | None:
    """Where the inner text and the quotation end, None if it is not closed before `end`."""
    closers = CLOSING[mark]
    if closers == "''":
        place = text.find("''", start, end)
        if place < 0:
            place = text.find('"', start, end)
            return None if place < 0 else (place, place + 1)
        return place, place + 2
    plural_possessive: int | None = None
    for place in range(start, end):
        if text[place] not in closers:
            continue
        if mark not in ("'", "‘", "‚"):
            return place, place + 1
        before, after = text[place - 1], text[place + 1] if place + 1 < end else " "
        if before.isspace() or place == start or before.isalnum() and after.isalnum():
            continue
        if text[place - 1] in "sS" and after == " " and text[place + 2 : place + 3].islower():
            if plural_possessive is None:
                plural_possessive = place
            continue
        opened_again = mark == "‘" and "‘" in text[(plural_possessive or place) : place]
        if plural_possessive is not None and opened_again:
            break
        return place, place + 1
    if plural_possessive is not None:
        return plural_possessive, plural_possessive + 1
    return None


def _sentence_end(text: str, start: int, end: int) -> int:
    """End of the first sentence: an unclosed quotation reaches no further."""
    stop = SENTENCE_END.search(text, start, end)
    return stop.end() if stop else end


def _stands_alone(text: str, mark: int, inner: Span, paragraph: int) -> bool:
    """Whether a quotation is an utterance of its own: its borders and its length tell."""
    words = text[inner.start : inner.end].split()
    left = text[paragraph:mark].rstrip()
    free = not left or left[-1] in ",:.!?…—–-;”’»\"'"
    ended = text[inner.start : inner.end].rstrip().endswith(TERMINAL)
    right = text[inner.end :].lstrip("”’»\"'")
    ended = ended or free and bool(re.match(r"\s*[,.—–]", right))
    return free and (ended or len(words) >= 5) or len(words) >= 12 and ended
