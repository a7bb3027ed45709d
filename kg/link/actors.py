"""Actors: named bodies and states from the reference list, forces and bodies of a country, people.

Reference IRIs are `…/id/actor/<slug>`. A body known only by its country ("Ukraine's general
staff", "Russian conscripts") gets `…/id/actor/<what>-<iso2>`, so that several articles mean
the same one and its data can be told from the IRI alone. All others are local to the document.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kg import ontology
from kg.errors import SetupError
from kg.records import Document, Entity, Form, Mention

ID = "https://w3id.org/conflict-kg/id/"
FORCES = frozenset(
    "army force military troop soldier armed-forces serviceman ground-forces defence-forces "
    "defense-forces forces troops".split()
)
STATE_WORDS = frozenset({"government", "state", "regime", "country", "nation"})
PLACE_KINDS = frozenset({"Place", "Country", "Settlement", "Region"})
SITES = frozenset(
    "BorderSection Area Facility NuclearPowerPlant PowerPlant Hospital BorderCrossing Airbase "
    "MilitaryBase Depot Refinery Bridge Dam GasFacility School Residential".split()
)


def slug(text: str) -> str:
    """Lower-case ASCII letters and digits joined by hyphens, for use in an IRI.

    >>> slug("Médecins Sans Frontières")
    'medecins-sans-frontieres'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    kept = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")
    if kept:
        return kept[:80]
    return "-".join(f"{ord(c):x}" for c in text[:12])


def key(name: str) -> str:
    """A name as it is looked up: lower case, no article, possessive or double space."""
    plain = name.replace("’", "'").casefold()
    plain = re.sub(r"^(the|so-called)\s+", "", plain.strip())
    return re.sub(r"\s+", " ", plain.removesuffix("'s").removesuffix("'"))


@cache
def _listed() -> dict[str, Entity]:
    """Reference actors by IRI."""
    found: dict[str, Entity] = {}
    for row in ontology.rows("governments.tsv"):
        iso = row["iso2"].lower()
        iri = f"{ID}actor/state-{iso}"
        names = tuple(sorted(a for a in row["aliases"].split("|") if a))
        found[iri] = Entity(iri, "State", row["name"], names, source="GeoNames")
    for row in ontology.rows("actors.tsv"):
        iri = f"{ID}actor/{row['slug']}"
        names = tuple(sorted(a for a in row["aliases"].split("|") if a))
        state = f"{ID}actor/state-{row['iso2'].lower()}" if row["iso2"] else None
        found[iri] = Entity(iri, row["kind"], row["label"], names, broader=state,
                            source="conflict-kg actors")  # fmt: skip
    return found


@cache
def _by_name() -> dict[str, str]:
    """Reference IRI by looked-up name; acronyms that are common words keep their capitals."""
    found: dict[str, str] = {}
    for iri, entity in _listed().items():
        for name in (entity.label, *entity.names):
            found.setdefault(name if _acronym(name) else key(name), iri)
    return found


def _acronym(name: str) -> bool:
    return name.isupper() and len(name) <= 5


@cache
def _states() -> dict[str, str]:
    """ISO code in lower case by country name, demonym or adjective."""
    found: dict[str, str] = {}
    for row in ontology.rows("governments.tsv"):
        for name in (row["name"], *row["aliases"].split("|")):
            if name:
                found[key(name)] = row["iso2"].lower()
    for row in ontology.rows("lexicon/demonyms.tsv"):
        if row["iso2"]:
            found.setdefault(key(row["word"]), row["iso2"].lower())
            found.setdefault(key(row["label"]), row["iso2"].lower())
    return found


@cache
def _capitals() -> dict[str, str]:
    return {
        key(capital): row["iso2"].lower()
        for row in ontology.rows("governments.tsv")
        for capital in row["capitals"].split("|")
        if capital
    }


@cache
def _peoples() -> frozenset[str]:
    """Demonym nouns in the plural: "Ukrainians", "Syrians"."""
    return frozenset(
        key(r["word"]) for r in ontology.rows("lexicon/demonyms.tsv")
        if r["use"] in ("noun", "both") and r["word"].endswith(("s", "ish", "ese", "nch"))
    )  # fmt: skip


def country(name: str) -> str:
    """ISO 3166 code in lower case of a country name or demonym, "" if it is none.

    >>> country("Ukrainian"), country("the U.S."), country("Narnian")
    ('ua', 'us', '')
    """
    plain = key(name)
    return _states().get(plain) or _states().get(plain.rstrip(".")) or ""


def actor(mention: Mention, document: Document) -> tuple[Entity, str, float]:
    """The actor that a mention names, with method and score.

    A country or its capital in an actor's role stands for its government: the state.
    """
    name = mention.name
    listed = _by_name().get(name) or _by_name().get(key(name))
    whole = _by_name().get(key(mention.text)) if " " in mention.text else None
    if mention.form is Form.NOMINAL and whole is not None:
        return _listed()[whole], "name", 0.9
    if mention.form is Form.NAME and listed is not None and not _is_people(mention):
        return _listed()[listed], "name", 0.95
    iso = country(name)
    if mention.form is Form.NAME and iso:
        if _is_people(mention):
            return _of_country("people", iso), "demonym", 0.9
        return _of_country("state", iso), "country name", 0.95
    if mention.kind in PLACE_KINDS and key(name) in _capitals():
        return _of_country("state", _capitals()[key(name)]), "capital for government", 0.85
    owner = country(mention.qualifier) or _capitals().get(key(mention.qualifier), "")
    if mention.form is Form.NOMINAL and owner and mention.kind != "Person":
        return _of_country(_what(mention), owner), "body of a country", 0.85
    return _local(mention, document), "local", 0.6


def _is_people(mention: Mention) -> bool:
    return (
        mention.kind == "PopulationGroup"
        and mention.number == "Plur"
        and (key(mention.name) in _peoples())
    )


def _what(mention: Mention) -> str:
    words = key(mention.text).replace(key(mention.qualifier), " ").replace("'s ", " ").strip()
    words = re.sub(r"\s+", " ", words)
    head = slug(words) or "people"
    if head in FORCES:
        return "armed-forces"
    return "state" if head in STATE_WORDS else head


def _of_country(what: str, iso: str) -> Entity:
    found = reference(f"{ID}actor/{what}-{iso}")
    if found is None:
        raise SetupError(f"governments.tsv has no state {iso!r}; reinstall conflict-kg")
    return found


def reference(iri: str) -> Entity | None:
    """The data of a reference actor, from the list or told from its IRI; None if it is none."""
    if (listed := _listed().get(iri)) is not None:
        return listed
    if not iri.startswith(f"{ID}actor/"):
        return None
    what, _, iso = iri.removeprefix(f"{ID}actor/").rpartition("-")
    state = _listed().get(f"{ID}actor/state-{iso}")
    if not what or state is None:
        return None
    if what == "armed-forces":
        return Entity(iri, "ArmedForce", f"Armed Forces of {state.label}", broader=state.iri,
                      source="conflict-kg actors")  # fmt: skip
    if what == "people":
        return Entity(iri, "PopulationGroup", f"People of {state.label}", broader=state.iri,
                      source="conflict-kg actors")  # fmt: skip
    words = what.replace("-", " ")
    return Entity(iri, _kind(words), f"{words} of {state.label}", broader=state.iri,
                  source="conflict-kg actors")  # fmt: skip


@cache
def _nouns() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in ontology.rows("lexicon/nouns.tsv"):
        found.setdefault(row["lemma"], row["class"])
        if row["class"] == "PopulationGroup":
            found[row["lemma"]] = row["class"]
    return found


def _kind(words: str) -> str:
    parts = words.split()
    for start in range(len(parts)):
        phrase = " ".join(parts[start:])
        singular = (
            re.sub("ies$", "y", phrase) if phrase.endswith("ies") else phrase.removesuffix("s")
        )
        kind = _nouns().get(phrase) or _nouns().get(singular)
        if kind:
            return kind if kind not in ("Measure", "Person") else "PopulationGroup"
    return "Actor"


def _local(mention: Mention, document: Document) -> Entity:
    kind = mention.kind
    if kind in PLACE_KINDS:
        kind = "Actor"
    elif kind in SITES or kind == "EquipmentType":
        kind = "Organisation"
    label = mention.text
    if mention.form is Form.NOMINAL and mention.qualifier and mention.qualifier not in label:
        label = f"{label} of {mention.qualifier}"
    own = mention.form is Form.NAME or bool(mention.qualifier)
    where = "" if own else f"-{mention.span.start}"
    iri = f"{document.iri}/entity/{kind.lower()}/{slug(label if own else mention.name)}{where}"
    owner = country(mention.qualifier)
    return Entity(iri, kind, label, broader=f"{ID}actor/state-{owner}" if owner else None)


def voice(document: Document) -> Entity:
    """The article's own voice: its publisher where that is a known outlet, else a local one."""
    if document.publisher:
        listed = _by_name().get(document.publisher) or _by_name().get(key(document.publisher))
        if listed is not None:
            return _listed()[listed]
    return Entity(
        f"{document.iri}/entity/mediaoutlet/voice",
        "MediaOutlet",
        document.publisher or f"the article “{document.title}”",
    )
