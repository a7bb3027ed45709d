"""What is told by the time of another event: "two days later", "the next day", "that night"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from kg.link.almanac import (
    AROUND,
    COUNT,
    DAY,
    DAYS,
    HOURS,
    MONTH,
    PART,
    UNIT,
    VAGUE,
    Range,
    coarser,
    count_of,
    days,
    month_number,
    month_of,
    months_later,
    week_of,
    year_of,
)
from kg.link.weekdays import night

_SAME = re.compile(
    rf"(?:earlier |later |early |late )?(?:(?:the |that )?same|that|this same|the very) "
    rf"(?P<unit>day|week|month|year|{HOURS}|{PART}|{DAY}|{MONTH})"
    r"|(?:later|earlier|late|early) (?:in|on) (?:the|that) (?P<unit2>day)"
)
_NEXT = re.compile(
    rf"(?:the )?(?P<side>following|previous|preceding|(?<=the )next|next(?= (?:day|{PART})$)) "
    rf"(?P<unit>day|week|month|year|{HOURS}|{PART}|{DAY})(?:'s)?"
    rf"|(?:the )?(?P<unit2>day|week|month|year|{HOURS}|{PART}) (?P<side2>before|after)"
)
_LATER = re.compile(
    rf"(?:(?:{AROUND}) )*(?P<count>{COUNT})? ?(?P<unit>{UNIT})s? "
    rf"(?P<side>earlier|later|before|after|previously|afterwards|prior|beforehand)"
)
_BEFORE = frozenset({"earlier", "before", "previously", "prior", "beforehand", "previous",
                     "preceding"})  # fmt: skip
_FINE = frozenset({"Hour", "Day"})
_RUNNING = re.compile(r"^(?:in|over|within|during|for|throughout) (?:the )?next\b")


@dataclass(frozen=True, slots=True)
class Anchor:
    """The days of the event told before, with their precision."""

    first: date
    last: date
    precision: str

    @property
    def fine(self) -> bool:
        """Whether its day is known."""
        return self.precision in _FINE and (self.last - self.first).days <= 1


def anchored(text: str, words: str, anchor: Anchor) -> Range | None:
    """The days that words mean by the time of the event told before.

    Args:
        text: the expression with its prepositions, in lower case.
        words: the same without prepositions and clock time.
        anchor: when that event was.

    Returns:
        The days, or None where the words do not lean on another event, or where that event
        is not known well enough for them.
    """
    match = _SAME.fullmatch(words)
    if match:
        return _same(match["unit"] or match["unit2"], anchor)
    match = _NEXT.fullmatch(words)
    if match and not _RUNNING.match(text):
        sign = -1 if (match["side"] or match["side2"]) in _BEFORE else 1
        return _beside(match["unit"] or match["unit2"], sign, anchor)
    match = _LATER.fullmatch(words)
    if match is None or (match["count"] or "") in VAGUE:
        return None
    sign = -1 if match["side"] in _BEFORE else 1
    if match["count"] is None:
        return _within(anchor) if match["unit"] in ("second", "minute", "hour") else None
    return moved(anchor, sign * count_of(match["count"]), match["unit"])


def _within(anchor: Anchor) -> Range | None:
    return days(anchor.first, anchor.last) if anchor.fine else None


def _same(unit: str, anchor: Anchor) -> Range | None:
    """That day, night, week, weekday, month."""
    if unit == "week":
        return week_of(anchor.first)
    if unit == "month":
        return month_of(anchor.first.year, anchor.first.month)
    if unit == "year":
        return year_of(anchor.first.year)
    if re.fullmatch(MONTH, unit):
        return month_of(anchor.first.year, month_number(unit))
    if not anchor.fine:
        return days(anchor.first, anchor.last, anchor.precision) if unit == "day" else None
    if unit in DAYS:
        ahead = (DAYS[unit] - anchor.first.weekday()) % 7
        day = anchor.first + timedelta(days=ahead - 7 if ahead > 3 else ahead)
        return days(day, day)
    if night(unit) and anchor.first == anchor.last:
        return days(anchor.first, anchor.last + timedelta(days=1))
    return days(anchor.first, anchor.last)


def _beside(unit: str, sign: int, anchor: Anchor) -> Range | None:
    """The next or previous day, night, week, weekday."""
    if unit in ("week", "month", "year"):
        return moved(anchor, sign, unit)
    if not anchor.fine:
        return None
    if unit in DAYS:
        if sign > 0:
            ahead = (DAYS[unit] - anchor.last.weekday()) % 7 or 7
            day = anchor.last + timedelta(days=ahead)
        else:
            day = anchor.first - timedelta(days=(anchor.first.weekday() - DAYS[unit]) % 7 or 7)
        return days(day, day)
    return moved(anchor, sign, "day")


def moved(anchor: Anchor, count: float, unit: str) -> Range | None:
    """The days that lie a number of units from an event: a day, a calendar week, month or year."""
    if unit in ("day", "night") or unit in ("second", "minute", "hour"):
        if not anchor.fine:
            return None
        whole = count if unit in ("day", "night") else 0 if unit != "hour" else count / 24
        shift = timedelta(days=int(whole))
        return days(anchor.first + shift, anchor.last + shift, coarser("Day", anchor.precision))
    if unit in ("week", "fortnight") and anchor.precision in ("Hour", "Day", "Week"):
        width = 14 if unit == "fortnight" else 7
        return week_of(anchor.first + timedelta(days=int(count * width)))
    if unit == "month" and anchor.precision not in ("Year", "Unknown"):
        then = months_later(anchor.first, int(count))
        return month_of(then.year, then.month)
    if unit in ("year", "decade") and anchor.precision != "Unknown":
        return year_of(anchor.first.year + int(count * (10 if unit == "decade" else 1)))
    return None
