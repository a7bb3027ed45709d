"""Words that name days: one rule per family, each gives the days or None.

The words come in lower case, without prepositions ("last tuesday", "24 february 2022").
"""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta

from kg.link.almanac import (
    AROUND,
    COUNT,
    DAY,
    DAYS,
    MONTH,
    PART,
    SEASON,
    SEASONS,
    UNIT,
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
    unit_of,
    week_of,
    year_of,
)

_EDGES = (
    r"(?:(?P<edge>(?:very )?early|late|mid|middle of|later|earlier|(?:the )?(?:start|"
    r"beginning|end|middle|close|turn) of|"
    r"(?:the )?(?:first|second|early|late|latter|opening|closing|final) (?:half|part|"
    r"days|weeks|months|hours) of)[ -]"
    r"(?:on |in |the )*)?"
)


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


_DATED = re.compile(
    rf"(?:the )?(?:(?P<lead>early|late|overnight|(?:the )?(?:{PART})s?)(?: of| on|,)?(?: the)? )?"
    rf"(?:(?P<weekday>{DAY})(?: (?P<part>{PART}))?,? (?:the )?)?"
    rf"(?:(?P<day>\d{{1,2}})(?: ?(?:-|to|and|or) ?(?P<until>\d{{1,2}}))?(?: of)? "
    rf"(?P<month>{MONTH})"
    rf"|(?P<month2>{MONTH}) (?P<day2>\d{{1,2}})(?: ?(?:-|to|and|or) ?(?P<until2>\d{{1,2}}))?)"
    r"(?:,? (?P<year>\d{4}))?(?:,? (?:in the |at )?(?P<tail>early|late|morning|afternoon|"
    r"evening|night|dawn|noon|midnight))?"
)


def _dated(text: str, now: Now) -> Range | None:
    match = _DATED.fullmatch(text)
    if match is None:
        return None
    month = month_number(match["month"] or match["month2"])
    first = int(match["day"] or match["day2"])
    last = int(match["until"] or match["until2"] or first)
    if match["year"]:
        year = int(match["year"])
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
    night = "night" in (match["lead"] or "") or "night" in (
        (match["tail"] or ""),
        (match["part"] or ""),
    )
    return days(begin, end + timedelta(days=1) if night and begin == end else end)


def _valid(year: int, month: int, day: int) -> bool:
    return day <= calendar.monthrange(year, month)[1]


def monthly(text: str, now: Now) -> Range | None:
    """Months, quarters, seasons, years and decades, whole or at an edge."""
    match = re.fullmatch(
        rf"(?:the )?{_EDGES}(?:of )?(?P<month>{MONTH})(?:,| of)? ?(?P<year>\d{{4}}|this year|"
        rf"last year)?",
        text,
    )
    if match:
        return edge_of(
            _in_year(month_number(match["month"]), match["year"], now), match["edge"] or ""
        )
    match = re.fullmatch(rf"(?:the )?{_EDGES}(?P<year>(?:1[6-9]|20)\d\d)", text)
    if match:
        return edge_of(year_of(int(match["year"])), match["edge"] or "")
    match = re.fullmatch(
        rf"(?:the )?{_EDGES}(?P<which>last |this |next |the )?(?P<season>{SEASON})(?: of)? "
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
    match = re.fullmatch(
        r"(?:the )?(?:(first|second|third|fourth) quarter of|q([1-4])) (\d{4})", text
    )
    if match:
        quarter = int(match[2] or 1 + ("first", "second", "third", "fourth").index(match[1]))
        year = int(match[3])
        return days(
            date(year, 3 * quarter - 2, 1),
            month_of(year, 3 * quarter).last or date(year, 12, 31),
            "Month",
        )
    return None


def _in_year(month: int, year: str | None, now: Now) -> Range:
    if year is None or not year:
        return nearest_month(month, now)
    if year.isdigit():
        return month_of(int(year), month)
    return month_of(now.need().year - (year == "last year"), month)


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
        rf"(?:(?P<edge>early|late|later|earlier) )?(?P<day>today|yesterday|tomorrow|tonight|"
        rf"overnight|the day before yesterday|"
        rf"the day after tomorrow)(?: (?P<part>{PART}))?|(?P<last>last|this) (?P<part2>{PART})|"
        rf"(?P<edge2>early|late) (?:in the )?(?P<part3>{PART})|(?:the )?(?:early |late )"
        rf"?(?:hours of the )?(?P<part4>{PART})",
        text,
    )
    if match is None:
        return _holiday(text, now)
    today = now.need()
    word = match["day"] or ""
    shift = {
        "yesterday": -1,
        "tomorrow": 1,
        "the day before yesterday": -2,
        "the day after tomorrow": 2,
    }.get(word, 0)
    day = today + timedelta(days=shift)
    part = match["part"] or match["part2"] or match["part3"] or match["part4"] or ""
    if word == "overnight" or match["last"] == "last":
        return (
            days(today - timedelta(days=1), today)
            if now.past
            else days(today, today + timedelta(days=1))
        )
    if word == "tonight" or part == "night":
        if not word and now.past:
            return days(today - timedelta(days=1), today)
        return days(day, day + timedelta(days=1))
    return days(day, day)


def _holiday(text: str, now: Now) -> Range | None:
    match = re.fullmatch(
        r"(new year's eve|new year's day|christmas eve|christmas day|christmas)(?:,? (\d{4}))?",
        text,
    )
    if match is None:
        return None
    month_day = {
        "new year's eve": "12-31",
        "new year's day": "01-01",
        "christmas eve": "12-24",
    }.get(match[1], "12-25")
    month, day = (int(part) for part in month_day.split("-"))
    if match[2]:
        found = date(int(match[2]), month, day)
        return days(found, found)
    today = now.need()
    years = [date(today.year + shift, month, day) for shift in (-1, 0, 1)]
    found = (
        [y for y in years if y <= today][-1] if now.past else next(y for y in years if y >= today)
    )
    return days(found, found)


_WEEKDAY = re.compile(
    rf"(?:the )?(?:(?P<lead>early|late|later|earlier|overnight|(?:early |late )?(?:hours|"
    rf"{PART})s?)(?: of| on| in)?(?: the)? )?"
    rf"(?:(?P<which>last|this|next|past|the previous|previous|the following|coming|the "
    rf"coming) )?(?P<weekday>{DAY})s?"
    rf"(?: (?P<edge>early|late))?(?:,? (?:in the |at )?(?P<part>{PART}))?(?: "
    rf"(?P<week>last week|this week|next week))?"
)


def weekly(text: str, now: Now) -> Range | None:
    """Weekdays with what narrows or shifts them."""
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        return None
    today = now.need()
    number = DAYS.index(match["weekday"])
    back = (today.weekday() - number) % 7
    ahead = (number - today.weekday()) % 7
    which = (match["which"] or "").removeprefix("the ")
    if match["week"]:
        weeks = {"last week": -7, "this week": 0, "next week": 7}[match["week"]]
        day = today - timedelta(days=today.weekday()) + timedelta(days=number + weeks)
    elif which in ("last", "past", "previous"):
        day = today - timedelta(days=back or 7)
    elif which in ("next", "following", "coming"):
        day = today + timedelta(days=ahead or 7)
    else:
        day = today - timedelta(days=back) if now.past else today + timedelta(days=ahead)
    night = (
        "night" in ((match["part"] or ""), (match["lead"] or "").rstrip("s"))
        or (match["lead"] or "") == "overnight"
    )
    return days(day, day + timedelta(days=1) if night else day)


def running_unit(text: str, now: Now) -> Range | None:
    """This, last and next week, weekend, month, year, decade, century."""
    match = re.fullmatch(
        rf"(?:the )?{_EDGES}(?P<which>this|last|next|past|previous|coming|following|the) "
        r"(?P<unit>week|weekend|month|year|decade|century|fortnight|hour|day)(?:'s)?",
        text,
    )
    if match is None:
        return _which_month(text, now)
    today = now.need()
    which = match["which"]
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(
        which, 0
    )
    if which == "past" or (which == "coming" and match["unit"] != "weekend"):
        return _past(1, match["unit"], now, ahead=which == "coming")
    unit = match["unit"]
    if unit in ("hour", "day"):
        if which not in ("this", "last"):
            return None
        return days(today - timedelta(days=1 if which == "last" else 0), today)
    found = unit_of(today, unit, step, now)
    edge = match["edge"] or ""
    if step == 0 and unit != "weekend" and edge in ("", "earlier", "later"):
        return running(found, replace(now, past=edge == "earlier" or now.past and edge != "later"))
    return edge_of(found, edge)


def _which_month(text: str, now: Now) -> Range | None:
    """As in "Last May", "next October", "this March"."""
    match = re.fullmatch(rf"(last|this|next) ({MONTH})", text)
    if match is None:
        return None
    month = month_number(match[2])
    today = now.need()
    if match[1] == "this":
        return month_of(today.year, month)
    if match[1] == "last":
        return month_of(today.year - (month >= today.month), month)
    return month_of(today.year + (month <= today.month), month)


def relative(text: str, now: Now) -> Range | None:
    """As in "The past 24 hours", "recent weeks", "three weeks ago", "the coming days"."""
    match = re.fullmatch(
        rf"(?:the )?(?P<which>past|last|previous|preceding|recent|coming|next|following)"
        rf"(?: (?P<around>{AROUND}))?(?: (?P<count>{COUNT}))?(?: or (?:{COUNT}))? "
        rf"(?P<unit>{UNIT})(?P<many>s?)",
        text,
    )
    if match and (match["count"] or match["many"]):
        ahead = match["which"] in ("coming", "next", "following")
        count = match["count"] or ""
        return _past(count_of(count) if count else 0, match["unit"], now, ahead=ahead)
    match = re.fullmatch(
        rf"(?:(?P<around>{AROUND}) )?(?P<count>{COUNT})?(?: or (?:{COUNT}))?(?:(?:^| )"
        rf"(?P<unit>{UNIT})s?) ago",
        text,
    )
    if match:
        return _ago(match["count"] or "", match["unit"], now)
    match = re.fullmatch(
        rf"(?:the )?(?:past|last|next|coming) (?P<count>\d+|{COUNT})[ -](?P<unit>{UNIT})(?: "
        rf"period)?",
        text,
    )
    if match:
        return _past(
            count_of(match["count"]), match["unit"], now, ahead="next" in text or "coming" in text
        )
    if text in ("recently", "lately", "not long ago"):
        day = now.need()
        return days(months_later(day, -1), day, "Unknown")
    if text == "this time last year":
        return month_of(now.need().year - 1, now.need().month)
    return None


def _past(count: float, unit: str, now: Now, *, ahead: bool) -> Range:
    """The stretch of time that ends (or begins) on the day of publication; 0 is "recent"."""
    today = now.need()
    sign = 1 if ahead else -1
    if unit in ("second", "minute", "hour"):
        hours = count if unit == "hour" else 1
        other = today + sign * timedelta(days=max(1, -(-int(hours or 24) // 24)))
        precision = "Day"
    elif unit in ("day", "night"):
        other, precision = (
            today + sign * timedelta(days=int(count) or 7),
            "Day" if count else "Week",
        )
    elif unit == "weekend":
        return unit_of(today, "weekend", sign, now)
    elif unit in ("week", "fortnight"):
        width = (14 if unit == "fortnight" else 7) * count
        other, precision = (
            (today + sign * timedelta(days=int(width)), "Week")
            if count
            else (months_later(today, sign), "Month")
        )
    elif unit == "month":
        other, precision = months_later(today, sign * (int(count) or 6)), "Month"
    else:
        years = {"year": 1, "decade": 10}.get(unit, 100)
        other, precision = months_later(today, sign * int(12 * years * (count or 3))), "Year"
    return days(today, other, precision) if ahead else days(other, today, precision)


def _ago(words: str, unit: str, now: Now) -> Range | None:
    """A day, calendar week, month or year in the past; vague counts give no more than an end."""
    today = now.need()
    if not words or words in VAGUE:
        if unit in ("second", "minute", "hour"):
            return days(today - timedelta(days=1), today)
        if not words or words in ("many", "some", "dozens of"):
            return Range(None, today, "Unknown")
        wide = {"day": (2, 9), "night": (2, 9), "week": (14, 63), "fortnight": (28, 90)}.get(unit)
        if wide:
            return days(today - timedelta(days=wide[1]), today - timedelta(days=wide[0]), "Week")
        months = {"month": (2, 9), "year": (24, 108)}.get(unit, (240, 1080))
        return days(
            months_later(today, -months[1]),
            months_later(today, -months[0]),
            "Month" if unit == "month" else "Year",
        )
    count = count_of(words)
    if unit in ("second", "minute", "hour"):
        hours = count if unit == "hour" else 0
        return days(today - timedelta(days=int(hours) // 24), today)
    if unit in ("day", "night"):
        day = today - timedelta(days=int(count))
        return days(day, day)
    if unit in ("week", "fortnight"):
        return week_of(today - timedelta(days=int((14 if unit == "fortnight" else 7) * count)))
    if unit == "weekend":
        return unit_of(today - timedelta(days=7 * int(count)), "weekend", 0, now)
    if unit == "month":
        then = months_later(today, -int(count))
        return month_of(then.year, then.month)
    if unit == "year":
        if count != int(count):
            then = months_later(today, -int(12 * count))
            return month_of(then.year, then.month)
        return year_of(today.year - int(count))
    return year_of(today.year - int(count * (10 if unit == "decade" else 100)))
