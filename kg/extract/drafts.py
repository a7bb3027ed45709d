"""Which reading of an event word its arguments fit, and the draft of an event that it begins.

A verb is read as the row of `events.tsv` whose particle is there and whose object is of the sort
that the row asks for; a noun as the longest compound that is listed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from spacy.tokens import Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.clauses import Argument, arguments, particles
from kg.extract.conditionals import ANYBODY
from kg.extract.lexicon import FORCES, PEOPLE, PLACES, EventWord, broader
from kg.extract.phrases import (
    RELATIVE,
    case,
    compound_lemmas,
    coordinated,
    fillers,
    head,
    mention,
    personal,
)  # fmt: skip
from kg.extract.polarity import negative
from kg.records import Form, Mention, Value

TRANSITIVE = frozenset(
    {"free", "harm", "take", "destroy", "intercept", "damage", "move", "launch", "lose"}
)
STATES = frozenset({"State", "Country"})
MUNITIONS = frozenset({"drone", "missile", "rocket", "projectile", "shell", "bomb", "uav"})


@dataclass(slots=True)
class Draft:
    """An event under construction: its word, reading and collected roles."""

    token: Token
    word: EventWord
    kind: str
    roles: list[tuple[str, Value, Token]] = field(default_factory=list)
    others: list[tuple[str, Token]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    carrier: Token | None = None
    phrase: int = 1
    disowned: bool = False
    sure: bool = False

    def add(self, role: str, value: Value, token: Token) -> None:
        """Puts a value into a role, once."""
        if all((role, value) != (r, v) for r, v, _ in self.roles):
            self.roles.append((role, value, token))

    def has(self, *roles: str) -> bool:
        """Whether one of the roles is filled."""
        return any(role in roles for role, _, _ in self.roles)


def verbal(token: Token) -> Draft | None:
    """The event that a verb begins, None where no reading fits its arguments."""
    if token.dep_ in ("aux", "cop", "amod", "compound", "case", "fixed"):
        return None
    words = lexicon.event_words().get((token.lemma_.lower(), "VERB"), ())
    if not words or words[0].frame == "suffer" and ill(token):
        return None
    near = particles(token) | _passive_object(token)
    for word in sorted(words, key=_specific):
        if word.particle and word.particle not in near:
            continue
        slots = slots_of(token, word)
        objects = [a for a in slots if a.slot == "obj"]
        mover = next((a for a in slots if a.slot == "subj" and a.direct), None)
        if word.object == "mover":
            fits = _moves(word, objects, [a for a in slots if a.slot == "subj"])
        else:
            fits = _fits(word, objects, mover) or by_arms(word, slots)
        if fits and not (word.frame == "attack" and _abstract(token)):
            return Draft(token, word, word.kind)
    return None


def mutual(draft: Draft) -> bool:
    """Whether a verb tells what named parties do together: "Dorvia and Halvik agreed that"."""
    if draft.word.frame != "meet" or draft.token.pos_ != "VERB":
        return False
    doers = [t for a in arguments(draft.token) if a.slot == "subj" for t in fillers(a.token)]
    named = {m.span for t in doers if (m := mention(t)) is not None and m.form is Form.NAME}
    return len(named) > 1


def ill(verb: Token) -> bool:
    """Whether somebody died of an illness: "died of cholera"."""
    causes = [c for c in verb.children if case(c) in ("of", "from", "to")]
    words = {t.lemma_.lower() for c in causes for t in fillers(c)}
    heart = any(t.lower_ == "heart" for c in causes for t in c.children)
    return heart or not words.isdisjoint(lexicon.illnesses())


def _passive_object(verb: Token) -> frozenset[str]:
    """What completes a verb as the subject of its passive: "fire was exchanged"."""
    subjects = [c for c in verb.children if c.dep_ == "nsubj:pass"]
    return frozenset(word for c in subjects for word in (c.lower_, c.lemma_.lower()))


def idiom(verb: Token, word: EventWord) -> Token | None:
    """The object that makes a verb an event: "lifted the sanctions", "violated a truce"."""
    for slot in slots_of(verb, word) if word.particle else ():
        for noun in coordinated(slot.token) if slot.slot == "obj" else ():
            if word.particle in (noun.lower_, noun.lemma_.lower()):
                return noun
    return None


def _gap(verb: Token) -> list[Argument]:
    """The noun that a bare relative clause leaves out: "the nuns they had abducted"."""
    noun = verb.head
    if verb.dep_ != "acl:relcl" or not (noun.tag_ == "NNS" or mention(noun) is not None):
        return []
    own = any(c.dep_ == "nsubj" and c.lower_ not in RELATIVE for c in verb.children)
    stranded = any(c.pos_ == "ADP" and c.i > verb.i for c in verb.children)
    relative = any(c.lower_ in ("where", "when", "why", "how") for c in verb.children)
    return [Argument("obj", noun, direct=False)] if own and not (stranded or relative) else []


def slots_of(verb: Token, word: EventWord) -> list[Argument]:
    """A verb's arguments; who is told "killed" without an auxiliary is no killer."""
    slots = list(arguments(verb))
    if word.frame in TRANSITIVE and all(a.slot != "obj" for a in slots):
        slots += _gap(verb)
    if word.frame != "harm" or any(a.slot == "obj" for a in slots):
        return slots
    bare = verb.tag_ in ("VBD", "VBN") and verb.dep_ != "acl:relcl"
    bare = bare and not any(c.dep_ == "aux" for c in verb.children)
    return [
        Argument("obj", a.token, a.direct) if bare and a.slot == "subj" and _hit(a.token) else a
        for a in slots
    ]


def _hit(noun: Token) -> bool:
    """Whether a noun can be those whom a reduced headline tells of: "two soldiers killed"."""
    found = mention(noun) if noun.pos_ != "PRON" else None
    counted = noun.pos_ == "NUM" or any(c.dep_ == "nummod" for c in noun.children)
    return counted and (found is None or found.kind in PEOPLE) or (
        found is not None and found.kind in ("Person", "PopulationGroup")
    )  # fmt: skip


def by_arms(word: EventWord, slots: Sequence[Argument]) -> bool:
    """Whether what is struck is unknown but who or what strikes it is armed."""
    if word.frame != "attack" or word.object != "any" or all(a.slot != "obj" for a in slots):
        return False
    doers = [t for a in slots if a.slot in ("subj", "agent") for t in fillers(a.token)]
    if any(t.lower_ in ANYBODY or negative(t) for t in doers):
        return True
    kinds = {found.kind for t in doers if (found := mention(t)) is not None}
    return bool(kinds & (FORCES | {"EquipmentType"})) or any(nominal(head(t)) for t in doers)


def _specific(word: EventWord) -> tuple[bool, bool, bool]:
    """Sorts readings that ask for more before those that ask for less."""
    return (not word.particle or word.object == "any", word.object != "weapon", not word.particle)


def _abstract(verb: Token) -> bool:
    """Whether what strikes is no actor, weapon or event: "hit by fears", "the storm hit"."""
    for slot in arguments(verb):
        if slot.slot in ("subj", "agent") and slot.token.pos_ == "NOUN":
            named = [mention(t) for t in fillers(slot.token)]
            if not any(named) and nominal(head(slot.token)) is None:
                return True
    return False


def _fits(word: EventWord, objects: Sequence[Argument], mover: Argument | None) -> bool:
    """Whether the verb's object is of the sort that the reading needs."""
    if word.particle and objects:
        idiom = {word.particle, f"{word.particle}s"}
        objects = [a for a in objects if idiom.isdisjoint((a.token.lemma_, a.token.lower_))]
        if not objects and word.object == "any":
            return True
    if word.frame == "blow" and word.object == "munition":
        named = [m for t in fillers(mover.token) if (m := mention(t))] if mover else []
        return not objects and any(_sort(m, "munition") for m in named)
    if word.object == "open":
        if not objects:
            return word.frame not in TRANSITIVE
        return any(not _eventive(a.token) for a in objects)
    named = [m for a in objects for t in fillers(a.token) if (m := mention(t)) is not None]
    if any(a.token.pos_ == "NUM" for a in objects) and not named:
        return word.frame == "harm"
    if word.frame == "harm" and word.object == "person" and objects and not named:
        if any(personal(a.token) for a in objects):
            return True
        return any(negative(a.token) or a.token.tag_ == "NNS" and _hit(a.token) for a in objects)
    if word.frame == "free" and word.object == "person" and objects and not named:
        return any(personal(a.token) for a in objects)
    if not objects and word.frame == "move" and mover is not None:
        found = mention(mover.token)
        return found is not None and found.kind in PEOPLE
    if word.object == "any":
        return bool(named) if objects else word.frame not in TRANSITIVE
    return any(_sort(m, word.object) for m in named)


def _moves(word: EventWord, objects: Sequence[Argument], movers: Sequence[Argument]) -> bool:
    """Whether a force moves, and what it enters or leaves, if named, is a place.

    A state can push into another as well, but that it left need not mean its army.
    """
    named = [m for a in movers for t in fillers(a.token) if (m := mention(t)) is not None]
    movable = FORCES | STATES if word.frame == "incurse" else FORCES
    unnamed = not movers or any(m.form is Form.PRONOUN and m.kind == "Actor" for m in named)
    if not any(m.kind in movable for m in named) and not (unnamed and word.particle):
        return False
    ground = [a.token for a in objects if a.token.lower_ not in _lengths()]
    sorts = [m for t in ground for part in fillers(t) if (m := mention(part)) is not None]
    return not ground or any(_sort(m, "place") for m in sorts)


@cache
def _lengths() -> frozenset[str]:
    rows = ontology.rows("lexicon/units_of_measure.tsv")
    return frozenset(row["word"] for row in rows if row["dimension"] == "length")


def _eventive(noun: Token) -> bool:
    """Whether the object is itself a happening: "kill the deal", "hit a snag"."""
    return noun.pos_ == "NOUN" and nominal(noun) is not None


def _sort(found: Mention, sort: str) -> bool:
    kind = found.kind
    if sort == "place":
        return kind in PLACES or kind == "State" or found.gender == "Neut"
    if sort == "munition":
        return kind == "EquipmentType" and not MUNITIONS.isdisjoint(broader(found.name))
    if sort in ("equipment", "weapon"):
        return kind == "EquipmentType"
    if sort == "force":
        return kind in FORCES or kind == "EquipmentType" or kind == "PopulationGroup"
    return kind in PEOPLE or kind == "Actor" and found.gender != "Neut"


def nominal(token: Token) -> Draft | None:
    """The event that a noun or an adjective ("two dead") begins, None where it names none."""
    if token.pos_ == "ADJ":
        words = lexicon.event_words().get((token.lower_, "ADJ"), ())
        return Draft(token, words[0], words[0].kind) if words and _of_people(token) else None
    if token.pos_ not in ("NOUN", "PROPN") or token.dep_ in ("compound", "flat", "amod", "case"):
        return None
    if token.ent_type_ in ("PER", "LOC", "ORG"):
        return None
    if token.lemma_.lower() == "death" and case(token) == "to":  # "shot to death": the verb's
        return None
    if (whole := of_phrase(token)) is not None:
        return Draft(token, whole, whole.kind)
    if token.dep_.startswith("nmod") and of_phrase(token.head) is not None:
        return None
    for phrase in compound_lemmas(token):
        if phrase in lexicon.no_events():
            return None
        for word in lexicon.event_words().get((phrase, "NOUN"), ()):
            return Draft(token, word, word.kind, phrase=len(phrase.replace("-", " - ").split()))
    return None


def of_phrase(noun: Token) -> EventWord | None:
    """The event that a noun names with its "of": "exchange of fire"."""
    for child in noun.children:
        if child.dep_.startswith("nmod") and case(child) == "of":
            for last in (child.lemma_.lower(), child.lower_):
                key = (f"{noun.lemma_.lower()} of {last}", "NOUN")
                if words := lexicon.event_words().get(key, ()):
                    return words[0]
    return None


def _of_people(adjective: Token) -> bool:
    """Whether an adjective says what befell people: "two dead", "five people are dead"."""
    if any(c.dep_ == "nummod" for c in adjective.children):
        return True
    for noun in bearers(adjective):
        found = mention(noun)
        counted = any(c.dep_ == "nummod" for c in noun.children) or noun.pos_ == "NUM"
        if counted and found is None or found is not None and found.kind in PEOPLE:
            return True
    return False


def bearers(adjective: Token) -> list[Token]:
    """The nouns that a predicate adjective, or one behind its noun, speaks of."""
    found = [c for c in adjective.children if c.dep_ == "nsubj"]
    noun = adjective.head
    if adjective.dep_ in ("acl", "amod", "xcomp") and noun.i < adjective.i:
        if adjective.dep_ == "xcomp":
            found += [c for c in noun.children if c.dep_ == "obj" and c.i < adjective.i]
        else:
            found.append(noun)
    return found
