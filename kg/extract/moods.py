"""What a clause or noun phrase says of its own reality: negation, modality, condition, question.

`mood(token)` reads only the word's own dependents: auxiliaries, adverbs, determiners, the
subject ("nobody was hurt"), the clause's conjunction ("if", "until") and its form ("Withdraw!",
"Did they fire?"). What governs the clause is `kg.extract.actuality`'s business.
"""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import lexicon
from kg.extract.conditionals import (
    PAST,
    PRESENT,
    conditional,
    contrary,
    free,
    hypothetical,
    impossible,
    open_condition,
    perfect,
    too_late,
)
from kg.extract.polarity import denied, led_by
from kg.extract.sentences import alternative, asked, imperative, reported, seeming, subjunctive

FREQUENCY = frozenset({"each", "every"})


def mood(token: Token) -> str:
    """What the word's own dependents make of it: an actuality, or "" where they say nothing."""
    modal = _modal(token) or _hedged(token) or _fixed(token) or _dated(token)
    if contrary(token):
        return "Actual" if denied(token) else "Denied"
    if conditional(token) or alternative(token) or seeming(token) or _hearsay(token):
        return "Possible"
    if denied(token):
        return _not(token, modal)
    if token.pos_ in ("NOUN", "PROPN") and all(c.dep_ != "cop" for c in token.children):
        return modal
    if not modal and subjunctive(token):
        return "Demanded"
    if modal in ("", "Actual") and imperative(token):
        return "Possible" if open_condition(token) else "Demanded"
    if modal in ("Possible", "Planned", "Would") and (impossible(token) or too_late(token)):
        return "Denied"
    if modal in ("Planned", "Would", "Possible") and asked(token):
        return "Possible"
    if modal == "Would":
        modal = "Possible" if hypothetical(token) or not reported(token) else "Planned"
    if modal == "Planned" and hypothetical(token):
        return "Possible"
    if modal in ("", "Actual") and (asked(token) or free(token)):
        return "Possible"
    return modal


def _not(token: Token, modal: str) -> str:
    """Negation over modality: "could not hit", but "may not have hit", "would not have hit"."""
    if modal == "Denied":
        return "Actual"
    if modal in ("Possible", "Would") and token.pos_ not in ("NOUN", "PROPN"):
        words = {c.lower_ for c in token.children if c.tag_ == "MD"}
        if not words or "might" in words or "may" in words and perfect(token):
            return "Possible"
    return "Denied"


def _modal(token: Token) -> str:
    """The modality of auxiliaries, adverbs, adjectives and determiners."""
    words = lexicon.actuality_words()
    found = ""
    if led_by(token, "better") and led_by(token, "had"):
        return "Demanded"
    for child in token.children:
        if child.dep_ == "aux" and child.tag_ == "MD":
            found = _auxiliary(token, child) or found
        elif child.dep_ in ("advmod", "amod", "det"):
            for key in (child.lemma_.lower(), child.lower_):
                hit = words.get((key, child.pos_, "self"))
                if hit and not (hit == "Denied" and child.pos_ == "DET"):
                    found = found or hit
    return found


def _auxiliary(verb: Token, modal: Token) -> str:
    hit = lexicon.actuality_words().get((modal.lemma_.lower(), "AUX", "self"), "")
    if modal.lower_ in ("'d", "’d"):
        hit = "Would"
    if hit == "Would" and any(
        c.lower_ in FREQUENCY for c in verb.subtree if c.dep_ == "det" and c.head.head == verb
    ):
        return "Actual"  # "would raid the delta each dry season"
    if hit == "Demanded" and perfect(verb):
        return "Possible" if modal.lower_ == "must" else "Denied"
    return "Denied" if hit == "Would" and perfect(verb) else hit


def _fixed(verb: Token) -> str:
    """ "is to attack", "is due to begin": what is fixed for a time to come."""
    if verb.pos_ in ("NOUN", "PROPN") or verb.dep_ == "xcomp":
        return ""
    for child in verb.children:
        due = child.lower_ == "due" and child.dep_ in ("mark", "case", "aux", "advmod")
        if due and any(t.tag_ == "VB" for t in (verb, *verb.children)):
            return "Planned"
        if child.lower_ == "to" and child.dep_ == "mark" and child.i > verb.sent.start:
            before = child.doc[child.i - 1]
            if before.lemma_ == "be" and before.head == verb and before.dep_ in ("aux", "cop"):
                return "Planned"
    return ""


def _dated(verb: Token) -> str:
    """ "Tomorrow we attack": a present told of a day to come."""
    if verb.tag_ not in PRESENT or any(c.dep_ == "aux" for c in verb.children):
        return ""
    days = [c for c in verb.children if c.dep_ in ("advmod", "obl:unmarked", "obl", "obl:tmod")]
    ahead = any(c.lower_ == "tomorrow" or led_by(c, "next") for c in days)
    return "Planned" if ahead else ""


def _hearsay(verb: Token) -> bool:
    """ "According to unconfirmed reports, they shelled it"."""
    return verb.pos_ == "VERB" and any(
        c.dep_ == "obl" and led_by(c, "according") and _modal(c) == "Possible"
        for c in verb.children
    )


def _hedged(token: Token) -> str:
    """A participle that hedges or plans: "one suspected downed", "talks planned for Monday"."""
    words = lexicon.actuality_words()
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    if before is not None and before.tag_ == "VBN" == token.tag_:
        return words.get((before.lemma_.lower(), "VERB", "self"), "")
    if token.pos_ not in ("NOUN", "PROPN"):
        return ""
    for child in token.children:
        plain = child.dep_ == "amod" and child.tag_ == "VBN"
        plain = plain or child.dep_ == "acl" and child.tag_ in PAST
        if plain and (hit := participle(child)):
            return hit
    return ""


def participle(verb: Token) -> str:
    """What a participle says of its noun: "a planned summit", "talks called off"."""
    words = lexicon.actuality_words()
    near = [c for c in verb.children if c.dep_ in ("compound:prt", "advmod")]
    near += [c for noun in verb.children if noun.dep_ == "obl" for c in noun.children]
    for word in near:
        for scope in ("noun", "complement"):
            if hit := words.get((f"{verb.lemma_} {word.lower_}", "VERB", scope)):
                return "Denied" if hit == "Averted" else "" if hit == "Presupposed" else hit
    for pos, scope in (("ADJ", "self"), ("VERB", "self"), ("VERB", "noun"), ("VERB", "complement")):
        hit = words.get((verb.lower_ if pos == "ADJ" else verb.lemma_.lower(), pos, scope), "")
        if hit:
            return "Denied" if hit == "Averted" else "" if hit == "Presupposed" else hit
    return ""
