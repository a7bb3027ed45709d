"""Who fights whom, leads what, belongs to what: relaxed F1 of four relations of re3d.

A found relation is right where a gold one of its type has a source and a target that share a
character with those found; a gold one is met likewise. Fighting and alliance have no
direction. Only what the graph holds is counted:

| re3d            | the graph                                                         |
|-----------------|-------------------------------------------------------------------|
| FightingAgainst | an event of `FIGHTS` with an initiator and an opposite (a place   |
|                 | in a fourth of the gold); the initiators of one clash             |
| InChargeOf      | a Position with holder and "of", a Control                        |
| BelongsTo       | a Membership                                                      |
| AlliesOf        | nothing: the graph has no alliances, all of them count as missed  |
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench.quality.re3d import FOLDER, documents, lines, of_document
from bench.quality.reading import Reading, read
from bench.quality.records import Error, Figure, Measured, absent
from kg import ontology
from kg.records import Fact, Link, Term

FIGHTS = frozenset(ontology.kinds("Attack")) | frozenset(
    "Clash Killing Injury Capture Damage EquipmentLoss Encirclement Interception "
    "TerritoryCaptured TerritoryRecaptured".split()
)
"""Classes of events that one party does to another."""
OPPOSITE = ("target", "victim", "operator")
"""Roles of an event that can hold who or what is fought."""
STATES = {
    "Position": ("InChargeOf", "holder", "of"),
    "Control": ("InChargeOf", "controller", "place"),
    "Membership": ("BelongsTo", "member", "of"),
}
"""Class of a lasting state -> relation, role of its source, role of its target."""
MUTUAL = frozenset({"FightingAgainst", "AlliesOf"})

NAME = "re3d_relations"
TITLE = "relations between actors, relaxed F1, raw text: re3d"
KINDS = ("FightingAgainst", "AlliesOf", "InChargeOf", "BelongsTo")
HEADLINES = ("all",)
GOALS = {"all": 40.0}
PEERS = {"all": "none found"}


class Relation(NamedTuple):
    """A relation between the characters of two phrases."""

    kind: str
    source: tuple[int, int]
    target: tuple[int, int]


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FOLDER)


def measure(data: Path) -> Measured:
    """Scores by type."""
    counts = {kind: [0, 0, 0, 0] for kind in KINDS}
    errors: list[Error] = []
    for document, where in documents(data / FOLDER):
        rows = of_document(lines(where / "relations.json"), document)
        gold = {relation for row in rows if (relation := annotated(row)).kind in KINDS}
        found = set(said(read(document)))
        for one in sorted(found):
            right = any(agree(one, other) for other in gold)
            counts[one.kind][0] += right
            counts[one.kind][2] += 1
            if not right:
                errors.append(_error("spurious", one, document.text))
        for one in sorted(gold):
            met = any(agree(one, other) for other in found)
            counts[one.kind][3] += met
            counts[one.kind][1] += 1
            if not met:
                errors.append(_error("missed", one, document.text))
    totals = [sum(column) for column in zip(*counts.values(), strict=True)]
    figures = tuple(Figure(name, *row) for name, row in (*counts.items(), ("all", totals)))
    return Measured(figures, tuple(errors))


def annotated(row: dict[str, str | int]) -> Relation:
    """A gold relation."""
    source = (int(row["sourceBegin"]), int(row["sourceEnd"]))
    target = (int(row["targetBegin"]), int(row["targetEnd"]))
    return Relation(str(row["type"]), source, target)


def said(reading: Reading) -> Iterator[Relation]:
    """The relations that the graph of a document holds."""
    for fact in reading.linked.facts:
        if fact.kind in STATES:
            kind, source, target = STATES[fact.kind]
            for one in _spans(fact, source):
                for other in _spans(fact, target):
                    yield Relation(kind, one, other)
        elif fact.kind in FIGHTS and Term("Denied") not in fact.values("actuality"):
            parties = list(_spans(fact, "initiator"))
            for one in parties:
                for role in OPPOSITE:
                    for other in _spans(fact, role):
                        yield Relation("FightingAgainst", one, other)
            if fact.kind == "Clash":
                for one, other in combinations(parties, 2):
                    yield Relation("FightingAgainst", one, other)


def agree(one: Relation, other: Relation) -> bool:
    """Whether two relations are of one type and their ends overlap.

    >>> a = Relation("AlliesOf", (0, 4), (9, 12))
    >>> agree(a, Relation("AlliesOf", (10, 12), (2, 3)))
    True
    >>> agree(a._replace(kind="BelongsTo"), Relation("BelongsTo", (10, 12), (2, 3)))
    False
    """
    if one.kind != other.kind:
        return False
    straight = _touch(one.source, other.source) and _touch(one.target, other.target)
    crossed = _touch(one.source, other.target) and _touch(one.target, other.source)
    return straight or crossed and one.kind in MUTUAL


def _touch(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _spans(fact: Fact, role: str) -> Iterator[tuple[int, int]]:
    """Where the fillers of a role stand; a lot stands where its equipment does."""
    for value in fact.values(role):
        if isinstance(value, Link):
            yield (value.mention.span.start, value.mention.span.end)
        elif isinstance(value, Fact) and value.kind == "EquipmentLot":
            yield (value.evidence.start, value.evidence.end)


def _error(what: str, one: Relation, text: str) -> Error:
    start, end = min(one.source[0], one.target[0]), max(one.source[1], one.target[1])
    ends = (" ".join(text[a:b].split()) for a, b in (one.source, one.target))
    return Error(f"{what} {one.kind}", " – ".join(ends), " ".join(text[start:end].split()))
