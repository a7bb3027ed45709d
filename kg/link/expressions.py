"""Ranges, open ends and times counted from another: "from Monday to Friday", "since May"."""

from __future__ import annotations

import re
from dataclasses import replace
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
    Now,
    Range,
    coarser,
    count_of,
    days,
    week_of,
)
from kg.link.anchored import Anchor, moved
from kg.link.clock import clock
from kg.link.single import at_clock, single, stripped, today

_HABIT = re.compile(rf"\b(?:every|each)\b|\b(?:{DAY})s\b|\b(?:{DAY}) (?:{PART})s\b")
_OPENERS = (
    (r"since|from", "after"),
    (r"until|till|up to|through|by|before", "before"),
    (r"after", "after"),
)


def expression(text: str, now: Now) -> Range | None:
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
        return at_clock(single(rest, now) if rest else today(now), moment)
    between = re.fullmatch(r"(?:from|between) (.+?) (?:to|and|until|till|through|-) (.+)", text)
    if between:
        return _span(between[1], between[2], now)
    for words, side in _OPENERS:
        match = re.fullmatch(rf"(?:{words}) (.+)", text)
        if match:
            return _of_day(text, match[1], now) or _open(text.split()[0], match[1], side, now)
    return single(text, now) or _pair(text, now)


_BESIDE = re.compile(
    r"(?:the )?(?P<side>(?:night|overnight) (?:in)?to|eve of|"
    r"week (?:of|beginning|starting|commencing|ending))(?: on)?(?: the)? (?P<day>.+)"
)
_PART_OF_DAY = re.compile(rf"(?:the )?(?:{HOURS}|{PART})(?: (?:of|on) .+)?")


def _of_day(text: str, rest: str, now: Now) -> Range | None:
    """The day itself of "before dawn on Monday", "after 3 am on Tuesday"."""
    if not text.startswith(("before ", "after ")):
        return None
    moment, words = clock(rest)
    if moment is None and not _PART_OF_DAY.fullmatch(rest):
        return None
    return single(words, now) if words else today(now)


_NIGHTS = re.compile(
    r"(?:the )?(?:intervening )?(?:overnight|nights?)(?: of| between| from| on)?(?: the)? "
    r"(?P<left>.+?) ?(?:\band\b|\binto\b|\bto\b|-|/) ?(?:the )?(?P<right>.+)"
)


def _pair(text: str, now: Now) -> Range | None:
    """Two times that bound a stretch or lie beside each other, and times counted from another."""
    text = stripped(text)
    match = _BESIDE.fullmatch(text)
    base = single(match["day"], now) if match else None
    if match and base is not None and base.first is not None:
        return _beside(match["side"], base.first)
    match = _NIGHTS.fullmatch(text)
    if match:
        return _span(match["left"], match["right"], now)
    return _distant(text, now) or _joined(text, now)


def _beside(side: str, day: date) -> Range:
    """The night to a day, its eve, or the week that it lies in, begins or ends."""
    if side == "week of":
        return week_of(day)
    before = {"eve of": 1, "week ending": 6}.get(side, 0 if side.startswith("week") else 1)
    after = {"eve of": -1, "week ending": 0}.get(side, 6 if side.startswith("week") else 0)
    width = "Week" if side.startswith("week") else "Day"
    return days(day - timedelta(days=before), day + timedelta(days=after), width)


def _joined(text: str, now: Now) -> Range | None:
    """As in "30 March to 2 April", "Sunday and Monday"."""
    for joint in (" to ", " until ", " till ", " through ", " into ", " and ", " or ", "-", "/"):
        for at in (m.start() for m in re.finditer(re.escape(joint), text)):
            found = _span(text[:at].strip(), text[at + len(joint) :].strip(), now)
            if found is not None:
                return found
    return None


_DISTANT = re.compile(
    rf"(?:(?:{AROUND}) )*(?:(?P<count>{COUNT})|the) (?P<unit>{UNIT})s? "
    r"(?P<side>after|before|prior to) (?:the )?(?P<base>.+)"
)


def _distant(text: str, now: Now) -> Range | None:
    """As in "two days after 3 August", "a month before Christmas"."""
    match = _DISTANT.fullmatch(text)
    if match is None or match["count"] in VAGUE:
        return None
    base = single(match["base"], now)
    if base is None or base.first is None or base.last is None:
        return None
    sign = 1 if match["side"] == "after" else -1
    anchor = Anchor(base.first, base.last, base.precision)
    return moved(anchor, sign * count_of(match["count"] or "a"), match["unit"])


def _span(first: str, second: str, now: Now) -> Range | None:
    """As in "From Monday to Wednesday", "between 3 and 7 May"."""
    if re.fullmatch(r"\d{1,2}", second) and re.search(rf"\b(?:{MONTH}) \d{{1,2}}$", first):
        return single(f"{first}-{second}", now)
    right = single(second, now)
    if right is None or right.first is None:
        return None
    if re.fullmatch(r"(?:the )?\d{1,2}", first):
        day = int(first.removeprefix("the "))
        left: Range | None = replace(
            right, first=right.first.replace(day=day), last=right.first.replace(day=day)
        )
    elif _hour_of_day(first):
        left = at_clock(replace(right, last=right.first, clock=None), clock(first)[0])
    else:
        year = re.search(r"\b(1[6-9]|20)\d\d\b", second)
        dated = re.search(rf"\b(?:{MONTH})\b", first) and not re.search(r"\d{4}", first)
        left = single(f"{first} {year[0]}" if year and dated else first, now)
        if (
            year
            and dated
            and left is not None
            and left.first is not None
            and left.first > right.first
        ):
            left = single(f"{first} {int(year[0]) - 1}", now)
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


def _hour_of_day(text: str) -> bool:
    """Whether words name no more than a part of a day or a clock time: "dawn", "6 am"."""
    moment, rest = clock(text)
    return moment is not None and not rest or re.fullmatch(rf"(?:{HOURS}|{PART})", text) is not None


def _open(word: str, rest: str, side: str, now: Now) -> Range | None:
    """As in "since Tuesday" up to publication, "until Friday" from it on; never upside down."""
    inner = single(rest, replace(now, past=now.past or word == "since"))
    if inner is None:
        return None
    today = now.day
    if side == "after":
        ends = word == "since" or now.past
        reached = today is None or inner.first is None or inner.first <= today
        return Range(inner.first, today if ends and reached else None, inner.precision)
    ahead = not now.past and (today is None or inner.last is None or today <= inner.last)
    return Range(today if ahead else None, inner.last, inner.precision)


def _weekday_in(text: str) -> int | None:
    match = re.search(rf"\b({DAY})\b", text)
    return DAYS[match[1]] if match else None
