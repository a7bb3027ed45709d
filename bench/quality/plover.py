"""What kind of event a sentence tells of: PLOVER records and PETRARCH's unit tests.

323 sentences of the CAMEO manual, coded with the event types of PLOVER (Open Event Data
Alliance, draft 0.5 of 2016), and 284 sentences of the event coder PETRARCH, on invented
countries. `plover.tsv` says what their codes are in PLOVER's draft 0.8; a class of ours stands
for the types that `ontology/conflict.ttl` and `ontology/codes.ttl` match it to, directly or
through CAMEO. A record has a counterpart where one of its types is matched to a class directly;
others are left out (demands, threats, refusals, accusations, praise: no events here, but claims).
CAMEO's "express intent to cooperate" (AGREE) is what this graph tells by ck:actuality: an event of
cooperation (`COOPERATION`) that is planned or possible stands for AGREE as well.

| figure         | what it counts                                                              |
|----------------|-----------------------------------------------------------------------------|
| type           | records of which one type is found                                          |
| 100 less extra | 100 less the found types per 100 records that are not among those of the    |
|                | record; each type counts once per record, as in coders of events            |

Only sentences are judged, so what is said beside the coded event counts as extra, be it right or
not: of a suit over a missile attack, the attack.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from rdflib import SKOS, Graph, URIRef

from bench.quality.reading import read
from bench.quality.records import Error, Figure, Measured, absent
from kg import ontology
from kg.records import Document, Fact, Term
from kg.vocab import CK, ID

NAME = "plover"
TITLE = "type of the event of a sentence, accuracy, raw text: PLOVER and PETRARCH records"
RECORDS = "dev/plover/PLOVER_GSR_CAMEO.txt"
TESTS = "dev/petrarch2/PETR.UnitTest.records.xml"
CODES = Path(__file__).with_suffix(".tsv")
HEADLINES = ("type", "100 less extra")
GOALS = {"type": 75.0, "100 less extra": 70.0}
PEERS = {
    "type": "UniversalPetrarch 44, over all types",
    "100 less extra": "UniversalPetrarch −215 (315 extra events per 100 records)",
}
MATCHES = (SKOS.exactMatch, SKOS.closeMatch, SKOS.broadMatch)
COOPERATION = frozenset({"AGREE", "AID", "CONCEDE", "CONSULT", "RETREAT"})
PLOVER = str(ID["plover/"])
BASE = str(CK.Event).removesuffix("Event")


@dataclass(frozen=True, slots=True)
class Record:
    """One sentence with the types of its events."""

    key: str
    part: str
    text: str
    types: frozenset[str]


@cache
def matches() -> dict[str, tuple[frozenset[str], frozenset[str]]]:
    """Class of events -> PLOVER types that it is matched to directly, and those through CAMEO.

    A class without a match of its own has those of the classes above it.
    """
    triples = Graph()
    for name in ("conflict.ttl", "codes.ttl"):
        triples.parse(ontology.folder() / name, format="turtle")

    def plover(node: URIRef) -> frozenset[str]:
        found = (str(m) for match in MATCHES for m in triples.objects(node, match))
        return frozenset(m.removeprefix(PLOVER) for m in found if m.startswith(PLOVER))

    table = {}
    for kind in ontology.kinds("Event"):
        for name in (kind, *ontology.ancestors()[kind]):
            node = URIRef(BASE + name)
            direct = plover(node)
            codes = [o for match in MATCHES for o in triples.objects(node, match)]
            through = frozenset(t for code in codes for t in plover(URIRef(str(code))))
            if direct | through:
                table[kind] = (direct, through)
                break
    return table


@cache
def covered() -> frozenset[str]:
    """PLOVER types with a counterpart: those that a class is matched to directly."""
    return frozenset(kind for direct, _ in matches().values() for kind in direct)


@cache
def codes() -> dict[tuple[str, str], frozenset[str]]:
    """Part of the set and code -> PLOVER types."""
    table: dict[tuple[str, str], set[str]] = {}
    with CODES.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t"):
            table.setdefault((row["set"], row["code"]), set()).add(row["type"])
    return {key: frozenset(values) for key, values in table.items()}


def records(data: Path) -> Iterator[Record]:
    """The records of both parts that have a counterpart, each text once."""
    seen: set[str] = set()
    for one in (*_coded(data / RECORDS), *_tests(data / TESTS)):
        if one.types & covered() and one.text not in seen:
            seen.add(one.text)
            yield one


def _coded(path: Path) -> Iterator[Record]:
    for row in json.loads(path.read_text(encoding="utf-8")):
        types = codes().get(("plover", row["event"]))
        if types:
            yield Record(row["id"], "plover", " ".join(row["text"].split()), types)


def _tests(path: Path) -> Iterator[Record]:
    for sentence in ElementTree.parse(path).getroot().iter("Sentence"):
        found = (str(event.get("eventcode")) for event in sentence.iter("EventCoding"))
        types = frozenset(kind for code in found for kind in codes().get(("petrarch", code), ()))
        text = sentence.findtext("Text", "")
        yield Record(str(sentence.get("id")), "petrarch", " ".join(text.split()), types)


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, RECORDS, TESTS)


def measure(data: Path) -> Measured:
    """Types found and types beside, of both parts and of each."""
    counts = {part: [0, 0, 0] for part in ("plover", "petrarch")}
    errors: list[Error] = []
    for one in records(data):
        document = Document(f"https://plover.example/{one.key}", one.text, one.key)
        found = [f for f in read(document).linked.facts if f.kind in matches()]
        hit, extra = judged(one.types, found)
        for at, n in enumerate((1, hit, len(extra))):
            counts[one.part][at] += n
        kinds = "/".join(sorted(one.types & covered()))
        if not hit:
            errors.append(Error(f"missed {kinds}", kinds, one.text))
        errors += [Error(f"extra {kind}", f"{kind} beside {kinds}", one.text) for kind in extra]
    totals = [sum(column) for column in zip(*counts.values(), strict=True)]
    figures = [
        figure
        for suffix, (all_, hit, extra) in (
            ("", totals),
            *((f", {p}", c) for p, c in counts.items()),
        )
        for figure in (
            Figure(f"type{suffix}", hit, all_),
            Figure(f"100 less extra{suffix}", all_ - extra, all_),
        )
    ]
    return Measured(tuple(figures), tuple(errors))


def judged(gold: frozenset[str], facts: Iterable[Fact]) -> tuple[bool, tuple[str, ...]]:
    """Whether one of the gold types is found, and which types are found beside them.

    A class that stands for several types is right by any; beside them it counts as the first.
    """
    hit, extra = False, set()
    for fact in facts:
        direct, through = matches()[fact.kind]
        found = direct | through
        if COOPERATION & found and {Term("Planned"), Term("Possible")} & {
            *fact.values("actuality")
        }:
            found |= {"AGREE"}
        if gold & found:
            hit = True
        else:
            extra.add(min(direct or through))
    return hit, tuple(sorted(extra))
