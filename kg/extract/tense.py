"""On which side of its telling a happening lies, as the verb that a time hangs on has it.

A date without a year, a weekday or a bare hour means the latest one in what is told as done and
the next one in what is still to come; the verb says which ("will meet on Monday", "met on
Monday"), and so do words that fix a day beforehand ("due on Monday", "set for 15 February").
"""

from __future__ import annotations

from spacy.tokens import Token

from kg import ontology
from kg.extract.actuality import actuality
from kg.extract.phrases import case

COMING = frozenset({"Planned", "Demanded"})
_REACH = 4


def tense(time: Token) -> str:
    """ "Past", "Future", or "" where the words do not tell.

    Args:
        time: the word that carries a time expression in the parse.
    """
    if case(time) == "for" and _fixed(time.head):
        return "Future"
    node = time
    for _ in range(_REACH):
        above = node.head
        if above.i == node.i:
            return ""
        node = above
        if node.pos_ in ("VERB", "AUX") or any(c.dep_ == "cop" for c in node.children):
            return _of(node)
        if _fixed(node):
            return "" if _told_before(node) else "Future"
    return ""


def _fixed(word: Token) -> bool:
    """Whether a word fixes a day beforehand: due, set, scheduled, a deadline."""
    kind = ontology.words("schedules", "fixed")
    return word.lower_ in kind or word.lemma_.lower() in kind


def _told_before(word: Token) -> bool:
    """Whether it is told as what had been fixed: "was due on May Day"."""
    return any(c.dep_ in ("cop", "aux", "aux:pass") and c.tag_ == "VBD" for c in word.children)


def _of(verb: Token) -> str:
    """What a verb or predicate with its auxiliaries says."""
    helpers = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    tags = {c.tag_ for c in helpers}
    perfect = any(c.lemma_.lower() == "have" for c in helpers)
    if "MD" in tags:
        return "Past" if perfect else "Future"
    if _fixed(verb):
        return "" if "VBD" in tags else "Future"
    if verb.tag_ == "VBD" or perfect:
        return "Past"
    to = any(c.lower_ == "to" and c.dep_ in ("mark", "aux") for c in verb.children)
    if to and (verb.tag_ == "VB" or any(c.tag_ == "VB" for c in helpers)):
        return _infinitive(verb, helpers)
    if "VBD" in tags:
        return "Past"
    present = "VBZ" in tags or "VBP" in tags
    if verb.tag_ == "VBG" and present and verb.lemma_.lower() in ontology.words("schedules", "act"):
        return "Future"
    if verb.tag_ in ("VBZ", "VBP") and verb.lemma_.lower() in ontology.words("schedules", "act"):
        return "Future"
    if verb.tag_ == "VBN" and not helpers and verb.dep_ == "conj":
        return _of(verb.head) if verb.head.i != verb.i else ""
    return ""


def _infinitive(verb: Token, helpers: list[Token]) -> str:
    """Of "to meet on Monday": is to meet, is due to meet, plans to meet, met to talk."""
    if any(c.lemma_.lower() == "be" and c.tag_ in ("VBZ", "VBP") and c.i < verb.i - 1
           for c in helpers):  # fmt: skip
        return "Future"
    above = verb.head
    if above.i == verb.i or _fixed(above):
        return "Future"
    if above.dep_ == "root" and verb.dep_ == "acl":
        return "Future"
    if above.tag_ in ("VBZ", "VBP") and verb.dep_ == "xcomp":
        return "Future"
    return "Future" if actuality(verb).name in COMING and verb.dep_ != "advcl" else ""
