"""A row of a known data set as frames: one event, its deaths, and the claim of its source.

Nothing is read by grammar here: the columns say what is what, by the rules of the data set
(`ontology/datasets/`). Every mention and number is the characters of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from kg.datasets import Dataset, dataset, namings
from kg.errors import DocumentError
from kg.records import Document, Extraction, Form, Frame, Mention, Site, Span, Term, Value

# several in one cell: "JFO; Orsk Courier", "rebels, Orsk police", but "A. Bel, a spokesman for …"
_SEVERAL = re.compile(r"\s*(?:;|,(?!\s(?:an?|the|its|his|her|their)\s))\s*")
_TIMES = re.compile(r"\s*\(?x\d+\)?$")  # "Memorybook x2"
_WRITTEN = ("%Y-%m-%d", "%d %B %Y", "%d-%b-%Y", "%d-%B-%Y", "%d/%m/%Y")
_CERTAIN = 1.0


def coded(document: Document) -> Extraction:
    """Everything that one row says, unlinked.

    Raises:
        DocumentError: a number, day or coordinate that is none, or a kind of event that the
            rules of the data set do not know.
    """
    return _Row(document).extraction()


class _Row:
    """One row with its cells by column."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.known: Dataset = dataset(document.dataset)
        self.spans = {field.column: field.span for field in document.fields}
        self.cells = {column: self.text(span) for column, span in self.spans.items()}
        self.whole = Span(0, len(document.text))

    def text(self, span: Span) -> str:
        return self.document.text[span.start : span.end]

    def extraction(self) -> Extraction:
        site = self.site()
        event = self.event(site)
        figures = self.figures(event)
        said = self.claim((event, *figures))
        frames = sorted((event, *figures, said), key=lambda f: (f.anchor, f.evidence, f.kind))
        mentions = {
            value.span: value
            for frame in frames
            for _, value in frame.roles
            if isinstance(value, Mention)
        }
        if site is not None:
            mentions.update((one.span, one) for one in (site.mention, *site.inside))
        return Extraction(
            mentions=tuple(mentions[span] for span in sorted(mentions)),
            frames=tuple(frames),
            sites=() if site is None else (site,),
        )

    # ── the event ───────────────────────────────────────────────────────────────────────────

    def event(self, site: Site | None) -> Frame:
        kind, anchor = self.kind()
        roles: list[tuple[str, Value]] = [("actuality", Term("Actual"))]
        for role, column in self.roles(kind):
            if column in self.known.columns("place"):
                roles += [(role, site.mention)] if site is not None else []
            else:
                roles.append((role, self.actor(column)))
        if site is not None:
            roles.append(("place", site.mention))
        return self.frame(kind, anchor, (*roles, *self.times()), "event")

    def kind(self) -> tuple[str, Span]:
        """The class of the event, and the characters of the value that says so."""
        rules = self.known.matching("class", self.cells)
        if not rules:
            columns = self.known.columns("class")
            given = ", ".join(f'"{self.cells.get(column, "")}" in {column}' for column in columns)
            raise DocumentError(
                f"has no kind of event that is known ({given}); "
                f"add it to ontology/datasets/{self.known.name}.tsv"
            )
        first = [rule for rule in rules if rule.column == rules[0].column]
        notes = " ".join(self.cells.get(column, "") for column in self.known.columns("notes"))
        finer = {
            rule.term
            for rule in first
            if rule.words and re.search(rule.words, notes, re.IGNORECASE)
        }
        plain = next(rule.term for rule in first if not rule.words)
        return (finer.pop() if len(finer) == 1 else plain), self.spans[first[0].column]

    def roles(self, kind: str) -> Iterator[tuple[str, str]]:
        """(role, column) of those who take part in an event of this class."""
        for column in self.known.columns("role"):
            rules = [
                rule
                for rule in self.known.of("role")
                if rule.column == column and rule.value in ("", kind)
            ]
            exact = [rule for rule in rules if rule.value] or rules
            if exact and exact[0].term != "-" and column in self.cells:
                yield exact[0].term, column

    def times(self) -> Iterator[tuple[str, Value]]:
        """First and last day, widened where only the week, month or year is known."""
        first, last = (self.day(use) for use in ("first", "last"))
        if first is None:
            return
        rules = self.known.matching("dated", self.cells)
        precision = rules[0].words if rules else "Unknown"
        if last is None:
            first, last = widened(first, precision)
        if last < first:
            raise DocumentError(f"ends on {last}, before it begins on {first}; mend the days")
        columns = (*self.known.columns("first"), *self.known.columns("last"))
        spans = [self.spans[column] for column in columns if column in self.spans]
        yield "timeText", " – ".join(dict.fromkeys(self.text(span) for span in spans))
        yield "earliest", first.isoformat()
        yield "latest", last.isoformat()
        yield "timePrecision", Term(precision)

    def day(self, use: str) -> date | None:
        for column in self.known.columns(use):
            if column in self.cells:
                return day(column, self.cells[column])
        return None

    # ── deaths ──────────────────────────────────────────────────────────────────────────────

    def figures(self, event: Frame) -> tuple[Frame, ...]:
        """The deaths of the row as one figure, and those of each side as parts of it.

        A count of nobody in a single column says that none were reported; it makes no figure.
        """
        columns = {use: self.column(use) for use in ("low", "best", "high")}
        numbers = {use: self.number(column) for use, column in columns.items() if column}
        if not numbers or not any(numbers.values()):
            return ()
        best = numbers.get("best", numbers.get("high", 0))
        low, high = numbers.get("low", best), numbers.get("high", best)
        if not low <= best <= high:
            raise DocumentError(
                f"has deaths from {low} to {high} with {best} as best estimate; mend the numbers"
            )
        known = [column for column in columns.values() if column]
        anchor = self.spans[columns["best"] or known[0]]
        roles: list[tuple[str, Value]] = [("lower", low), ("upper", high)]
        if len(numbers) > 1:
            roles.append(("best", best))
        words = ", ".join(f"{column} {self.cells[column]}" for column in known)
        total = self.frame(
            "CasualtyFigure",
            anchor,
            (*self.counted(roles, words), ("event", event)),
            "deaths",
            evidence=self.around(known),
        )
        return total, *self.parts(event, total)

    def parts(self, event: Frame, total: Frame) -> Iterator[Frame]:
        for rule in self.known.of("part"):
            count = self.number(rule.column) if rule.column in self.cells else 0
            if not count:
                continue
            words = f"{rule.column} {self.cells[rule.column]}"
            roles = self.counted([("lower", count), ("upper", count)], words)
            roles.append(("event", event))
            if rule.words in self.cells:
                roles.append(("population", self.actor(rule.words)))
            elif not rule.words:
                roles.append(("population", self.group(rule.column)))
            yield self.frame(
                "CasualtyFigure",
                self.spans[rule.column],
                (*roles, ("partOfFigure", total)),
                "deaths",
                evidence=self.around([rule.column]),
            )

    @staticmethod
    def counted(roles: list[tuple[str, Value]], words: str) -> list[tuple[str, Value]]:
        return [*roles, ("unit", "people"), ("figureText", words), ("outcome", Term("Killed"))]

    def column(self, use: str) -> str:
        """The column of a use that the row fills, "" without one."""
        return next((name for name in self.known.columns(use) if name in self.cells), "")

    def number(self, column: str) -> int:
        written = self.cells[column].replace(",", "").removesuffix(".0")
        if not re.fullmatch(r"\d{1,9}", written):
            raise DocumentError(f'has "{self.cells[column][:40]}" in {column}; give a whole number')
        return int(written)

    def group(self, column: str) -> Mention:
        """The people that the name of a column means: "civilians" of "deaths_civilians"."""
        line = self.around([column])
        word = column.rpartition("_")[2]
        span = Span(line.start + len(column) - len(word), line.start + len(column))
        return mention(self.document, span, "PopulationGroup", Form.NOMINAL)

    # ── actors and places ───────────────────────────────────────────────────────────────────

    def actor(self, column: str) -> Mention:
        """The actor that a cell names: the characters of the name itself, and its country."""
        span, name = self.spans[column], self.cells[column]
        ruled = (rule for rule in self.known.matching("kind", self.cells) if rule.words == column)
        kind = next((rule.term for rule in ruled), "Actor")
        for naming in namings():
            found = naming.pattern.fullmatch(name)
            if found:
                head = Span(span.start + found.start("head"), span.start + found.end("head"))
                owner = found.groupdict().get("owner") if naming.form == "nominal" else ""
                form = Form.NAME if naming.form == "name" else Form.NOMINAL
                return mention(self.document, head, naming.kind or kind, form, owner or "")
        return mention(self.document, span, kind, Form.NAME)

    def site(self) -> Site | None:
        """The place of the row, None where it has no name."""
        place, latitude, longitude = map(self.column, ("place", "latitude", "longitude"))
        if not place:
            return None
        name = mention(self.document, self.spans[place], "Place", Form.NAME)
        inside = tuple(
            mention(self.document, self.spans[rule.column], rule.term, Form.NAME)
            for rule in self.known.of("inside")
            if rule.column in self.cells
        )
        if not latitude or not longitude:
            raise DocumentError("has a place without latitude and longitude; fill them in")
        point = self.degrees(latitude, 90), self.degrees(longitude, 180)
        reach = self.known.matching("reach", self.cells)
        widest = max(float(rule.words) for rule in self.known.of("reach"))
        return Site(
            mention=name,
            latitude=point[0],
            longitude=point[1],
            radius_km=float(reach[0].words) if reach else widest,
            inside=inside,
            coordinates=tuple(
                mention(self.document, self.spans[column], "Place", Form.NOMINAL)
                for column in (latitude, longitude)
            ),
        )

    def degrees(self, column: str, most: int) -> float:
        written = self.cells[column]
        if not re.fullmatch(r"[-+]?\d{1,3}(?:\.\d+)?", written) or abs(float(written)) > most:
            raise DocumentError(
                f'has "{written[:40]}" in {column}; give degrees from -{most} to {most}'
            )
        return float(written)

    # ── who says so ─────────────────────────────────────────────────────────────────────────

    def claim(self, content: tuple[Frame, ...]) -> Frame:
        """The claim of the row's sources: who said so first, else who reported it."""
        first, passed = self.sources("claimant"), self.sources("reporter")
        claimants = first or passed
        names = {one.name.casefold() for one in claimants}
        roles: list[tuple[str, Value]] = [("claimant", one) for one in claimants]
        roles += [("reportedBy", one) for one in passed if one.name.casefold() not in names]
        roles += [("content", frame) for frame in content]
        roles += [
            ("polarity", Term("Affirmed")),
            ("certainty", Term("Unstated")),
            ("speechAct", Term("Assertion")),
            ("quoteForm", Term("Indirect")),
        ]
        days = {day for name in self.known.columns("spoken") for day in self.days(name)}
        if len(days) == 1:
            roles.append(("claimTime", days.pop()))
        used = [name for use in ("claimant", "reporter") for name in self.known.columns(use)]
        anchor = next((self.spans[name] for name in used if name in self.spans), self.whole)
        return self.frame("Claim", anchor, tuple(roles), "claim")

    def days(self, column: str) -> Iterator[str]:
        yield from re.findall(r"\d{4}-\d{2}-\d{2}", self.cells.get(column, ""))

    def sources(self, use: str) -> tuple[Mention, ...]:
        """The sources that the cells of a use name, each once."""
        found: dict[str, Mention] = {}
        for rule in self.known.of(use):
            for span in self.pieces(rule.column):
                name = self.text(span)
                form = Form.NAME if name[:1].isupper() else Form.NOMINAL
                found.setdefault(name.casefold(), mention(self.document, span, rule.term, form))
        return tuple(found.values())

    def pieces(self, column: str) -> Iterator[Span]:
        """The single names in a cell that may hold several."""
        if column not in self.spans:
            return
        start, text = self.spans[column].start, self.cells[column]
        at = 0
        for end in (*_SEVERAL.finditer(text), None):
            piece = text[at : end.start() if end else len(text)]
            name = _TIMES.sub("", piece).rstrip()
            if any(sign.isalpha() for sign in name):
                yield Span(start + at, start + at + len(name))
            at = end.end() if end else at

    # ── frames ──────────────────────────────────────────────────────────────────────────────

    def around(self, columns: list[str]) -> Span:
        """The lines of some columns, and what stands between them."""
        starts = [self.spans[name].start - len(name) - 2 for name in columns]
        return Span(min(starts), max(self.spans[name].end for name in columns))

    def frame(
        self,
        kind: str,
        anchor: Span,
        roles: tuple[tuple[str, Value], ...],
        rule: str,
        *,
        evidence: Span | None = None,
    ) -> Frame:
        return Frame(
            kind=kind,
            anchor=anchor,
            evidence=evidence or self.whole,
            roles=roles,
            extractor=f"rows.{self.known.name}.{rule}",
            confidence=_CERTAIN,
        )


def mention(document: Document, span: Span, kind: str, form: Form, qualifier: str = "") -> Mention:
    """The characters of a span as a mention of a class."""
    text = document.text[span.start : span.end]
    return Mention(span, text, kind, form, text, span, qualifier=qualifier)


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
    """
    if precision == "Week":  # coders choose a day of the week, not always its first
        return known - timedelta(days=6), known + timedelta(days=6)
    if precision == "Month":
        following = known.replace(day=28) + timedelta(days=4)
        return known.replace(day=1), following - timedelta(days=following.day)
    if precision == "Year":
        return known.replace(month=1, day=1), known.replace(month=12, day=31)
    return known, known
