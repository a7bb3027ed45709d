"""What the language pipeline sees of happenings, word by word, to be held against the grammar.

Read from the span group `happenings`; a pipeline that writes none (`--model NAME`) leaves all to
the grammar.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.clauses import particles
from kg.extract.drafts import Draft, ill, mutual, of_phrase
from kg.extract.phrases import compound_lemmas

SEEN = 0.8
"""A listed word that the grammar makes nothing of tells of a happening if it is so likely to."""
PLAIN = 0.6
"""And if one of the classes that the lexicon has for it is so likely."""
UNSEEN = 0.05
"""A reading of the grammar is dropped if the network holds a happening for less likely."""
DOUBTED = 0.15
"""The same for violence, whose words are used of markets, sports and quarrels as well."""
CAST = 0.7
"""A role that the grammar leaves empty goes to a word that is so likely to have it; in
cross-validation three of four such are right (of places not, which are left to the grammar)."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A word that may tell of a happening.

    Attributes:
        sure: probability that it does.
        kinds: classes by probability given that it does, the likeliest first.
        roles: (role, index of the head word, probability), the likeliest first.
    """

    sure: float
    kinds: tuple[tuple[str, float], ...]
    roles: tuple[tuple[str, int, float], ...]


@dataclass(frozen=True, slots=True)
class Sights:
    """All that is seen in a document, by index of the word, and the classes that can be seen."""

    words: dict[int, Seen]
    kinds: frozenset[str]


def sights(doc: Doc) -> Sights:
    """What the pipeline sees; nothing, of no class, where it does not look."""
    if "happenings" not in doc.spans:
        return Sights({}, frozenset())
    return Sights(_read(doc), frozenset(doc.spans["happenings"].attrs.get("kinds", ())))


def _read(doc: Doc) -> dict[int, Seen]:
    classes = ontology.ancestors()
    words: dict[str, tuple[int, float]] = {}
    kinds: defaultdict[str, list[tuple[str, float]]] = defaultdict(list)
    roles: defaultdict[str, list[tuple[str, int, float]]] = defaultdict(list)
    for part in doc.spans["happenings"]:
        share = int(part.kb_id_) / 100
        if part.label_ == "EVENT":
            words[part.id_] = (part.start, share)
        elif part.label_ in classes:
            kinds[part.id_].append((part.label_, share))
        else:
            roles[part.id_].append((part.label_, part.start, share))
    return {
        at: Seen(
            share,
            tuple(sorted(kinds[number], key=lambda k: (-k[1], k[0]))),
            tuple(sorted(roles[number], key=lambda r: (-r[2], r[1], r[0]))),
        )
        for number, (at, share) in words.items()
    }


@cache
def violent() -> frozenset[str]:
    """Classes of events of force against people, things and places."""
    harm = ("Killing", "Injury", "Damage", "EquipmentLoss", "Interception", "Clash")
    ground = ("TerritoryCaptured", "Encirclement", "Capture")
    return frozenset(k for top in ("Attack", *harm, *ground) for k in ontology.kinds(top))


def likeliest(sight: Seen) -> str:
    """The narrowest class that is likely, counting what is likely below it; "" where none is."""
    up = ontology.ancestors()
    shares: defaultdict[str, float] = defaultdict(float)
    for kind, share in sight.kinds:
        for one in (kind, *up[kind]):
            shares[one] += share
    likely = [k for k, share in shares.items() if share >= PLAIN and up[k]]
    return max(likely, key=lambda k: (len(up[k]), shares[k], k), default="")


def agreed(token: Token, draft: Draft | None, found: Sights) -> Draft | None:
    """What grammar and network make of a word together: the reading to go on with.

    A reading of the grammar stands unless the network, which knows its class, sees too little in
    the word; what named parties do together needs no second opinion. Where the grammar
    reads nothing, a word that the lexicon lists still tells of a happening of one of the classes
    listed if the network is sure of it.

    Args:
        token: a word of the document.
        draft: what the grammar makes of it, None where it reads nothing.
        found: what the network sees in the document.
    """
    sight = found.words.get(token.i)
    if draft is not None:
        sure = sight.sure if sight is not None else 0.0
        doubted = sure < (DOUBTED if draft.kind in violent() else UNSEEN)
        return None if doubted and draft.kind in found.kinds and not mutual(draft) else draft
    if sight is None or sight.sure < SEEN or token.pos_ not in ("VERB", "NOUN"):
        return None
    if token.dep_ in ("aux", "cop", "amod", "compound", "case", "fixed", "flat"):
        return None
    if not lexicon.no_events().isdisjoint(compound_lemmas(token)):
        return None
    if token.dep_.startswith("nmod") and of_phrase(token.head) is not None:
        return None  # "talks" of "a round of talks"
    kind = likeliest(sight)
    up = ontology.ancestors()
    near = particles(token)
    for word in lexicon.event_words().get((token.lemma_.lower(), token.pos_), ()):
        if word.frame == "suffer" and ill(token):
            return None
        if word.object == "mover":
            continue  # who moves is no force, or the grammar had read it
        if word.particle and word.particle not in near and word.particle not in lexicon.nouns():
            continue  # "led" is not "led out"; who was "taken" may be taken prisoner
        if kind and (word.kind == kind or word.kind in up[kind] or kind in up[word.kind]):
            return Draft(token, word, kind)
    return None
