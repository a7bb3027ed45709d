"""Times counted from the day of publication: "this week", "the past 24 hours", "in two days"."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from kg.link.almanac import (
    AROUND,
    COUNT,
    EDGES,
    MONTH,
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
    running,
    unit_of,
    week_of,
    year_of,
)


def running_unit(text: str, now: Now) -> Range | None:
    """This, last and next week, weekend, month, year, decade, century."""
    match = re.fullmatch(
        rf"(?:the |so far )?{EDGES}(?P<which>this past|this coming|this|last|next|past|previous|"
        r"coming|following|the) "
        r"(?P<unit>week|weekend|month|year|decade|century|fortnight|hour|day)(?:'s)?",
        text,
    )
    if match is None:
        return _distant(text, now) or _which_month(text, now)
    today = now.need()
    which = match["which"].removeprefix("this ")
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


def _distant(text: str, now: Now) -> Range | None:
    """The week before last, the year after next, the night before last."""
    match = re.fullmatch(
        r"(?:the )?(?P<unit>night|week|weekend|fortnight|month|year) "
        r"(?P<side>before last|after next)",
        text,
    )
    if match is None:
        return None
    today = now.need()
    step = -2 if match["side"] == "before last" else 2
    if match["unit"] == "night":
        return days(today + timedelta(days=step), today + timedelta(days=step + 1))
    if match["unit"] == "fortnight":
        return days(
            today + timedelta(days=14 * step), today + timedelta(days=14 * (step + 1)), "Week"
        )
    if match["unit"] == "weekend":
        nearest = unit_of(today, "weekend", 1 if step > 0 else -1, now)
        if nearest.first is None:
            return None
        first = nearest.first + timedelta(days=7 if step > 0 else -7)
        return days(first, first + timedelta(days=1))
    return unit_of(today, match["unit"], step, now)


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
    """As in "The past 24 hours", "recent weeks", "three weeks ago", "in three days"."""
    match = re.fullmatch(
        rf"(?:the )?(?P<which>this past|past|last|previous|preceding|recent|coming|next|following)"
        rf"(?: (?P<around>{AROUND}))*(?: (?P<count>{COUNT}))?(?: (?:or|to) (?:{COUNT}))?[ -]"
        rf"(?P<unit>{UNIT})(?P<many>s?)(?: period)?",
        text,
    )
    if match and (match["count"] or match["many"] or match["which"] == "this past"):
        ahead = match["which"] in ("coming", "next", "following")
        if match["which"] == "following" and now.past:
            return None
        count = match["count"] or ("" if match["many"] else "a")
        return _past(count_of(count) if count else 0, match["unit"], now, ahead=ahead)
    match = re.fullmatch(
        rf"(?:(?:{AROUND}) )*(?P<count>{COUNT})?(?: (?:or|to) (?:{COUNT}))?(?:(?:^| )"
        rf"(?P<unit>{UNIT})s?) ago",
        text,
    )
    if match:
        return _counted(match["count"] or "", match["unit"], now)
    match = re.fullmatch(
        rf"(?P<in>in )?(?:(?:{AROUND}) )*(?P<count>{COUNT})(?: (?:or|to) (?:{COUNT}))? "
        rf"(?P<unit>{UNIT})s?(?P<sure>'s? time| from now| hence)?",
        text,
    )
    if match and (match["sure"] or match["in"] and not now.past):
        return _counted(match["count"], match["unit"], now, ahead=True)
    match = re.fullmatch(
        rf"within (?:the )?(?:next |coming )?(?:(?:{AROUND}) )*(?P<count>{COUNT}) "
        rf"(?P<unit>{UNIT})s?",
        text,
    )
    if match and not now.past:
        return _past(count_of(match["count"]), match["unit"], now, ahead=True)
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


def _counted(words: str, unit: str, now: Now, *, ahead: bool = False) -> Range | None:
    """A day, calendar week, month or year so far away; vague counts give no more than an end."""
    today = now.need()
    if not words or words in VAGUE:
        return _vaguely(words, unit, now, ahead=ahead)
    sign = 1 if ahead else -1
    count = sign * count_of(words)
    if unit in ("second", "minute", "hour"):
        other = today + timedelta(days=int((count if unit == "hour" else 0) / 24))
        return days(min(other, today), max(other, today))
    if unit in ("day", "night"):
        day = today + timedelta(days=int(count))
        return days(day, day)
    if unit in ("week", "fortnight"):
        return week_of(today + timedelta(days=int((14 if unit == "fortnight" else 7) * count)))
    if unit == "weekend":
        return unit_of(today + timedelta(days=7 * int(count)), "weekend", 0, now)
    if unit == "month":
        then = months_later(today, int(count))
        return month_of(then.year, then.month)
    if unit == "year" and count != int(count):
        then = months_later(today, int(12 * count))
        return month_of(then.year, then.month)
    return year_of(today.year + int(count * {"year": 1, "decade": 10}.get(unit, 100)))


def _vaguely(words: str, unit: str, now: Now, *, ahead: bool) -> Range:
    """ "A few days ago", "in some weeks": a wide stretch, or no more than the side it lies on."""
    today = now.need()
    sign = 1 if ahead else -1
    if unit in ("second", "minute", "hour"):
        other = today + timedelta(days=sign)
        return days(min(other, today), max(other, today))
    if not words or count_of(words) == 0:
        return Range(today, None, "Unknown") if ahead else Range(None, today, "Unknown")
    wide = {"day": (2, 9), "night": (2, 9), "week": (14, 63), "fortnight": (28, 90)}.get(unit)
    if wide:
        ends = (today + timedelta(days=sign * wide[0]), today + timedelta(days=sign * wide[1]))
        return days(min(ends), max(ends), "Week")
    months = {"month": (2, 9), "year": (24, 108)}.get(unit, (240, 1080))
    ends = (months_later(today, sign * months[0]), months_later(today, sign * months[1]))
    return days(min(ends), max(ends), "Month" if unit == "month" else "Year")
