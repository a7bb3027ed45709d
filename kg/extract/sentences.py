"""What a clause is for: questions, orders, wishes, reports, and asides that hedge it."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Token

from kg import ontology
from kg.extract.polarity import SUBJECTS, led_by


def asked(verb: Token) -> bool:
    """Whether the clause asks whether it is so: "Did they shell it?"; "when" takes it as so."""
    if verb.dep_ not in ("root", "ccomp", "conj", "parataxis", "appos") or verb.pos_ == "NOUN":
        return False
    subject = next((c for c in verb.children if c.dep_ in SUBJECTS), None)
    first = next((c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")), None)
    if subject is None or first is None or first.i > subject.i:
        return False
    rest = verb.doc[verb.i : verb.sent.end]
    if any(c.tag_ in ("WRB", "WP", "WDT") and c.i < first.i for c in verb.children):
        return False
    before = verb.doc[first.i - 1] if first.i > verb.sent.start else None
    start = before is None or before.is_punct or before.lower_ in ("and", "or", "but")
    return start and any(t.text == "?" for t in rest)


def imperative(verb: Token) -> bool:
    """Whether the verb commands: a bare form without subject, alone or beside another one."""
    if verb.pos_ != "VERB" or verb.tag_ not in ("VB", "VBP"):
        return False
    if any(
        c.dep_ in (*SUBJECTS, "aux", "aux:pass", "mark") and c.lower_ != "do" for c in verb.children
    ):
        return False
    if verb.dep_ == "conj":
        return verb.head.tag_ in ("VB", "VBP") and imperative(verb.head)
    if verb.dep_ not in ("root", "ccomp", "parataxis"):
        return False
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i > verb.sent.start else None
    first = next(t for t in verb.subtree if not t.is_punct)
    start = first.i == verb.i or first.lower_ in ("please", "now", "then", "do")
    closed = any(t.text[0] in ".!;:,”\"'" for t in verb.sent[-3:])  # a headline commands nobody
    return start and closed and (before is None or before.is_punct)


def subjunctive(verb: Token) -> bool:
    """ "insists that officers be exchanged": a clause with "that" and a bare form."""
    if verb.dep_ not in ("ccomp", "acl", "csubj", "conj") or not led_by(verb, "that"):
        return False
    if not any(c.dep_ in SUBJECTS for c in verb.children):
        return False
    forms = [c for c in verb.children if c.dep_ in ("aux", "aux:pass", "cop")]
    if not forms:
        return verb.tag_ == "VB"
    return forms[0].lower_ == "be"


def alternative(verb: Token) -> bool:
    """ "Either the rebels shelled it or the army did"."""
    return any(c.lower_ == "either" and c.dep_ in ("cc:preconj", "advmod", "cc", "mark")
               for c in verb.children)  # fmt: skip


def seeming(verb: Token) -> bool:
    """ "The army, it seems, shelled it"."""
    return any(
        c.dep_ == "parataxis" and c.lemma_ in ("seem", "appear") and led_by(c, "it")
        for c in verb.children
    )


@cache
def reporting() -> frozenset[str]:
    """Verbs of saying, thinking and showing."""
    return frozenset(r["lemma"] for r in ontology.rows("lexicon/cues.tsv") if r["pos"] == "VERB")


def reported(verb: Token) -> bool:
    """Whether the clause is what somebody said: "said that it would withdraw" is a plan."""
    node = verb
    while node.dep_ in ("conj", "xcomp") and node.head.i != node.i:
        node = node.head
    if node.dep_ in ("ccomp", "acl") and node.head.i != node.i:
        governor = node.head
        return governor.lemma_ in reporting() or governor.pos_ == "NOUN"
    return any(c.dep_ == "parataxis" and c.lemma_ in reporting() for c in node.children)
