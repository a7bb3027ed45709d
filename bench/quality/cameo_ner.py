"""Who acts and on whom in the event of a sentence: relaxed F1 on sentences coded for CAMEO.

1,153 sentences of news of the years 1990 to 2022, each with the source (S) and target (T) of its
event marked by hand, or both as one where the event is mutual (R: "Putin will meet Erdogan").
Events are of all of CAMEO: what is said, demanded, refused, given counts as well as what is done.

| mark | the graph                                                                          |
|------|------------------------------------------------------------------------------------|
| S    | the initiator of an event, the claimant of a claim; without an initiator whose or  |
|      | what instrument it was, or who moved; who surrenders                               |
| T    | target, victim, moved, beneficiary, operator; of an event without any of these,    |
|      | and of a deployment or flight, destination, origin or place; to whom somebody      |
|      | surrenders; the first that a claim is about, without that whom the claim has act   |
|      | ("accuses Y of …", "urges Y to …") or be acted on ("threatens to … Y"); of events  |
|      | in which all sides act, those that are named after the word, if others are before  |
| R    | either                                                                             |

Who is named by a pronoun is found where the graph has the first other mention of the same.

The marked event is taken to be the one that is told highest in the parse of the sentence; a
mere report ("he said that …") gives way to what is reported, as in CAMEO. "every event" scores
the participants of all that the graph holds, which a sentence with one marked event cannot meet.

A found participant is right where its head is in a marked span of its role; each found one is
paired with one span at most. Participants of one role whose heads lie in one span count once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from spacy.tokens import Doc

from bench.quality.fillers import matched
from bench.quality.reading import Reading, read
from bench.quality.records import Error, Figure, Measured, absent
from bench.quality.spans import Span
from kg import ontology
from kg.records import Document, Fact, Form, Link, Mention, Term

NAME = "cameo_ner"
TITLE = "source and target of the event of a sentence, relaxed F1, raw text: cameo_ner"
FILE = "dev/cameo_ner/train.txt"
HEADLINES = ("all",)
GOALS = {"all": 75.0}
PEERS = {"all": "none found"}
SOURCE, TARGET, MUTUAL, EVERY = "source", "target", "either", "every event"
MARKS = {"S": SOURCE, "T": TARGET, "R": MUTUAL}
TARGETS = ("target", "victim", "moved", "beneficiary", "operator")
MOVES = frozenset({"Displacement", "Deployment", "Evacuation"})
SHARED = frozenset("Negotiation Agreement Ceasefire PrisonerExchange Clash".split())
"""Events in which all sides act."""
EVENTS = frozenset(ontology.kinds("Event"))
GLUED_LEFT = frozenset(") , . ; : ? ! % ' ’ 's ’s - /".split())
GLUED_RIGHT = frozenset("( $ £ € - /".split())
APOSTROPHES = frozenset("'’")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its marked spans."""

    text: str
    gold: tuple[Span, ...]


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FILE)


def sentences(path: Path) -> Iterator[Sentence]:
    """The sentences of a file of words with marks, put together as they are printed."""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.rsplit(" ", 1) for line in block.splitlines() if line.strip()]
        if rows:
            yield sentence([(word, mark) for word, mark in rows])


def sentence(rows: list[tuple[str, str]]) -> Sentence:
    """A sentence of its words and their marks.

    >>> sentence([("The", "B-S"), ("envoy", "I-S"), ("left", "O"), (".", "O")])
    Sentence(text='The envoy left.', gold=((0, 9, 'source'),))
    """
    text = ""
    spans: list[Span] = []
    before = "("
    for word, mark in rows:
        possessive = before in APOSTROPHES and word in ("s", "t", "re", "ve", "ll")
        text += "" if possessive or before in GLUED_RIGHT or word in GLUED_LEFT else " "
        start, before = len(text), word
        text += word
        if mark.startswith("B-"):
            spans.append((start, len(text), MARKS[mark[2:]]))
        elif mark.startswith("I-") and spans:
            spans[-1] = (spans[-1][0], len(text), spans[-1][2])
    return Sentence(text, tuple(spans))


def measure(data: Path) -> Measured:
    """Scores of sources, targets and what is either, of the highest event and of every event."""
    counts = {name: [0, 0, 0] for name in (SOURCE, TARGET, MUTUAL, EVERY)}
    errors: list[Error] = []
    for number, one in enumerate(sentences(data / FILE)):
        reading = read(Document(f"https://cameo.example/{number}", one.text, f"{number}"))
        facts, first = told(reading), named(reading)
        every = judged(one, facts, first)
        for at, n in enumerate((len(every.right), len(one.gold), len(every.found))):
            counts[EVERY][at] += n
        outcome = judged(one, highest(facts, reading.doc), first)
        for g, _ in outcome.right:
            counts[one.gold[g][2]][0] += 1
            counts[one.gold[g][2]][2] += 1
        met, used = {g for g, _ in outcome.right}, {f for _, f in outcome.right}
        for i, span in enumerate(one.gold):
            counts[span[2]][1] += 1
            if i not in met:
                errors.append(_error("missed", span, one))
        for i, span in enumerate(outcome.found):
            if i not in used:
                counts[span[2]][2] += 1
                errors.append(_error("spurious", span, one))
    parts = (counts[name] for name in (SOURCE, TARGET, MUTUAL))
    counts["all"] = [sum(column) for column in zip(*parts, strict=True)]
    return Measured(tuple(Figure(name, *row) for name, row in counts.items()), tuple(errors))


@dataclass(frozen=True, slots=True)
class Judged:
    """Found participants of a sentence, and the (marked, found) pairs that are right."""

    found: list[Span]
    right: tuple[tuple[int, int], ...]


def judged(one: Sentence, facts: Iterable[Fact], first: Mapping[str, Mention]) -> Judged:
    """The participants of facts against the marks of their sentence."""
    spans = sorted({span for fact in facts for span in participants(fact, first)})
    found = joined(one.gold, spans)
    return Judged(
        found, matched([[i for i, g in enumerate(one.gold) if agree(g, f)] for f in found])
    )


def told(reading: Reading) -> list[Fact]:
    """Events and claims that have a participant."""
    return [
        fact
        for fact in reading.linked.facts
        if (fact.kind == "Claim" or fact.kind in EVENTS) and any(_sides(fact))
    ]


def highest(facts: Iterable[Fact], doc: Doc) -> list[Fact]:
    """The fact told highest in the parse, the first of several; mere reports come last."""

    def rank(fact: Fact) -> tuple[bool, int, int]:
        span = doc.char_span(fact.anchor.start, fact.anchor.end, alignment_mode="expand")
        depth = len([*span.root.ancestors]) if span is not None else 0
        return (_report(fact), depth, fact.anchor.start)

    return sorted(facts, key=rank)[:1]


def _report(fact: Fact) -> bool:
    """Whether a claim only reports an event."""
    if fact.kind != "Claim" or Term("Assertion") not in fact.values("speechAct"):
        return False
    return any(isinstance(v, Fact) and v.kind in EVENTS for v in fact.values("content"))


def participants(fact: Fact, first: Mapping[str, Mention]) -> Iterator[Span]:
    """The heads of the participants of an event or a claim, by role."""
    sources, targets = _sides(fact)
    yield from (_span(link, SOURCE, first) for link in sources)
    yield from (_span(link, TARGET, first) for link in targets)


def _sides(fact: Fact) -> tuple[list[Link], list[Link]]:
    """Who acts and on whom."""

    def filled(*roles: str) -> list[Link]:
        return [link for role in roles for link in _links(fact, role)]

    if fact.kind == "Claim":
        claimants = filled("claimant")
        return claimants, filled("about")[:1] or [*_meant(fact, {c.entity for c in claimants})]
    if fact.kind == "Surrender":
        return filled("victim"), filled("initiator") or filled("place")
    sources = filled("initiator") or [*_armed(fact)]
    targets = filled(*TARGETS)
    where = filled("destination") or filled("origin") or filled("place")
    if fact.kind in SHARED and not targets:
        late = [link for link in sources if link.mention.span.start > fact.anchor.start]
        if len(late) < len(sources):
            sources, targets = [link for link in sources if link not in late], late
    if fact.kind in MOVES:
        sources, targets = sources or filled("moved"), where or (filled("moved") if sources else [])
    return sources, targets or where


def _meant(claim: Fact, claimants: set[str]) -> Iterator[Link]:
    """Who else is to act in what a claim tells of, or else on whom the claimant is to act."""
    for content in claim.values("content"):
        if isinstance(content, Fact) and content.kind in EVENTS:
            sources, targets = _sides(content)
            yield from [link for link in sources if link.entity not in claimants] or targets


def _armed(fact: Fact) -> Iterator[Link]:
    """Whose instrument it was; the instrument where nobody's."""
    for value in fact.values("instrument"):
        if isinstance(value, Fact):
            yield from [v for v in value.values("operator") if isinstance(v, Link)] or [
                v for v in value.values("equipmentType") if isinstance(v, Link)
            ]
        elif isinstance(value, Link):
            yield value


def _links(fact: Fact, role: str) -> Iterator[Link]:
    """The fillers of a role; of equipment, its type."""
    for value in fact.values(role):
        if isinstance(value, Link) and value.method != "own voice":
            yield value
        elif isinstance(value, Fact) and value.kind == "EquipmentLot":
            yield from _links(value, "equipmentType")


def named(reading: Reading) -> dict[str, Mention]:
    """The first mention of each entity that is no pronoun."""
    found: dict[str, Mention] = {}
    for link in reading.linked.links:
        if link.mention.form is not Form.PRONOUN:
            found.setdefault(link.entity, link.mention)
    return found


def _span(link: Link, role: str, first: Mapping[str, Mention]) -> Span:
    mention = link.mention
    if mention.form is Form.PRONOUN:
        mention = first.get(link.entity, mention)
    return (mention.head.start, mention.head.end, role)


def joined(gold: tuple[Span, ...], found: list[Span]) -> list[Span]:
    """Found heads, those of one role that lie in one marked span once."""
    kept: dict[tuple[int, str], Span] = {}
    for at, one in enumerate(found):
        inside = next((i for i, g in enumerate(gold) if g[0] <= one[0] < g[1]), None)
        kept.setdefault((-1 - at if inside is None else inside, one[2]), one)
    return list(kept.values())


def agree(gold: Span, found: Span) -> bool:
    """Whether a found head lies in a marked span of its role.

    >>> agree((0, 9, "either"), (4, 9, "target")), agree((0, 9, "source"), (4, 9, "target"))
    (True, False)
    """
    return gold[0] <= found[0] < gold[1] and gold[2] in (found[2], MUTUAL)


def _error(what: str, span: Span, one: Sentence) -> Error:
    return Error(f"{what} {span[2]}", one.text[span[0] : span[1]], one.text)
