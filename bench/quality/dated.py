"""Time expressions on the calendar: exact match on sentences of our own, through the pipeline.

`dates.tsv` has one sentence a row with its day of publication, one time expression marked in
braces, and the days or the moment that it means, by the conventions of `kg/link/dates.py`. The
answer is the time of the fact that holds the expression which `kg.extract.times` finds there.
Where no event holds it, as with the time of speaking, its words are resolved as the linker
resolves those of what is told as done. A row is right where earliest, latest and precision agree,
or where both sides leave the words unresolved. Odd rows are open; even rows are sealed: they are
scored apart, for reporting only, and no error tells their words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bench.quality.actuality import PARTS, lines, part, shared
from bench.quality.reading import read
from bench.quality.records import Error, Figure, Measured
from kg.extract.times import times
from kg.link.dates import Interval, resolve
from kg.records import Document, Fact, Frame, Mention, Span, Term

NAME = "dates"
TITLE = "marked time expressions, exact earliest, latest and precision: our own sentences"
HEADLINES = ("sealed",)
GOALS = {"open": 92.0, "sealed": 92.0}
PEERS: dict[str, str] = {}
TABLE = Path(__file__).with_name("dates.tsv")
PRECISIONS = ("Hour", "Day", "Week", "Month", "Year", "Unknown")
OPEN_END = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """One sentence of the table without its braces; `gold` is every interval that is good."""

    number: int
    kind: str
    published: date | None
    text: str
    span: Span
    gold: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What the pipeline makes of a row.

    Attributes:
        row: the row.
        mention: the time expression found at the mark, None without one.
        interval: what it is taken for, None where it stays words.
        held: whether a fact has it as its time.
    """

    row: Row
    mention: Mention | None
    interval: Interval | None
    held: bool = False

    @property
    def right(self) -> bool:
        """Whether interval and precision are good, or both sides leave the words alone."""
        return self.interval in self.row.gold if self.row.gold else self.interval is None

    @property
    def same_days(self) -> bool:
        """Whether it is right, precision aside."""
        if self.interval is None or not self.row.gold:
            return self.right
        ends = (self.interval.earliest, self.interval.latest)
        return ends == (self.row.gold[0].earliest, self.row.gold[0].latest)


def missing(data: Path) -> str:
    """Nothing: the sentences are in this repository."""
    return ""


def measure(data: Path, table: Path = TABLE) -> Measured:
    """Exact matches and expressions found of both parts, and where the open one fails."""
    answers = []
    for row in rows(table):
        reading = read(document(row))
        frames, facts = reading.extraction.frames, reading.linked.facts
        answers.append(answered(row, times(reading.doc), frames, facts))
    return scored(answers)


def rows(table: Path) -> Iterator[Row]:
    """The sentences of a table.

    Raises:
        ValueError: not one mark in a sentence, a precision that there is not, an interval upside
            down or only half of one.
    """
    for number, row in lines(table):
        try:
            text, span = parsed(row["sentence"])
            gold = intervals(row["earliest"], row["latest"], row["precision"])
            published = date.fromisoformat(row["published"]) if row["published"] else None
        except ValueError as error:
            raise ValueError(f"{table} sentence {number}: {error}") from error
        yield Row(number, row["kind"], published, text, span, gold)


def parsed(marked: str) -> tuple[str, Span]:
    """A sentence without its braces, and where they stood.

    Raises:
        ValueError: there is not one pair of braces.

    >>> parsed("It fell {on Tuesday}.")
    ('It fell on Tuesday.', Span(start=8, end=18))
    """
    before, opened, rest = marked.partition("{")
    words, closed, after = rest.partition("}")
    if not (opened and words and closed) or set("{}") & set(after + words):
        raise ValueError(f"mark one time expression in braces: {marked}")
    return before + words + after, Span(len(before), len(before) + len(words))


def intervals(earliest: str, latest: str, precision: str) -> tuple[Interval, ...]:
    """The intervals that are good, one for each precision; none where the words stay words.

    Raises:
        ValueError: an end that is no date, a precision that there is not, only half of it.

    >>> intervals("2031-03-01", "-", "Day/Week")[1]
    Interval(earliest='2031-03-01', latest=None, precision='Week')
    >>> intervals("", "", "")
    ()
    """
    if not (earliest or latest or precision):
        return ()
    if not (earliest and latest and precision):
        raise ValueError("give earliest, latest and precision, or none of them")
    first, last = (None if end == OPEN_END else end for end in (earliest, latest))
    for end in filter(None, (first, last)):
        date.fromisoformat(end[:10])
    if first and last and first > last:
        raise ValueError(f"{first} is after {last}")
    names = precision.split("/")
    if unknown := set(names) - set(PRECISIONS):
        raise ValueError(f"{', '.join(sorted(unknown))}: no precision; use {' '.join(PRECISIONS)}")
    return tuple(Interval(first, last, name) for name in names)


def document(row: Row) -> Document:
    """The row as an article of its own."""
    iri = f"https://example.org/dates/{row.number}"
    return Document(iri, row.text, "", published=row.published)


def answered(
    row: Row, mentions: Sequence[Mention], frames: Sequence[Frame], facts: Sequence[Fact]
) -> Answer:
    """What the pipeline makes of a row: by the nearest fact that holds the expression."""
    touched = [m for m in mentions if m.span.overlaps(row.span)]
    if not touched:
        return Answer(row, None, None)
    mention = max(touched, key=lambda m: (shared(m.span, row.span), -m.span.start))
    holding = {frame.key for frame in frames if mention.span in _times(frame)}
    held = [fact for fact in facts if (fact.kind, fact.anchor) in holding]
    if not held:
        return Answer(row, mention, resolve(mention.text, row.published, past=True))
    nearest = min(held, key=lambda f: (_distance(f.anchor, mention.span), f.anchor, f.kind))
    return Answer(row, mention, interval(nearest), held=True)


def interval(fact: Fact) -> Interval | None:
    """The time of a fact, None where its words stay words."""
    precision = [value.name for value in fact.values("timePrecision") if isinstance(value, Term)]
    if not precision or precision[0] == "Unresolved":
        return None
    first, last = (
        next((str(value) for value in fact.values(end)), None) for end in ("earliest", "latest")
    )
    return Interval(first, last, precision[0])


def scored(answers: Sequence[Answer]) -> Measured:
    """Figures of both parts, errors of the open one."""
    opened = [answer for answer in answers if part(answer.row.number) == "open"]
    errors = tuple(_error(one) for one in opened if not one.right)
    return Measured(tuple(_figures(answers)), errors)


def _times(frame: Frame) -> set[Span]:
    """Where the time of an event stands; that of speaking has its own role."""
    return {value.span for value in frame.values("time") if isinstance(value, Mention)}


def _distance(one: Span, other: Span) -> int:
    return max(other.start - one.end, one.start - other.end, 0)


def _figures(answers: Sequence[Answer]) -> Iterator[Figure]:
    for name in PARTS:
        of_part = [one for one in answers if part(one.row.number) == name]
        dated = [one for one in of_part if one.row.gold]
        words = [one for one in of_part if not one.row.gold]
        if name == "open":
            yield Figure("open in a fact", sum(one.held for one in dated), len(dated))
            yield Figure("open left as words", sum(one.right for one in words), len(words))
            yield Figure("open same days", sum(one.same_days for one in of_part), len(of_part))
        yield Figure(f"{name} found", sum(one.mention is not None for one in dated), len(dated))
        yield Figure(name, sum(one.right for one in of_part), len(of_part))


def _error(one: Answer) -> Error:
    row = one.row
    words = row.text[row.span.start : row.span.end]
    if not row.gold:
        what = "taken for a date"
    elif one.mention is None:
        what = "not found"
    elif one.interval is None:
        what = "left as words"
    else:
        what = "other precision" if one.same_days else "other days"
    gold = _told(row.gold[0] if row.gold else None)
    context = f"{row.published or 'no date'}: {row.text} – {gold} ≠ {_told(one.interval)}"
    return Error(f"{row.kind} {what}", words.lower(), context)


def _told(interval: Interval | None) -> str:
    """An interval in characters.

    >>> _told(Interval("2031-03-01", None, "Day")), _told(None)
    ('2031-03-01 to … (Day)', 'words')
    """
    if interval is None:
        return "words"
    return f"{interval.earliest or '…'} to {interval.latest or '…'} ({interval.precision})"
