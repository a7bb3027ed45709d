"""Clauses under a condition, and clauses that depend on one: open, or contrary to fact."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.polarity import SUBJECTS, led_by, preposition, suppose

PAST = ("VBD", "VBN")
PRESENT = ("VBP", "VBZ", "VB")
ANYBODY = frozenset({"anyone", "anybody", "anything", "whoever", "whatever", "whichever"})


def conditional(verb: Token) -> bool:
    """Whether the word stands under "if", "whether", "in case" or an inverted "should"."""
    if _seen_as(verb):
        return True
    if verb.dep_ == "advcl" and _opening(verb):
        return True
    marked = any(
        preposition(c) == "Possible" for c in verb.children if c.dep_ in ("mark", "case", "advmod")
    )
    return marked or _inverted(verb, "should") or _inverted(verb, "were")


def _inverted(verb: Token, word: str) -> bool:
    """ "Should they attack, …", "Had it not hit a tree, …": an auxiliary before the subject."""
    first = next((c for c in verb.children if c.lower_ == word and c.dep_ in ("aux", "cop")), None)
    shared = first is None and word == "were" and verb.dep_ in ("xcomp", "ccomp")
    if first is None and not shared or any(t.text == "?" for t in verb.sent[-2:]):
        return False
    if first is None:
        return _were(verb.head)
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    return subject is not None and first.i < subject.i < verb.i


def contrary(verb: Token) -> bool:
    """Whether a condition is contrary to fact: "had it hit", "if they had fired", "as if"."""
    if verb.pos_ not in ("VERB", "AUX", "ADJ", "NOUN"):
        return False
    marks = [c.lower_ for c in _marks(verb)]
    if "as" in marks and ("if" in marks or "though" in marks):
        return not _seen_as(verb)
    had = any(c.dep_ == "aux" and c.lower_ in ("had", "'d") for c in verb.children)
    if _inverted(verb, "had"):
        return True
    if had and verb.dep_ == "ccomp" and verb.head.lemma_ == "wish":
        return True
    return "if" in marks and had and verb.dep_ in ("advcl", "root", "parataxis")


def _seen_as(verb: Token) -> bool:
    """ "It looks as if they had left": a guess and no fancy."""
    marks = {c.lower_ for c in _marks(verb)}
    guess = verb.head.lemma_ in ("look", "seem", "appear", "sound", "feel")
    return verb.dep_ in ("advcl", "ccomp") and guess and bool(marks & {"if", "though", "like"})


def _opening(verb: Token) -> bool:
    """Whether a clause opens with a longer conjunction: "as long as", "provided that"."""
    start = verb.left_edge.i
    for first in (start, start - 1, start - 2, start - 3):
        for size in (2, 3):
            words = [t.lower_ for t in verb.doc[max(first, 0) : max(first, 0) + size]]
            if first + size >= start and suppose(" ".join(words)):
                return True
    return False


def _were(verb: Token) -> bool:
    """ "Were they to attack": the copula itself heads the condition."""
    return verb.lower_ == "were" and any(c.dep_ == "nsubj" and c.i > verb.i for c in verb.children)


def _marks(verb: Token) -> list[Token]:
    return [c for c in verb.children if c.dep_ in ("mark", "case", "advmod") and c.i < verb.i]


def _condition(verb: Token) -> Token | None:
    """The condition that a main clause depends on."""
    for child in verb.children:
        if child.dep_ in ("advcl", "obl") and child.i != verb.i and conditional(child):
            return child
        if child.dep_ == "advcl" and (contrary(child) or _were(child)):
            return child
    return None


def open_condition(verb: Token) -> bool:
    """Whether the clause depends on a condition that may come true."""
    return (found := _condition(verb)) is not None and not contrary(found)


def hypothetical(verb: Token) -> bool:
    """Whether what a clause foretells depends on an open condition or on anybody doing a thing."""
    if open_condition(verb):
        return True
    for child in verb.children:
        if child.dep_ in SUBJECTS:
            words = {child.lower_, *(c.lower_ for c in child.children if c.dep_ == "det")}
            if words & ANYBODY or words & {"any"}:
                return True
    return False


def impossible(verb: Token) -> bool:
    """ "would have struck", had things been otherwise: the other half of a contrary condition."""
    if not perfect(verb):
        return False
    condition = _condition(verb)
    return condition is not None and contrary(condition)


def too_late(verb: Token) -> bool:
    """ "before they could blow up the bridge", "could have withdrawn but stayed"."""
    words = {c.lower_ for c in verb.children if c.dep_ in ("mark", "aux")}
    missed = perfect(verb) and any(c.dep_ == "conj" and led_by(c, "but") for c in verb.children)
    return "could" in words and ("before" in words or missed)


def free(verb: Token) -> bool:
    """ "whoever fires", "any nation that bombs": nobody is said to have done it."""
    if verb.dep_ not in ("acl:relcl", "nsubj", "csubj", "acl", "obj", "advcl:relcl"):
        subjects = [c for c in verb.children if c.dep_ in SUBJECTS]
        return any(c.lower_ in ANYBODY for c in subjects) and verb.tag_ in PRESENT
    host = verb.head
    words = {host.lower_, *(c.lower_ for c in host.children if c.dep_ == "det")}
    words |= {c.lower_ for c in verb.children if c.dep_ in SUBJECTS}
    return bool(words & (ANYBODY | {"any"})) and verb.tag_ in PRESENT


def perfect(verb: Token) -> bool:
    """Whether an auxiliary puts the verb before another time: "may have struck"."""
    return any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
