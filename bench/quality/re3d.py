"""Who, where, with what and when in defence texts: relaxed F1 on re3d.

50 documents of ministries, armed forces, the BBC and Wikipedia (Dstl, 2017), marked with
entities by machine and hand. A found span is right where a gold span of its type shares a
character with it, a gold span is met likewise; spans of one type that overlap are found once.

re3d marks names, nominals and pronouns alike ("the city", "we", "the regime"), and a country
that acts as Organisation beside its Location. So what is scored is all that the pipeline says
of a text: names, mentions with the class that the linker knows them by, equipment, times,
numbers, and the terms of `kg_terms` where the pipeline has that component.

What is in the gold and cannot be found: "Vehicle" is mostly made by a pattern for ships
("ss Syria" of "across Syria": 29 of 31), and names of a list stand as Person wherever they are
words ("hope", "faith", "ally", "Jan"). Money, DocumentReference, CommsIdentifier, Coordinate
and Frequency have no match here and are left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bench.quality.reading import Reading, read
from bench.quality.records import Measured, absent
from bench.quality.spans import Case, Span, measured, merged, paired
from kg import ontology
from kg.extract.quantities import quantities
from kg.extract.times import times
from kg.link.coreference import SPEAKER
from kg.link.equipment import REFERENCE, chain, equipment_links
from kg.records import Document, Fact, FactValue, Form, Link, Mention

NAMES = {"PER": "Person", "ORG": "Organisation", "LOC": "Location", "NORP": "Nationality"}
"""Label of a name -> re3d's type."""

PLACES = dict.fromkeys(ontology.kinds("Place"), "Location")
CLASSES = PLACES | {
    "Person": "Person",
    "PopulationGroup": "Organisation",
    "State": "Organisation",
    "Organisation": "Organisation",
    "ArmedForce": "Organisation",
    "ArmedGroup": "Organisation",
    "GovernmentBody": "Organisation",
    "InternationalOrganisation": "Organisation",
    "MediaOutlet": "Organisation",
    "MilitaryUnit": "Organisation",
    "SecurityService": "Organisation",
}
"""Class of a mention, as linked -> re3d's type. An Actor of no known class is told by grammar."""

EQUIPMENT = {
    "weapon": "Weapon",
    "vehicle": "MilitaryPlatform",
    "aircraft": "MilitaryPlatform",
    "drone": "MilitaryPlatform",
    "naval-drone": "MilitaryPlatform",
    "warship": "MilitaryPlatform",
    "vessel": "Vehicle",
    "merchant-ship": "Vehicle",
}
"""Equipment type, or one above it, of `ontology/equipment.tsv` -> re3d's type."""

MEASURES = {
    "count": "Quantity",
    "share": "Quantity",
    "percent": "Quantity",
    "modifier": "Quantity",
    "time": "Temporal",
}
"""Measure of a number phrase -> re3d's type."""

TERMS = {
    "WEAPON": "Weapon",
    "VEHICLE": "MilitaryPlatform",
    "PLATFORM": "MilitaryPlatform",
    "UNIT": "Organisation",
    "FACILITY": "Location",
    "GROUP": "Organisation",
    "POST": "Person",
    "DATE": "Temporal",
    "DURATION": "Temporal",
    "QUANTITY": "Quantity",
}
"""Label of a term -> re3d's type: its tanks and tactical vehicles are MilitaryPlatform."""

POSSESSIVES = frozenset("my our your his her its their".split())
"""Pronouns that re3d leaves unmarked but for a few."""

NAME = "re3d"
TITLE = "names, mentions, equipment, times, numbers, relaxed F1, raw text: re3d"
KINDS = (
    "Person",
    "Organisation",
    "Location",
    "Nationality",
    "Weapon",
    "MilitaryPlatform",
    "Vehicle",
    "Temporal",
    "Quantity",
)
FOLDER = "dev/re3d"
HEADLINES = ("all",)
GOALS = {"all": 75.0}
PEERS = {"all": "none found"}


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FOLDER)


def measure(data: Path) -> Measured:
    """Scores by type, and over all with each span paired once, for re3d marks phrases twice."""
    found = list(cases(data / FOLDER))
    relaxed = measured(found, KINDS, relaxed=True)
    return replace(relaxed, figures=(*relaxed.figures, paired(found, KINDS, "all, paired once")))


def documents(folder: Path) -> Iterator[tuple[Document, Path]]:
    """Each document with the folder that its annotations lie in."""
    for path in sorted(folder.glob("*/documents.json")):
        for row in lines(path):
            iri = f"https://re3d.example/{row['_id']}"
            title, url = str(row["title"]), str(row["sourceUrl"])
            yield Document(iri, str(row["text"]), title, url=url), path.parent


def lines(path: Path) -> Iterator[dict[str, str | int]]:
    """The objects of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            yield json.loads(line)


def of_document(
    rows: Iterable[dict[str, str | int]], document: Document
) -> list[dict[str, str | int]]:
    """The annotations that belong to a document."""
    return [row for row in rows if document.iri.endswith(f"/{row['documentId']}")]


def cases(folder: Path, found: Callable[[Reading], Iterable[Span]] | None = None) -> Iterator[Case]:
    """Each document's gold and found spans; `found` instead of all that the pipeline says."""
    for document, where in documents(folder):
        rows = of_document(lines(where / "entities.json"), document)
        gold = frozenset((int(r["begin"]), int(r["end"]), str(r["type"])) for r in rows)
        yield Case(document.text, gold, merged((found or said)(read(document))))


def said(reading: Reading) -> Iterator[Span]:
    """All that the pipeline says, in re3d's types."""
    yield from _names(reading)
    yield from _mentions(reading)
    yield from _equipment(reading)
    for time in times(reading.doc):
        yield (time.span.start, time.span.end, "Temporal")
    for number in quantities(reading.doc):
        if number.measure in MEASURES:
            yield (number.span.start, number.span.end, MEASURES[number.measure])
    for term in reading.doc.spans.get("terms", ()):
        if term.label_ in TERMS:
            yield (term.start_char, term.end_char, TERMS[term.label_])


def named(reading: Reading) -> Iterator[Span]:
    """Only the names, in re3d's types."""
    for ent in reading.doc.ents:
        if ent.label_ in NAMES:
            yield (ent.start_char, ent.end_char, NAMES[ent.label_])


def _names(reading: Reading) -> Iterator[Span]:
    """The names; a nation's people as a noun ("the Syrians") is told by its mention."""
    mentions = reading.extraction.mentions
    people = {(m.span.start, m.span.end) for m in mentions if m.kind == "PopulationGroup"}
    for start, end, kind in named(reading):
        if kind != "Nationality" or (start, end) not in people:
            yield (start, end, kind)


def _mentions(reading: Reading) -> Iterator[Span]:
    """Who and where, by the class of what each mention is linked to."""
    linked = _linked(reading)
    for mention in reading.extraction.mentions:
        if mention.kind == "State" or mention.name in POSSESSIVES:
            continue  # a State is a nation's adjective: a name, or part of one
        kinds = linked.get((mention.span.start, mention.span.end), set())
        for kind in sorted({_type(mention, kind) for kind in kinds or {mention.kind}}):
            if kind:
                yield (mention.span.start, mention.span.end, kind)


def _linked(reading: Reading) -> dict[tuple[int, int], set[str]]:
    """Classes of what each mention stands for: the entities it is linked to, in any role."""
    kinds = {entity.iri: entity.kind for entity in reading.linked.entities}
    found: dict[tuple[int, int], set[str]] = {}
    roles = (value for fact in reading.linked.facts for value in _values(fact))
    for link in (*reading.linked.links, *roles):
        if isinstance(link, Link) and link.method != "own voice":
            where = (link.mention.span.start, link.mention.span.end)
            found.setdefault(where, set()).add(kinds[link.entity])
    for span, other in reading.coreferent.items():
        found.setdefault((span.start, span.end), {other.antecedent.kind})
    return found


def _values(fact: Fact) -> Iterator[FactValue]:
    for _, value in fact.roles:
        yield value


def _type(mention: Mention, kind: str) -> str:
    """re3d's type for a mention that is known by a class; "" for none."""
    if kind != "Actor":
        return CLASSES.get(kind, "")
    if mention.form is Form.PRONOUN and mention.name in SPEAKER:
        return "Person"
    return "Organisation" if mention.number == "Plur" else ""


def _equipment(reading: Reading) -> Iterator[Span]:
    """Equipment by its place in the taxonomy; what the taxonomy lacks by its broader type."""
    links, entities = equipment_links(reading.extraction.mentions, article=reading.document.iri)
    broader = {entity.iri: entity.broader for entity in entities}
    for link in links:
        iri = link.entity if link.entity.startswith(REFERENCE) else broader.get(link.entity)
        types = chain(iri.removeprefix(REFERENCE)) if iri else ()
        kind = next((EQUIPMENT[slug] for slug in types if slug in EQUIPMENT), "")
        if kind:
            yield (link.mention.span.start, link.mention.span.end, kind)
