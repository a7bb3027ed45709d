"""Lasting relations: who belongs to what, who controls which place (`relations.tsv`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract.actuality import actuality
from kg.extract.clauses import arguments, clause, noun_arguments
from kg.extract.lexicon import ACTORS, PLACES
from kg.extract.moods import mood
from kg.extract.phrases import described, fillers, mention, noun_class, span
from kg.extract.times import time_of
from kg.records import Form, Frame, Mention, Span, Value

GROUPS = ACTORS - {"Person", "PopulationGroup"}
HELD = ("held", "controlled", "occupied", "run", "ruled", "administered")


@cache
def _words() -> dict[tuple[str, str], tuple[dict[str, str], ...]]:
    found: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in ontology.rows("lexicon/relations.tsv"):
        found[row["lemma"], row["pos"]].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def relations(doc: Doc) -> tuple[Frame, ...]:
    """Membership and Control frames in text order; what is only possible is left out."""
    found: dict[tuple[str, Span], Frame] = {}
    for token in doc:
        for frame in _frames(token):
            found.setdefault(frame.key, frame)
    return tuple(found.values())


def _frames(token: Token) -> Iterator[Frame]:
    if token.dep_ in ("aux", "cop", "amod", "compound"):
        yield from _adjective(token)
        return
    for row in _words().get((token.lemma_.lower(), token.pos_), ()):
        slots = arguments(token) if token.pos_ == "VERB" else noun_arguments(token)
        subjects = [a.token for a in slots if a.slot in ("subj", "agent", "by")]
        if token.pos_ == "NOUN":
            subjects = [_holder(token)]
        objects = [a.token for a in slots if a.slot == row["slot"]]
        frame = _relation(token, row, subjects, objects)
        if frame is not None:
            yield frame
            return
    if token.lemma_.lower() in ("control", "hand", "occupation") and token.pos_ == "NOUN":
        yield from _control_noun(token)


def _holder(noun: Token) -> Token:
    if noun.dep_ in ("appos", "nmod:desc", "parataxis") and noun.head.i < noun.i:
        return noun.head
    named = [
        c
        for c in noun.children
        if c.ent_type_ == "PER" and c.dep_ in ("appos", "flat", "nmod:desc")
    ]
    if named:
        return named[0]
    subject = [c for c in noun.children if c.dep_ == "nsubj"]
    return subject[0] if subject and any(c.dep_ == "cop" for c in noun.children) else noun


def _relation(
    token: Token, row: dict[str, str], subjects: list[Token], objects: list[Token]
) -> Frame | None:
    firsts = [m for t in subjects for f in fillers(t) if (m := mention(f)) is not None]
    seconds = [m for t in objects for f in fillers(t) if (m := mention(f)) is not None]
    if row["relation"] == "Control":
        firsts = [m for m in firsts if m.kind in ACTORS or m.kind in ("Place", "Country")]
        seconds = [m for m in seconds if m.kind in PLACES]
    else:
        firsts = [
            m for m in firsts if m.kind in ("Person", "PopulationGroup", "Actor", "ArmedGroup")
        ]
        seconds = [m for m in seconds if m.kind in GROUPS and m.form is Form.NAME]
    if not firsts or not seconds or not _holds(token):
        return None
    if any(t.lower_ in ("responsible", "accountable") for t in token.subtree):
        return None  # "held the town responsible"
    return _build(token, row["relation"], ((row["subject"], firsts), (row["object"], seconds)))


def _holds(token: Token) -> bool:
    """Whether a state is told as so; what befalls "militants from X" does not touch it."""
    if token.pos_ in ("NOUN", "PROPN") and token.dep_.startswith(("obj", "nsubj", "obl", "nmod")):
        return mood(token) in ("", "Actual")
    return actuality(token).name == "Actual"


def _build(token: Token, kind: str, parts: tuple[tuple[str, list[Mention]], ...]) -> Frame:
    roles: list[tuple[str, Value]] = [(role, m) for role, found in parts for m in found]
    since = time_of(token)
    if kind == "Control" and since is not None:
        roles.append(("time", since))
    where = clause(token)
    spans = [m.span for _, found in parts for m in found]
    evidence = Span(
        min([where.start, *(s.start for s in spans)]), max([where.end, *(s.end for s in spans)])
    )
    return Frame(kind, span(token), evidence, tuple(roles), f"relations.{kind.lower()}", 0.8)


def _control_noun(token: Token) -> Iterator[Frame]:
    """ "X is under the control of Y", "Y is in control of X", "Y has control of X"."""
    slots = noun_arguments(token)
    of = [f for a in slots if a.slot in ("of", "over") for f in fillers(a.token)]
    owners = [f for a in slots if a.slot in ("poss", "mod", "by") for f in fillers(a.token)]
    under = any(c.dep_ == "case" and c.lower_ in ("under", "in") for c in token.children)
    anchor = token if any(c.dep_ == "cop" for c in token.children) else token.head
    subjects = [f for a in (arguments(anchor) if anchor.pos_ in ("VERB", "AUX", "NOUN") else ())
                if a.slot in ("subj", "obj") for f in fillers(a.token)]  # fmt: skip
    if token.dep_ == "obj" and token.head.lemma_ not in (
        "have",
        "keep",
        "maintain",
        "hold",
        "retain",
        "establish",
        "exercise",
    ):
        return
    places = [
        m for t in [*of, *(subjects if under else ())] if (m := mention(t)) and m.kind in PLACES
    ]
    behind = [*owners, *(of if under else ())]
    holders = [
        m
        for t in [*behind, *subjects]
        if (m := mention(t)) and (m.kind in ACTORS or t in behind and _state(m))
    ]
    places = [m for m in places if m not in holders]
    if places and holders and actuality(token).name == "Actual":
        yield _build(token, "Control", (("controller", holders[:1]), ("place", places)))


def _state(found: Mention) -> bool:
    """Whether a place holds another one: "in the hands of Dravnia"."""
    return found.form is Form.NAME and found.kind in ("Place", "Country")


def _adjective(token: Token) -> Iterator[Frame]:
    """ "Houthi-held Hodeidah", "the rebel-controlled north"."""
    if token.dep_ != "amod" or token.lower_.split("-")[-1] not in HELD:
        return
    places = [m for t in fillers(token.head) if (m := mention(t)) and m.kind in PLACES]
    holder = next((c for c in token.children if c.dep_ in ("compound", "amod", "obl")), None)
    if holder is None and token.i >= 2 and token.doc[token.i - 1].text == "-":
        holder = token.doc[token.i - 2]
    owner = _party(holder) if holder is not None else None
    if owner is not None and any(p.form is Form.NAME for p in places):
        yield _build(token, "Control", (("controller", [owner]), ("place", places)))


def _party(word: Token) -> Mention | None:
    """Who holds it, also where the tagger takes "insurgent-" for an adjective."""
    found = mention(word)
    kind = noun_class(word) if found is None else ""
    return described(word, kind) if kind in ACTORS else found
