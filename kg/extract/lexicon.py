"""The words the extractors know, read once from `ontology/lexicon/*.tsv`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from kg import ontology

ACTORS = frozenset(
    "Actor Person State ArmedForce MilitaryUnit ArmedGroup GovernmentBody SecurityService "
    "Organisation InternationalOrganisation MediaOutlet PopulationGroup".split()
)
FACILITIES = frozenset(
    "Facility NuclearPowerPlant PowerPlant Hospital BorderCrossing Airbase MilitaryBase Depot "
    "Refinery Bridge Dam GasFacility School Residential".split()
)
PLACES = FACILITIES | frozenset("Place Country Region Settlement BorderSection Area".split())
FORCES = frozenset("ArmedForce MilitaryUnit ArmedGroup SecurityService".split())
PEOPLE = frozenset("Person PopulationGroup".split()) | FORCES


@dataclass(frozen=True, slots=True)
class EventWord:
    """One reading of a verb or noun as an event, a row of `events.tsv`."""

    lemma: str
    particle: str
    pos: str
    object: str
    kind: str
    frame: str


@cache
def nouns() -> dict[str, tuple[str, ...]]:
    """Ontology classes that a noun lemma (or compound) may name, preferred first."""
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for row in ontology.rows("lexicon/nouns.tsv"):
        classes[row["lemma"]].append(row["class"])
    return {lemma: tuple(found) for lemma, found in classes.items()}


@cache
def posts() -> frozenset[str]:
    """Nouns for a post, rank or occupation that a person can hold."""
    return frozenset(r["lemma"] for r in ontology.rows("lexicon/nouns.tsv") if r["post"])


@cache
def event_words() -> dict[tuple[str, str], tuple[EventWord, ...]]:
    """Readings by (lemma, "VERB" or "NOUN"), in the order in which they are tried."""
    words: defaultdict[tuple[str, str], list[EventWord]] = defaultdict(list)
    for row in ontology.rows("lexicon/events.tsv"):
        word = EventWord(
            row["lemma"], row["particle"], row["pos"], row["object"], row["class"], row["frame"]
        )
        words[word.lemma, word.pos].append(word)
    return {key: tuple(found) for key, found in words.items()}


@cache
def frame_roles() -> dict[tuple[str, str], str]:
    """Role by (frame, syntactic slot)."""
    return {(r["frame"], r["slot"]): r["role"] for r in ontology.rows("lexicon/frames.tsv")}


@cache
def actuality_words() -> dict[tuple[str, str, str], str]:
    """Actuality by (lemma, part of speech, "complement" or "self")."""
    return {
        (r["lemma"], r["pos"], r["scope"]): r["actuality"]
        for r in ontology.rows("lexicon/actuality.tsv")
    }


@cache
def refinements() -> tuple[tuple[str, str, str], ...]:
    """(general class, instrument word, refined class) in order."""
    return tuple(
        (r["class"], r["instrument"], r["refined"])
        for r in ontology.rows("lexicon/refinements.tsv")
    )


@cache
def light_verbs() -> dict[str, str]:
    """Verbs that carry an event noun as object, with the role of their subject."""
    return {r["lemma"]: r["subject"] for r in ontology.rows("lexicon/light_verbs.tsv")}


@cache
def equipment_names() -> frozenset[str]:
    """Labels and aliases of equipment types, in lower case."""
    found: set[str] = set()
    for row in ontology.rows("equipment.tsv"):
        found.add(row["label"].lower())
        found.update(alias.lower() for alias in row["aliases"].split("|") if alias)
    return frozenset(found)


@cache
def demonyms() -> dict[str, str]:
    """Country or people by the adjective or noun made from it, in lower case."""
    return {r["word"].lower(): r["label"] for r in ontology.rows("lexicon/demonyms.tsv")}
