"""Place names inside of longer names: "Dolsk" of "Dolsk Police", "Velm" of "University of Velm"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from kg import ontology
from kg.link.candidates import country_words
from kg.link.gazetteer import gazetteer
from kg.link.placenames import KINDS
from kg.link.transliterate import normal
from kg.records import Form, Mention, Span

BODIES = frozenset(
    "Organisation GovernmentBody SecurityService ArmedForce MilitaryUnit MediaOutlet".split()
)
SITES = frozenset("Facility School Hospital Residential".split())
"""Facilities that are named after their place; a plant or a dam is a place of its own."""

_WORD = re.compile(r"[\w’'.]+(?:-[\w’'.]+)*")
_AT_END = re.compile(r"\b(?:of|in|at|for)\s+(?:the\s+)?((?:[A-Z][\w’'.-]*\s?){1,4})$")
_KNOWN = 15_000  # people; a smaller town counts only where the text names it elsewhere
_LONGEST = 4  # words of a place name


@cache
def _words(use: str) -> frozenset[str]:
    """Words in the names of bodies: "seat" after a place, "never" at the start without one."""
    rows = ontology.rows("places/seats.tsv")
    return frozenset(row["word"] for row in rows if row["use"] == use)


def inner(mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """A mention of kind "Place" for each place that the name of a body or site begins or ends with.

    The place stands before a word of `ontology/places/seats.tsv`, or after "of" or "in" at the
    end of the name, and is a country, a region or a town that the gazetteer knows; a small town
    has to be named by the text outside of longer names too. Sorted by position.
    """
    known = tuple(mentions)
    named = {normal(m.name) for m in known if m.kind in KINDS and m.form is Form.NAME}
    taken = {mention.span for mention in known}
    found: dict[Span, Mention] = {}
    for mention in known:
        if mention.form is Form.NAME and mention.kind in BODIES | SITES:
            for start, end in _within(mention.text, named):
                span = Span(mention.span.start + start, mention.span.start + end)
                if span not in taken:
                    found.setdefault(span, _place(mention, span))
    return tuple(found[span] for span in sorted(found))


def _within(name: str, named: set[str]) -> Iterator[tuple[int, int]]:
    words = list(_WORD.finditer(name))
    for length in range(min(_LONGEST, len(words) - 1), 0, -1):
        start, end = words[0].start(), words[length - 1].end()
        following = words[length][0].lower()
        if following in _words("seat") and _is_place(name[start:end], named):
            # "Velm County Court": the county, not a town Velm
            last = words[length] if following in ("county", "parish") else words[length - 1]
            if last.end() < len(name):
                yield start, last.end()
            break
    after = _AT_END.search(name)
    if after and after.start() > 0 and _is_place(after[1].strip(), named):
        yield after.start(1), after.start(1) + len(after[1].strip())


def _is_place(name: str, named: set[str]) -> bool:
    """Whether a name is surely that of a place: by the text, or by the gazetteer."""
    if not name[:1].isupper() or name.casefold() in country_words():
        country = country_words().get(name.casefold(), "")
        place = gazetteer().countries.get(country)
        return place is not None and name in (place.name, *place.names)
    if normal(name) in named:
        return True
    if name.casefold() in _words("never"):
        return False
    return any(
        candidate.exact
        and (candidate.place.level == "region" or candidate.place.population >= _KNOWN)
        for candidate in gazetteer().candidates(name)
    )


def _place(whole: Mention, span: Span) -> Mention:
    offset = whole.span.start
    text = whole.text[span.start - offset : span.end - offset]
    return Mention(
        span, text, "Place", Form.NAME, text, span, sentence=whole.sentence, quote=whole.quote
    )
