"""Which words of a sentence say when: what looks like a time expression, judged by its parse."""

from __future__ import annotations

import re

from spacy.tokens import Span as Slice
from spacy.tokens import Token

from kg.extract.phrases import case
from kg.extract.timegrammar import BARE, DURATION, ORDINAL_DAY, expressions

_NEEDS_CAPITAL = re.compile(r"\b(may|march|mar|sun|sat|sep|dec)\b", re.IGNORECASE)


def spans(sent: Slice) -> list[Slice]:
    """The time expressions of a sentence in text order, prepositions included."""
    result = []
    plain = re.sub(r"\s", " ", sent.text.replace("’", "'"))
    for start, end in expressions(plain):
        found = sent.char_span(start, end, alignment_mode="contract")
        if found is None or len(found) == 0:
            continue
        expression = _trimmed(found)
        if expression is not None and _stands(expression):
            result.append(expression)
    return result


def _trimmed(found: Slice) -> Slice | None:
    """The expression without what only looks like a part of it ("about", "to", a determiner)."""
    start, end = found.start, found.end
    doc = found.doc
    root = found.root
    modifier = root.head.i >= found.end and root.head.pos_ in ("NOUN", "PROPN")
    if end < len(doc) and doc[end].lower_ in ("'s", "’s"):
        while start < end - 1 and doc[start].pos_ in ("ADP", "DET"):
            start += 1
    while start < end and (
        doc[start].pos_ == "PART"
        or modifier
        and not root.dep_.endswith("unmarked")
        and doc[start].lower_ in ("the", "a", "an")
    ):
        start += 1
    while end > start and (doc[end - 1].text in ("'s", "’s") or doc[end - 1].is_punct):
        end -= 1
    return doc[start:end] if start < end else None


def _stands(found: Slice) -> bool:
    """Whether the words really say when: not an age, a distance, the verb "may", a bare number."""
    text = re.sub(r"\s", " ", found.text.replace("’", "'"))
    lower = text.lower()
    root = found.root
    if any(_common(word) for word in found):
        return False
    following = found.doc[found.end] if found.end < len(found.doc) else None
    apart = bool(found[-1].whitespace_)
    if (
        following is not None
        and following.lower_ in _NEVER_BEFORE
        and not (apart and following.is_punct)
    ):
        return False
    if following is not None and following.lower_ in ("'s", "’s") and root.dep_ != "nmod:poss":
        return False
    if ORDINAL_DAY.fullmatch(text):
        return root.dep_.startswith(("obl", "nmod")) and bool(case(root))
    if BARE.fullmatch(text):
        return _bare(found, lower, following)
    if DURATION.fullmatch(text):
        return lower.split()[0] in (
            "for",
            "in",
            "within",
            "over",
            "during",
            "throughout",
            "after",
            "through",
        )
    return not root.dep_.startswith(("nsubj", "obj")) or lower.split()[0] in (
        "late",
        "early",
        "overnight",
    )


_NEVER_BEFORE = frozenset({"old", "-", "away", "sentence", "sentences"})


def _common(word: Token) -> bool:
    """Whether a word that only may be a month or day is none: a name, the verb "may", the sun."""
    if word.ent_type_ == "PER":
        return True
    if _NEEDS_CAPITAL.fullmatch(word.text) is None:
        return False
    return not word.text[0].isupper() or word.pos_ in ("AUX", "VERB")


def _of_one(year: Token) -> bool:
    """Whether a number is the year of a single thing: "a 2008 raid", never "2008 soldiers"."""
    noun = year.head
    return (
        year.dep_ in ("compound", "nummod", "nmod:unmarked", "amod")
        and noun.i > year.i
        and noun.tag_ == "NN"
        and any(c.dep_ == "det" and c.i < year.i for c in noun.children)
    )


def _bare(found: Slice, lower: str, following: Token | None) -> bool:
    """A part of the day, a year or a span of time alone: only where it is an adverbial."""
    root = found.root
    if re.fullmatch(r"\d{4}", lower):
        if _of_one(root):
            return True
        return root.dep_ in ("nmod:tmod", "obl:tmod", "nmod", "obl", "nmod:unmarked") and bool(
            case(root)
        )
    if lower.startswith(("the ", "that ")):
        return root.dep_.startswith(("obl", "advmod"))
    if re.search(r"\d|second|minute|hour|day|week|month|year|decade", lower):
        return False
    return root.dep_.startswith("obl") and bool(case(root))
