"""Who speaks in an attribution, as mentions: names beside posts and bodies, owners, chains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from kg.extract import cues
from kg.extract.attributions import Attribution
from kg.extract.cues import lemma
from kg.extract.issuers import issuer
from kg.extract.lexicon import ACTORS, PLACES
from kg.extract.phrases import (
    NOMINAL,
    antecedent,
    described,
    fillers,
    mention,
    name_span,
    noun_class,
    plural,
)
from kg.extract.quotes import quotations
from kg.extract.sources import owner, utterance
from kg.records import Form, Mention, Span

PASSING_ON = ("cite", "quote")
FIRST = ("i", "we", "my", "our", "me", "us")
SPEAKING = ACTORS - {"PopulationGroup", "Actor"}
BODIES = ACTORS - {"Person", "PopulationGroup", "Actor"}
CLOSING = frozenset(',.;:()”"—–-') | {"--", "''"}
HYPHENS = ("-", "‐", "‑")
CALLING = ("name", "call", "know", "identify", "dub", "nickname", "sign", "style", "alias")
BETWEEN = ("itself", "himself", "herself", "themselves", "as", "only", "simply", "be")
NEAR = 8
"""How many words behind a noun what it is called may stand."""
TITLES = 3
"""How many words of a rank or post may stand between a comma and the name it bears."""


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks in an attribution, as mentions; empty where nobody is named."""

    claimants: tuple[Mention, ...]
    relays: tuple[Mention, ...]
    medium: str


def voice(doc: Doc, attribution: Attribution, others: Sequence[Attribution]) -> Voice:
    """Claimants and relays of an attribution as mentions.

    Args:
        doc: the parsed document.
        attribution: whose voice is asked for.
        others: all attributions; who speaks around this one passed it on.
    """
    personal = attribution.meaning.kind != "evidence"
    claimants, medium = _named(doc, attribution.sources, personal=personal)
    if attribution.sources and all(doc[i].lower_ in FIRST for i in attribution.sources):
        claimants = _around(doc, attribution, others) or _issuer(doc, attribution) or claimants
    relays: list[Mention] = []
    passed_on = _passed_on(doc, attribution)
    if passed_on:
        relays.extend(claimants)
        claimants = passed_on
    for index in attribution.relays:
        relay = mention(doc[index])
        told = attribution.word >= 0 and lemma(doc[attribution.word]) == "tell"
        if relay is not None and (relay.kind == "MediaOutlet" or not told):
            relays.append(relay)
    for outer in others:
        if outer is attribution or not outer.holds(attribution.cue):
            continue
        if outer.meaning.kind == "speech" and not _same_speaker(doc, attribution):
            relays.extend(_named(doc, outer.sources)[0])
    passing = [r for r in dict.fromkeys(relays) if r not in claimants and r.kind in ACTORS | PLACES]
    return Voice(claimants, tuple(passing), attribution.medium or medium)


def _around(
    doc: Doc, attribution: Attribution, others: Sequence[Attribution]
) -> tuple[Mention, ...]:
    """Who says "I" or "we" there: whoever's line of a transcript, or quotation, it stands in."""
    around = [o for o in others if o.form == "Direct" and o.holds(attribution.cue)]
    inner = min(around, key=lambda o: sum(s.end - s.start for s in o.content), default=None)
    return _named(doc, inner.sources)[0] if inner is not None and inner is not attribution else ()


def _issuer(doc: Doc, attribution: Attribution) -> tuple[Mention, ...]:
    """Who says "we" there outside of quotations: the body whose statement a heading announces."""
    at = attribution.cue
    if any(quote.span.start <= at.start < quote.span.end for quote in quotations(doc)):
        return ()
    body = issuer(doc, at.start)
    return (body,) if body is not None else ()


def _same_speaker(doc: Doc, attribution: Attribution) -> bool:
    """ "Kyiv said it had warned …": the inner speaker is the outer one."""
    return (
        bool(attribution.sources)
        and all(doc[i].pos_ == "PRON" for i in attribution.sources)
        and not attribution.quoted
    )


def _named(
    doc: Doc, sources: Sequence[int], *, personal: bool = False
) -> tuple[tuple[Mention, ...], str]:
    """Mentions of the sources that are actors, and the medium where a thing "says" something.

    Who speaks is an actor, known to the lexicon or not: "the fire service says".
    """
    found: list[Mention] = []
    medium = ""
    for index in sources:
        token = antecedent(doc[index])
        token = next((t for t in fillers(token) if _names(t, token)), token)
        if (name := apposed(doc[index]) or apposed(token)) is not None:
            found.append(name)
            continue
        named = mention(token) if token.pos_ in NOMINAL or token.ent_type_ else None
        if named is None and token.dep_ in ("det", "nmod:poss"):
            named = mention(token)
        if named is not None and named.kind in ACTORS | PLACES | {"Actor"}:
            found.append(named)
        elif named is None and token.ent_type_ == "NORP":
            found.append(_people(token))
        elif token.pos_ == "NOUN":
            behind = owner(token) if utterance(token) else None
            speaker = mention(behind) if behind is not None else None
            if speaker is not None and speaker.kind in ACTORS | PLACES:
                found.append(speaker)
            form = cues.media().get(lemma(token), ("", ""))[1]
            medium = medium or form
            if personal and speaker is None and not form and not utterance(token):
                found.append(described(token, "Actor"))
    return tuple(dict.fromkeys(found)), medium


def _names(name: Token, noun: Token) -> bool:
    """Whether the token is the person's name beside a noun: "correspondent Ana Petru"."""
    return name.i > noun.i and name.ent_type_ == "PER" and not noun.ent_type_


def apposed(noun: Token) -> Mention | None:
    """The name beside a common noun: "the fire service, Pelor, said", "operator Pelor said".

    A post or a single person is given a person's name, a body a body's; what a comma opens
    must end behind the name. "A baker named Petru" and "a group calling itself Pelor" are
    Petru and Pelor.
    """
    if noun.pos_ not in ("NOUN", "PROPN", "NUM") or name_span(noun) is not None:
        return None
    kind = "" if noun.lower_ == "one" else noun_class(noun)
    bodily = kind in BODIES or not kind
    personal = not plural(noun) and (kind in ("Person", "Actor") or not kind)
    for name in (_called(noun), _name_behind(noun), _appositive(noun)):
        found = mention(name.root) if name is not None else None
        if name is None or found is None or found.form is not Form.NAME:
            continue
        if name.label_ not in ("PER", "ORG"):
            # What nobody knows is taken for a place; the noun beside it tells better who it is.
            return replace(found, kind=kind) if kind in SPEAKING else None
        if bodily if name.label_ == "ORG" else personal:
            return found if found.kind in ACTORS else None
    return None


def _called(noun: Token) -> Slice | None:
    """The name that a participle or clause behind the noun gives: "known as", "calls himself"."""
    doc, (_, end) = noun.doc, cues.sentence(noun)
    for at in range(noun.i + 1, min(noun.i + 1 + NEAR, end)):
        word = doc[at]
        if word.ent_type_ or word.dep_ == "root" and lemma(word) not in CALLING:
            return None
        if lemma(word) in CALLING and noun.is_ancestor(word):
            while at + 1 < end and doc[at + 1].lower_ in BETWEEN:
                at += 1
            return name_span(doc[at + 1]) if at + 1 < end else None
    return None


def _appositive(noun: Token) -> Slice | None:
    """The name that the parse ties to the noun as the same one: "their head, the judge Petru"."""
    for child in noun.children:
        if child.dep_ == "appos" and child.i > noun.i:
            return name_span(child) or _name_behind(child)
    return None


def _name_behind(noun: Token) -> Slice | None:
    """The name right behind a noun, or behind the comma that ends its phrase."""
    doc, end = noun.doc, cues.sentence(noun)[1]
    at = noun.i + 1
    if at < end and doc[at].ent_type_:
        return _personal(name_span(doc[at]))
    while at < end and doc[at].text != ",":
        mark = doc[at].is_punct and doc[at].text not in HYPHENS
        if mark or doc[at].pos_ in ("VERB", "AUX") or not noun.is_ancestor(doc[at]):
            return None
        at += 1
    for first in range(at + 1, min(at + 2 + TITLES, end)):
        name = name_span(doc[first]) if doc[first].ent_type_ else None
        if name is not None:
            behind = doc[name.end] if name.end < end else None
            closed = behind is None or behind.text in CLOSING or cues.finite(behind)
            return _personal(name) if closed else None
        if doc[first].lower_ != "the" and not doc[first].text[0].isupper():
            return None
    return None


def _personal(name: Slice | None) -> Slice | None:
    return name if name is not None and name.label_ in ("PER", "ORG") else None


def _people(token: Token) -> Mention:
    """The demonym of "Russian claims" as the mention of who makes them."""
    span = Span(token.idx, token.idx + len(token))
    return Mention(span, token.text, "Actor", Form.NAME, token.text, span)


def _passed_on(doc: Doc, attribution: Attribution) -> tuple[Mention, ...]:
    """Whom the source cites: "reported the Herald, citing the ministry"."""
    if attribution.word < 0:
        return ()
    for child in doc[attribution.word].children:
        if child.dep_ == "advcl" and child.tag_ == "VBG" and lemma(child) in PASSING_ON:
            for noun in child.children:
                if noun.dep_ == "obj" and (cited := mention(noun)) is not None:
                    if cited.kind in ACTORS | PLACES:
                        return (cited,)
    return ()
