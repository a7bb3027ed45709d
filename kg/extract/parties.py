"""Who takes part in a lasting relation: the sides of an alliance, whom a noun is said of."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.clauses import noun_arguments, subject
from kg.extract.lexicon import ACTORS
from kg.extract.phrases import case, mention
from kg.records import Form, Mention

MUTUAL = frozenset({"Alliance", "Hostility"})
"""Relations between parties that take sides."""
GROUPS = ACTORS - {"Person", "PopulationGroup"}
SIDES = (GROUPS | {"Place", "Country"}) - {"MediaOutlet"}
_CLIMB = 3  # nouns above a noun that can say whose it is: "their part in the fight against"
_VEHICLES = frozenset({"support", "help", "assistance", "backing", "control", "rule", "grip"})


def sided(one: Mention) -> bool:
    """Whether a mention is of a body that takes sides: no person, no crowd, no bare place."""
    if one.kind in ("Place", "Country"):
        return one.form is Form.NAME
    people = one.kind == "PopulationGroup" and (one.form is Form.NAME or bool(one.qualifier))
    return one.kind in SIDES or people


def through(token: Token) -> list[Token]:
    """Whose support or control it is: "aided by support from Dorvia", "from rebel control"."""
    if token.lemma_.lower() not in _VEHICLES:
        return [token]
    whose = ("poss", "mod", "by", "from", "of")
    return [a.token for a in noun_arguments(token) if a.slot in whose] or [token]


def purposed(verb: Token) -> list[Token]:
    """Who is there for a purpose: "the coalition to defeat X", "stands by Halvik to defeat X"."""
    while verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        verb = verb.head
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ == "to"), None)
    if mark is None or mark.i == verb.sent.start or verb.dep_ not in ("acl", "advcl"):
        return []
    before = verb.doc[mark.i - 1]
    found = mention(before)
    if found is None or not sided(found) or found.form is Form.PRONOUN:
        return []
    there = found.kind in ("Place", "Country") and case(before) not in ("by", "with", "for")
    return [] if there else [before]


def behind(noun: Token, relation: str) -> list[Token]:
    """Whose support, fight or part a noun tells of."""
    if relation not in MUTUAL:
        return [holder(noun)]
    if relation == "Alliance" and (ally := called(noun)) is not None:
        return [ally]
    node = noun
    for _ in range(_CLIMB):
        owners = [a.token for a in noun_arguments(node) if a.slot in ("poss", "mod", "by", "from")]
        owners = [one for one in owners if (m := mention(one)) is not None and sided(m)]
        if owners:
            return owners
        preposition = next((c for c in node.children if c.dep_ == "case"), None)
        if preposition is not None and preposition.lower_ == "in" and preposition.i > 0:
            before = node.doc[preposition.i - 1]
            if (found := mention(before)) is not None and sided(found):
                return [before]  # "Halvik in its fight against", "troops in support of"
        above = node.head
        if not node.dep_.startswith("nmod") or above.pos_ not in ("NOUN", "PROPN"):
            break
        node = above
    noun = node
    if noun.dep_ in ("obj", "obl", "xcomp", "advcl", "nsubj:pass") or any(
        c.dep_ == "cop" for c in noun.children
    ):
        verb = noun.head if noun.dep_ != "root" else noun
        doer = subject(verb) if verb.pos_ in ("VERB", "AUX", "NOUN") else None
        return [doer.token] if doer is not None and doer.token.i != noun.i else []
    return [holder(noun)] if noun.dep_ in ("appos", "nmod:desc") else []


def called(noun: Token) -> Token | None:
    """Who is called an ally: "our ally Dorvia", "Dorvia, an ally of Halvik"."""
    if noun.lemma_.lower() not in ("ally", "partner", "backer"):
        return None
    if noun.dep_ in ("appos", "nmod:desc") and noun.head.i < noun.i:
        return noun.head
    beside = [c for c in noun.children if c.i > noun.i and c.dep_ in ("appos", "flat", "nmod:desc")]
    copula = any(c.dep_ == "cop" for c in noun.children)
    beside += [c for c in noun.children if copula and c.dep_ == "nsubj"]
    return beside[0] if beside else None


def holder(noun: Token) -> Token:
    """Who is what the noun says: "Anna Kovacs, a member", "serves as part"; else the noun."""
    if noun.dep_ in ("appos", "nmod:desc", "parataxis") and noun.head.i < noun.i:
        return noun.head
    if any(c.dep_ == "case" and c.lower_ == "as" for c in noun.children):
        found = subject(noun.head) if noun.head.pos_ == "VERB" else None
        return found.token if found is not None else noun  # "serves as part of the force"
    named = [
        c
        for c in noun.children
        if c.ent_type_ == "PER" and c.dep_ in ("appos", "flat", "nmod:desc")
    ]
    if named:
        return named[0]
    subject_ = [c for c in noun.children if c.dep_ == "nsubj"]
    return subject_[0] if subject_ and any(c.dep_ == "cop" for c in noun.children) else noun
