"""Months, quarters, seasons, years and decades, whole or at an edge."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.link.almanac import (
    COUNT,
    EDGES,
    MONTH,
    ORDINALS,
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
    year_number,
    year_of,
)
from kg.link.running import running_unit


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
        r"(?:the )?(?:(?P<which>first|second|third|fourth|last|this|next) quarter|"
        r"q(?P<number>[1-4]))"
        r"(?:(?: of)? (?P<year>\d{4}|this year|last year|next year|the year))?",
        text,
    )
    if match is None:
        return None
    number = int(match["number"] or ORDINALS.get(match["which"], 4))
    year = year_number(match["year"], now) if match["year"] else now.need().year
    step = {"last": -1, "this": 0, "next": 1}.get(match["which"] or "")
    if not match["year"] and step is not None:
        shift, number = divmod((now.need().month - 1) // 3 + step, 4)
        number, year = number + 1, year + shift
    elif not match["year"] and now.past and date(year, 3 * number - 2, 1) > now.need():
        year -= 1
    found = days(
        date(year, 3 * number - 2, 1),
        month_of(year, 3 * number).last or date(year, 12, 31),
        "Month",
    )
    return running(found, now) if match["which"] == "this" else found


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
