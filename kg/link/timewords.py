"""Words that name days: one rule per family, each gives the days or None.

The words come in lower case, without prepositions ("last tuesday", "24 february 2022").
"""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta
from functools import cache

from kg import ontology
from kg.link.almanac import (
    DAY,
    HOURS,
    MONTH,
    PART,
    Now,
    Range,
    days,
    month_number,
    months_later,
    year_number,
)
from kg.link.weekdays import LEAD, night


def absolute(text: str, now: Now) -> Range | None:
    """ISO and dotted dates, day and month with or without a year."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:t.*)?", text)
    if match:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return days(day, day)
    match = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d)", text)
    if match:
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        first, second = int(match[1]), int(match[2])
        if "/" in text and first <= 12 and second <= 12 and first != second:
            return days(min(date(year, first, second), date(year, second, first)),
                         max(date(year, first, second), date(year, second, first)),
                         "Unknown")  # fmt: skip
        day = date(year, first, second) if second > 12 else date(year, second, first)
        return days(day, day)
    return _dated(text, now)


_TO = r"(?: ?(?:-|/|to|and|or|until|till|through) ?|, )(?:the )?"
_DATED = re.compile(
    rf"(?:the )?(?:{LEAD} )?(?:(?P<weekday>{DAY})(?: (?P<part>{PART}))?,? (?:the )?)?"
    rf"(?:(?P<day>\d{{1,2}})(?:, \d{{1,2}})*(?:{_TO}(?P<until>\d{{1,2}}))?(?: of)? "
    rf"(?P<month>{MONTH})"
    rf"|(?P<month2>{MONTH}) (?:the )?(?P<day2>\d{{1,2}})(?:, \d{{1,2}})*(?:{_TO}"
    r"(?P<until2>\d{1,2}))?)"
    r"(?:,? (?:of )?(?P<year>\d{4}|this year|last year|next year))?"
    rf"(?:,? (?:in the |at )?(?P<tail>early|late|{HOURS}|{PART}))?"
)


def _dated(text: str, now: Now) -> Range | None:
    match = _DATED.fullmatch(text)
    if match is None:
        return None
    month = month_number(match["month"] or match["month2"])
    first = int(match["day"] or match["day2"])
    last = int(match["until"] or match["until2"] or first)
    if match["year"]:
        year = year_number(match["year"], now)
    else:
        today = now.need()
        year = today.year
        this = (
            date(year, month, first) if _valid(year, month, first) else date(year - 1, month, first)
        )
        if now.past and this > today:
            year -= 1
        elif not now.past and this < today:
            year += 1
    begin = date(year, month, first)
    end = (
        date(year, month, last) if last >= first else date(year + month // 12, month % 12 + 1, last)
    )
    late = any(night(match[name]) for name in ("lead", "tail", "part"))
    return days(begin, end + timedelta(days=1) if late and begin == end else end)


_DAY_OF_MONTH = re.compile(
    rf"(?:the )?(?:{LEAD} )?(?:(?:{DAY}),? )?(?:the )?(?P<day>\d{{1,2}})"
    rf"(?:{_TO}(?P<until>\d{{1,2}}))?"
    r"(?: of (?P<which>this|last|next|the) month)?"
)


def monthday(text: str, now: Now) -> Range | None:
    """A day by its number alone: "the 22nd", "the 5th of this month", "the night of the 3rd"."""
    match = _DAY_OF_MONTH.fullmatch(text)
    if match is None or "the " not in text:
        return None
    today = now.need()
    number = int(match["day"])
    last = int(match["until"] or number)
    step = {"last": -1, "next": 1}.get(match["which"] or "", 0)
    if match["which"]:
        month = months_later(today.replace(day=1), step)
    else:
        months = [months_later(today.replace(day=1), n) for n in (-2, -1, 0, 1, 2)]
        months = [m for m in months if _valid(m.year, m.month, max(number, last))]
        ordered = (
            [m for m in months if m.replace(day=number) <= today][::-1]
            if now.past
            else [m for m in months if m.replace(day=number) >= today]
        )
        month = ordered[0]
    first, end = month.replace(day=number), month.replace(day=max(number, last))
    late = night(match["lead"]) and first == end
    return days(first, end + timedelta(days=1) if late else end)


def _valid(year: int, month: int, day: int) -> bool:
    return day <= calendar.monthrange(year, month)[1]


def named_day(text: str, now: Now) -> Range | None:
    """Today, yesterday, overnight, New Year's Eve, parts of the day of publication."""
    match = re.fullmatch(
        rf"(?:(?:the )?(?:(?P<edge>early|late|later|earlier|{HOURS}|{PART})(?: of)? )?"
        rf"(?P<day>today|yesterday|tomorrow|tonight|overnight|(?:the )?day before yesterday|"
        rf"(?:the )?day after tomorrow)(?:'s)?(?:,? (?P<part>{PART}))?"
        rf"|(?:the )?(?:(?:early|late|{HOURS})(?: of| in the|,)? )?(?P<which>last|this) "
        rf"(?P<part2>{PART})"
        rf"|(?:the )?(?:early |late )?(?:in the )?(?:hours of (?:the )?)?(?:{HOURS} of (?:the )?)?"
        rf"(?P<part3>{HOURS}|{PART}))",
        text,
    )
    if match is None:
        return _holiday(text, now)
    today = now.need()
    word = (match["day"] or "").removeprefix("the ")
    shift = {
        "yesterday": -1,
        "tomorrow": 1,
        "day before yesterday": -2,
        "day after tomorrow": 2,
    }.get(word, 0)
    day = today + timedelta(days=shift)
    part = match["part"] or match["part2"] or match["part3"] or match["edge"] or ""
    if match["which"] == "last" and not night(part):
        return days(today - timedelta(days=1), today - timedelta(days=1))
    if word == "overnight" or match["which"] == "last":
        return (
            days(today - timedelta(days=1), today)
            if now.past
            else days(today, today + timedelta(days=1))
        )
    if word == "tonight" or night(part):
        if not word and now.past:
            return days(today - timedelta(days=1), today)
        return days(day, day + timedelta(days=1))
    return days(day, day)


@cache
def _holidays() -> dict[str, tuple[int, int]]:
    rows = ontology.rows("lexicon/holidays.tsv")
    return {row["name"]: (int(row["month"]), int(row["day"])) for row in rows}


def _holiday(text: str, now: Now) -> Range | None:
    match = re.fullmatch(r"(?:the )?(.+?)(?:,? (\d{4}|this year|last year|next year))?", text)
    fixed = _holidays().get(match[1]) if match else None
    if match is None or fixed is None:
        return None
    month, day = fixed
    if match[2]:
        found = date(year_number(match[2], now), month, day)
        return days(found, found)
    today = now.need()
    years = [date(today.year + shift, month, day) for shift in (-1, 0, 1)]
    found = (
        [y for y in years if y <= today][-1] if now.past else next(y for y in years if y >= today)
    )
    return days(found, found)
