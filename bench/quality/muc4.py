"""Perpetrators, targets, victims and weapons of terrorist incidents: role fillers of MUC-4.

200 wire texts of 1989 on Latin America, 111 of them with incidents, in lower case, of the
former development part. Scored is what GRIT (Du, Rush and Cardie, EACL 2021) scores, by its
metric CEAF-REE (`bench/quality/fillers.py`): entities of five roles over the whole document,
whatever their incident; micro average over roles and documents, those without incidents included.

| MUC-4   | the graph: events of `INCIDENTS`                                                  |
|---------|-----------------------------------------------------------------------------------|
| PerpInd | initiators: persons, groups of people, armed groups without a name, forces that   |
|         | are told in the plural                                                            |
| PerpOrg | initiators: bodies by name; forces and authorities in the singular; the named     |
|         | body that people or forces in the plural stand for                                |
| Target  | targets: facilities, organisations, vehicles, vessels, aircraft; buildings that   |
|         | are told as the place of an attack or of damage                                   |
| Victim  | victims, and people who are a target, that have a name: MUC-4 has a slot of its   |
|         | own, not scored by GRIT, for "two peasants"                                       |
| Weapon  | instruments                                                                       |

As GRIT does, an entity is given by one of its strings: the first that is no pronoun and in the
right number. Military action is no incident of MUC-4: what harms an armed group, what forces do
to forces or their bases, and ground attacks, air strikes and shelling are left out. What is only
demanded is left out as well.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.quality.fillers import Entity, aligned, entity
from bench.quality.reading import Reading, read
from bench.quality.records import Error, Figure, Measured, absent
from kg import ontology
from kg.extract.lexicon import broader
from kg.records import Document, Fact, Form, Link, Mention, Span, Term

NAME = "muc4"
TITLE = "role fillers of terrorist incidents, CEAF-REE F1, raw text: MUC-4"
FILE = "dev/muc4/dev.json"
ROLES = ("PerpInd", "PerpOrg", "Target", "Victim", "Weapon")
HEADLINES = ("all",)
GOALS = {"all": 52.0}
PEERS = {"all": "GRIT (BERT, trained on MUC-4) 54.5 on its test part"}

INCIDENTS = frozenset(
    "Attack Bombing MissileStrike Killing Injury Capture Damage EquipmentLoss".split()
)
"""Classes of events that may be terrorist incidents: no operations of forces."""
HARMED = ("target", "victim")
PEOPLE = frozenset({"Person", "PopulationGroup"})
FORCES = frozenset({"ArmedForce", "ArmedGroup", "MilitaryUnit", "SecurityService"})
MILITARY = FORCES | {"MilitaryBase", "Airbase"}
BODIES = FORCES | frozenset(ontology.kinds("Organisation")) | frozenset(
    "State GovernmentBody InternationalOrganisation MediaOutlet".split()
)  # fmt: skip
SITES = frozenset(ontology.kinds("Facility"))
AUTHORITIES = FORCES - {"ArmedGroup"} | {"GovernmentBody", "State"}
STRUCK = frozenset({"Attack", "Bombing", "MissileStrike", "Damage"})
"""Classes of events whose place is hit where it is a building."""
PLATFORMS = frozenset({"vehicle", "aircraft", "vessel", "ship"})
CARRYING = frozenset({"VEHICLE", "PLATFORM"})
"""Terms of the pipeline that are no weapons: buses and ambulances are in no catalogue of arms."""
BODY_WORDS = frozenset({"forces", "armed forces", "security forces", "air force", "police"})
"""Plurals that name a body."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text with the gold entities of each role."""

    key: str
    text: str
    gold: Mapping[str, tuple[Entity, ...]]


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FILE)


def texts(path: Path) -> Iterator[Text]:
    """The texts of a file of JSON lines."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = {
            role: tuple(entity([name for name, _ in one]) for one in row["extracts"][role] if one)
            for role in ROLES
        }
        yield Text(str(row["docid"]), str(row["doctext"]), gold)


def measure(data: Path) -> Measured:
    """Scores by role and over all."""
    counts = {role: [0, 0, 0] for role in ROLES}
    errors: list[Error] = []
    for one in texts(data / FILE):
        iri = f"https://muc4.example/{one.key}"
        found = said(read(Document(iri, one.text, one.key)))
        for role in ROLES:
            gold, have = one.gold[role], [entity([words]) for words in found[role]]
            pairs = aligned(gold, have)
            for at, n in enumerate((len(pairs), len(gold), len(have))):
                counts[role][at] += n
            errors += _errors(role, gold, have, pairs, one)
    totals = [sum(column) for column in zip(*counts.values(), strict=True)]
    figures = tuple(Figure(name, *row) for name, row in (*counts.items(), ("all", totals)))
    return Measured(figures, tuple(errors))


def said(reading: Reading) -> dict[str, list[str]]:
    """The entities of each role in the graph of a document, each by one string, in text order."""
    kinds = {one.iri: one.kind for one in reading.linked.entities}
    names = _names(reading)
    bodies = {m.text.lower(): iri for iri, m in names.items() if kinds.get(iri) in BODIES}
    platform = _platforms(reading)
    found: dict[str, dict[str, str]] = {role: {} for role in ROLES}
    for fact in reading.linked.facts:
        if not _incident(fact, kinds):
            continue
        for link in _links(fact, "initiator"):
            kind, nominal = kinds[link.entity], link.mention.form is Form.NOMINAL
            people = nominal and kind in BODIES and (kind == "ArmedGroup" or _several(link.mention))
            if kind in PEOPLE or people:
                _put(found["PerpInd"], link)
            if kind in BODIES and (link.entity in names or kind in AUTHORITIES and not people):
                _put(found["PerpOrg"], link, names)
            body = nominal and bodies.get(link.mention.qualifier.lower())
            if body:  # the "Red Front" of "Red Front rebels"
                found["PerpOrg"].setdefault(body, names[body].text)
        for role in HARMED:
            for link in _links(fact, role):
                kind = kinds[link.entity]
                if kind in PEOPLE:
                    if kind == "Person" and link.entity in names:
                        _put(found["Victim"], link, names)
                elif role == "target" and (kind in SITES or kind in BODIES or platform(link)):
                    _put(found["Target"], link)
        for link in _links(fact, "place") if fact.kind in STRUCK else ():
            if kinds[link.entity] in SITES and link.mention.form is Form.NOMINAL:
                _put(found["Target"], link)
        for link in _links(fact, "instrument"):
            _put(found["Weapon"], link)
    return {role: list(entities.values()) for role, entities in found.items()}


def _platforms(reading: Reading) -> Callable[[Link], bool]:
    """Says whether equipment carries people or loads: it can be a target of its own."""
    terms = reading.doc.spans.get("terms", ())
    seen = [Span(t.start_char, t.end_char) for t in terms if t.label_ in CARRYING]

    def platform(link: Link) -> bool:
        known = broader(link.mention.name)
        carried = any(span.overlaps(link.mention.span) for span in seen)
        return not PLATFORMS.isdisjoint(known) or carried and "weapon" not in known

    return platform


def _incident(fact: Fact, kinds: Mapping[str, str]) -> bool:
    """Whether an event may be an incident of MUC-4."""
    if fact.kind not in INCIDENTS or Term("Demanded") in fact.values("actuality"):
        return False
    harmed = {kinds[link.entity] for role in HARMED for link in _links(fact, role)}
    if "ArmedGroup" in harmed:
        return False
    doers = {kinds[link.entity] for link in _links(fact, "initiator")}
    return not (harmed and harmed <= MILITARY and doers <= FORCES)


def _links(fact: Fact, role: str) -> Iterator[Link]:
    """What fills a role; of equipment its type."""
    for value in fact.values(role):
        if isinstance(value, Link):
            yield value
        elif isinstance(value, Fact) and value.kind == "EquipmentLot":
            yield from _links(value, "equipmentType")


def _several(mention: Mention) -> bool:
    """Whether a mention is of people, not of a body: "guerrillas", but not "the armed forces"."""
    if mention.form is Form.NAME or mention.number != "Plur":
        return False
    return not any(mention.text.lower().endswith(words) for words in BODY_WORDS)


def _names(reading: Reading) -> dict[str, Mention]:
    """The first name of each entity that has one in the text."""
    found: dict[str, Mention] = {}
    for link in reading.linked.links:
        if link.mention.form is Form.NAME:
            found.setdefault(link.entity, link.mention)
    return found


def _put(entities: dict[str, str], link: Link, names: Mapping[str, Mention] | None = None) -> None:
    """Keeps an entity by its name or its first string that is no pronoun."""
    mention = (names or {}).get(link.entity, link.mention)
    if mention.form is not Form.PRONOUN:
        entities.setdefault(link.entity, mention.text)


def _errors(
    role: str,
    gold: Sequence[Entity],
    found: Sequence[Entity],
    pairs: Sequence[tuple[int, int]],
    text: Text,
) -> Iterator[Error]:
    """Missed and spurious entities; of a spurious one that shares words with a missed one, that."""
    met, used = {g for g, _ in pairs}, {f for _, f in pairs}
    missed = [one for i, one in enumerate(gold) if i not in met]
    for i, one in enumerate(found):
        if i not in used:
            words = {word for name in one for word in name.split()}
            near = [g for g in missed if words & {w for name in g for w in name.split()}]
            kind = f"other words for {role}" if near else f"spurious {role}"
            wanted = f" ≠ {min(near[0])}" if near else ""
            yield Error(kind, "; ".join(sorted(one)) + wanted, text.key)
    for one in missed:
        yield Error(f"missed {role}", "; ".join(sorted(one)), text.key)
