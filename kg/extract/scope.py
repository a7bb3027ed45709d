"""What stands between a word of saying and what it is about: an end that is demanded, a future."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc

from kg import ontology
from kg.extract.cues import lemma, passive
from kg.records import Frame, Span, Term

COMING = frozenset({"Planned", "Possible"})
FUTURE = frozenset({"will", "wo", "'ll", "’ll", "shall", "would"})
REACH = 4


@cache
def enders() -> frozenset[tuple[str, str]]:
    """Lemma and part of speech of the words that end, stop or forgo what they are about."""
    return frozenset((r["lemma"], r["pos"]) for r in ontology.rows("lexicon/enders.tsv"))


def ended(doc: Doc, anchor: Span) -> bool:
    """Whether a happening is what is to end: "an end to the shelling", "to stop shelling it"."""
    at = doc.char_span(anchor.start, anchor.end, alignment_mode="expand")
    if at is None:
        return False
    node = at.root
    for _ in range(REACH):
        above = node.head
        if above.i == node.i:
            return False
        governed = node.dep_ in ("obj", "xcomp", "nmod", "obl", "ccomp", "advcl", "acl")
        subject = node.dep_ == "nsubj:pass" and passive(above)
        if (governed or subject) and (lemma(above), above.pos_) in enders():
            return True
        node = above
    return False


def ahead(doc: Doc, frame: Frame) -> bool:
    """Whether a happening is told in the future: "will liberate the town"."""
    if not any(Term(name) in frame.values("actuality") for name in COMING):
        event = next((v for v in frame.values("event") if isinstance(v, Frame)), None)
        return event is not None and ahead(doc, event)
    at = doc.char_span(frame.anchor.start, frame.anchor.end, alignment_mode="expand")
    if at is None:
        return False
    verb = at.root
    while verb.dep_ == "conj" and not any(c.dep_ == "aux" for c in verb.children):
        verb = verb.head
    if verb.tag_ == "VBG" and lemma(verb) == "go":
        return True
    return any(c.dep_ in ("aux", "aux:pass") and c.lower_ in FUTURE for c in verb.children)
