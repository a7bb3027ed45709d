"""Actuality of marked events: done, possible, planned, demanded or denied, on sentences of our own.

`actuality.tsv` has one sentence a row, with the event words marked in it: `{Denied:shelled}`,
or `{Planned/Possible:hit}` where either is good. The answer is the actuality of the event frame
whose anchor shares a character with the marked words; where there is none the mark is not found,
and accuracy is over those found. Odd rows are open; even rows are sealed: they are scored apart,
for reporting only, and no error tells their words.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.quality.reading import language
from bench.quality.records import Error, Figure, Measured
from kg import annotate, extract
from kg.records import Frame, Span, Term

NAME = "actuality"
TITLE = "actuality of marked events, accuracy over those found: our own sentences"
HEADLINES = ("sealed", "sealed found")
GOALS = {"open": 92.0, "sealed": 92.0}
PEERS: dict[str, str] = {}
TABLE = Path(__file__).with_name("actuality.tsv")
VALUES = ("Actual", "Possible", "Planned", "Demanded", "Denied")
PARTS = ("open", "sealed")
NOTHING = "–"
MARK = re.compile(r"\{([A-Za-z/]+):([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Mark:
    """Marked words of a sentence and the actualities that are good for them."""

    span: Span
    gold: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of the table without its braces; `number` counts from 1."""

    number: int
    family: str
    text: str
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the pipeline says of a mark; None where it reads no event there."""

    row: Row
    mark: Mark
    found: str | None

    @property
    def right(self) -> bool:
        """Whether the actuality is one of those that are good."""
        return self.found in self.mark.gold

    @property
    def gold(self) -> str:
        """The actuality to count it by: the one found if it is good, else the first."""
        return self.found if self.found is not None and self.right else self.mark.gold[0]


def missing(data: Path) -> str:
    """Nothing: the sentences are in this repository."""
    return ""


def measure(data: Path, table: Path = TABLE) -> Measured:
    """Accuracy and share found of both parts, scores by actuality of the open one."""
    sentences = list(rows(table))
    docs = annotate.annotate(language(), [row.text for row in sentences])
    answers = []
    for row, doc in zip(sentences, docs, strict=True):
        frames = extract.extraction(doc).frames
        answers += [Answer(row, mark, found(frames, mark.span)) for mark in row.marks]
    return scored(answers)


def part(number: int) -> str:
    """The part that a row belongs to by its number.

    >>> part(1), part(2)
    ('open', 'sealed')
    """
    return PARTS[(number + 1) % 2]


def lines(table: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a table by their number from 1, without its comments."""
    with table.open(encoding="utf-8", newline="") as source:
        told = (line for line in source if not line.startswith("#"))
        reader = csv.DictReader(told, delimiter="\t", quoting=csv.QUOTE_NONE)
        yield from enumerate(reader, start=1)


def rows(table: Path) -> Iterator[Row]:
    """The sentences of a table.

    Raises:
        ValueError: a sentence without a mark, or a mark that is not well made.
    """
    for number, row in lines(table):
        try:
            text, marks = parsed(row["sentence"])
        except ValueError as error:
            raise ValueError(f"{table} sentence {number}: {error}") from error
        yield Row(number, row["family"], text, marks)


def parsed(marked: str) -> tuple[str, tuple[Mark, ...]]:
    """A sentence without its braces, and the marks in it.

    Raises:
        ValueError: no mark, a brace that belongs to none, or an actuality that there is not.

    >>> text, (mark,) = parsed("Rebels did not {Denied:shell} it.")
    >>> text, text[mark.span.start : mark.span.end], mark.gold
    ('Rebels did not shell it.', 'shell', ('Denied',))
    """
    pieces: list[str] = []
    marks: list[Mark] = []
    size = at = 0
    for match in MARK.finditer(marked):
        before, words = marked[at : match.start()], match[2]
        start = size + len(before)
        size = start + len(words)
        at = match.end()
        gold = tuple(match[1].split("/"))
        if unknown := set(gold) - set(VALUES):
            raise ValueError(f"{', '.join(sorted(unknown))}: no actuality; use {' '.join(VALUES)}")
        pieces += [before, words]
        marks.append(Mark(Span(start, size), gold))
    text = "".join([*pieces, marked[at:]])
    if not marks or "{" in text or "}" in text:
        raise ValueError(f"mark event words as {{Actual:shelled}}: {marked}")
    return text, tuple(marks)


def found(frames: Iterable[Frame], span: Span) -> str | None:
    """The actuality of the event whose anchor shares most characters with the words."""
    events = [f for f in frames if f.anchor.overlaps(span) and f.values("actuality")]
    if not events:
        return None
    best = min(events, key=lambda f: (-shared(f.anchor, span), f.anchor, f.kind))
    (value,) = best.values("actuality")
    return value.name if isinstance(value, Term) else None


def shared(one: Span, other: Span) -> int:
    """How many characters two spans share.

    >>> shared(Span(0, 5), Span(3, 9)), shared(Span(0, 2), Span(3, 4))
    (2, 0)
    """
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def scored(answers: Sequence[Answer]) -> Measured:
    """Figures of both parts, errors and confusions of the open one."""
    opened = [answer for answer in answers if part(answer.row.number) == "open"]
    counts = Counter((one.gold, one.found or NOTHING) for one in opened)
    return Measured(
        tuple(_figures(answers)),
        tuple(_error(one) for one in opened if not one.right),
        tuple((gold, got, n) for (gold, got), n in sorted(counts.items())),
    )


def _figures(answers: Sequence[Answer]) -> Iterator[Figure]:
    for name in PARTS:
        of_part = [one for one in answers if part(one.row.number) == name]
        read = [one for one in of_part if one.found is not None]
        for value in VALUES if name == "open" else ():
            right = sum(one.right for one in read if one.found == value)
            gold = sum(one.gold == value for one in read)
            yield Figure(f"open {value}", right, gold, sum(one.found == value for one in read))
        yield Figure(f"{name} found", len(read), len(of_part))
        yield Figure(name, sum(one.right for one in read), len(read))


def _error(one: Answer) -> Error:
    text, span = one.row.text, one.mark.span
    words = text[span.start : span.end]
    context = f"{one.row.family}: {text[: span.start]}[[{words}]]{text[span.end :]}"
    kind = f"{one.gold} not found" if one.found is None else f"{one.gold} read as {one.found}"
    return Error(kind, words.lower(), context)
