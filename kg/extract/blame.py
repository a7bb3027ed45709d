"""Who is blamed for a happening did it, as who blames says: "blamed Vesna for the blasts"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract.cues import lemma, negated, passive
from kg.extract.lexicon import ACTORS
from kg.extract.phrases import case, fillers, mention
from kg.records import Form, Frame, Mention

Slots = tuple[str, str, str]
"""The word that must stand by, the slot of the accused, that of the happening."""


@cache
def _verbs() -> dict[str, tuple[Slots, ...]]:
    found: dict[str, tuple[Slots, ...]] = {}
    for row in ontology.rows("lexicon/blame.tsv"):
        slots = (row["with"], row["accused"], row["happening"])
        found[row["lemma"]] = (*found.get(row["lemma"], ()), slots)
    return found


def blamed(doc: Doc, happenings: Sequence[Frame]) -> tuple[Frame, ...]:
    """The events, those that somebody is blamed for with the accused as initiator.

    An event that has an initiator keeps it. Its frame keeps anchor and kind.
    """
    accused = dict(_accused(doc))
    made = []
    for frame in happenings:
        who = accused.get(frame.anchor.start, ())
        if who and not frame.values("initiator") and not frame.values("instrument"):
            roles = (*(("initiator", one) for one in who), *frame.roles)
            frame = replace(frame, roles=roles)
        made.append(frame)
    return tuple(made)


def _accused(doc: Doc) -> Iterator[tuple[int, tuple[Mention, ...]]]:
    """Offset of the word for each happening, and who is blamed for it."""
    for verb in doc:
        if verb.pos_ != "VERB" or negated(verb):
            continue
        for beside, accused, happening in _verbs().get(lemma(verb), ()):
            helper = next((t for t in verb.subtree if t.lower_ == beside), None)
            if beside and helper is None:
                continue
            whom = _slot(verb, helper, accused)
            what = _slot(verb, helper, happening)
            if whom is None or what is None or what.pos_ not in ("NOUN", "PROPN"):
                continue
            actors = (m for t in fillers(whom) if (m := mention(t)) is not None)
            named = tuple(m for m in actors if m.kind in ACTORS or _land(m))
            for one in (what, *(c for c in what.children if c.dep_ == "conj")):
                if named:
                    yield one.idx, named
            break


def _land(found: Mention) -> bool:
    return found.form is Form.NAME and found.kind in ("Place", "Country")


def _slot(verb: Token, helper: Token | None, name: str) -> Token | None:
    """The object, or the phrase with a preposition, of a verb or of the word beside it."""
    if name == "obj":
        deps = ("nsubj:pass",) if passive(verb) else ("obj",)
        found = next((c for c in verb.children if c.dep_ in deps), None)
        # "attributes to the ADF the massacre": a late object without its preposition
        return found or next((c for c in verb.children if c.dep_ == "obl" and not case(c)), None)
    whom = helper.head if helper is not None else None
    for governor in (helper, verb, whom):
        for child in governor.children if governor is not None else ():
            if child.dep_.startswith(("obl", "nmod")) and case(child) == name:
                return child
    return None
