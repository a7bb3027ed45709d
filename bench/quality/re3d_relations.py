"""Who fights whom, leads what, belongs to what: relaxed F1 of four relations of re3d.

A found relation is right where a gold one of its type has a source and a target that share a
character with those found; a gold one is met likewise. A pronoun stands for its antecedent too.
Fighting and alliance have no direction. The gold marks a pair where one sentence tells of it and
leaves out others of the same text; so `pairs` scores each pair of entities of a document once,
whichever mentions it is told by, as document-level relation extraction does (DocRED): a mention
stands for the entity that the pipeline links it to, one that it does not know for itself. Only
what the graph holds is counted:

| re3d            | the graph                                                         |
|-----------------|-------------------------------------------------------------------|
| FightingAgainst | an event of `FIGHTS` with an initiator (where it has none, whose  |
|                 | arms they were) and an opposite (a place in a fourth of the       |
|                 | gold); the initiators of one clash; a Hostility                   |
| InChargeOf      | a Position of `LEADING` with holder and "of", a Control, a place  |
|                 | that was taken                                                    |
| BelongsTo       | a Membership                                                      |
| AlliesOf        | an Alliance                                                       |
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import NamedTuple

from bench.quality.re3d import FOLDER, documents, lines, of_document
from bench.quality.reading import Reading, read
from bench.quality.records import Error, Figure, Measured, absent
from kg import ontology
from kg.records import Fact, Form, Link, Span, Term

FIGHTS = frozenset(ontology.kinds("Attack")) | frozenset(
    "Clash Killing Injury Capture Damage EquipmentLoss Encirclement Interception".split()
)
"""Classes of events that one party does to another."""
OPPOSITE = ("target", "victim", "operator")
"""Roles of an event that can hold who or what is fought."""
STATES = {
    "Position": ("InChargeOf", "holder", "of"),
    "Control": ("InChargeOf", "controller", "place"),
    "Membership": ("BelongsTo", "member", "of"),
    "Alliance": ("AlliesOf", "party", "ally"),
    "Hostility": ("FightingAgainst", "party", "opponent"),
    "TerritoryCaptured": ("InChargeOf", "initiator", "target"),
    "TerritoryRecaptured": ("InChargeOf", "initiator", "target"),
}
"""Class of a lasting state -> relation, role of its source, role of its target."""
LEADING = frozenset(
    "chairman chief commander director emir founder governor head king leader mayor owner "
    "president premier ruler secretary-general sultan general".split()
) | {"prime minister", "commanding officer"}
"""Posts that are in charge of what they are of, by their last word or whole; no spokesman."""
MUTUAL = frozenset({"FightingAgainst", "AlliesOf"})

NAME = "re3d_relations"
TITLE = "relations between actors, relaxed F1, raw text: re3d"
KINDS = ("FightingAgainst", "AlliesOf", "InChargeOf", "BelongsTo")
HEADLINES = ("all", "pairs")
GOALS = {"all": 40.0, "pairs": 40.0}
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
    pairs = {kind: [0, 0, 0] for kind in KINDS}
    errors: list[Error] = []
    for document, where in documents(data / FOLDER):
        rows = of_document(lines(where / "relations.json"), document)
        gold = {relation for row in rows if (relation := annotated(row)).kind in KINDS}
        reading = read(document)
        found = set(said(reading))
        stood = _standing(reading)
        for kind, met, marked, told in paired(reading, gold, found):
            pairs[kind] = [a + b for a, b in zip(pairs[kind], (met, marked, told), strict=True)]
        for one in sorted(found):
            right = any(agree(a, b) for a in stood(one) for other in gold for b in stood(other))
            counts[one.kind][0] += right
            counts[one.kind][2] += 1
            if not right:
                errors.append(_error("spurious", one, document.text))
        for one in sorted(gold):
            met = any(agree(a, b) for a in stood(one) for other in found for b in stood(other))
            counts[one.kind][3] += met
            counts[one.kind][1] += 1
            if not met:
                errors.append(_error("missed", one, document.text))
    totals = [sum(column) for column in zip(*counts.values(), strict=True)]
    figures = [Figure(name, *row) for name, row in (*counts.items(), ("all", totals))]
    figures += [Figure(f"pairs {kind}", *row) for kind, row in pairs.items()]
    totals = [sum(column) for column in zip(*pairs.values(), strict=True)]
    return Measured((*figures, Figure("pairs", *totals)), tuple(errors))


def _standing(reading: Reading) -> Callable[[Relation], list[Relation]]:
    """Gives a relation by its own words, and by those that a pronoun in it stands for."""
    antecedents = {
        (span.start, span.end): (other.antecedent.span.start, other.antecedent.span.end)
        for span, other in reading.coreferent.items()
        if other.mention.form is Form.PRONOUN
    }

    def stood(one: Relation) -> list[Relation]:
        sources = [one.source, antecedents.get(one.source, one.source)]
        targets = [one.target, antecedents.get(one.target, one.target)]
        return [Relation(one.kind, s, t) for s in dict.fromkeys(sources) for t in targets]

    return stood


def paired(
    reading: Reading, gold: set[Relation], found: set[Relation]
) -> Iterator[tuple[str, int, int, int]]:
    """Kind, pairs of entities that are met, marked and told."""
    known = sorted({(link.mention.span, link.entity) for link in _links(reading)})
    stood = _standing(reading)
    for kind in KINDS:
        marked = {_pair(one, known): stood(one) for one in gold if one.kind == kind}
        told = {_pair(one, known): stood(one) for one in found if one.kind == kind}
        met = sum(
            pair in marked or any(agree(a, b) for a in ways for w in marked.values() for b in w)
            for pair, ways in told.items()
        )
        yield kind, min(met, len(marked)), len(marked), len(told)


def _links(reading: Reading) -> Iterator[Link]:
    yield from reading.linked.links
    for fact in reading.linked.facts:
        yield from (value for _, value in fact.roles if isinstance(value, Link))


def _pair(one: Relation, known: list[tuple[Span, str]]) -> tuple[str, ...]:
    """The entities that a relation is between, in order where it has a direction."""
    ends = [_entity(one.source, known), _entity(one.target, known)]
    return tuple(sorted(ends) if one.kind in MUTUAL else ends)


def _entity(end: tuple[int, int], known: list[tuple[Span, str]]) -> str:
    """The entity of the mention that shares most of the characters; the characters for none."""
    over = [(_shared(end, span), iri) for span, iri in known if span.overlaps(Span(*end))]
    return max(over, key=lambda one: one[0])[1] if over else f"{end[0]}-{end[1]}"


def _shared(end: tuple[int, int], span: Span) -> float:
    both = min(end[1], span.end) - max(end[0], span.start)
    return both / (max(end[1], span.end) - min(end[0], span.start))


def annotated(row: dict[str, str | int]) -> Relation:
    """A gold relation."""
    source = (int(row["sourceBegin"]), int(row["sourceEnd"]))
    target = (int(row["targetBegin"]), int(row["targetEnd"]))
    return Relation(str(row["type"]), source, target)


def said(reading: Reading) -> Iterator[Relation]:
    """The relations that the graph of a document holds."""
    for fact in reading.linked.facts:
        if Term("Denied") in fact.values("actuality"):
            continue
        if fact.kind in STATES and _in_charge(fact):
            kind, source, target = STATES[fact.kind]
            for one in _spans(fact, source):
                for other in _spans(fact, target):
                    if not _touch(one, other):
                        yield Relation(kind, one, other)
        elif fact.kind in FIGHTS:
            parties = list(_spans(fact, "initiator")) or list(_armed(fact))
            for one in parties:
                for role in OPPOSITE:
                    for other in _spans(fact, role):
                        yield Relation("FightingAgainst", one, other)
            if fact.kind == "Clash":
                for one, other in combinations(parties, 2):
                    yield Relation("FightingAgainst", one, other)


def _armed(fact: Fact) -> Iterator[tuple[int, int]]:
    """Whose instrument it was, where who acts is told by it alone: "Dorvian jets bombed …"."""
    for value in fact.values("instrument"):
        if isinstance(value, Fact):
            yield from _spans(value, "operator")


def _in_charge(fact: Fact) -> bool:
    """Whether a post leads what it is of, and a place is really taken; other kinds always."""
    if fact.kind.startswith("Territory"):
        return Term("Actual") in fact.values("actuality")
    role = str(next(iter(fact.values("role")), ""))
    return fact.kind != "Position" or role in LEADING or role.split()[-1:][0] in LEADING


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
