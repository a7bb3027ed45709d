"""The place names of a text with their class words: "Kursk" as town or as "Kursk region"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.link.designations import designation
from kg.link.gazetteer import Candidate
from kg.link.transliterate import normal
from kg.records import Document, Form, Mention

FACILITIES = frozenset(
    {
        "Facility", "NuclearPowerPlant", "PowerPlant", "Hospital", "BorderCrossing", "Airbase",
        "MilitaryBase", "Depot", "Refinery", "Bridge", "Dam", "GasFacility", "School",
        "Residential",
    }
)  # fmt: skip
KINDS = FACILITIES | {"Place", "Country", "Region", "Settlement", "Area", "BorderSection"}
_FOLLOWING = re.compile(r"(?: [\w’'-]+){1,3}")
_IN_TOWN = re.compile(
    r"\s+(?:in|at|near|outside|of)\s+(?:the\s+(?:town|city|village)\s+of\s+)?"
    r"([A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*){0,2})"
)
_LIST_BEFORE = re.compile(r"([A-Za-z]+ (?:of )?)(?:[A-Z][\w’'-]*(?:,\s+(?:and\s+)?|\s+and\s+))*$")


@dataclass(slots=True)
class Name:
    """One name of the text in one reading of its class words, with all its mentions."""

    name: str
    kind: str
    level: str
    bare: str
    mentions: list[Mention] = field(default_factory=list)
    candidates: list[Candidate] = field(default_factory=list)
    prior: list[float] = field(default_factory=list)
    score: float = 0.0
    chosen: Candidate | None = None
    inside: list[Name] = field(default_factory=list)


def names_in(document: Document, mentions: Sequence[Mention]) -> list[Name]:
    """The names of the mentions that name a place, in text order."""
    found: dict[tuple[str, str, str], Name] = {}
    for mention in mentions:
        if mention.kind not in KINDS or mention.form is Form.PRONOUN:
            continue
        read = _reading(document.text, mention)
        if read is None:
            continue
        name, kind, level, bare = read
        key = (normal(name) or name, kind, level)
        found.setdefault(key, Name(name, kind, level, bare)).mentions.append(mention)
    return list(found.values())


def _reading(text: str, mention: Mention) -> tuple[str, str, str, str] | None:
    """(name, kind, level, bare name) of a mention, None where it names nothing by itself."""
    name = " ".join((mention.name or mention.text).split())
    read = designation(name)
    if mention.form is Form.NOMINAL and not (read.kind and read.bare[:1].isupper()):
        if read.kind != "NuclearPowerPlant" and mention.kind != "NuclearPowerPlant":
            return None
        town = _IN_TOWN.match(text[mention.span.end : mention.span.end + 60])
        bare = read.bare if read.bare[:1].isupper() else town[1] if town else ""
        if not bare:
            return None
        return f"{bare} nuclear power plant", "NuclearPowerPlant", "facility", bare
    if read.kind:
        if not read.bare:
            return None
        kind = mention.kind if read.level == "same" else read.kind
        if mention.kind in FACILITIES - {"Facility"} and read.kind in ("Facility", "Settlement"):
            kind = mention.kind
        level = "facility" if kind in FACILITIES else read.level
        return name, kind, level, read.bare
    if mention.kind in FACILITIES:
        return name, mention.kind, "facility", name
    if mention.kind == "BorderSection":
        return name, mention.kind, "around", name
    level = _context_level(text, mention)
    outside = {"region": "Region", "district": "Region", "settlement": "Settlement"}.get(level)
    return name, outside or mention.kind, level, read.bare


def _context_level(text: str, mention: Mention) -> str:
    """The level of a class word outside of the mention: "Kursk" in "Kursk and Belgorod regions"."""
    after = _FOLLOWING.match(text[mention.span.end : mention.span.end + 40])
    if after:
        words = after[0].split()
        for length in range(len(words), 0, -1):
            read = designation(f"{mention.text} {' '.join(words[:length])}")
            if read.bare == mention.text and read.level in ("region", "district", "settlement"):
                if words[:length] != ["capital"]:
                    return read.level
    joined = re.match(r" and ([A-Z][\w’'-]+) (\w+)", text[mention.span.end : mention.span.end + 60])
    if joined:
        read = designation(f"{joined[1]} {joined[2]}")
        if read.level in ("region", "district"):
            return read.level
    before = _LIST_BEFORE.search(text[max(0, mention.span.start - 80) : mention.span.start])
    if before and before[1].endswith("of "):
        read = designation(f"{before[1]}{mention.text}")
        if read.level in ("region", "district", "settlement"):
            return read.level
    return ""
