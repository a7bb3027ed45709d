"""Who is said to stand behind an event: "claimed responsibility for", "was blamed on".

Words are rows of `responsibility.tsv`: `on` says which slot of the word holds who did it, and
`for` which slot holds the event. The event keeps who it is held against as its initiator; who
says so is told by the claim. "Denied any role in the attack", "had nothing to do with it" and
"is not responsible for it" tell of who did not do it: such an event is denied.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg import ontology
from kg.extract.clauses import arguments, passive, subject
from kg.extract.phrases import RELATIVE, case
from kg.extract.polarity import denied, negative

PHRASES = ("for", "of", "in")


@dataclass(frozen=True, slots=True)
class Author:
    """Who is said to have done an event, or not to have done it."""

    token: Token
    denied: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of `responsibility.tsv`: what the verb carries, the slots of who and of what."""

    carried: str
    who: str
    what: str
    negated: str
    bare: bool


@cache
def words() -> dict[str, tuple[Row, ...]]:
    """The rows by lemma."""
    found: defaultdict[str, list[Row]] = defaultdict(list)
    for row in ontology.rows("lexicon/responsibility.tsv"):
        one = Row(row["object"], row["who"], row["what"], row["not"], row["bare"] == "yes")
        found[row["lemma"]].append(one)
    return {lemma: tuple(rows) for lemma, rows in found.items()}


@cache
def _carried() -> frozenset[str]:
    """Nouns that such verbs carry: "responsibility", "blame"."""
    return frozenset(row.carried for rows in words().values() for row in rows if row.carried)


def responsible(event: Token) -> Author | None:
    """Who is said to have done an event, or not to have done it.

    Args:
        event: the noun or the gerund that tells of it.

    Returns:
        The head of the phrase that names them, None where nobody is.
    """
    node = _first(event)
    if case(node) == "behind" and (found := _behind(node)) is not None:
        return found
    for word, carrier, slot in (*_above(event), *_below(event)):
        for row in words().get(word.lemma_.lower(), words().get(word.lower_, ())):
            carries = carrier or carries_of(word)
            if row.what == slot and row.carried in ("", carries) and carrier in ("", row.carried):
                found = author(word, row, event)
                if found is not None or row.carried:
                    return found
    return None


def _first(event: Token) -> Token:
    """The first of what the event is coordinated with."""
    while event.dep_ == "conj":
        event = event.head
    return event


def _above(event: Token) -> Iterator[tuple[Token, str, str]]:
    """The word that governs the event, the noun that it carries, the slot that the event has."""
    node = _first(event)
    governor = node.head
    if governor.i == node.i:
        return
    slot = "obj" if node.dep_ in ("obj", "nsubj:pass") else "subj"
    if node.dep_ not in ("obj", "nsubj:pass", "nsubj"):
        slot = case(node) or next((c.lower_ for c in node.children if c.dep_ == "mark"), "")
        if not slot and node.dep_ == "obl" and node.i > governor.i:
            slot = "obj"  # "attributed to the rebels the massacre of fifteen farmers"
    if slot in PHRASES and governor.dep_ == "obj" and governor.pos_ != "VERB":
        if governor.lemma_.lower() not in _carried():
            governor = governor.head  # "blamed rebels for the attack" with the attack on the rebels
    if governor.pos_ == "NOUN" and governor.lemma_.lower() in _carried() and slot in PHRASES:
        yield governor.head, governor.lemma_.lower(), slot
    elif slot == "with" and governor.lemma_ == "do" and governor.head.lower_ in _carried():
        yield governor.head.head, governor.head.lower_, slot
    else:
        yield governor, "", slot


def _below(event: Token) -> Iterator[tuple[Token, str, str]]:
    """The same where the word stands in a clause about the event: "an attack claimed by X"."""
    for verb in event.children:
        if verb.dep_ == "acl" and verb.tag_ == "VBN" and passive(verb):
            yield verb, "", "obj"
        elif verb.dep_ == "acl:relcl" and verb.pos_ == "VERB":
            own = [
                *verb.children,
                *(c for o in verb.children if o.dep_ == "obj" for c in o.children),
            ]
            for pronoun in own:
                if pronoun.lower_ in RELATIVE and pronoun.i < verb.i:
                    if pronoun.dep_ in ("nsubj:pass", "obj"):
                        yield verb, "", "obj"
                    elif slot := case(pronoun):
                        yield verb, "", slot


def carries_of(word: Token) -> str:
    """The object that a verb carries, in lower case; "" where it has none."""
    return next((c.lower_ for c in word.children if c.dep_ == "obj"), "")


def author(word: Token, row: Row, event: Token) -> Author | None:
    """Who fills the slot of a row, None where the negated word says nothing of them."""
    found = _who(word, row.who, event)
    if found is None or negative(found):
        return None
    carried = [c for c in word.children if c.dep_ == "obj" and c.lower_ == row.carried]
    no = denied(word) or any(negative(c) for c in carried if row.negated != "always")
    if row.negated == "always":
        return None if denied(word) and row.carried != "nothing" else Author(found, denied=True)
    if row.negated == "only":
        return Author(found, denied=True) if no else None
    if no:
        return Author(found, denied=True) if row.negated == "denied" else None
    return Author(found, denied=False)


def _behind(event: Token) -> Author | None:
    """As in "they were behind the blast": the subject of the predicate."""
    if not any(c.dep_ == "cop" for c in event.children):
        return None
    found = next((c for c in event.children if c.dep_ == "nsubj"), None)
    if found is None and event.head.pos_ == "VERB":  # "denied being behind the attack"
        above = subject(event.head)
        found = above.token if above is not None else None
    return None if found is None or negative(found) else Author(found, denied(event))


def _who(word: Token, slot: str, event: Token) -> Token | None:
    """The participant of a verb or a predicate in a slot, be it attached to the event."""
    if word.pos_ == "VERB":
        found = [a.token for a in arguments(word) if a.slot == slot]
        found += [c for c in event.children if c.dep_ == "nmod" and case(c) == slot]
        return found[0] if found else None
    if slot == "subj":
        own = [c for c in word.children if c.dep_ == "nsubj"]
        if not own and word.dep_ == "xcomp":  # "held the army responsible"
            own = [a.token for a in arguments(word.head) if a.slot == "obj"]
        modified = word.dep_ == "amod" or word.dep_ in ("acl", "acl:relcl") and not own
        return own[0] if own else word.head if modified else None
    return next((c for c in word.children if case(c) == slot), None)
