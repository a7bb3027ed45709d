"""Time expressions on the calendar, relative to the day of publication.

Conventions, all in days of the publisher's calendar:

- a weekday is the latest one up to the day of publication, or the next one from it on for
  what has not happened yet; "last" and "next" weekdays never are the day of publication;
  "this" weekday is the nearer one; "Wednesday week" is a week after the coming Wednesday;
- "overnight" and a "night" reach into the following day;
- "the past n units" end on the day of publication; n days ago is a day, n weeks ago a
  calendar week from Monday, n months a calendar month, n years a year; "in n days" mirrors
  that for what has not happened yet; "a week ago today" is a day;
- a month, a date without a year or a day without a month is the latest (or the next) one;
- early, mid and late are the first, second and last third of a year and of a month;
- "since" runs up to publication; what is told relative to another event ("two days
  earlier", "the next day") needs that event's own time; a bare clock time or part of a day
  ("by noon") lies on the day of the event told just before, or of publication;
- "before dawn on Monday" and "after 3 am on Monday" are that day, no open ends;
- weekdays in the plural and "every Friday" are habits and stay words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kg.link.almanac import (
    COUNT,
    HOURS,
    MONTH,
    ORDINAL,
    ORDINALS,
    PART,
    UNIT,
    Now,
    Range,
    count_of,
    days,
)
from kg.link.anchored import Anchor, anchored
from kg.link.clock import clock
from kg.link.expressions import expression
from kg.link.single import at_clock, stripped
from kg.link.weekdays import night


@dataclass(frozen=True, slots=True)
class Interval:
    """When something was: ISO 8601 dates or local date-times, ends included.

    Attributes:
        earliest, latest: "2024-08-06" or "2024-08-06T14:30:00"; None is an open end.
        precision: one of "Hour", "Day", "Week", "Month", "Year", "Unknown".
    """

    earliest: str | None
    latest: str | None
    precision: str


def resolve(
    time_text: str,
    published: date | None,
    *,
    past: bool,
    anchor: Interval | None = None,
    near: bool = False,
) -> Interval | None:
    """The interval that a time expression means.

    Args:
        time_text: the words with their prepositions ("over the past 24 hours").
        published: day of publication; without it only what names a year is resolved.
        past: whether the event is told as having happened.
        anchor: time of the event told before, for "two days earlier" and "the next day".
        near: whether that event was told just before, so that "by noon" is of its day.

    Returns:
        The interval, or None where the words cannot be put on the calendar.

    >>> resolve("On Tuesday", date(2024, 8, 7), past=True)
    Interval(earliest='2024-08-06', latest='2024-08-06', precision='Day')
    >>> resolve("over the past 24 hours", date(2024, 8, 7), past=True)
    Interval(earliest='2024-08-06', latest='2024-08-07', precision='Day')
    >>> resolve("in May 2022", None, past=True)
    Interval(earliest='2022-05-01', latest='2022-05-31', precision='Month')
    >>> resolve("On Tuesday", None, past=True) is None
    True
    """
    text = _plain(time_text)
    now = Now(published, past)
    try:
        told = _anchor(anchor)
        found = _by_anchor(text, told, near=near) if told is not None else None
        found = found or expression(text, now)
    except (LookupError, ValueError, OverflowError):
        return None
    return _interval(found) if found is not None else None


def _plain(text: str) -> str:
    """Lower case, single spaces, digits for ordinals, no dots after short months."""
    text = re.sub(r"\s+", " ", text.replace("’", "'").lower())
    text = text.replace("–", "-").replace("—", "-").strip(" ,;")
    text = re.sub(r"\b([ap])\.m\.?", r"\1m", text)
    text = re.sub(r"\b(jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.", r"\1", text)
    text = re.sub(rf"\b({ORDINAL})(?= (?:of )?(?:{MONTH})\b)", lambda m: str(ORDINALS[m[1]]), text)
    text = re.sub(
        r"\b(on|by|before|until|since|from|after|of) (?=\d{1,2}(?:st|nd|rd|th)$)",
        r"\1 the ",
        text,
    )
    text = re.sub(
        rf"\bthe ({ORDINAL})(?=$| of (?:this|last|next|the) month$)",
        lambda m: f"the {ORDINALS[m[1]]}",
        text,
    )
    text = re.sub(r"^.+ (?:before|after|earlier|later), (?=on \w)", "", text)
    text = re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", text)
    text = re.sub(rf"\b({COUNT}) and a half\b", _and_half, text)
    text = re.sub(rf"\ban? ({UNIT}) and a half\b", r"1.5 \1s", text)
    return re.sub(r"\b(?:the )?(week|month|year)(?:'s |-| )end\b", r"the end of the \1", text)


def _and_half(match: re.Match[str]) -> str:
    return str(count_of(match[1]) + 0.5)


def _interval(found: Range) -> Interval:
    first, last = found.first, found.last
    if found.clock is not None and first is not None and last is not None:
        if found.until is not None or first == last:
            ends = (_moment(first, found.clock), _moment(last, found.until or found.clock))
            if ends[0] <= ends[1]:
                return Interval(*ends, "Hour")
    return Interval(
        first.isoformat() if first else None, last.isoformat() if last else None, found.precision
    )


def _moment(day: date, clock_time: tuple[int, int]) -> str:
    return datetime(day.year, day.month, day.day, *clock_time).isoformat()


def _anchor(interval: Interval | None) -> Anchor | None:
    if interval is None or interval.earliest is None or interval.latest is None:
        return None
    first, last = (date.fromisoformat(end[:10]) for end in (interval.earliest, interval.latest))
    return Anchor(first, last, interval.precision)


def _by_anchor(text: str, anchor: Anchor, *, near: bool) -> Range | None:
    """By the time of the event told before, where the words lean on it."""
    moment, rest = clock(text)
    words = re.sub(r"^(?:by|until|till|before|after) ", "", stripped(rest))
    found = anchored(text, stripped(rest), anchor)
    if found is None:
        part = re.fullmatch(rf"(?:the )?(?:{PART})(?: of| on|,)? (.+)", words)
        found = anchored(text, part[1], anchor) if part else None
    if found is not None:
        return at_clock(found, moment)
    if not near or not anchor.fine or _LEANING.match(text) is None:
        return None
    if not (words == "" and moment or re.fullmatch(rf"(?:the )?(?:{HOURS}|{PART})", words)):
        return None
    if night(words):
        return days(anchor.first, anchor.first + timedelta(days=1))
    late = moment is not None and moment.start[0] >= 12
    return expression(text, Now(anchor.first if late else anchor.last, past=True))


_LEANING = re.compile(
    r"(?:at|in|by|around|about|before|until|till|after|during|just|shortly|between)\b"
)
