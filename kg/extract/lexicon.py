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
def appellations() -> frozenset[str]:
    """Nouns that may follow the name of a body and add nothing to it."""
    return frozenset(r["word"] for r in ontology.rows("lexicon/appellations.tsv"))


@cache
def posts() -> frozenset[str]:
    """Nouns for a post, rank or occupation that a person can hold."""
    rows = ontology.rows("lexicon/nouns.tsv")
    return frozenset(r["lemma"] for r in rows if r["post"] in ("yes", "kin"))


@cache
def kin() -> frozenset[str]:
    """Nouns of `posts` that say whose a person is, and no post: "mother", "widow"."""
    return frozenset(r["lemma"] for r in ontology.rows("lexicon/nouns.tsv") if r["post"] == "kin")


@cache
def post_prefixes() -> frozenset[str]:
    """Words before a post that make it another post: "deputy"."""
    return frozenset(r["word"] for r in ontology.rows("lexicon/post_prefixes.tsv"))


@cache
def individuals() -> frozenset[str]:
    """Nouns that name a single person in the singular: "soldier", "refugee"."""
    return frozenset(r["lemma"] for r in ontology.rows("lexicon/nouns.tsv") if r["post"] == "one")


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
def illnesses() -> frozenset[str]:
    """What people die of without anybody's violence, by lemma."""
    return frozenset(row["lemma"] for row in ontology.rows("lexicon/illnesses.tsv"))


@cache
def no_events() -> frozenset[str]:
    """Compounds that name no event though their last word does elsewhere: "news release"."""
    return frozenset(row["lemma"] for row in ontology.rows("lexicon/no_events.tsv"))


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
def light_verbs() -> dict[str, tuple[str, ...]]:
    """Verbs that carry an event noun: the role of their subject, "self" where it is the event."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for row in ontology.rows("lexicon/light_verbs.tsv"):
        found[row["lemma"]].append(row["subject"])
    return {lemma: tuple(dict.fromkeys(roles)) for lemma, roles in found.items()}


@cache
def calendar() -> frozenset[str]:
    """Names of months and weekdays, which no place is called by."""
    return frozenset(word for use in ("month", "weekday") for word in ontology.words("times", use))


@cache
def conditions() -> dict[str, str]:
    """Condition of equipment by the verb that happened to it."""
    return {r["lemma"]: r["condition"] for r in ontology.rows("lexicon/conditions.tsv")}


@cache
def _equipment() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    """Equipment slug by name, label by slug and parent by slug, names in lower case."""
    slugs: dict[str, str] = {}
    labels: dict[str, str] = {}
    parents: dict[str, str] = {}
    for row in ontology.rows("equipment.tsv"):
        labels[row["slug"]], parents[row["slug"]] = row["label"].lower(), row["parent"]
        for name in (row["label"], *row["aliases"].split("|")):
            slugs.setdefault(name.strip().lower(), row["slug"])
    return slugs, labels, parents


@cache
def broader(name: str) -> tuple[str, ...]:
    """Labels of the equipment type that a phrase names and of all broader types, nearest first.

    The longest known end of the phrase decides: "long-range attack drones" is a drone.
    """
    slugs, labels, parents = _equipment()
    words = name.lower().split()
    for start in range(len(words)):
        for phrase in (" ".join(words[start:]), " ".join(words[start:]).removesuffix("s")):
            slug, found = slugs.get(phrase, ""), []
            while slug:
                found.append(labels.get(slug, slug))
                slug = parents.get(slug, "")
            if found:
                return (phrase, *found)
    return (words[-1],) if words else ()


def equipment_names() -> dict[str, str]:
    """Slug of an equipment type by its labels and aliases in lower case."""
    return _equipment()[0]


@cache
def _countries() -> frozenset[str]:
    rows = ontology.rows("governments.tsv")
    return frozenset(
        name.lower() for r in rows for name in (r["name"], *r["aliases"].split("|")) if name
    )


def is_country(name: str) -> bool:
    """Whether the name is a state's."""
    return name.lower() in _countries()


@cache
def national() -> frozenset[str]:
    """Demonyms of countries, in lower case: "Russian", not "Western" or "Islamic"."""
    return frozenset(r["word"].lower() for r in ontology.rows("lexicon/demonyms.tsv") if r["iso2"])


@cache
def demonyms() -> dict[str, str]:
    """Country or people by the adjective or noun made from it, in lower case."""
    return {r["word"].lower(): r["label"] for r in ontology.rows("lexicon/demonyms.tsv")}
