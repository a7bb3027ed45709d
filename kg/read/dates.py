"""Days of publication: read strictly, never guessed."""

from __future__ import annotations

import re
from datetime import date, datetime

from kg.errors import DocumentError

_ISO = re.compile(r"(\d{4}-\d{2}-\d{2}|\d{8})(?:$|[T ])")
_NAMED = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_NUMERIC = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2\d{4}\b")
_DATELINE = re.compile(
    r"(?:[A-Z][a-z]+day,? )?(?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8}),? \d{4}\.?$"
)
_SETTINGS = {
    "STRICT_PARSING": True,
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
}


def published(text: str) -> date:
    """The calendar day that a date of publication names, in the publisher's own time zone.

    >>> published("2024-08-07T23:30:00Z")
    datetime.date(2024, 8, 7)
    >>> published("Wed, 7 August 2024")
    datetime.date(2024, 8, 7)

    Raises:
        DocumentError: not a full date, no such day, or a day and month that may be swapped.
    """
    written = text.strip()
    iso = _ISO.match(written)
    if iso:
        try:
            return date.fromisoformat(iso[1])
        except ValueError as error:
            raise _broken(written) from error
    numeric = _NUMERIC.match(written)
    if numeric and int(numeric[1]) <= 12 and int(numeric[3]) <= 12 and numeric[1] != numeric[3]:
        raise DocumentError(f'"{written}" may be day or month first; use YYYY-MM-DD')
    found = _parsed(written)
    if found is None:
        raise _broken(written)
    return found.date()


def dateline(text: str) -> str:
    r"""One of the first three lines with words where it is nothing but a full date, else nothing.

    >>> dateline("Port shelled\n\nMonday, May 9, 2031\nThe port was shelled.")
    'Monday, May 9, 2031'
    >>> dateline("Nobody was hurt on May 9, 2031\nThe port was shelled.")
    ''
    """
    lines = [line.strip() for line in text[:2000].split("\n") if line.strip()]
    for line in lines[:3]:
        if _DATELINE.match(line) and _parsed(line):
            return line
    return ""


def day_in_name(file: str) -> date | None:
    """The one ISO date in a file name, None without or with several different ones.

    >>> day_in_name("orsk-2031-05-09.txt")
    datetime.date(2031, 5, 9)
    """
    days: set[date] = set()
    for found in _NAMED.findall(file):
        try:
            days.add(date.fromisoformat(found))
        except ValueError:
            continue
    return days.pop() if len(days) == 1 else None


def _parsed(written: str) -> datetime | None:
    import dateparser

    found: datetime | None = dateparser.parse(written, languages=["en"], settings=_SETTINGS)
    return found


def _broken(written: str) -> DocumentError:
    shown = written if len(written) <= 60 else written[:60] + "…"
    return DocumentError(f'"{shown}" is not a date; use YYYY-MM-DD')
