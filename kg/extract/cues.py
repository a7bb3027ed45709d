"""The words that attribute (`ontology/lexicon/cues.tsv`) and the verb groups they stand in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Token

from kg import ontology
from kg.records import Span


@dataclass(frozen=True, slots=True)
class Cue:
    """One meaning of a word that attributes, a row of `cues.tsv`.

    Attributes:
        kind: speech, thought, evidence, stance or hedge.
        act, certainty, polarity: local names of the ontology.
        factive: whether the writer presupposes that the content is true.
        contents: where the content stands: clause, inf, obj+inf, ing, obj, as, raise, adverb,
            main, main:in (behind a preposition, `views`), or a preposition.
        plain: whether with an actor as its subject the word does nothing but attribute.
    """

    lemma: str
    pos: str
    kind: str
    act: str
    certainty: str
    polarity: str
    factive: bool
    contents: frozenset[str]
    plain: bool = False


@cache
def lexicon() -> dict[tuple[str, str], tuple[Cue, ...]]:
    """Meanings by (lemma, part of speech), in the order of the file."""
    found: defaultdict[tuple[str, str], list[Cue]] = defaultdict(list)
    for row in ontology.rows("lexicon/cues.tsv"):
        cue = Cue(
            lemma=row["lemma"],
            pos=row["pos"],
            kind=row["kind"],
            act=row["act"],
            certainty=row["certainty"],
            polarity=row["polarity"],
            factive=row["factive"] == "yes",
            contents=frozenset(row["content"].split()),
            plain=row["plain"] == "yes",
        )
        found[cue.lemma, cue.pos].append(cue)
    return {key: tuple(cues) for key, cues in found.items()}


@cache
def media() -> dict[str, tuple[str, str]]:
    """(type, name) of a medium by the word for it: `media.tsv`."""
    return {row["word"]: (row["type"], row["name"]) for row in ontology.rows("lexicon/media.tsv")}


def meanings(token: Token) -> tuple[Cue, ...]:
    """The meanings that the word may have as a cue, none for other words."""
    pos = token.pos_
    if pos == "ADJ" and token.tag_ in ("VBG", "VBN", "VBD"):
        pos = "VERB"
    known = lexicon()
    for child in token.children:
        if child.dep_ == "compound:prt":
            with_particle = known.get((f"{lemma(token)} {child.lower_}", pos))
            if with_particle is not None:
                return with_particle
    return known.get((lemma(token), pos)) or known.get((token.lower_, pos), ())


def lemma(token: Token) -> str:
    """The lemma in lower case, the word itself where the pipeline gives none."""
    return token.lemma_.lower() or token.lower_


def passive(verb: Token) -> bool:
    """Whether a verb is passive: "was told", "the town, said to be held"."""
    if verb.pos_ != "VERB" or misread(verb):
        return False
    for child in verb.children:
        if child.dep_ in ("aux:pass", "nsubj:pass", "csubj:pass"):
            return True
        if child.dep_ == "obl:agent":
            return any(c.lower_ == "by" for c in child.children)
    bare = verb.tag_ == "VBN" and verb.dep_ in ("acl", "amod", "advcl")
    bare = bare or verb.tag_ == "VBD" and verb.dep_ == "advcl" and verb.i < verb.head.i
    return bare and not any(c.dep_ in ("nsubj", "aux") for c in verb.children)


def misread(verb: Token) -> bool:
    """Whether a past tense was taken for a passive: "A survivor, Ana Petru, disclosed that …"."""
    deps = {child.dep_ for child in verb.children}
    told = deps & {"ccomp", "parataxis"} and not deps & {"aux:pass", "aux", "cop", "obl:agent"}
    return bool(told) and "nsubj:pass" in deps and verb.tag_ in ("VBN", "VBD")


def finite(verb: Token) -> bool:
    """Whether the verb group has a tense: "denies", "has denied", "would not say"."""
    if verb.tag_ in ("VBD", "VBZ", "VBP"):
        return True
    return any(c.dep_ == "aux" and c.tag_ in ("VBD", "VBZ", "VBP", "MD") for c in verb.children)


def negated(token: Token) -> bool:
    """Whether "not", "never" or "no" stands with a verb, or "no" with a noun or its object."""
    for child in token.children:
        if child.lower_ in ("not", "n't", "n’t", "never", "no", "neither", "nor", "without"):
            if child.dep_ in ("advmod", "det", "mark", "cc", "cc:preconj", "case", "neg"):
                return True
    return False


def sentence(token: Token) -> tuple[int, int]:
    """Half-open token indices of the sentence; `token.sent` walks the whole document each time."""
    doc = token.doc
    start, end = token.i, token.i + 1
    while start > 0 and not doc[start].is_sent_start:
        start -= 1
    while end < len(doc) and not doc[end].is_sent_start:
        end += 1
    return start, end


def group(token: Token, *more: Token) -> Span:
    """Characters of a cue: the word with auxiliaries, negation, adverbs before it, and `more`.

    "has repeatedly been warning", "made no mention", "called for".
    """
    chosen = [token, *more]
    for child in token.children:
        if child.dep_ in ("compound:prt", "fixed") and child.i > token.i:
            chosen.append(child)
    start, (floor, _) = token.i, sentence(token)
    while start - 1 >= floor and _attached(token.doc[start - 1], token):
        start -= 1
    first = min([start, *(t.i for t in chosen)])
    last = max(t.i for t in chosen)
    end = token.doc[last]
    return Span(token.doc[first].idx, end.idx + len(end))


def _attached(word: Token, verb: Token) -> bool:
    if word.head.i != verb.i:
        return False
    if word.dep_ in ("aux", "aux:pass", "cop", "neg"):
        return True
    return word.dep_ == "advmod" and word.pos_ in ("ADV", "PART") and word.tag_ != "WRB"
