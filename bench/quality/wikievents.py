"""Events and who takes part in them in news texts: head F1 on WikiEvents.

20 news texts on bombings and their aftermath (Li, Ji and Han, NAACL 2021), the development
part, with events of the KAIROS ontology, triggers and arguments. Sentences are joined by line
breaks, the pipeline finds triggers itself. `wikievents.tsv` says which of our classes and roles
stand for which KAIROS type and argument; types and arguments that it does not name have no
counterpart here and are left out on both sides (reports, demands, threats, trials, movements of
anybody, diseases). Life.Injure also covers illness, Justice.ChargeIndict is what ck:Arrest covers.

| figure                  | a found one is right where                                             |
|-------------------------|-----------------------------------------------------------------------|
| trigger identification  | its word is within a gold trigger                                      |
| trigger classification  | and its class stands for the gold type                                 |
| argument identification | its head is the head of a gold argument of a type that its class       |
|                         | stands for                                                             |
| argument classification | and its role stands for the gold argument's                            |

Arguments are compared as Lin et al. (OneIE, ACL 2020) and Li, Ji and Han do: head, event type
and role over the document, each once, whatever the trigger; heads of gold spans are found by our
parse. Who is told by a number alone ("wounded 71") is found as the figure of its event. Each
found one is paired with one gold one at most. Coreferent mentions do not count. A town or a
building that is aimed at is in the graph the target and, once more, the place; it is one
argument that may be either (KAIROS has one of the two).
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from spacy.tokens import Doc

from bench.quality.fillers import matched
from bench.quality.reading import Reading, read
from bench.quality.records import Error, Figure, Measured, absent
from bench.quality.spans import around
from kg import ontology
from kg.records import Document, Fact, Link

NAME = "wikievents"
TITLE = "events and their arguments, head F1, raw text: WikiEvents, types with a counterpart"
FILE = "dev/wikievents/dev.jsonl"
MAPPING = Path(__file__).with_suffix(".tsv")
TRIGGERS = ("trigger identification", "trigger classification")
ARGUMENTS = ("argument identification", "argument classification")
HEADLINES = ("argument classification", "trigger classification")
GOALS = {"argument classification": 50.0}
PEERS = {
    "argument identification": "BART-Gen 71.8, all types, gold triggers, test part",
    "argument classification": "BART-Gen 64.6, all types, gold triggers, test part",
}


class Trigger(NamedTuple):
    """The characters of an event word with the types that it stands for, one in the gold."""

    start: int
    end: int
    types: frozenset[str]


class Argument(NamedTuple):
    """The characters of a participant's head with the (type, argument) pairs it stands for."""

    start: int
    end: int
    roles: frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Text:
    """One text: sentences joined by line breaks; gold triggers and argument spans."""

    key: str
    text: str
    triggers: tuple[Trigger, ...]
    arguments: tuple[Argument, ...]


@cache
def mapping() -> dict[tuple[str, str], frozenset[tuple[str, str]]]:
    """Class and role ("" for the class itself) -> KAIROS types and arguments."""
    with MAPPING.open(encoding="utf-8", newline="") as lines:
        rows = [*csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t")]
    own = {row["class"] for row in rows}
    table: dict[tuple[str, str], set[tuple[str, str]]] = {}
    for row in rows:
        for kind in ontology.kinds(row["class"]):
            if kind == row["class"] or kind not in own:
                table.setdefault((kind, row["role"]), set()).add((row["type"], row["argument"]))
    return {key: frozenset(values) for key, values in table.items()}


def types() -> frozenset[str]:
    """KAIROS types that have a counterpart."""
    return frozenset(kind for values in mapping().values() for kind, _ in values)


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FILE)


def texts(path: Path) -> Iterator[Text]:
    """The texts of a file of JSON lines."""
    wanted = types()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        text, places = _joined(row["sentences"])
        spans = {
            one["id"]: (places[one["start"]][0], places[one["end"] - 1][1])
            for one in row["entity_mentions"]
        }
        triggers: set[Trigger] = set()
        arguments: set[Argument] = set()
        for event in row["event_mentions"]:
            kind, word = str(event["event_type"]), event["trigger"]
            if kind in wanted:
                start, end = places[word["start"]][0], places[word["end"] - 1][1]
                triggers.add(Trigger(start, end, frozenset({kind})))
                for one in event["arguments"]:
                    role = frozenset({(kind, str(one["role"]))})
                    arguments.add(Argument(*spans[one["entity_id"]], role))
        yield Text(str(row["doc_id"]), text, tuple(sorted(triggers)), tuple(sorted(arguments)))


def _joined(
    sentences: Iterable[tuple[Sequence[tuple[str, int, int]], str]],
) -> tuple[str, list[tuple[int, int]]]:
    """Sentences joined by line breaks, with the characters of each token."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    offset = 0
    for tokens, words in sentences:
        shift = offset - tokens[0][1]
        places += [(start + shift, end + shift) for _, start, end in tokens]
        parts.append(words)
        offset += len(words) + 1
    return "\n".join(parts), places


def measure(data: Path) -> Measured:
    """Triggers and arguments, identified and classified, over all types with a counterpart."""
    counts = {name: [0, 0, 0] for name in (*TRIGGERS, *ARGUMENTS)}
    errors: list[Error] = []
    for one in texts(data / FILE):
        reading = read(Document(f"https://wikievents.example/{one.key}", one.text, one.key))
        events = [f for f in reading.linked.facts if (f.kind, "") in mapping()]
        words, parts = list(triggers(events)), sorted(set(arguments(events, reading)))
        golden = sorted({headed(a, reading.doc) for a in one.arguments})
        for names, gold, found in ((TRIGGERS, one.triggers, words), (ARGUMENTS, golden, parts)):
            for name, loosely in zip(names, (True, False), strict=True):
                right = pairs(gold, found, loosely=loosely)
                for at, n in enumerate((len(right), len(gold), len(found))):
                    counts[name][at] += n
            errors += _errors(names[0].split()[0], gold, found, right, one.text)
    return Measured(tuple(Figure(name, *row) for name, row in counts.items()), tuple(errors))


def triggers(events: Iterable[Fact]) -> Iterator[Trigger]:
    """The event words that the graph stands on."""
    for event in events:
        kinds = frozenset(kind for kind, _ in mapping()[event.kind, ""])
        yield Trigger(event.anchor.start, event.anchor.end, kinds)


def arguments(events: Iterable[Fact], reading: Reading) -> Iterator[Argument]:
    """The participants of events in the graph; a lot stands where its equipment does."""
    for event in events:
        parts: dict[tuple[int, int], frozenset[tuple[str, str]]] = {}
        for role, value in event.roles:
            roles = mapping().get((event.kind, role))
            if isinstance(value, Fact) and value.kind == "EquipmentLot":
                value = next(iter(value.values("equipmentType")), value)
            if roles and isinstance(value, Link):
                head = (value.mention.head.start, value.mention.head.end)
                parts[head] = parts.get(head, frozenset()) | roles
        for (start, end), roles in parts.items():
            yield Argument(start, end, roles)
    for figure in reading.linked.facts:
        yield from _counted(figure)


def _counted(figure: Fact) -> Iterator[Argument]:
    """Victims that are told by a number alone: "wounded 71"."""
    if figure.kind != "CasualtyFigure" or figure.values("population"):
        return
    for event in figure.values("event"):
        if isinstance(event, Fact) and not event.values("victim"):
            if roles := mapping().get((event.kind, "victim")):
                yield Argument(figure.anchor.start, figure.anchor.end, roles)


def headed(argument: Argument, doc: Doc) -> Argument:
    """A gold argument by the head word of its span."""
    span = doc.char_span(argument.start, argument.end, alignment_mode="expand")
    if span is None:
        return argument
    root = span.root
    return Argument(root.idx, root.idx + len(root), argument.roles)


def pairs(
    gold: Sequence[Trigger] | Sequence[Argument],
    found: Sequence[Trigger] | Sequence[Argument],
    *,
    loosely: bool,
) -> tuple[tuple[int, int], ...]:
    """One-to-one (gold, found) pairs that agree; loosely: not in type, or not in role."""
    return matched([[i for i, g in enumerate(gold) if agree(g, f, loosely)] for f in found])


def agree(gold: Trigger | Argument, found: Trigger | Argument, loosely: bool) -> bool:
    """Whether a found one stands at a gold one and means the same.

    >>> gold = Argument(0, 4, frozenset({("Life.Die", "Victim")}))
    >>> found = Argument(0, 4, frozenset({("Life.Die", "Killer")}))
    >>> agree(gold, found, loosely=True), agree(gold, found, loosely=False)
    (True, False)
    """
    if not (gold.start < found.end and found.start < gold.end):
        return False
    if isinstance(gold, Trigger) and isinstance(found, Trigger):
        return loosely or bool(gold.types & found.types)
    if isinstance(gold, Argument) and isinstance(found, Argument):
        if loosely:
            return bool({kind for kind, _ in gold.roles} & {kind for kind, _ in found.roles})
        return bool(gold.roles & found.roles)
    return False


def _errors(
    what: str,
    gold: Sequence[Trigger] | Sequence[Argument],
    found: Sequence[Trigger] | Sequence[Argument],
    right: Sequence[tuple[int, int]],
    text: str,
) -> Iterator[Error]:
    met, used = {g for g, _ in right}, {f for _, f in right}
    told = [(one, "missed") for i, one in enumerate(gold) if i not in met]
    told += [(one, "spurious") for i, one in enumerate(found) if i not in used]
    for one, verdict in sorted(told, key=lambda pair: pair[0][:2]):
        meant = one.types if isinstance(one, Trigger) else {".".join(r) for r in one.roles}
        kind = f"{verdict} {what} {'/'.join(sorted(meant))}"
        yield Error(kind, text[one.start : one.end], around(text, (one.start, one.end, "")))
