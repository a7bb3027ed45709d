"""What is called untrue: "the claims are baseless", "rumours have nothing to do with reality".

Words are rows of `falsities.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract.phrases import case
from kg.extract.polarity import SUBJECTS, denied, negative

POINTING = frozenset({"this", "that", "it", "these", "those", "they", "all"})


@cache
def kinds() -> dict[str, str]:
    """Word -> kind of `falsities.tsv`."""
    return {row["words"]: row["kind"] for row in ontology.rows("lexicon/falsities.tsv")}


def kind(token: Token) -> str:
    """What sort of word of the list a token is, "" for none."""
    return kinds().get(token.lower_) or kinds().get(token.lemma_.lower(), "")


def untrue(predicate: Token) -> bool:
    """Whether the clause of a predicate or verb says that its subject is not true."""
    if any(c.tag_ == "MD" for c in predicate.children) or predicate.dep_ in ("amod", "compound"):
        return False
    no = denied(predicate)
    if predicate.pos_ in ("ADJ", "NOUN") or predicate.tag_ == "VBN":
        if not any(c.dep_ in ("cop", "aux:pass") for c in predicate.children):
            return False
        word = kind(predicate)
        return word == "false" and not no or word == "true" and no
    if predicate.pos_ != "VERB":
        return False
    for child in predicate.children:
        if child.dep_ == "obl" and case(child) in ("to", "with") and kind(child) == "true" and no:
            return True
        if child.dep_ == "obj" and kind(child) == "true" and no:
            return True
        if child.dep_ == "obj" and kind(child) == "basis":
            return negative(child) or predicate.lemma_ == "lack"
        if child.dep_ == "obj" and child.lower_ == "nothing":
            return any(kind(inner) == "true" for inner in child.subtree)
    return False


def rejections(doc: Doc) -> Iterator[tuple[Token, Token]]:
    """Predicates that call something said untrue, with the word for what was said, in order."""
    for token in doc:
        if token.pos_ not in ("ADJ", "NOUN", "VERB") or not untrue(token):
            continue
        subject = next((c for c in token.children if c.dep_ in SUBJECTS), None)
        if subject is None:
            continue
        said = kind(subject) in ("said", "accusation", "number")
        if said or subject.lower_ in POINTING and subject.pos_ in ("PRON", "DET"):
            yield token, subject
