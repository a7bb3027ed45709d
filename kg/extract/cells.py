"""The cells of one row of a known data set: their characters, and what is read from one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from kg.datasets import dataset, namings
from kg.errors import DocumentError
from kg.records import Document, Form, Mention, Span

# several in one cell: "JFO; Orsk Courier", "rebels, Orsk police", but "A. Bel, a spokesman for …"
_SEVERAL = re.compile(r"\s*(?:;|,(?!\s(?:an?|the|its|his|her|their)\s))\s*")
_TIMES = re.compile(r"\s*\(?x\d+\)?$")  # "Memorybook x2"
_WRITTEN = ("%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d/%m/%Y")


class Cells:
    """One row by column. Columns that the row leaves empty are not there.

    Attributes:
        known: the data set and its rules.
        spans: column -> characters of its value.
        values: column -> its value.
        whole: all characters of the row.
    """

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known = dataset(document.dataset)
        self.spans = {field.column: field.span for field in document.fields}
        self.values = {column: self.text(span) for column, span in self.spans.items()}
        self.whole = Span(0, len(document.text))

    def text(self, span: Span) -> str:
        """The characters of a span."""
        return self.document.text[span.start : span.end]

    def column(self, use: str) -> str:
        """The column of a use that the row fills, "" without one."""
        return next((name for name in self.known.columns(use) if name in self.values), "")

    def around(self, columns: list[str]) -> Span:
        """The lines of some columns, and what stands between them."""
        starts = [self.spans[name].start - len(name) - 2 for name in columns]
        return Span(min(starts), max(self.spans[name].end for name in columns))

    def mention(self, span: Span, kind: str, form: Form, qualifier: str = "") -> Mention:
        """The characters of a span as a mention of a class."""
        text = self.text(span)
        return Mention(span, text, kind, form, text, span, qualifier=qualifier)

    def actor(self, column: str) -> Mention:
        """The actor that a cell names: the characters of the name itself, and its country."""
        span, name = self.spans[column], self.values[column]
        ruled = (rule for rule in self.known.matching("kind", self.values) if rule.words == column)
        kind = next((rule.term for rule in ruled), "Actor")
        for naming in namings():
            found = naming.pattern.fullmatch(name)
            if found:
                head = Span(span.start + found.start("head"), span.start + found.end("head"))
                owner = found.groupdict().get("owner") if naming.form == "nominal" else ""
                form = Form.NAME if naming.form == "name" else Form.NOMINAL
                return self.mention(head, naming.kind or kind, form, owner or "")
        return self.mention(span, kind, Form.NAME)

    def group(self, column: str) -> Mention:
        """The people that the name of a column means: "civilians" of "deaths_civilians"."""
        start = self.spans[column].start - len(column) - 2
        word = column.rpartition("_")[2]
        span = Span(start + len(column) - len(word), start + len(column))
        return self.mention(span, "PopulationGroup", Form.NOMINAL)

    def named(self, column: str, kind: str) -> Iterator[Mention]:
        """The single names in a cell that may hold several, in order."""
        if column not in self.spans:
            return
        start, text = self.spans[column].start, self.values[column]
        at = 0
        for end in (*_SEVERAL.finditer(text), None):
            name = _TIMES.sub("", text[at : end.start() if end else len(text)]).rstrip()
            if any(sign.isalpha() for sign in name):
                form = Form.NAME if name[:1].isupper() else Form.NOMINAL
                yield self.mention(Span(start + at, start + at + len(name)), kind, form)
            at = end.end() if end else at

    def number(self, column: str) -> int:
        """The whole number in a cell.

        Raises:
            DocumentError: it holds none.
        """
        written = self.values[column].replace(",", "").removesuffix(".0")
        if not re.fullmatch(r"[0-9]{1,9}", written):
            raise DocumentError(
                f'has "{self.values[column][:40]}" in {column}; give a whole number'
            )
        return int(written)

    def degrees(self, column: str, most: int) -> float:
        """The degrees in a cell, from -`most` to `most`.

        Raises:
            DocumentError: it holds none.
        """
        written = self.values[column]
        if not re.fullmatch(r"[-+]?[0-9]{1,3}(?:\.[0-9]+)?", written) or abs(float(written)) > most:
            raise DocumentError(
                f'has "{written[:40]}" in {column}; give degrees from -{most} to {most}'
            )
        return float(written)

    def day(self, use: str) -> date | None:
        """The day of a use, None where the row leaves it empty.

        Raises:
            DocumentError: what stands there is no day.
        """
        column = self.column(use)
        return day(column, self.values[column]) if column else None


def day(column: str, written: str) -> date:
    """The day that a cell holds.

    >>> day("event_date", "05 March 2031"), day("date_start", "2031-03-05 00:00:00.000")
    (datetime.date(2031, 3, 5), datetime.date(2031, 3, 5))

    Raises:
        DocumentError: it holds none.
    """
    plain = re.sub(r"[T ]\d\d:\d\d.*$", "", written.strip())
    for form in _WRITTEN:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    raise DocumentError(f'has "{written[:40]}" in {column}, which is no day; use YYYY-MM-DD')


def widened(known: date, precision: str) -> tuple[date, date]:
    """First and last day that a day stands for where only week, month or year is known.

    >>> widened(date(2031, 2, 11), "Month")
    (datetime.date(2031, 2, 1), datetime.date(2031, 2, 28))

    Raises:
        DocumentError: the calendar ends before.
    """
    try:
        if precision == "Week":  # coders choose a day of the week, not always its first
            return known - timedelta(days=6), known + timedelta(days=6)
        if precision == "Month":
            following = known.replace(day=28) + timedelta(days=4)
            return known.replace(day=1), following - timedelta(days=following.day)
    except OverflowError as error:
        raise DocumentError(f"has the day {known}, at the end of time; mend it") from error
    if precision == "Year":
        return known.replace(month=1, day=1), known.replace(month=12, day=31)
    return known, known
