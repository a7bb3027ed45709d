"""Time expressions: where they stand, and which one says when an event was.

An expression is a chain of dated pieces with what introduces them ("late on Tuesday
evening", "over the past 24 hours", "since the start of the war"). What it means on the
calendar is decided later, from the day of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from kg import ontology
from kg.extract import lexicon
from kg.extract.lexicon import ACTORS, PLACES
from kg.extract.phrases import case, noun_class, quote_index, sentence_index, span
from kg.extract.tense import tense
from kg.extract.timespans import spans
from kg.extract.written import written
from kg.records import Form, Mention, Span

ATTACHED = frozenset(
    "obl obl:unmarked obl:tmod obl:npmod advmod nmod nmod:unmarked nmod:tmod nmod:poss "
    "amod nummod compound advcl"
    " nmod:desc dep parataxis".split()
)


LASTING = ACTORS | PLACES | {"EquipmentType"}


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
        data["kg_times"] = [_expression(found) for sent in doc.sents for found in spans(sent)]
    found: list[_Expression] = data["kg_times"]
    return found


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
    coordinated verbs, the verb whose participle or subject it is, what happened when it did –
    never on a verb of saying, whose time is the time of speaking.
    """
    here = _expressions(token.doc)
    node, when = token, False
    for _ in range(5):
        found = _own(node, here, token)
        if found is not None:
            return _point(found) if when else found
        above = _carrier(node)
        if above is None:
            break
        when = when or node.dep_ == "advcl" and _opened(node, "when")
        node = above
    return _beside(token, here)


def _point(time: Mention) -> Mention:
    """The time without "since": "the town has been cut off since May, when rebels took it"."""
    word, _, rest = time.text.partition(" ")
    if word.lower() != "since" or not rest:
        return time
    start = time.span.end - len(rest)
    return replace(
        time, text=rest, name=time.name.partition(" ")[2], span=Span(start, time.span.end)
    )


def _beside(token: Token, here: list[_Expression]) -> Mention | None:
    """The time of what happened together with an event: its when-clause, or what it followed from.

    "Nine were killed when a shell hit the bus on Tuesday", "the attack on Tuesday, which killed
    nine".
    """
    for child in token.children:
        if child.dep_ == "advcl" and _opened(child, "when"):
            return _own(child, here, token)
    noun = token.head
    if token.dep_ in ("acl:relcl", "advcl") and _opened(token, "when"):
        named = next((e.mention for e in here if e.root.i == noun.i), None)
        return _point(named) if named is not None else None
    if token.dep_ == "acl:relcl" and noun.pos_ == "NOUN" and _opened(token, "which"):
        return _own(noun, here, token)
    return None


def _opened(verb: Token, word: str) -> bool:
    """Whether a clause begins with a word: "when", "which", "in which"."""
    return any(child.lower_ == word and child.i < verb.i for child in verb.children)


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
    found = _hanging(hosts, here, node)
    if not found and node.pos_ == "VERB":
        found = _hanging({child.i for child in node.children if _lasting(child)}, here, node)
    if not found and node.pos_ == "NOUN":
        found = [e for e in here if _leads(e, node)]
    if not found:
        return None
    return min(found, key=lambda e: (abs(e.root.i - event.i), e.root.i)).mention


def _hanging(hosts: set[int], here: list[_Expression], node: Token) -> list[_Expression]:
    """The expressions that the parse hangs on some words."""
    return [
        e
        for e in here
        if e.root.head.i in hosts
        and e.root.i not in hosts
        and (e.root.dep_ in ATTACHED or e.root.dep_.startswith(("obl", "nmod", "advmod", "appos")))
        and not (_ranked(node) and _SPAN_OF_RANK.match(e.mention.name))
    ]


def _leads(time: _Expression, noun: Token) -> bool:
    """Whether a time stands between article and noun: "the October 7, 2023, attack"."""
    text = time.mention.text
    between = written(noun.doc)[time.mention.span.end : noun.idx]
    joined = between == " " or between == ", " and text[-4:].isdigit()
    return joined and _ARTICLE.search(text) is not None


def _lasting(word: Token) -> bool:
    """Whether a verb's participant is a place, person or thing: a time beside it is the verb's."""
    if not word.dep_.startswith(("nsubj", "obj", "obl")) or word.pos_ not in ("NOUN", "PROPN"):
        return False
    return bool(word.ent_type_) or noun_class(word) in LASTING


_ARTICLE = re.compile(r"\b(?:the|an?|this|that) \w", re.IGNORECASE)
_SPAN_OF_RANK = re.compile(r"(?:ever )?since\b|(?:in|for|of) (?:more than |over |almost )?(?:\w+ )?"
                           r"(?:hour|day|week|month|year|decade)s?$")  # fmt: skip


def _ranked(noun: Token) -> bool:
    """Whether a noun is the first or the most of its kind: what it is so "since May" is no time."""
    return any(
        c.tag_ in ("JJS", "RBS")
        or c.lower_ in ontology.words("times", "ordinal")
        or any(g.tag_ == "RBS" for g in c.children)
        for c in noun.children
    )


def _carrier(node: Token) -> Token | None:
    """The word above that shares its time with this one."""
    above = node.head
    if above.i == node.i or above.sent != node.sent or speaks(above):
        return None
    if node.pos_ in ("VERB", "AUX", "ADJ"):
        shared = node.dep_ in ("conj", "xcomp", "cop", "aux", "aux:pass")
        participle = node.dep_ == "advcl" and node.tag_ in ("VBG", "VBN") and not _subordinate(node)
        together = node.dep_ == "advcl" and _opened(node, "when")
        return above if shared or participle or together else None
    if node.dep_ in ("conj", "compound", "appos"):
        return above
    if node.dep_.startswith("nmod") and case(node) in ("of", ""):
        return None if _toll(above) else above
    if node.dep_.startswith(("nsubj", "obj", "obl", "iobj")) and above.pos_ in (
        "VERB",
        "AUX",
        "ADJ",
    ):
        return above
    return None


def _toll(noun: Token) -> bool:
    """Whether a noun counts what is over: the toll of an attack rises later."""
    return noun.lemma_ in ("toll", "tally") and noun.dep_.startswith(("nsubj", "obj"))


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
