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
    COUNT,
    DAY,
    EDGES,
    HOURS,
    MONTH,
    ORDINALS,
    PART,
    SEASON,
    SEASONS,
    VAGUE,
    Now,
    Range,
    count_of,
    days,
    edge_of,
    month_number,
    month_of,
    months_later,
    nearest_month,
    running,
    year_of,
)
from kg.link.running import running_unit
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


def year_number(words: str, now: Now) -> int:
    """The year that "2031", "this year", "last year", "next year" or "the year" names."""
    if words.isdigit():
        return int(words)
    return now.need().year + {"last": -1, "next": 1}.get(words.split()[0], 0)


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


def monthly(text: str, now: Now) -> Range | None:
    """Months, quarters, seasons, years and decades, whole or at an edge."""
    match = re.fullmatch(
        rf"(?:the )?{EDGES}(?:of |month of )?(?P<month>{MONTH})(?:,| of)? ?(?P<year>\d{{4}}|"
        rf"this year|last year|next year)?",
        text,
    )
    if match:
        return edge_of(
            _in_year(month_number(match["month"]), match["year"], now), match["edge"] or ""
        )
    match = re.fullmatch(rf"(?:the )?{EDGES}(?P<year>(?:1[6-9]|20)\d\d)", text)
    if match:
        return edge_of(year_of(int(match["year"])), match["edge"] or "")
    match = re.fullmatch(
        rf"(?:the )?{EDGES}(?P<which>last |this |next |the )?(?P<season>{SEASON})(?: of)? "
        rf"?(?P<year>\d{{4}})?",
        text,
    )
    if match:
        return _season(match["season"], (match["which"] or "").strip(), match["year"], now)
    match = re.fullmatch(r"(?:the )?(?:(?P<edge>early|mid|late)[ -])?(?P<decade>\d{3}0)s", text)
    if match:
        year = int(match["decade"])
        low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(
            match["edge"] or "", (0, 9)
        )
        return days(date(year + low, 1, 1), date(year + high, 12, 31), "Year")
    return _quarter(text, now) or _first_units(text, now)


def _quarter(text: str, now: Now) -> Range | None:
    """A quarter of a year: of the one named, or the latest one."""
    match = re.fullmatch(
        r"(?:the )?(?:(?P<which>first|second|third|fourth|last) quarter|q(?P<number>[1-4]))"
        r"(?:(?: of)? (?P<year>\d{4}|this year|last year|next year|the year))?",
        text,
    )
    if match is None:
        return None
    number = int(match["number"] or ORDINALS.get(match["which"], 4))
    year = year_number(match["year"], now) if match["year"] else now.need().year
    if not match["year"] and match["which"] == "last":
        quarter = (now.need().month - 1) // 3
        number, year = (quarter, year) if quarter else (4, year - 1)
    elif not match["year"] and now.past and date(year, 3 * number - 2, 1) > now.need():
        year -= 1
    return days(
        date(year, 3 * number - 2, 1),
        month_of(year, 3 * number).last or date(year, 12, 31),
        "Month",
    )


def _first_units(text: str, now: Now) -> Range | None:
    """As in "The first three months of 2031", "the last ten days of May"."""
    match = re.fullmatch(
        rf"(?:the )?(?P<which>first|last|final|opening|closing) (?P<count>{COUNT}) "
        rf"(?P<unit>day|week|month)s? of (?P<whole>.+)",
        text,
    )
    if match is None or match["count"] in VAGUE:
        return None
    whole = monthly(match["whole"], now) or running_unit(match["whole"], now)
    if whole is None or whole.first is None or whole.last is None:
        return None
    count = int(count_of(match["count"]))
    precision = {"day": "Day", "week": "Week"}.get(match["unit"], "Month")

    def shifted(day: date, sign: int) -> date:
        if match["unit"] == "month":
            return months_later(day, sign * count)
        return day + timedelta(days=sign * count * (7 if match["unit"] == "week" else 1))

    one = timedelta(days=1)
    if match["which"] in ("first", "opening"):
        return days(whole.first, min(whole.last, shifted(whole.first, 1) - one), precision)
    return days(max(whole.first, shifted(whole.last + one, -1)), whole.last, precision)


def _in_year(month: int, year: str | None, now: Now) -> Range:
    return month_of(year_number(year, now), month) if year else nearest_month(month, now)


def _season(season: str, which: str, year: str | None, now: Now) -> Range:
    first, last = SEASONS[season]

    def of(number: int) -> Range:
        end = number + 1 if last < first else number
        return days(date(number, first, 1), month_of(end, last).last or date(end, 12, 31), "Month")

    if year:
        return of(int(year))
    today = now.need()
    options = [of(number) for number in range(today.year - 2, today.year + 3)]
    if which == "last":
        return [o for o in options if o.last is not None and o.last < today][-1]
    if which == "next":
        return next(o for o in options if o.first is not None and o.first > today)
    if now.past:
        return running([o for o in options if o.first is not None and o.first <= today][-1], now)
    return running(next(o for o in options if o.last is not None and o.last >= today), now)


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
