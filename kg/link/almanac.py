"""Calendar arithmetic: days, weeks, months, years and their parts, with precision."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(name.lower() for name in calendar.month_name)
SHORT = {name[:3]: number for number, name in enumerate(MONTHS) if number} | {"sept": 9}
SEASONS = {
    "spring": (3, 5),
    "summer": (6, 8),
    "autumn": (9, 11),
    "fall": (9, 11),
    "winter": (12, 2),
}
NUMBERS: dict[str, float] = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
} | {
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90, "a": 1, "an": 1,
    "couple": 2, "a couple of": 2, "couple of": 2, "half a": 0.5, "half an": 0.5,
    "few": 3, "a few": 3, "several": 3,
}  # fmt: skip
VAGUE = frozenset({"few", "a few", "several", "many", "some", "dozens of", "recent", "coming"})
PRECISIONS = ("Hour", "Day", "Week", "Month", "Year", "Unknown")
DAY = "|".join(DAYS)
MONTH = "|".join([*MONTHS[1:], *sorted(SHORT, key=len, reverse=True)])
PART = (
    "morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk|daybreak|sunrise|"
    "sunset|nightfall"
)
SEASON = "|".join(SEASONS)
COUNT = (
    "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True))
    + r"|many|some|dozens of|\d+(?:\.\d+)?"
)
UNIT = "second|minute|hour|day|night|weekend|week|fortnight|month|year|decade|century|centurie"
AROUND = (
    "about|around|nearly|almost|roughly|some|at least|more than|over|less than|just "
    "over|just under|just|only|barely"
)


@dataclass(frozen=True, slots=True)
class Range:
    """Days from first to last, with precision and the clock time where one is given."""

    first: date | None
    last: date | None
    precision: str
    clock: tuple[int, int] | None = None


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
    return MONTHS.index(month) if month in MONTHS else SHORT[month]


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
    if words in NUMBERS:
        return NUMBERS[words]
    if words in ("many", "some", "dozens of"):
        return 0
    return float(words)
