"""Lasting relations: who belongs to what, controls which place, stands with or against whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract.actuality import actuality
from kg.extract.belonging import belonging
from kg.extract.clauses import arguments, clause, noun_arguments, passive
from kg.extract.lexicon import ACTORS, PLACES
from kg.extract.moods import mood
from kg.extract.parties import GROUPS, MUTUAL, behind, called, purposed, sided, through
from kg.extract.phrases import described, fillers, mention, noun_class, span
from kg.extract.times import time_of
from kg.records import Form, Frame, Mention, Span, Value

MEMBERS = frozenset({"Person", "PopulationGroup", "Actor", "ArmedGroup"})
PARTS = MEMBERS | {"MilitaryUnit", "ArmedForce", "Organisation", "State", "Country", "Place"}
HELD = ("held", "controlled", "occupied", "run", "ruled", "administered")
BACKED = ("backed", "supported", "sponsored", "funded", "armed", "trained", "allied", "led")


@cache
def _words() -> dict[tuple[str, str], tuple[dict[str, str], ...]]:
    found: defaultdict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in ontology.rows("lexicon/relations.tsv"):
        found[row["lemma"], row["pos"]].append(row)
    return {key: tuple(rows) for key, rows in found.items()}


def relations(doc: Doc) -> tuple[Frame, ...]:
    """Membership, Control, Alliance and Hostility frames in text order.

    What is only possible is left out; that somebody is to be defeated is hostility enough.
    """
    found: dict[tuple[str, Span], Frame] = {}
    for token in doc:
        for frame in _frames(token):
            found.setdefault(frame.key, frame)
    return tuple(found.values())


def _frames(token: Token) -> Iterator[Frame]:
    if token.dep_ in ("aux", "cop", "amod", "compound"):
        yield from _adjective(token)
        yield from _backed(token)
        yield from _anti(token)
        return
    yield from _worded(token)
    yield from belonging(token)
    yield from _still_held(token)
    if token.lemma_.lower() in ("control", "hand", "occupation") and token.pos_ == "NOUN":
        yield from _control_noun(token)


def _worded(token: Token) -> Iterator[Frame]:
    """A relation by a word of the lexicon, one of each kind: the first row that fits."""
    told: set[str] = set()
    undergone = token.pos_ == "VERB" and passive(token)
    rows = _words().get((token.lemma_.lower(), "PASSIVE" if undergone else token.pos_), ())
    rows = rows or _words().get((token.lemma_.lower(), token.pos_), ())
    for row in rows:
        if row["relation"] in told:
            continue
        slots = arguments(token) if token.pos_ == "VERB" else noun_arguments(token)
        doing = ("obj",) if row["pos"] == "PASSIVE" else ("subj", "agent", "by")
        subjects = [a.token for a in slots if a.slot in doing]
        if token.pos_ == "NOUN":
            subjects = behind(token, row["relation"])
        if token.pos_ == "VERB" and row["relation"] in MUTUAL:
            subjects += purposed(token)
        objects = [a.token for a in slots if a.slot == row["slot"]]
        if token.pos_ == "NOUN" and called(token) is not None:
            objects += [a.token for a in slots if a.slot in ("poss", "mod")]
        frame = _relation(token, row, subjects, objects)
        if frame is not None:
            told.add(row["relation"])
            yield frame
            yield from _together(token, frame, subjects)


def _still_held(token: Token) -> Iterator[Frame]:
    """ "a campaign to liberate Velm from the rebels": who holds what is yet to be taken."""
    rows = _words().get((token.lemma_.lower(), "TAKEN"), ()) if token.pos_ == "VERB" else ()
    if not rows or actuality(token).name not in ("Planned", "Possible", "Demanded"):
        return
    slots = arguments(token)
    objects = [f for a in slots if a.slot == "obj" for f in fillers(a.token)]
    places = [m for f in objects if (m := mention(f)) is not None and m.kind in PLACES]
    sources = [one for a in slots if a.slot == rows[0]["slot"] for one in through(a.token)]
    holders = [m for one in sources for f in fillers(one) if (m := mention(f)) is not None]
    holders = [m for m in holders if m.kind in GROUPS]
    if places and holders:
        yield _build(token, "Control", (("controller", holders), ("place", places)))


def _together(token: Token, hostile: Frame, subjects: list[Token]) -> Iterator[Frame]:
    """ "Dorvia and Halvik fight the rebels": who stands together against somebody is allied."""
    named = [m for t in subjects for f in fillers(t) if (m := mention(f)) is not None]
    allies = [m for m in dict.fromkeys(named) if sided(m) and m.form is Form.NAME]
    if hostile.kind == "Hostility" and len(allies) > 1:
        yield _build(token, "Alliance", (("party", allies[:1]), ("ally", allies[1:])))


def _relation(
    token: Token, row: dict[str, str], subjects: list[Token], objects: list[Token]
) -> Frame | None:
    subjects = [one for t in subjects for one in through(t)]
    objects = [one for t in objects for one in through(t)]
    firsts = [m for t in subjects for f in fillers(t) if (m := mention(f)) is not None]
    seconds = [m for t in objects for f in fillers(t) if (m := mention(f)) is not None]
    if row["relation"] == "Control":
        firsts = [m for m in firsts if m.kind in ACTORS or m.kind in ("Place", "Country")]
        seconds = [m for m in seconds if m.kind in PLACES]
    elif row["relation"] in MUTUAL:
        firsts = [m for m in firsts if sided(m)]
        seconds = [m for m in seconds if sided(m) and m not in firsts]
    elif row["subject"] == "of":
        firsts = [m for m in firsts if m.kind in GROUPS]
        seconds = [m for m in seconds if m.kind in PARTS and m.form is Form.NAME]
    else:
        own = MEMBERS if row["pos"] in ("VERB", "NOUN") and token.lemma_ != "part" else PARTS
        firsts = [m for m in firsts if m.kind in own]
        seconds = [m for m in seconds if m.kind in GROUPS and m.form is Form.NAME]
    if not firsts or not seconds or not _holds(token, row["relation"]):
        return None
    if any(t.lower_ in ("responsible", "accountable") for t in token.subtree):
        return None  # "held the town responsible"
    return _build(token, row["relation"], ((row["subject"], firsts), (row["object"], seconds)))


def _holds(token: Token, relation: str) -> bool:
    """Whether a state is told as so; what befalls "militants from X" does not touch it."""
    if relation in MUTUAL:
        if relation == "Hostility":  # an aim may be hoped for, supported, called critical
            told = mood(token) in ("", "Actual", "Planned", "Demanded")
            return told and actuality(token).name != "Denied"
        return actuality(token).name in ("Actual", "Planned")
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


def _backed(token: Token) -> Iterator[Frame]:
    """ "Iran-backed militia", "the U.S.-led coalition": who backs a force is allied with it."""
    if token.dep_ != "amod" or token.lower_.split("-")[-1] not in BACKED:
        return
    helper = next((c for c in token.children if c.dep_ in ("compound", "amod", "obl")), None)
    if helper is None and token.i >= 2 and token.doc[token.i - 1].text == "-":
        helper = token.doc[token.i - 2]
    one, other = mention(helper) if helper is not None else None, mention(token.head)
    if token.lower_.endswith("led") and other is not None and other.number == "Plur":
        return  # "Fajr-led fighters" are those of Fajr, the "Dorvia-led coalition" is a body
    if one is not None and other is not None and sided(one) and other.kind in GROUPS:
        yield _build(token, "Alliance", (("party", [one]), ("ally", [other])))


def _anti(token: Token) -> Iterator[Frame]:
    """ "the counter-Fajr coalition", "anti-government forces": whom a body is against by name."""
    after = token.doc[token.i + 1 : token.i + 3]
    if token.lower_ not in ("anti", "counter") or len(after) < 2 or after[0].text != "-":
        return
    against, body = mention(after[1]), mention(token.head)
    if against is None or body is None or after[1].i >= token.head.i:
        return
    if against.span.overlaps(body.span) and (body.form is Form.NAME or token.ent_type_):
        return  # "Anti-Ship Missile Group": a part of the name
    if sided(against) and body.kind in GROUPS and body.kind != "Actor":
        yield _build(token, "Hostility", (("party", [body]), ("opponent", [against])))


def _party(word: Token) -> Mention | None:
    """Who holds it, also where the tagger takes "insurgent-" for an adjective."""
    found = mention(word)
    kind = noun_class(word) if found is None else ""
    return described(word, kind) if kind in ACTORS else found
