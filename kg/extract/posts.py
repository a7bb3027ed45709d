"""Who holds which post: titles, appositions and copulas, with tenure."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.actuality import actuality
from kg.extract.clauses import arguments, clause, following_phrase
from kg.extract.phrases import (
    antecedent,
    case,
    compound_lemmas,
    mention,
    name_span,
    noun_phrase,
    span,
)  # fmt: skip
from kg.records import Form, Frame, Mention, Span, Term, Value

TITLE = frozenset("compound flat nmod:desc nmod:unmarked amod nmod appos flat:name".split())

BODIES = frozenset(
    "ArmedForce MilitaryUnit ArmedGroup GovernmentBody SecurityService Organisation "
    "InternationalOrganisation MediaOutlet".split()
)
LEADING = {"lead": "leader", "head": "head", "command": "commander", "found": "founder"}
"""Verb of being at the head of a body -> the post."""


@cache
def tenures() -> dict[str, str]:
    """Tenure by the word that says it."""
    return {r["word"]: r["tenure"] for r in ontology.rows("lexicon/tenure.tsv")}


def positions(doc: Doc) -> tuple[Frame, ...]:
    """Position frames in text order: "holder", "role", "of" where stated, "tenure"."""
    found: dict[tuple[int, int], Frame] = {}
    for token in doc:
        if token.pos_ == "VERB" and (led := _leading(token)) is not None:
            found.setdefault((led.anchor.start, led.anchor.end), led)
        post = post_name(token)
        if not post or post in lexicon.kin():
            continue
        for holder in _holders(token):
            frame = _position(token, post, holder)
            found.setdefault((frame.anchor.start, frame.anchor.end), frame)
            break
    return tuple(found[key] for key in sorted(found))


def _leading(verb: Token) -> Frame | None:
    """ "The force is led by General Oren", "a brigade commanded by him": who is at the head."""
    if verb.lemma_.lower() not in LEADING or actuality(verb).name not in ("Actual", "Planned"):
        return None
    slots = arguments(verb)
    undergone = any(a.slot == "agent" for a in slots)
    people = [mention(a.token) for a in slots if a.slot == ("agent" if undergone else "subj")]
    bodies = [mention(a.token) for a in slots if a.slot == "obj"]
    person = next((m for m in people if m is not None and m.kind == "Person"), None)
    body = next((m for m in bodies if m is not None and m.kind in BODIES), None)
    if person is None or body is None:
        return None
    phrase = clause(verb)
    where = Span(
        min(phrase.start, person.span.start, body.span.start),
        max(phrase.end, person.span.end, body.span.end),
    )
    past = verb.tag_ == "VBD" or any(
        c.tag_ == "VBD" and c.dep_.startswith("aux") for c in verb.children
    )
    roles: tuple[tuple[str, Value], ...] = (
        ("holder", person),
        ("role", LEADING[verb.lemma_.lower()]),
        ("of", body),
        ("tenure", Term("Former" if past and _dated(verb) else "Current")),
    )
    return Frame("Position", span(verb), where, roles, "posts.leading", 0.8)


def post_name(token: Token) -> str:
    """The longest post that ends at this noun, as the lexicon writes it, "" if none."""
    apposed = token.dep_ == "appos" and token.pos_ == "ADJ"
    if token.pos_ not in ("NOUN", "PROPN") and not apposed:
        return ""
    if token.ent_type_ in ("PER", "LOC", "NORP"):
        return ""
    if token.tag_ in ("NNS", "NNPS"):
        return ""
    following = token.doc[token.i + 1 : token.i + 3]
    if f"{token.lemma_.lower()} {following[:1].lemma_.lower()}" in lexicon.posts():
        return ""  # "brigadier" of "brigadier general"
    whole = f"{token.lemma_.lower()} {following.text.lower()}"
    if whole in lexicon.posts():  # "secretary of state"
        before = token.doc[token.i - 1].lower_ if token.i > token.sent.start else ""
        return f"{before} {whole}" if before in lexicon.post_prefixes() else whole
    for phrase in compound_lemmas(token):
        if phrase in lexicon.posts():
            first = token.i - len(phrase.replace("-", " - ").split())
            before = token.doc[first].lower_ if first >= token.sent.start else ""
            return f"{before} {phrase}" if before in lexicon.post_prefixes() else phrase
    return ""


def _holders(token: Token) -> Iterator[tuple[Mention, bool]]:
    """The person who holds the post and whether the sentence puts it in the past."""
    for name in _named(token):
        if (found := mention(name)) is not None:
            yield found, False
    root = first_post(token)
    apposed = root.dep_ in ("appos", "nmod:desc", "nmod:unmarked", "parataxis")
    if apposed and root.head.i < root.i and _closed(root):
        found = mention(_nearest_listed(root))
        if found is not None and found.kind == "Person":
            yield found, False
    copula = next((c for c in root.children if c.dep_ == "cop"), None)
    if copula is not None or any(c.dep_ == "case" and c.lower_ == "as" for c in root.children):
        for child in (root if copula is not None else root.head).children:
            if child.dep_ in ("nsubj", "nsubj:pass"):
                past = copula is not None and "Past" in copula.morph.get("Tense", [])
                found = _person_behind(antecedent(child))
                if found is not None:
                    yield found, past and (_dated(root) or _ended(root))
    own = mention(token)
    if own is not None and own.kind == "Person" and own.form is Form.NOMINAL and _owner(token):
        yield own, False


def _nearest_listed(post: Token) -> Token:
    """Whom an apposition explains: "Ivo Tamm and Ana Lund, the president" is Lund."""
    listed = [c for c in post.head.conjuncts if c.i < post.i and c.ent_type_ == "PER"]
    return max([post.head, *listed], key=lambda name: name.i)


def _closed(post: Token) -> bool:
    """Whether an apposition ends before the verb: not "Carter, Prime Minister Discuss Moves"."""
    after = post.right_edge.i + 1
    return after >= len(post.doc) or post.doc[after].pos_ not in ("VERB", "AUX", "PROPN")


def first_post(token: Token) -> Token:
    """The post that a coordinated one goes with: "minister" for "minister and head of X"."""
    conjunction = next((c for c in token.children if c.dep_ == "cc"), None)
    if conjunction is not None and conjunction.i > 0:
        before = token.doc[conjunction.i - 1]
        if before.i < token.i and before.sent == token.sent and post_name(before):
            return first_post(before)
    while token.dep_ == "conj" and post_name(token.head):
        token = token.head
    return token


def _dated(root: Token) -> bool:
    """Whether a past copula really puts the post behind: "was previously", "was once"."""
    return any(tenures().get(c.lower_) == "Former" for c in root.children)


def _ended(root: Token) -> bool:
    """Whether the post came to an end: "was his deputy until they fell out"."""
    return any(c.lower_ == "until" for child in root.children for c in child.children)


def _person_behind(token: Token) -> Mention | None:
    """The named person that a noun in apposition stands for."""
    node = token
    while node.dep_ in ("appos", "conj") and node.head.i < node.i:
        node = node.head
        if name_span(node) is not None and node.ent_type_ == "PER":
            return mention(node)
    found = mention(token)
    return found if found is not None and found.kind == "Person" else None


def _named(token: Token) -> Iterator[Token]:
    """The name that the post stands before or is followed by in apposition."""
    for child in token.children:
        if (
            child.dep_ in TITLE
            and child.ent_type_ == "PER"
            and child.i > token.i
            and not case(child)
        ):
            yield child
    if token.dep_ in TITLE and token.head.ent_type_ == "PER" and token.head.i > token.i:
        yield token.head
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if following is not None and following.ent_type_ == "PER" and following.sent == token.sent:
        yield following


def _owner(token: Token) -> Mention | None:
    """Of what the post is: "head of X", "X's minister", "Russian senator", "Kursk governor"."""
    after = [c for c in token.children if c.dep_.startswith("nmod")]
    following = following_phrase(token)
    placed: Mention | None = None
    for child in [*after, *([following] if following is not None else [])]:
        if f"{token.lemma_.lower()} {case(child)} {child.lower_}" in lexicon.posts():
            continue
        found = mention(child) if case(child) in ("of", "for", "to", "in", "at") else None
        if found is not None and case(child) in ("of", "for"):
            return found
        placed = placed or found
    before = _premodifying(token)
    return placed if before is None else before  # "the Afghan ambassador to Turkey"


def _premodifying(token: Token) -> Mention | None:
    """Of what a post is by a word before it: "Russian senator", "Kursk governor"."""
    for child in token.children:
        if child.dep_ in ("nmod:poss", "amod", "compound", "nmod:desc", "nmod:unmarked"):
            if child.i < token.i and child.ent_type_ in ("LOC", "NORP", "ORG", "PER"):
                return mention(child)
            if child.i < token.i and child.lower_ in lexicon.demonyms():
                return mention(child)
            if child.dep_ == "nmod:poss" and child.pos_ != "PRON":
                return mention(child)
    return None


def _tenure(token: Token, past: bool) -> Term:
    words = [c.lower_ for t in (token, *_chain(token)) for c in t.children]
    words += [t.lower_ for t in token.doc[max(token.sent.start, token.i - 4) : token.i]]
    phrase = noun_phrase(token)
    words += [t.lower_ for t in phrase]
    before = token.doc[max(phrase.start - 2, token.sent.start) : phrase.start]
    words += [t.lower_ for t in before]
    for word in words:
        if word in tenures() and tenures()[word] != "Current":
            return Term(tenures()[word])
    return Term("Former" if past else "Current")


def _chain(token: Token) -> Iterator[Token]:
    first = first_post(token)
    if first.i != token.i:
        yield first


def _position(token: Token, post: str, holder: tuple[Mention, bool]) -> Frame:
    person, past = holder
    owner = _owner(token)
    roles: list[tuple[str, Value]] = [("holder", person), ("role", post)]
    if owner is None and first_post(token).i != token.i:
        shared = [c for c in first_post(token).children if c.dep_ == "nmod:poss"]
        owner = mention(shared[0]) if shared else None
    if owner is not None and owner != person:
        roles.append(("of", owner))
    roles.append(("tenure", _tenure(token, past)))
    phrase = clause(token)
    where = Span(min(phrase.start, person.span.start), max(phrase.end, person.span.end))
    return Frame("Position", span(token), where, tuple(roles), "posts.position", 0.85)
