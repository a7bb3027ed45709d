"""A row of a known data set as an article: its text is one line "column: value" per cell."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from urllib.parse import quote

from kg.datasets import Dataset
from kg.errors import DocumentError
from kg.read.article import Article
from kg.records import Field, Span

_LINE_END = re.compile(r"\s*[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+\s*")
_DAY = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")


def row(known: Dataset, cells: Mapping[str, str]) -> Article:
    """The article of one row; empty cells are left out, line ends in a cell become "; ".

    Raises:
        DocumentError: the row lacks its key.
    """
    text, fields = rendered(cells)
    key = known.of("key")[0]
    number = cells.get(key.column, "").strip()
    if not number:
        raise DocumentError(f'has nothing in "{key.column}", which tells rows apart; fill it in')
    parts = [cells[name].strip() for name in known.columns("title") if cells.get(name, "").strip()]
    publisher = known.of("publisher")[0].words
    return Article(
        text=text,
        title=f"{publisher} {number}: {', '.join(parts)}",
        published=_published(known, cells),
        publisher=publisher,
        url=key.words + quote(number, safe=""),
        dataset=known.name,
        fields=fields,
    )


def rendered(cells: Mapping[str, str]) -> tuple[str, tuple[Field, ...]]:
    r"""The text of a row, and where in it each value stands.

    >>> rendered({"id": "7", "notes": "", "place": "Orsk"})[0]
    'id: 7\nplace: Orsk'
    """
    lines: list[str] = []
    fields: list[Field] = []
    size = 0
    for column, value in cells.items():
        shown = _LINE_END.sub("; ", value.strip())
        if not shown:
            continue
        line = f"{column}: {shown}"
        fields.append(Field(column, Span(size + len(line) - len(shown), size + len(line))))
        lines.append(line)
        size += len(line) + 1
    return "\n".join(lines), tuple(fields)


def _published(known: Dataset, cells: Mapping[str, str]) -> str:
    """The last day in the columns of publication; a Unix time is one as well; else nothing."""
    for name in known.columns("published"):
        written: str = cells.get(name, "").strip()
        if re.fullmatch(r"\d{9,11}", written):
            return datetime.fromtimestamp(int(written), UTC).date().isoformat()
        days = [day for day in _DAY.findall(written) if _is_day(day)]
        if days:
            return str(max(days))
    return ""


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
