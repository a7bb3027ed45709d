"""Weekdays with what narrows or shifts them: "last Tuesday night", "Wednesday week"."""

from __future__ import annotations

import re
from datetime import date, timedelta

from kg.link.almanac import (
    COUNT,
    DAY,
    DAYS,
    HOURS,
    PART,
    PARTS,
    UNIT,
    Now,
    Range,
    count_of,
    days,
    months_later,
)

LEAD = (
    rf"(?P<lead>early|late|later|earlier|overnight|(?:the )?(?:early |late )?(?:{HOURS}|"
    rf"(?:{PART})s?))(?: of| on| in)?,?(?: the)?"
)
_WHICH = (
    r"this past|this coming|last|this|next|past|the past|the previous|previous|the following|"
    r"following|coming|the coming|the next|the last"
)
_WEEK = (
    r"last week|this week|next week|the week before|the previous week|the following week|week|"
    r"fortnight|last|next|before last|after next"
)
_WEEKDAY = re.compile(
    rf"(?:the )?(?:{LEAD} )?(?:(?P<first>last week|this week|next week|a week|a "
    rf"fortnight|two weeks)(?:'s)?(?: on)? )?(?:(?P<which>{_WHICH}) )?(?P<weekday>{DAY})"
    rf"(?:'s)?(?: (?P<edge>early|late))?(?:,? (?:in the |at )?(?P<part>{HOURS}|{PART}))?"
    rf"(?:,? (?:of |in )?(?P<week>{_WEEK}))?"
)
_WEEKS = {
    "last week": -7, "the week before": -7, "the previous week": -7, "this week": 0,
    "next week": 7, "the following week": 7,
}  # fmt: skip
_AHEAD = {"week": 7, "fortnight": 14, "a week": 7, "a fortnight": 14, "two weeks": 14}
_BACK = frozenset({"last", "past", "previous", "this past"})
_FORTH = frozenset({"next", "following", "coming", "this coming"})
_COUNTED = re.compile(
    rf"(?P<count>{COUNT}) (?P<unit>{UNIT})s? (?P<side>ago|from|after)(?: on)? (?P<day>(?:last |"
    rf"next |this )?(?:{DAY})|today|yesterday|tomorrow)"
)
_NAMED = {"today": 0, "yesterday": -1, "tomorrow": 1}


def night(part: str | None) -> bool:
    """Whether a part of a day reaches into the following day."""
    part = (part or "").removeprefix("the ").removeprefix("early ").removeprefix("late ")
    return part == "overnight" or PARTS.get(part.removesuffix("s"), "") == "night"


def weekly(text: str, now: Now) -> Range | None:
    """Weekdays alone, of a week, or counted in weeks from now."""
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        return counted(text, now)
    day = _day(match, now)
    late = night(match["part"]) or night(match["lead"])
    return days(day, day + timedelta(days=1) if late else day)


def _day(match: re.Match[str], now: Now) -> date:
    today = now.need()
    number = DAYS[match["weekday"]]
    back = (today.weekday() - number) % 7
    ahead = (number - today.weekday()) % 7
    which = (match["which"] or "").removeprefix("the ")
    week = match["week"] or match["first"] or ""
    if week in _WEEKS:
        return today + timedelta(days=number - today.weekday() + _WEEKS[week])
    if week in _AHEAD:
        return today + timedelta(days=ahead + _AHEAD[week])
    if week in ("before last", "after next"):
        return today + timedelta(
            days=(ahead or 7) + 7 if week == "after next" else -(back or 7) - 7
        )
    if which in _BACK or week == "last":
        return today - timedelta(days=back or 7)
    if which in _FORTH or week == "next":
        return today + timedelta(days=ahead or 7)
    if which == "this" and ahead < back:
        return today + timedelta(days=ahead)
    return today - timedelta(days=back) if now.past else today + timedelta(days=ahead)


def counted(text: str, now: Now) -> Range | None:
    """Units counted from a day near now: "a week ago today", "two weeks from Monday"."""
    match = _COUNTED.fullmatch(text)
    if match is None:
        return None
    today = now.need()
    ago = match["side"] == "ago"
    if match["day"] in _NAMED:
        base = today + timedelta(days=_NAMED[match["day"]])
    else:
        past = ago or match["side"] == "after" and now.past
        found = weekly(match["day"], Now(today, past=past))
        if found is None or found.first is None:
            return None
        base = found.first
    count = int(count_of(match["count"])) * (-1 if ago else 1)
    unit = match["unit"]
    if unit in ("day", "night", "week", "fortnight"):
        day = base + timedelta(days=count * {"week": 7, "fortnight": 14}.get(unit, 1))
    elif unit in ("month", "year", "decade"):
        day = months_later(base, count * {"month": 1, "year": 12}.get(unit, 120))
    else:
        return None
    return days(day, day)
