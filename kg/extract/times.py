"""Time expressions: where they stand, and which one says when an event was.

An expression is a chain of dated pieces with what introduces them ("late on Tuesday
evening", "over the past 24 hours", "since the start of the war"). What it means on the
calendar is decided later, from the day of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from kg.extract import lexicon
from kg.extract.phrases import case, quote_index, sentence_index, span
from kg.extract.tense import tense
from kg.extract.timegrammar import BARE, DURATION, ORDINAL_DAY, expressions
from kg.records import Form, Mention, Span

_NEEDS_CAPITAL = re.compile(r"\b(may|march|mar|sun|sat|sep|dec)\b", re.IGNORECASE)

ATTACHED = frozenset(
    "obl obl:unmarked obl:tmod obl:npmod advmod nmod nmod:unmarked nmod:tmod nmod:poss "
    "amod compound advcl"
    " nmod:desc dep parataxis".split()
)


@dataclass(frozen=True, slots=True)
class _Expression:
    """A time expression with the word that carries it in the parse."""

    mention: Mention
    root: Token


def times(doc: Doc) -> tuple[Mention, ...]:
    """All time expressions of a document in text order, prepositions included.

    Each is a `Mention` of kind "Time" whose text is what a resolver of dates reads.
    """
    return tuple(expression.mention for expression in _expressions(doc))


def event_times(doc: Doc) -> tuple[Mention, ...]:
    """The time expressions that do not hang on a verb of speaking, in text order."""
    return tuple(one.mention for one in _expressions(doc) if not speaks(one.root.head))


def _expressions(doc: Doc) -> list[_Expression]:
    data = doc.user_data
    if "kg_times" not in data:
        data["kg_times"] = [_expression(found) for sent in doc.sents for found in _spans(sent)]
    found: list[_Expression] = data["kg_times"]
    return found


def _spans(sent: Slice) -> list[Slice]:
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
    if following is not None and following.lower_ in _NEVER_BEFORE:
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


def _bare(found: Slice, lower: str, following: Token | None) -> bool:
    """A part of the day, a year or a span of time alone: only where it is an adverbial."""
    root = found.root
    if re.fullmatch(r"\d{4}", lower):
        return root.dep_ in ("nmod:tmod", "obl:tmod", "nmod", "obl", "nmod:unmarked") and bool(
            case(root)
        )
    if lower.startswith(("the ", "that ")):
        return root.dep_.startswith(("obl", "advmod"))
    if re.search(r"\d|second|minute|hour|day|week|month|year|decade", lower):
        return False
    return root.dep_.startswith("obl") and bool(case(root))


def _expression(found: Slice) -> _Expression:
    root = found.root
    core = root
    if root.pos_ in ("ADP", "SCONJ", "DET") and len(found) > 1:
        core = found[-1]
    return _Expression(
        Mention(
            span=Span(found.start_char, found.end_char),
            text=found.text,
            kind="Time",
            form=Form.NOMINAL,
            name=re.sub(r"\s+", " ", found.text.replace("’", "'")).lower(),
            head=span(core),
            sentence=sentence_index(core),
            quote=quote_index(core),
            tense=tense(root),
        ),
        root,
    )


def time_of(token: Token) -> Mention | None:
    """When the event of a verb or noun was, in the text's own words.

    The expression hangs on the word itself, or on what carries the event: the first of
    coordinated verbs, the verb whose participle or subject it is – never on a verb of saying,
    whose time is the time of speaking.
    """
    here = _expressions(token.doc)
    node = token
    for _ in range(5):
        found = _own(node, here, token)
        if found is not None:
            return found
        above = _carrier(node)
        if above is None:
            return None
        node = above
    return None


def _own(node: Token, here: list[_Expression], event: Token) -> Mention | None:
    """The nearest expression that hangs on a word or on a verb that only says it happened."""
    hosts = {node.i}
    if node.pos_ in ("NOUN", "PROPN"):
        hosts.update(
            child.i
            for child in node.children
            if child.dep_ in ("acl", "acl:relcl")
            and lexicon.light_verbs().get(child.lemma_.lower()) is not None
        )
    candidates = [
        e
        for e in here
        if e.root.head.i in hosts
        and e.root.i not in hosts
        and (e.root.dep_ in ATTACHED or e.root.dep_.startswith(("obl", "nmod", "advmod")))
    ]
    if not candidates:
        return None
    return min(candidates, key=lambda e: (abs(e.root.i - event.i), e.root.i)).mention


def _carrier(node: Token) -> Token | None:
    """The word above that shares its time with this one."""
    above = node.head
    if above.i == node.i or above.sent != node.sent or speaks(above):
        return None
    if node.pos_ in ("VERB", "AUX", "ADJ"):
        shared = node.dep_ in ("conj", "xcomp", "cop", "aux", "aux:pass")
        participle = node.dep_ == "advcl" and node.tag_ in ("VBG", "VBN") and not _subordinate(node)
        return above if shared or participle else None
    if node.dep_ in ("conj", "compound", "appos"):
        return above
    if node.dep_.startswith("nmod") and case(node) in ("of", ""):
        return above
    if node.dep_.startswith(("nsubj", "obj", "obl", "iobj")) and above.pos_ in (
        "VERB",
        "AUX",
        "ADJ",
    ):
        return above
    return None


def _subordinate(verb: Token) -> bool:
    """Whether a conjunction with a time of its own introduces the clause."""
    return any(
        c.dep_ == "mark" and c.lower_ in ("after", "before", "since", "until", "when", "if", "once")
        for c in verb.children
    )


def speaks(verb: Token) -> bool:
    """Whether the verb introduces what somebody said or thinks."""
    return any(child.dep_ in ("ccomp", "csubj") for child in verb.children) or (
        verb.lemma_
        in ("say", "tell", "report", "claim", "announce", "state", "post", "write", "add")
    )
