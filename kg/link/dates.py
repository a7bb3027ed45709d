"""Time expressions on the calendar, relative to the day of publication.

Conventions, all in days of the publisher's calendar:

- a weekday is the latest one up to the day of publication, or the next one from it on for
  what has not happened yet; "last" and "next" weekdays never are the day of publication;
- "overnight" and a "night" reach into the following day;
- "the past n units" end on the day of publication; n days ago is a day, n weeks ago a
  calendar week from Monday, n months a calendar month, n years a year;
- a month or a date without a year is the latest (or the next) one;
- early, mid and late are the first, second and last third of a year and of a month;
- "since" runs up to publication; what is told relative to another event ("two days
  earlier", "the next day") needs that event's own time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from kg.link.almanac import (
    AROUND,
    COUNT,
    DAY,
    DAYS,
    MONTH,
    PART,
    UNIT,
    VAGUE,
    Now,
    Range,
    coarser,
    count_of,
    days,
    month_of,
    months_later,
    week_of,
    year_of,
)
from kg.link.timewords import absolute, monthly, named_day, relative, running_unit, weekly


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
    time_text: str, published: date | None, *, past: bool, anchor: Interval | None = None
) -> Interval | None:
    """The interval that a time expression means.

    Args:
        time_text: the words with their prepositions ("over the past 24 hours").
        published: day of publication; without it only what names a year is resolved.
        past: whether the event is told as having happened.
        anchor: time of the event told before, for "two days earlier" and "the next day".

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
    told = _anchored(text, anchor)
    if told is not None:
        return told
    try:
        found = _expression(text, Now(published, past))
    except (LookupError, ValueError, OverflowError):
        return None
    return _interval(found) if found is not None else None


def _plain(text: str) -> str:
    """Lower case, single spaces, no dots after short months, no leading article."""
    text = re.sub(r"\s+", " ", text.replace("’", "'").replace("–", "-").lower()).strip(" ,;")
    text = re.sub(r"\b([ap])\.m\.?", r"\1m", text)
    text = re.sub(r"\b(jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.", r"\1", text)
    return re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", text)


def _interval(found: Range) -> Interval:
    if found.clock is not None and found.first is not None and found.first == found.last:
        hour, minute = found.clock
        moment = datetime(found.first.year, found.first.month, found.first.day, hour, minute)
        return Interval(moment.isoformat(), moment.isoformat(), "Hour")
    return Interval(
        found.first.isoformat() if found.first else None,
        found.last.isoformat() if found.last else None,
        found.precision,
    )


def _expression(text: str, now: Now) -> Range | None:
    """Ranges and open ends first, then a single time."""
    text = re.sub(
        r"^(?:ever |starting |beginning |sometime |as early as |as late as |no later than )+",
        "",
        text,
    )
    between = re.fullmatch(r"(?:from|between) (.+?) (?:to|and|until|till|through|-) (.+)", text)
    if between:
        return _span(between[1], between[2], now)
    for words, side in (
        ("since|from", "after"),
        ("until|till|up to|through|by|before", "before"),
        ("after", "after"),
    ):
        match = re.fullmatch(rf"(?:{words}) (.+)", text)
        if match:
            return _open(text.split()[0], match[1], side, now)
    return _single(text, now)


def _span(first: str, second: str, now: Now) -> Range | None:
    """As in "From Monday to Wednesday", "between 3 and 7 May"."""
    right = _single(second, now)
    if right is None or right.first is None:
        return None
    if re.fullmatch(r"(?:the )?\d{1,2}", first):
        day = int(first.removeprefix("the "))
        left: Range | None = replace(
            right, first=right.first.replace(day=day), last=right.first.replace(day=day)
        )
    else:
        year = re.search(r"\b(1[6-9]|20)\d\d\b", second)
        dated = re.search(rf"\b(?:{MONTH})\b", first) and not re.search(r"\d{4}", first)
        left = _single(f"{first} {year[0]}" if year and dated else first, now)
        if (
            year
            and dated
            and left is not None
            and left.first is not None
            and left.first > right.first
        ):
            left = _single(f"{first} {int(year[0]) - 1}", now)
    if left is None or left.first is None:
        return None
    if left.first > right.first and now.past and left.precision == "Day":
        weekday = _weekday_in(first)
        if weekday is not None:
            shifted = right.first - timedelta(days=(right.first.weekday() - weekday) % 7)
            left = replace(left, first=shifted, last=shifted)
    if right.last is None or left.first is None or left.first > right.last:
        return None
    return Range(left.first, right.last, coarser(left.precision, right.precision))


def _open(word: str, rest: str, side: str, now: Now) -> Range | None:
    """As in "since Tuesday" up to publication, "until Friday" from it on; never upside down."""
    inner = _single(rest, replace(now, past=now.past or word == "since"))
    if inner is None:
        return None
    today = now.day
    if side == "after":
        ends = word == "since" or now.past
        reached = today is None or inner.first is None or inner.first <= today
        return Range(inner.first, today if ends and reached else None, inner.precision)
    ahead = not now.past and (today is None or inner.last is None or today <= inner.last)
    return Range(today if ahead else None, inner.last, inner.precision)


def _single(text: str, now: Now) -> Range | None:
    """One time: the piece that names days, narrowed by clock, part of day and edge."""
    text = _stripped(text)
    clock, text = _clock(text)
    if not text:
        return replace(days(now.need(), now.need()), clock=clock)
    for rule in _RULES:
        found = rule(text, now)
        if found is not None:
            return (
                replace(found, clock=clock)
                if clock is not None and found.first == found.last
                else found
            )
    return None


def _stripped(text: str) -> str:
    """The text without prepositions and fillers in front."""
    previous = ""
    while previous != text:
        previous = text
        text = re.sub(
            r"^(?:on|in|at|over|during|within|for|throughout|through|as of|about|around|across|"
            r"into|early on|late on|"
            r"later on|earlier on|sometime|roughly|approximately|only|just|,|-|well)\b\s*",
            "",
            text,
        ).strip(" ,")
    return text


_CLOCK = re.compile(
    r"(?:\bat )?(?:about |around |approximately |roughly )?\b"
    r"(?:(\d{1,2})(?:[:.](\d\d))? ?(am|pm)\b|([01]?\d|2[0-3]):([0-5]\d)(?: ?hours)?)"
    r"(?: \(?(?:local time|gmt|utc|et|est|cet|moscow time|kyiv time)\)?)?"
)


def _clock(text: str) -> tuple[tuple[int, int] | None, str]:
    """The clock time of an expression and the rest of it."""
    match = _CLOCK.search(text)
    if match is None:
        return None, text
    if match[3]:
        hour = int(match[1]) % 12 + (12 if match[3] == "pm" else 0)
        minute = int(match[2] or 0)
    else:
        hour, minute = int(match[4]), int(match[5])
    rest = (text[: match.start()] + " " + text[match.end() :]).strip(" ,")
    return (hour, minute), _stripped(re.sub(r"\s+", " ", rest))


def _weekday_in(text: str) -> int | None:
    match = re.search(rf"\b({DAY})\b", text)
    return DAYS.index(match[1]) if match else None


def _composed(text: str, now: Now) -> Range | None:
    """Two times that name the same day: "Tuesday, 6 August", "at dawn on 14 July"."""
    for joint in (" on ", ", ", " in ", " of ", " at "):
        for at in (m.start() for m in re.finditer(re.escape(joint), text)):
            left, right = text[:at].strip(), text[at + len(joint) :].strip()
            if not left or not right:
                continue
            outer = _single(right, now)
            if outer is None or outer.first is None or outer.last is None:
                continue
            inner = _inside(left, outer, now)
            if inner is not None:
                return inner
    return None


def _inside(left: str, outer: Range, now: Now) -> Range | None:
    """A time within another: a part of its day, or a day of its week or month."""
    left = _stripped(left)
    if outer.first is None or outer.last is None:
        return None
    if re.fullmatch(
        rf"(?:the )?(?:early |late )?(?:hours of the )?(?:{PART}|overnight)|(?:the )"
        rf"?(?:early|late|early hours|late hours|overnight)",
        left,
    ):
        if left.endswith("night") and outer.first == outer.last:
            return replace(outer, last=outer.last + timedelta(days=1))
        return outer
    inner = _single(left, Now(outer.last, past=True))
    if inner is None or inner.first is None:
        return None
    return inner if outer.first <= inner.first <= outer.last else None


_RULES: tuple[Callable[[str, Now], Range | None], ...] = (
    absolute,
    relative,
    named_day,
    weekly,
    running_unit,
    monthly,
    _composed,
)
_LATER = re.compile(
    rf"(?:(?P<around>{AROUND}) )?(?P<count>{COUNT})? ?(?P<unit>{UNIT})s? "
    rf"(?P<side>earlier|later|before|after|previously|afterwards)"
)


def _anchored(text: str, anchor: Interval | None) -> Interval | None:
    """What is told relative to another event, by that event's time."""
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return None
    first, last = date.fromisoformat(anchor.earliest[:10]), date.fromisoformat(anchor.latest[:10])
    text = _stripped(text)
    if re.fullmatch(
        r"(?:the|that) same (?:day|morning|evening|night)|that (?:day|morning|afternoon|evening)",
        text,
    ):
        return Interval(first.isoformat(), last.isoformat(), anchor.precision)
    match = re.fullmatch(
        rf"(?:the )?(next|following|previous|preceding) (?:day|{PART})|the (day|night) "
        rf"(before|after)",
        text,
    )
    if match:
        shift = timedelta(
            days=1 if "next" in text or "following" in text or match[3] == "after" else -1
        )
        return Interval((first + shift).isoformat(), (last + shift).isoformat(), anchor.precision)
    match = _LATER.fullmatch(text)
    if match is None or (match["count"] or "") in VAGUE:
        return None
    sign = -1 if match["side"] in ("earlier", "before", "previously") else 1
    return _moved(
        first, last, sign * count_of(match["count"] or "a"), match["unit"], anchor.precision
    )


def _moved(first: date, last: date, count: float, unit: str, precision: str) -> Interval | None:
    if unit in ("second", "minute", "hour"):
        shift = timedelta(days=0 if abs(count) < 24 else int(count / 24))
        return Interval(
            (first + shift).isoformat(), (last + shift).isoformat(), coarser(precision, "Day")
        )
    if unit in ("day", "night"):
        shift = timedelta(days=int(count))
        return Interval((first + shift).isoformat(), (last + shift).isoformat(), precision)
    if unit in ("week", "fortnight"):
        found = week_of(first + timedelta(days=int(count * (14 if unit == "fortnight" else 7))))
    elif unit == "month":
        then = months_later(first, int(count))
        found = month_of(then.year, then.month)
    elif unit in ("year", "decade"):
        found = year_of(first.year + int(count * (10 if unit == "decade" else 1)))
    else:
        return None
    return _interval(found)
