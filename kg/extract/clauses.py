"""Verbs and their arguments: active, passive, relative, reduced, controlled and coordinated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract import lexicon
from kg.extract.phrases import antecedent, case, span
from kg.records import Span

CLAUSAL = frozenset(
    "ccomp xcomp advcl acl acl:relcl parataxis conj csubj csubj:pass advcl:relcl root".split()
)
TIME_DEPS = frozenset({"obl:tmod", "obl:npmod", "obl:unmarked", "nmod:tmod", "nmod:unmarked"})


@dataclass(frozen=True, slots=True)
class Argument:
    """A participant of an event word: its syntactic slot and the head of its phrase.

    `slot` is "subj", "obj", "agent", "mod", "poss", "instrument", a preposition, or "to" with the
    verb of a purpose.
    `direct` is False where it was inherited from another clause.
    """

    slot: str
    token: Token
    direct: bool = True


def passive(verb: Token) -> bool:
    """Whether the verb's subject is what it happens to; bare participles after a noun count."""
    if any(c.dep_ in ("aux:pass", "nsubj:pass") for c in verb.children):
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not _own(verb, "nsubj", "aux"):
        return passive(verb.head)
    reduced = verb.dep_ in ("acl", "advcl", "root", "parataxis", "appos", "ccomp", "xcomp")
    return reduced and verb.tag_ == "VBN" and not _own(verb, "nsubj", "aux", "obj")


def _own(verb: Token, *deps: str) -> bool:
    return any(child.dep_ in deps for child in verb.children)


def subject(verb: Token) -> Argument | None:
    """The understood subject: own, of the governing or coordinated verb, or the modified noun."""
    node, direct = verb, True
    for _ in range(6):
        for child in node.children:
            if child.dep_ in ("nsubj", "nsubj:pass", "nsubj:outer", "csubj"):
                if child.pos_ == "NUM" and node.dep_ in ("acl", "acl:relcl"):
                    continue
                if (intending := _intending(child)) is not None:
                    return Argument("subj", intending, direct=False)
                return Argument("subj", antecedent(child), direct)
        if node.dep_ == "advcl" and (stray := _stray(node)) is not None:
            return Argument("subj", stray, direct=False)
        direct = False
        if node.dep_ == "ccomp" and not _marked(node):
            controller = _controller(node)
            return Argument("subj", controller, direct=False) if controller is not None else None
        if node.dep_ in ("acl", "acl:relcl") and node.head.i != node.i:
            if node.dep_ == "acl" and _marked(node):
                node = node.head
                if node.pos_ != "VERB":
                    return _governor_subject(node)
                continue
            return Argument("subj", node.head, direct=node.dep_ == "acl")
        if node.dep_ == "xcomp" or node.dep_ == "advcl" and not _finite(node):
            controller = _controller(node) if node.dep_ == "xcomp" or _of_gerund(node) else None
            if controller is not None:
                return Argument("subj", controller, direct=False)
            node = node.head
            continue
        if node.dep_ == "conj" and node.head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
            node = node.head
            continue
        return None
    return None


def _intending(noun: Token) -> Token | None:
    """Whose plan a subject is: "Ukraine's intention is to capture …"."""
    effect = lexicon.actuality_words().get((noun.lemma_.lower(), "NOUN", "complement"))
    if noun.pos_ != "NOUN" or effect != "Planned":
        return None
    return next((c for c in noun.children if c.dep_ == "nmod:poss"), None)


def _stray(verb: Token) -> Token | None:
    """The subject of a subordinate clause that hangs on the main verb without a preposition."""
    mark = next((c for c in verb.children if c.dep_ == "mark" and c.lower_ != "to"), None)
    if mark is None or not _finite(verb):
        return None
    for child in verb.head.children:
        if child.dep_ in ("obl", "obj", "dep") and mark.i < child.i < verb.i and not case(child):
            return child
    return None


def _of_gerund(verb: Token) -> bool:
    """Whether the clause is what the object is said to do: "accused the army of firing"."""
    return any(c.dep_ in ("mark", "case") and c.lower_ in ("of", "from") for c in verb.children)


def _finite(verb: Token) -> bool:
    """Whether the verb is inflected, so that its clause must have a subject of its own."""
    if verb.tag_ in ("VBZ", "VBP", "VBD"):
        return True
    return any(c.dep_ in ("aux", "aux:pass") and c.tag_ in ("VBZ", "VBP", "VBD", "MD")
               for c in verb.children)  # fmt: skip


def _marked(verb: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "to" for child in verb.children)


def _controller(verb: Token) -> Token | None:
    """The object that does the complement: "forced authorities to evacuate"."""
    for child in verb.head.children:
        if child.dep_ in ("obj", "iobj") and verb.head.i < child.i < verb.i:
            return child
    return None


def _governor_subject(noun: Token) -> Argument | None:
    """Who has the plan: the owner of "Ukraine's plan to seize", else the subject above it."""
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            return Argument("subj", child, direct=False)
    node = noun.head
    if lexicon.actuality_words().get((node.lemma_, "VERB", "complement")) == "Demanded":
        return None  # who demands a thing does not do it
    if noun.dep_ in ("obj", "obl", "nsubj", "xcomp") and node.pos_ in ("VERB", "AUX"):
        found = subject(node) if noun.dep_ != "nsubj" else None
        return Argument("subj", found.token, direct=False) if found else None
    return None


def arguments(verb: Token) -> tuple[Argument, ...]:
    """All participants of a verb with their slots, in text order."""
    found: list[Argument] = []
    is_passive = passive(verb)
    first = subject(verb)
    if first is not None and first.token.i != verb.i:
        found.append(Argument("obj" if is_passive else "subj", first.token, first.direct))
    for child in verb.children:
        if child.dep_ in ("obj", "iobj"):
            found.append(Argument("obj", antecedent(child)))
        elif child.dep_.startswith("obl") and case(child) == "by":
            found.append(Argument("agent" if is_passive else "by", child))
        elif case(child) and (
            child.dep_ in ("obl", "nmod", "obl:arg", "obl:agent")
            or child.dep_ == "advcl"
            and child.pos_ in ("NOUN", "PROPN")
        ):
            found.append(Argument(case(child), antecedent(child)))
        elif child.dep_ == "advmod" and not _measured(child):
            inner = [c for c in child.children if c.dep_ == "obl" and case(c)]
            found.extend(
                Argument("near" if case(c) == "of" else case(c), antecedent(c)) for c in inner
            )
    found.extend(_relative_adverb(verb))
    found.extend(_shared(verb, found))
    return tuple(sorted(found, key=lambda a: a.token.i))


def _measured(adverb: Token) -> bool:
    """Whether an adverb says how far from a place something is: "6 km west of the airport"."""
    before = [adverb.nbor(-1)] if adverb.i > adverb.sent.start else []
    return any(
        c.dep_.startswith("obl") and not case(c) and any(n.dep_ == "nummod" for n in c.children)
        for c in [*adverb.children, *before]
    )


def _relative_adverb(verb: Token) -> list[Argument]:
    """The place in "the town where shells fell"."""
    where = any(c.lower_ == "where" and c.dep_ in ("advmod", "mark") for c in verb.children)
    if where and verb.dep_ in ("acl:relcl", "advcl:relcl", "acl"):
        return [Argument("in", verb.head)]
    return []


def _shared(verb: Token, found: list[Argument]) -> list[Argument]:
    """An object that a later coordinated verb states for both: "seized and burned the depot"."""
    if any(a.slot == "obj" for a in found):
        return []
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        for earlier in verb.head.children:
            if earlier.dep_ == "obj" and earlier.i < verb.i:
                late = [c for c in earlier.children if c.dep_ == "conj" and c.i > verb.i]
                if late:
                    return [Argument("obj", late[0], direct=False)]
            elif earlier.dep_ == "obj":
                return [Argument("obj", earlier, direct=False)]
    for other in verb.children:
        if other.dep_ == "conj" and other.pos_ == "VERB" and not _between(verb, other):
            objects = [c for c in other.children if c.dep_ == "obj"]
            return [Argument("obj", objects[0], direct=False)] if objects else []
    return []


def _between(verb: Token, other: Token) -> bool:
    return any(c.dep_ in ("obl", "advcl", "xcomp", "ccomp") and c.i < other.i
               for c in verb.children)  # fmt: skip


def noun_arguments(noun: Token) -> tuple[Argument, ...]:
    """Participants of an event noun: "the shelling of X by Y", "Russia's drone attacks on Z"."""
    found: list[Argument] = []
    for child in noun.children:
        if child.dep_ == "nmod:poss":
            found.append(Argument("poss", child))
        elif child.dep_ in ("nmod", "obl", "obl:agent", "nmod:agent") and case(child):
            found.append(Argument(case(child), antecedent(child)))
        elif child.dep_ in ("amod", "compound", "nmod:desc", "nmod:unmarked", "nmod"):
            if child.i < noun.i:
                found.append(Argument("mod", child))
        elif child.dep_ in ("acl", "acl:relcl"):
            found.extend(_reduced(child))
    following = following_phrase(noun)
    if following is not None and all(a.token.i != following.i for a in found):
        found.append(Argument(case(following), following, direct=False))
    return tuple(sorted(found, key=lambda a: a.token.i))


def purposes(word: Token) -> Iterator[Argument]:
    """Objects of what an event is meant to do: slot "to help" of "sent money to help Dorvia"."""
    for child in word.children:
        if child.dep_ in ("advcl", "acl") and child.pos_ == "VERB" and _marked(child):
            for part in child.children:
                if part.dep_ == "obj":
                    yield Argument(f"to {child.lemma_}", part, direct=False)


def following_phrase(noun: Token) -> Token | None:
    """The noun of a prepositional phrase right after a noun, wherever it was attached."""
    if noun.i + 1 >= len(noun.doc):
        return None
    preposition = noun.doc[noun.i + 1]
    if preposition.dep_ != "case" or preposition.head.i <= preposition.i:
        return None
    return preposition.head


CARRYING = frozenset(
    "launch carry conduct execute mount stage aim direct involve back support lead take "
    "impose".split()
)
"""Verbs whose participle carries participants of the event noun that it stands at."""


def _reduced(verb: Token) -> list[Argument]:
    """Participants carried by a participle of a bare verb: "an attack launched by X on Y"."""
    if verb.lemma_ not in CARRYING:
        return []
    return [
        Argument("by" if a.slot == "agent" else a.slot, a.token, direct=False)
        for a in arguments(verb)
        if a.slot not in ("subj", "obj")
    ]


def particles(verb: Token) -> frozenset[str]:
    """Words that complete the verb: particles, prepositions of its phrases, adjectives, objects."""
    found: set[str] = set()
    for child in verb.children:
        if child.dep_ in ("compound:prt", "advmod", "xcomp", "obj", "mark"):
            found.add(child.lower_)
            found.add(child.lemma_.lower())
        if child.dep_ in ("obl", "obl:agent", "nmod", "advcl", "obl:arg"):
            found.add(case(child))
            found.update(c.lower_ for c in child.children if c.dep_ == "case")
            if case(child) in ("as",):
                found.add(child.lemma_.lower())
    following = verb.nbor(1) if verb.i + 1 < len(verb.doc) else None
    if following is not None and following.pos_ in ("ADP", "ADV", "ADJ", "PART", "SCONJ"):
        found.add(following.lower_)
    found.discard("")
    return frozenset(found)


def clause(token: Token) -> Span:
    """Characters of the event's own clause: its subtree less the clauses joined to it."""
    words = [token]
    stack = [token]
    while stack:
        for child in stack.pop().children:
            if child.dep_ in ("conj", "parataxis", "advcl") and child.pos_ in ("VERB", "AUX"):
                continue
            if child.dep_ == "punct":
                continue
            words.append(child)
            stack.append(child)
    return span(*words)


def ancestors(token: Token) -> tuple[Token, ...]:
    """Governors of the token from the nearest to the root of its sentence."""
    return tuple(token.ancestors)
