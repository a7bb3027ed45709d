"""Negation of a verb or noun by its own dependents, and prepositions that deny or suppose."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import lexicon
from kg.extract.phrases import case

NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "nowhere"})
NOBODY = frozenset({"nobody", "none", "nothing", "neither", "no-one"})
SUBJECTS = ("nsubj", "nsubj:pass", "csubj", "csubj:pass", "expl")


def denied(token: Token) -> bool:
    """Whether the word is negated by itself, its subject, object or agent."""
    for child in token.children:
        if child.lower_ in NOT and child.dep_ in ("advmod", "det", "neg", "cc:preconj"):
            if not _contrast(token, child):
                return True
        if child.lower_ == "nor" and child.dep_ == "cc":
            return True
        if child.lower_ == "longer" and _no_longer(child):
            return True
        if _no(child) and child.i < token.i and token.pos_ in ("NOUN", "PROPN"):
            return True
        if token.pos_ in ("VERB", "AUX", "ADJ") and child.dep_ in (*SUBJECTS, "obj", "obl:agent"):
            if negative(child):
                return True
        if child.dep_ == "obl" and negative(child):
            inverted = any(c.dep_ == "aux" and child.i < c.i < token.i for c in token.children)
            if case(child) == "by" or inverted and child.i < token.i:
                return True
        if child.dep_ in ("case", "mark", "cc") and preposition(child) == "Denied":
            return True
    return False


def _no_longer(word: Token) -> bool:
    """ "no longer shell it", but not "no longer than a car"."""
    after = word.doc[word.i + 1].lower_ if word.i + 1 < len(word.doc) else ""
    return word.i > 0 and word.doc[word.i - 1].lower_ == "no" and after != "than"


def _no(word: Token) -> bool:
    return word.lower_ in ("no", "neither") and word.dep_ in ("det", "advmod", "cc:preconj")


def _contrast(token: Token, word: Token) -> bool:
    """ "not only", "hit not the barracks but the bakery": the happening itself is not denied."""
    if word.lower_ != "not" or word.i + 1 >= len(word.doc):
        return False
    if word.doc[word.i + 1].lower_ in ("only", "just", "merely"):
        return True
    behind = [t.lower_ for t in word.doc[word.i : token.sent.end]]
    return word.i > token.i and token.pos_ == "VERB" and "but" in behind


def negative(noun: Token) -> bool:
    """Whether a noun phrase speaks of none: "nobody", "no village", "not a single rocket"."""
    if noun.lower_ in NOBODY or noun.lower_ == "one" and led_by(noun, "no"):
        return True
    return any(
        _no(c) or c.lower_ == "not" and c.i < noun.i and not _contrasted(noun)
        for c in noun.children
    )


def _contrasted(noun: Token) -> bool:
    """Whether "but" follows: "not a rocket but a drone"."""
    return any(t.lower_ == "but" for t in noun.doc[noun.i : noun.sent.end])


def led_by(head: Token, word: str) -> bool:
    """Whether a dependent of this form comes before its head."""
    return any(c.lower_ == word and c.i < head.i for c in head.children)


def suppose(words: str) -> bool:
    """Whether a conjunction of several words supposes what follows it."""
    return lexicon.actuality_words().get((words, "ADP", "complement")) == "Possible"


def preposition(word: Token) -> str:
    """What a preposition or conjunction says of what follows it: "without", "instead of"."""
    whole = " ".join([word.lower_, *(c.lower_ for c in word.children if c.dep_ == "fixed")])
    words = lexicon.actuality_words()
    if hit := words.get((whole, "ADP", "complement")):
        return hit
    before = word.doc[word.i - 1] if word.i else word
    if word.lower_ in ("of", "from", "as", "than", "that") and before.i < word.i:
        return words.get((f"{before.lower_} {word.lower_}", "ADP", "complement"), "")
    return words.get((word.lower_, "ADP", "complement"), "")
