"""Who is said to stand behind an event: "claimed responsibility for", "was blamed on".

Words are rows of `responsibility.tsv`: `on` says which slot of the word holds who did it, and
`for` which slot holds the event. The event keeps who it is held against as its initiator; who
says so is told by the claim.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Token

from kg import ontology
from kg.extract.clauses import arguments, passive
from kg.extract.phrases import RELATIVE, case
from kg.extract.polarity import negative


@cache
def _words() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """(object, slot of who, slot of what) by lemma."""
    found: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for row in ontology.rows("lexicon/responsibility.tsv"):
        found[row["lemma"]].append((row["object"], row["who"], row["what"]))
    return {lemma: tuple(rows) for lemma, rows in found.items()}


@cache
def _carried() -> frozenset[str]:
    """Nouns that such verbs carry: "responsibility", "blame"."""
    return frozenset(carried for rows in _words().values() for carried, _, _ in rows if carried)


def responsible(event: Token) -> Token | None:
    """Who is said to have done an event.

    Args:
        event: the noun or the gerund that tells of it.

    Returns:
        The head of the phrase that names them, None where nobody is.
    """
    for word, carrier, slot in (*_above(event), *_below(event)):
        for carried, who, what in _words().get(word.lemma_.lower(), ()):
            carries = carrier or next((c.lower_ for c in word.children if c.dep_ == "obj"), "")
            if what != slot or carried not in ("", carries) or carrier and carried != carrier:
                continue
            found = _who(word, who, event)
            if found is not None or carried:
                return None if negative(word) or found is None or negative(found) else found
    return None


def _above(event: Token) -> Iterator[tuple[Token, str, str]]:
    """The word that governs the event, the noun that it carries, the slot that the event has."""
    node = event
    while node.dep_ == "conj":
        node = node.head
    governor = node.head
    if governor.i == node.i:
        return
    slot = "obj" if node.dep_ in ("obj", "nsubj:pass") else "subj"
    if node.dep_ not in ("obj", "nsubj:pass", "nsubj"):
        slot = case(node) or next((c.lower_ for c in node.children if c.dep_ == "mark"), "")
    if slot in ("for", "of", "in") and governor.dep_ == "obj" and governor.pos_ != "VERB":
        if governor.lemma_.lower() not in _carried():
            governor = governor.head  # "blamed rebels for the attack" with the attack on the rebels
    if governor.pos_ == "NOUN" and governor.lemma_.lower() in _carried() and slot == "for":
        yield governor.head, governor.lemma_.lower(), slot
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
