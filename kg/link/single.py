"""One time: the words that name days, narrowed by the clock, a part of the day, an edge."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from kg.link.almanac import HOURS, PART, Now, Range, days
from kg.link.clock import Clock, clock
from kg.link.periods import monthly
from kg.link.running import relative, running_unit
from kg.link.timewords import absolute, monthday, named_day
from kg.link.weekdays import weekly

_PART = re.compile(
    rf"(?:the )?(?:early |late )?(?:(?:{HOURS}) of (?:the )?)?(?:{PART}|{HOURS}|overnight)|"
    "(?:the )?(?:early|late)"
)


def single(text: str, now: Now) -> Range | None:
    """One time: the piece that names days, narrowed by clock, part of day and edge."""
    ahead = relative(text, now) if text.startswith(("in ", "within ")) else None
    if ahead is not None:
        return ahead
    moment, text = clock(text)
    text = stripped(text)
    if not text:
        return at_clock(today(now), moment)
    for rule in _RULES:
        found = rule(text, now)
        if found is not None:
            return at_clock(found, moment)
    return None


def stripped(text: str) -> str:
    """The text without prepositions and fillers in front."""
    previous = ""
    while previous != text:
        previous = text
        text = re.sub(
            r"^(?:(?:in|over|during) the course of|on|in|at|over|during|for|throughout|through|"
            r"as of|about|around|across|into|"
            r"early on|late on|later on|earlier on|sometime|roughly|approximately|only|just|past|"
            r"toward|towards|shortly|soon|so far|,|-|well)(?:\b|(?<=\W))\s*",
            "",
            text,
        ).strip(" ,-")
    return text


def at_clock(found: Range | None, moment: Clock | None) -> Range | None:
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


def today(now: Now) -> Range:
    """The day of publication."""
    return days(now.need(), now.need())


def _composed(text: str, now: Now) -> Range | None:
    """Two times that name the same day: "Tuesday, 6 August", "at dawn on 14 July"."""
    for joint in (" on ", ", ", " in ", " of ", " at "):
        for at in (m.start() for m in re.finditer(re.escape(joint), text)):
            left, right = text[:at].strip(), text[at + len(joint) :].strip()
            if not left or not right:
                continue
            outer = single(right, now)
            if outer is None or outer.first is None or outer.last is None:
                continue
            inner = _inside(left, outer, now)
            if inner is not None:
                return inner
    return None


def _inside(left: str, outer: Range, now: Now) -> Range | None:
    """A time within another: a part of its day, or a day of its week or month."""
    left = stripped(left)
    if outer.first is None or outer.last is None:
        return None
    if _PART.fullmatch(left):
        late = left.endswith("night") and outer.first == outer.last
        return replace(outer, last=outer.last + timedelta(days=1)) if late else outer
    inner = single(left, Now(outer.last, past=True))
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
