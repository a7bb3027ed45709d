"""A row of a known data set as frames: one event, its deaths, and the claim of its source.

Nothing is read by grammar here: the columns say what is what, by the rules of the data set
(`ontology/datasets/`). Every mention and number is the characters of a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.errors import DocumentError
from kg.extract.cells import Cells, widened
from kg.records import Document, Extraction, Form, Frame, Mention, Site, Span, Term, Value

Roles = list[tuple[str, Value]]

_CERTAIN = 1.0
_MANNER: Roles = [
    ("polarity", Term("Affirmed")),
    ("certainty", Term("Unstated")),
    ("speechAct", Term("Assertion")),
    ("quoteForm", Term("Indirect")),
]


def coded(document: Document) -> Extraction:
    """Everything that one row says, unlinked.

    Raises:
        DocumentError: a number, day or coordinate that is none, or a kind of event that the
            rules of the data set do not know.
    """
    row = Cells(document)
    place = site(row)
    happened = event(row, place)
    stated = (happened, *figures(row, happened))
    frames = (*stated, claim(row, stated))
    mentions = {
        value.span: value
        for frame in frames
        for _, value in frame.roles
        if isinstance(value, Mention)
    }
    if place is not None:
        mentions.update((one.span, one) for one in (place.mention, *place.inside))
    return Extraction(
        mentions=tuple(mentions[span] for span in sorted(mentions)),
        frames=tuple(sorted(frames, key=lambda f: (f.anchor, f.evidence, f.kind))),
        sites=() if place is None else (place,),
    )


def frame(
    row: Cells, kind: str, anchor: Span, roles: Sequence[tuple[str, Value]], rule: str
) -> Frame:
    """A frame that the whole row supports."""
    extractor = f"rows.{row.known.name}.{rule}"
    return Frame(kind, anchor, row.whole, tuple(roles), extractor, _CERTAIN)


# ── the event ───────────────────────────────────────────────────────────────────────────────


def event(row: Cells, place: Site | None) -> Frame:
    """What happened, with its sides, place and days."""
    kind, anchor = kind_of(row)
    roles: Roles = [("actuality", Term("Actual"))]
    for role, column in sides(row, kind):
        if column not in row.known.columns("place"):
            roles.append((role, row.actor(column)))
        elif place is not None:
            roles.append((role, place.mention))
    if place is not None:
        roles.append(("place", place.mention))
    return frame(row, kind, anchor, (*roles, *times(row)), "event")


def kind_of(row: Cells) -> tuple[str, Span]:
    """The class of the event, and the characters of the value that says so."""
    rules = row.known.matching("class", row.values)
    if not rules:
        columns = row.known.columns("class")
        given = ", ".join(f'"{row.values.get(column, "")}" in {column}' for column in columns)
        raise DocumentError(
            f"has no kind of event that is known ({given}); "
            f"add it to ontology/datasets/{row.known.name}.tsv"
        )
    first = [rule for rule in rules if rule.column == rules[0].column]
    notes = " ".join(row.values.get(column, "") for column in row.known.columns("notes"))
    finer = {rule.term for rule in first if rule.words and re.search(rule.words, notes, re.I)}
    plain = next(rule.term for rule in first if not rule.words)
    return (finer.pop() if len(finer) == 1 else plain), row.spans[first[0].column]


def sides(row: Cells, kind: str) -> Iterator[tuple[str, str]]:
    """(role, column) of those who take part in an event of a class."""
    for column in row.known.columns("role"):
        rules = [
            rule
            for rule in row.known.of("role")
            if rule.column == column and rule.value in ("", kind)
        ]
        exact = [rule for rule in rules if rule.value] or rules
        if exact and exact[0].term != "-" and column in row.values:
            yield exact[0].term, column


def times(row: Cells) -> Iterator[tuple[str, Value]]:
    """First and last day, widened where only the week, month or year is known."""
    first, last = row.day("first"), row.day("last")
    if first is None:
        return
    rules = row.known.matching("dated", row.values)
    precision = rules[0].words if rules else "Unknown"
    if last is None:
        first, last = widened(first, precision)
    if last < first:
        raise DocumentError(f"ends on {last}, before it begins on {first}; mend the days")
    columns = (row.column("first"), row.column("last"))
    words = dict.fromkeys(row.values[column] for column in columns if column)
    yield "timeText", " – ".join(words)
    yield "earliest", first.isoformat()
    yield "latest", last.isoformat()
    yield "timePrecision", Term(precision)


def site(row: Cells) -> Site | None:
    """The place of the row with its coordinates, None where it has no name."""
    place, latitude, longitude = map(row.column, ("place", "latitude", "longitude"))
    if not place:
        return None
    if not latitude or not longitude:
        raise DocumentError("has a place without latitude and longitude; fill them in")
    reach = row.known.matching("reach", row.values)
    widest = max(float(rule.words) for rule in row.known.of("reach"))
    return Site(
        mention=row.mention(row.spans[place], "Place", Form.NAME),
        latitude=row.degrees(latitude, 90),
        longitude=row.degrees(longitude, 180),
        radius_km=float(reach[0].words) if reach else widest,
        inside=tuple(
            row.mention(row.spans[rule.column], rule.term, Form.NAME)
            for rule in row.known.of("inside")
            if rule.column in row.values
        ),
        coordinates=tuple(
            row.mention(row.spans[column], "Place", Form.NOMINAL)
            for column in (latitude, longitude)
        ),
    )


# ── deaths ──────────────────────────────────────────────────────────────────────────────────


def figures(row: Cells, happened: Frame) -> tuple[Frame, ...]:
    """The deaths of the row as one figure, and those of each side as parts of it.

    A count of nobody in a single column says that none were reported; it makes no figure.
    """
    columns = {use: row.column(use) for use in ("low", "best", "high")}
    numbers = {use: row.number(column) for use, column in columns.items() if column}
    if not any(numbers.values()):
        return ()
    best = numbers.get("best", numbers.get("high", numbers.get("low", 0)))
    low, high = numbers.get("low", best), numbers.get("high", best)
    if not low <= best <= high:
        raise DocumentError(
            f"has deaths from {low} to {high} with {best} as best estimate; mend the numbers"
        )
    roles: Roles = [("lower", low), ("upper", high)]
    if len(numbers) > 1:
        roles.append(("best", best))
    total = deaths(row, [column for column in columns.values() if column], roles, happened)
    return total, *parts(row, happened, total)


def parts(row: Cells, happened: Frame, total: Frame) -> Iterator[Frame]:
    """The deaths of each side and of civilians, as far as there were any."""
    for rule in row.known.of("part"):
        count = row.number(rule.column) if rule.column in row.values else 0
        if not count:
            continue
        roles: Roles = [("lower", count), ("upper", count)]
        if not rule.words:
            roles.append(("population", row.group(rule.column)))
        elif rule.words in row.values:
            roles.append(("population", row.actor(rule.words)))
        yield deaths(row, [rule.column], [*roles, ("partOfFigure", total)], happened)


def deaths(row: Cells, columns: list[str], roles: Roles, happened: Frame) -> Frame:
    """A number of people killed, on the lines of its columns."""
    anchor = row.spans[next((name for name in row.known.columns("best") if name in columns),
                            columns[0])]  # fmt: skip
    words = ", ".join(f"{column} {row.values[column]}" for column in columns)
    return Frame(
        kind="CasualtyFigure",
        anchor=anchor,
        evidence=row.around(columns),
        roles=(
            *roles,
            ("unit", "people"),
            ("figureText", words),
            ("outcome", Term("Killed")),
            ("event", happened),
        ),
        extractor=f"rows.{row.known.name}.deaths",
        confidence=_CERTAIN,
    )


# ── who says so ─────────────────────────────────────────────────────────────────────────────


def claim(row: Cells, content: Sequence[Frame]) -> Frame:
    """The claim of the row's sources: who said so first, else who reported it."""
    first, passed = sources(row, "claimant"), sources(row, "reporter")
    claimants = first or passed
    names = {one.name.casefold() for one in claimants}
    roles: Roles = [("claimant", one) for one in claimants]
    roles += [("reportedBy", one) for one in passed if one.name.casefold() not in names]
    roles += [("content", one) for one in content]
    roles += _MANNER
    spoken = " ".join(row.values.get(name, "") for name in row.known.columns("spoken"))
    days = sorted(set(re.findall(r"\d{4}-\d{2}-\d{2}", spoken)))
    if len(days) == 1:
        roles.append(("claimTime", days[0]))
    column = row.column("claimant") or row.column("reporter")
    return frame(row, "Claim", row.spans[column] if column else row.whole, roles, "claim")


def sources(row: Cells, use: str) -> tuple[Mention, ...]:
    """The sources that the cells of a use name, each once."""
    found: dict[str, Mention] = {}
    for rule in row.known.of(use):
        for one in row.named(rule.column, rule.term):
            found.setdefault(one.name.casefold(), one)
    return tuple(found.values())
