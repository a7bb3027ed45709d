"""Calendar arithmetic: days, weeks, months, years and their parts, with precision."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg import ontology


def _words(*kinds: str) -> dict[str, str]:
    found = {w: v for kind in kinds for w, v in ontology.words("times", kind).items()}
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[0]), pair[0])))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in words)


DAYS = {word: int(number) for word, number in _words("weekday").items()}
MONTHS = {word: int(number) for word, number in _words("month").items()}
SEASONS = {
    word: (int(months.partition("-")[0]), int(months.partition("-")[2]))
    for word, months in _words("season").items()
}
PARTS = _words("part")
HALVES = _words("part", "hours")
NUMBERS = {word: float(number) for word, number in _words("number", "vague").items()}
VAGUE = frozenset({*_words("vague"), "recent", "coming"})
ORDINALS = {word: int(number) for word, number in _words("ordinal").items()}
PRECISIONS = ("Hour", "Day", "Week", "Month", "Year", "Unknown")
DAY = _any(DAYS)
MONTH = _any(MONTHS)
PART = _any(PARTS)
HOURS = rf"(?:(?:{_any(_words('hours'))}) )?hours"
SEASON = _any(SEASONS)
COUNT = _any(NUMBERS) + r"|\d+(?:\.\d+)?"
UNIT = _any(_words("unit"))
AROUND = _any(_words("around"))
ZONE = _any(_words("zone"))
ORDINAL = _any(ORDINALS)
EDGE = (
    r"(?:very )?early|late|mid|middle of|later|earlier|(?:the )?(?:start|"
    r"beginning|end|middle|close|turn) of|"
    r"(?:the )?(?:first|second|third|fourth|early|late|latter|last|opening|closing|final) "
    r"(?:half|part|days|weeks?|months|hours) of"
)
EDGES = rf"(?:(?P<edge>{EDGE})[ -](?:on |in |the )*)?"


@dataclass(frozen=True, slots=True)
class Range:
    """Days from first to last, with precision.

    Attributes:
        first, last: the days; None is an open end.
        precision: how well they are known, one of `PRECISIONS`.
        clock: hour and minute on the first day, where one is given.
        until: hour and minute on the last day, where the clock gives a stretch.
    """

    first: date | None
    last: date | None
    precision: str
    clock: tuple[int, int] | None = None
    until: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Now:
    """The day of publication and the side of it on which the event lies."""

    day: date | None
    past: bool

    def need(self) -> date:
        """The day of publication; LookupError without one."""
        if self.day is None:
            raise LookupError
        return self.day


def coarser(one: str, other: str) -> str:
    """The less precise of two precisions."""
    return max(one, other, key=PRECISIONS.index)


def days(first: date, last: date, precision: str = "Day") -> Range:
    """The range from the first to the last day."""
    return Range(first, last, precision)


def month_of(year: int, month: int) -> Range:
    """All days of a month."""
    return days(
        date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "Month"
    )


def year_of(year: int) -> Range:
    """All days of a year."""
    return days(date(year, 1, 1), date(year, 12, 31), "Year")


def week_of(day: date) -> Range:
    """The week from Monday that holds the day."""
    monday = day - timedelta(days=day.weekday())
    return days(monday, monday + timedelta(days=6), "Week")


def months_later(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_number(month: str) -> int:
    """1 to 12 for the full or short name of a month."""
    return MONTHS[month]


def year_number(words: str, now: Now) -> int:
    """The year that "2031", "this year", "last year", "next year" or "the year" names."""
    if words.isdigit():
        return int(words)
    return now.need().year + {"last": -1, "next": 1}.get(words.split()[0], 0)


def nearest_month(month: int, now: Now) -> Range:
    """The latest such month up to now, or the next one from now on."""
    day = now.need()
    year = day.year
    if now.past and month > day.month:
        year -= 1
    elif not now.past and month < day.month:
        year += 1
    return month_of(year, month)


def running(found: Range, now: Now) -> Range:
    """A running week, month or year up to the day of publication, or from it on."""
    day = now.need()
    if found.first is None or found.last is None or not found.first <= day <= found.last:
        return found
    return replace(found, last=day) if now.past else replace(found, first=day)


def edge_of(found: Range, edge: str) -> Range:
    """The early, middle or late part of a month, year or season."""
    if found.first is None or found.last is None or not edge:
        return found
    edge = re.sub(r"^(?:very|the) ", "", edge.strip())
    early = edge.startswith(("early", "start", "beginning", "first", "turn", "opening"))
    middle = edge.startswith("mid")
    week = re.match(r"(first|second|third|fourth|last|closing|final) week of", edge)
    if week and found.precision in ("Month", "Year"):
        return _week_in(found, week[1])
    if found.precision == "Year":
        half = re.search(r"half", edge)
        if half:
            cut = (6, 7)
            return (
                replace(found, last=date(found.first.year, cut[0], 30), precision="Month")
                if early
                else replace(found, first=date(found.first.year, cut[1], 1), precision="Month")
            )
        year = found.first.year
        first, last = (1, 4) if early else (5, 8) if middle else (9, 12)
        return days(date(year, first, 1), month_of(year, last).last or found.last, "Month")
    if found.precision == "Month" and (found.last - found.first).days <= 31:
        if early:
            return replace(found, last=found.first.replace(day=10), precision="Week")
        if middle:
            return replace(
                found,
                first=found.first.replace(day=11),
                last=found.first.replace(day=20),
                precision="Week",
            )
        return replace(found, first=found.first.replace(day=21), precision="Week")
    if found.precision == "Week":
        third = timedelta(days=2)
        if early:
            return replace(found, last=found.first + third, precision="Day")
        if middle:
            return replace(
                found, first=found.first + third, last=found.first + 2 * third, precision="Day"
            )
        return replace(found, first=found.last - third, precision="Day")
    return found


def _week_in(found: Range, which: str) -> Range:
    """The first, second, third, fourth or last seven days."""
    if found.first is None or found.last is None:
        return found
    if which not in ORDINALS:
        return days(found.last - timedelta(days=6), found.last, "Week")
    first = found.first + timedelta(days=7 * (ORDINALS[which] - 1))
    return days(first, first + timedelta(days=6), "Week")


def unit_of(today: date, unit: str, step: int, now: Now) -> Range:
    """The calendar unit that holds the day, or one some steps before or after it."""
    if unit == "week":
        return week_of(today + timedelta(days=7 * step))
    if unit == "fortnight":
        return days(today - timedelta(days=14), today, "Week")
    if unit == "weekend":
        saturday = today - timedelta(days=today.weekday()) + timedelta(days=5)
        if step < 0 or step == 0 and now.past and saturday > today:
            saturday -= timedelta(days=7)
        elif step > 0 and today.weekday() >= 5:
            saturday += timedelta(days=7)
        return days(saturday, saturday + timedelta(days=1))
    if unit == "month":
        shifted = months_later(today.replace(day=1), step)
        return month_of(shifted.year, shifted.month)
    if unit == "decade":
        first = today.year // 10 * 10 + 10 * step
        return days(date(first, 1, 1), date(first + 9, 12, 31), "Year")
    if unit == "century":
        first = today.year // 100 * 100 + 100 * step
        return days(date(first, 1, 1), date(first + 99, 12, 31), "Year")
    return year_of(today.year + step)


def count_of(words: str) -> float:
    """The number that count words stand for; 0 where they only say "some"."""
    return NUMBERS[words] if words in NUMBERS else float(words)
