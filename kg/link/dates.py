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
- weekdays in the plural and "every Friday" are habits and stay words.
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
    HOURS,
    MONTH,
    ORDINAL,
    ORDINALS,
    PART,
    UNIT,
    VAGUE,
    Now,
    Range,
    coarser,
    count_of,
    days,
    week_of,
)
from kg.link.anchored import Anchor, anchored, moved
from kg.link.clock import Clock, clock
from kg.link.running import relative, running_unit
from kg.link.timewords import absolute, monthday, monthly, named_day
from kg.link.weekdays import night, weekly


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
        found = found or _expression(text, now)
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
    words = re.sub(r"^(?:by|until|till|before|after) ", "", _stripped(rest))
    found = anchored(text, _stripped(rest), anchor)
    if found is None:
        part = re.fullmatch(rf"(?:the )?(?:{PART})(?: of| on|,)? (.+)", words)
        found = anchored(text, part[1], anchor) if part else None
    if found is not None:
        return _at(found, moment)
    if not near or not anchor.fine or _LEANING.match(text) is None:
        return None
    if not (words == "" and moment or re.fullmatch(rf"(?:the )?(?:{HOURS}|{PART})", words)):
        return None
    if night(words):
        return days(anchor.first, anchor.first + timedelta(days=1))
    late = moment is not None and moment.start[0] >= 12
    return _expression(text, Now(anchor.first if late else anchor.last, past=True))


_LEANING = re.compile(
    r"(?:at|in|by|around|about|before|until|till|after|during|just|shortly|between)\b"
)
_HABIT = re.compile(rf"\b(?:every|each)\b|\b(?:{DAY})s\b|\b(?:{DAY}) (?:{PART})s\b")
_OPENERS = (
    (r"since|from", "after"),
    (r"until|till|up to|through|by|before", "before"),
    (r"after", "after"),
)


def _expression(text: str, now: Now) -> Range | None:
    """Ranges and open ends first, then a single time."""
    if _HABIT.search(text):
        return None
    text = re.sub(
        r"^(?:ever |starting |beginning |sometime |as early as |as late as |(?:shortly|soon|just) "
        r"(?:after|before) )+",
        "",
        text,
    )
    text = re.sub(r"^(?:no|not) later than ", "by ", text)
    text = re.sub(r"^(?:(?:no|not) earlier than|not before) ", "from ", text)
    moment, rest = clock(text)
    if moment is not None and moment.end is not None:
        return _at(_single(rest, now) if rest else _today(now), moment)
    between = re.fullmatch(r"(?:from|between) (.+?) (?:to|and|until|till|through|-) (.+)", text)
    if between:
        return _span(between[1], between[2], now)
    for words, side in _OPENERS:
        match = re.fullmatch(rf"(?:{words}) (.+)", text)
        if match:
            return _open(text.split()[0], match[1], side, now)
    return _single(text, now) or _pair(text, now)


def _today(now: Now) -> Range:
    return days(now.need(), now.need())


def _at(found: Range | None, moment: Clock | None) -> Range | None:
    """The days with a clock time; an hour of a night lies on the first of its days, or the last."""
    if found is None or moment is None or found.first is None or found.last is None:
        return found
    first, last = found.first, found.last
    if (last - first).days > 1:
        return found
    if first < last:
        first = last = first if moment.start[0] >= 12 else last
    if moment.end is not None and moment.end < moment.start:
        last = first + timedelta(days=1)
    return replace(found, first=first, last=last, clock=moment.start, until=moment.end)


_NIGHTS = re.compile(
    r"(?:the )?(?:intervening )?(?:overnight|nights?)(?: of| between| from| on)?(?: the)? "
    r"(?P<left>.+?) ?(?:\band\b|\binto\b|\bto\b|-|/) ?(?:the )?(?P<right>.+)"
)


def _pair(text: str, now: Now) -> Range | None:
    """Two times that bound a stretch or lie beside each other, and times counted from another."""
    text = _stripped(text)
    match = re.fullmatch(r"(?:the )?night to (?:the )?(.+)", text)
    if match:
        next_day = _single(match[1], now)
        if next_day is None or next_day.first is None:
            return None
        return days(next_day.first - timedelta(days=1), next_day.first)
    match = re.fullmatch(r"(?:the )?eve of (.+)", text)
    if match:
        base = _single(match[1], now)
        if base is None or base.first is None:
            return None
        return days(base.first - timedelta(days=1), base.first - timedelta(days=1))
    match = re.fullmatch(
        r"(?:the )?week (?P<side>of|beginning|starting|commencing|ending)(?: on)? (?P<day>.+)", text
    )
    if match:
        base = _single(match["day"], now)
        if base is None or base.first is None:
            return None
        if match["side"] == "of":
            return week_of(base.first)
        step = timedelta(days=-6 if match["side"] == "ending" else 6)
        ends = sorted((base.first, base.first + step))
        return days(ends[0], ends[1], "Week")
    match = _NIGHTS.fullmatch(text)
    if match:
        return _span(match["left"], match["right"], now)
    return _distant(text, now) or _joined(text, now)


def _joined(text: str, now: Now) -> Range | None:
    for joint in (" to ", " until ", " till ", " through ", " into ", " and ", " or ", "-", "/"):
        for at in (m.start() for m in re.finditer(re.escape(joint), text)):
            found = _span(text[:at].strip(), text[at + len(joint) :].strip(), now)
            if found is not None:
                return found
    return None


_DISTANT = re.compile(
    rf"(?:(?:{AROUND}) )*(?:(?P<count>{COUNT})|the) (?P<unit>{UNIT})s? "
    r"(?P<side>after|before|from|prior to) (?:the )?(?P<base>.+)"
)


def _distant(text: str, now: Now) -> Range | None:
    """As in "two days after 3 August", "a month before Christmas"."""
    match = _DISTANT.fullmatch(text)
    if match is None or match["count"] in VAGUE:
        return None
    base = _single(match["base"], now)
    if base is None or base.first is None or base.last is None:
        return None
    sign = 1 if match["side"] in ("after", "from") else -1
    anchor = Anchor(base.first, base.last, base.precision)
    return moved(anchor, sign * count_of(match["count"] or "a"), match["unit"])


def _span(first: str, second: str, now: Now) -> Range | None:
    """As in "From Monday to Wednesday", "between 3 and 7 May"."""
    if re.fullmatch(r"\d{1,2}", second) and re.search(rf"\b(?:{MONTH}) \d{{1,2}}$", first):
        return _single(f"{first}-{second}", now)
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
    both = left.clock is not None and right.clock is not None
    return Range(
        left.first,
        right.last,
        coarser(left.precision, right.precision),
        clock=left.clock if both else None,
        until=right.clock if both else None,
    )


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
    ahead = relative(text, now) if text.startswith(("in ", "within ")) else None
    if ahead is not None:
        return ahead
    moment, text = clock(text)
    text = _stripped(text)
    if not text:
        return _at(_today(now), moment)
    for rule in _RULES:
        found = rule(text, now)
        if found is not None:
            return _at(found, moment)
    return None


def _stripped(text: str) -> str:
    """The text without prepositions and fillers in front."""
    previous = ""
    while previous != text:
        previous = text
        text = re.sub(
            r"^(?:on|in|at|over|during|for|throughout|through|as of|about|around|across|into|"
            r"early on|late on|later on|earlier on|sometime|roughly|approximately|only|just|past|"
            r"toward|towards|shortly|soon|so far|,|-|well)(?:\b|(?<=\W))\s*",
            "",
            text,
        ).strip(" ,-")
    return text


def _weekday_in(text: str) -> int | None:
    match = re.search(rf"\b({DAY})\b", text)
    return DAYS[match[1]] if match else None


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
    monthday,
    relative,
    named_day,
    weekly,
    running_unit,
    monthly,
    _composed,
)
