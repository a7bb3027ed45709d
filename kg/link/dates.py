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

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = tuple(name.lower() for name in calendar.month_name)
_SHORT = {name[:3]: number for number, name in enumerate(MONTHS) if number} | {"sept": 9}
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 2)}
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "couple": 2, "a couple of": 2, "couple of": 2, "thirty": 30, "forty": 40, "fifty": 50,
     "sixty": 60, "ninety": 90, "half a": 0.5, "half an": 0.5, "few": 3, "a few": 3, "several": 3}  # fmt: skip
VAGUE = frozenset({"few", "a few", "several", "many", "some", "dozens of", "recent", "coming"})
PRECISIONS = ("Hour", "Day", "Week", "Month", "Year", "Unknown")

_DAY = "|".join(DAYS)
_MONTH = "|".join([*MONTHS[1:], *sorted(_SHORT, key=len, reverse=True)])
_PART = "morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk|daybreak|sunrise|sunset|nightfall"
_SEASON = "|".join(SEASONS)
_COUNT = "|".join(sorted(map(re.escape, NUMBERS), key=len, reverse=True)) + r"|many|some|dozens of|\d+(?:\.\d+)?"
_UNIT = "second|minute|hour|day|night|weekend|week|fortnight|month|year|decade|century|centurie"
_AROUND = "about|around|nearly|almost|roughly|some|at least|more than|over|less than|just over|just under|just|only|barely"


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


@dataclass(frozen=True, slots=True)
class _Range:
    """Days from first to last, with precision and the clock time where one is given."""

    first: date | None
    last: date | None
    precision: str
    clock: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class _Now:
    """The day of publication and the side of it on which the event lies."""

    day: date | None
    past: bool

    def need(self) -> date:
        if self.day is None:
            raise LookupError
        return self.day


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
        found = _expression(text, _Now(published, past))
    except (LookupError, ValueError, OverflowError):
        return None
    return _interval(found) if found is not None else None


def _plain(text: str) -> str:
    """Lower case, single spaces, no dots after short months, no leading article."""
    text = re.sub(r"\s+", " ", text.replace("’", "'").replace("–", "-").lower()).strip(" ,;")
    text = re.sub(r"\b([ap])\.m\.?", r"\1m", text)
    text = re.sub(r"\b(jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\.", r"\1", text)
    return re.sub(r"\b(\d{1,2})(?:st|nd|rd|th)\b", r"\1", text)


def _interval(found: _Range) -> Interval:
    if found.clock is not None and found.first is not None and found.first == found.last:
        hour, minute = found.clock
        moment = datetime(found.first.year, found.first.month, found.first.day, hour, minute)
        return Interval(moment.isoformat(), moment.isoformat(), "Hour")
    return Interval(
        found.first.isoformat() if found.first else None,
        found.last.isoformat() if found.last else None,
        found.precision,
    )


# ── The whole expression ────────────────────────────────────────────────────────────────────


def _expression(text: str, now: _Now) -> _Range | None:
    """Ranges and open ends first, then a single time."""
    text = re.sub(r"^(?:ever |starting |beginning |sometime |as early as |as late as |no later than )+", "", text)
    between = re.fullmatch(r"(?:from|between) (.+?) (?:to|and|until|till|through|-) (.+)", text)
    if between:
        return _span(between[1], between[2], now)
    for words, side in (("since|from", "after"), ("until|till|up to|through|by|before", "before"), ("after", "after")):
        match = re.fullmatch(rf"(?:{words}) (.+)", text)
        if match:
            return _open(text.split()[0], match[1], side, now)
    return _single(text, now)


def _span(first: str, second: str, now: _Now) -> _Range | None:
    """"From Monday to Wednesday", "between 3 and 7 May"."""
    right = _single(second, now)
    if right is None or right.first is None:
        return None
    if re.fullmatch(r"(?:the )?\d{1,2}", first):
        day = int(first.removeprefix("the "))
        left: _Range | None = replace(right, first=right.first.replace(day=day), last=right.first.replace(day=day))
    else:
        year = re.search(r"\b(1[6-9]|20)\d\d\b", second)
        dated = re.search(rf"\b(?:{_MONTH})\b", first) and not re.search(r"\d{4}", first)
        left = _single(f"{first} {year[0]}" if year and dated else first, now)
        if year and dated and left is not None and left.first is not None and left.first > right.first:
            left = _single(f"{first} {int(year[0]) - 1}", now)
    if left is None or left.first is None:
        return None
    if left.first > right.first and now.past and left.precision == "Day":
        weekday = _weekday_in(first)
        if weekday is not None:
            shifted = right.first - timedelta(days=(right.first.weekday() - weekday) % 7)
            left = replace(left, first=shifted, last=shifted)
    if right.last is None or left.first > right.last:
        return None
    return _Range(left.first, right.last, _coarser(left.precision, right.precision))


def _coarser(one: str, other: str) -> str:
    return max(one, other, key=PRECISIONS.index)


def _open(word: str, rest: str, side: str, now: _Now) -> _Range | None:
    inner = _single(rest, now)
    if inner is None:
        return None
    if side == "after":
        if word == "since":
            return _Range(inner.first, now.day, inner.precision)
        if word == "from":
            return _Range(inner.first, now.day if now.past else None, inner.precision)
        return _Range(inner.first, now.day if now.past else None, inner.precision)
    if now.past:
        return _Range(None, inner.last, inner.precision)
    return _Range(now.day, inner.last, inner.precision)


def _single(text: str, now: _Now) -> _Range | None:
    """One time: the piece that names days, narrowed by clock, part of day and edge."""
    text = _stripped(text)
    clock, text = _clock(text)
    if not text:
        return replace(_days(now.need(), now.need()), clock=clock)
    for rule in _RULES:
        found = rule(text, now)
        if found is not None:
            return replace(found, clock=clock) if clock is not None and found.first == found.last else found
    return None


def _stripped(text: str) -> str:
    """The text without prepositions and fillers in front."""
    previous = ""
    while previous != text:
        previous = text
        text = re.sub(
            r"^(?:on|in|at|over|during|within|for|throughout|through|as of|about|around|across|into|early on|late on|"
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


# ── Calendar arithmetic ─────────────────────────────────────────────────────────────────────


def _days(first: date, last: date, precision: str = "Day") -> _Range:
    return _Range(first, last, precision)


def _month(year: int, month: int) -> _Range:
    return _days(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), "Month")


def _year(year: int) -> _Range:
    return _days(date(year, 1, 1), date(year, 12, 31), "Year")


def _week(day: date) -> _Range:
    monday = day - timedelta(days=day.weekday())
    return _days(monday, monday + timedelta(days=6), "Week")


def _shift(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _number_of(month: str) -> int:
    return MONTHS.index(month) if month in MONTHS else _SHORT[month]


def _weekday_in(text: str) -> int | None:
    match = re.search(rf"\b({_DAY})\b", text)
    return DAYS.index(match[1]) if match else None


def _nearest_month(month: int, now: _Now) -> _Range:
    """The latest such month up to now, or the next one from now on."""
    day = now.need()
    year = day.year
    if now.past and month > day.month:
        year -= 1
    elif not now.past and month < day.month:
        year += 1
    return _month(year, month)


def _cut(found: _Range, now: _Now) -> _Range:
    """A running week, month or year up to the day of publication, or from it on."""
    day = now.need()
    if found.first is None or found.last is None or not found.first <= day <= found.last:
        return found
    return replace(found, last=day) if now.past else replace(found, first=day)


def _edge(found: _Range, edge: str) -> _Range:
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
            return replace(found, last=date(found.first.year, cut[0], 30), precision="Month") if early else replace(
                found, first=date(found.first.year, cut[1], 1), precision="Month"
            )
        year = found.first.year
        first, last = (1, 4) if early else (5, 8) if middle else (9, 12)
        return _days(date(year, first, 1), _month(year, last).last or found.last, "Month")
    if found.precision == "Month" and (found.last - found.first).days <= 31:
        if early:
            return replace(found, last=found.first.replace(day=10), precision="Week")
        if middle:
            return replace(found, first=found.first.replace(day=11), last=found.first.replace(day=20), precision="Week")
        return replace(found, first=found.first.replace(day=21), precision="Week")
    if found.precision == "Week":
        third = timedelta(days=2)
        if early:
            return replace(found, last=found.first + third, precision="Day")
        if middle:
            return replace(found, first=found.first + third, last=found.first + 2 * third, precision="Day")
        return replace(found, first=found.last - third, precision="Day")
    return found


# ── Rules, tried in order ───────────────────────────────────────────────────────────────────

_EDGES = (
    r"(?:(?P<edge>(?:very )?early|late|mid|middle of|later|earlier|(?:the )?(?:start|beginning|end|middle|close|turn) of|"
    r"(?:the )?(?:first|second|early|late|latter|opening|closing|final) (?:half|part|days|weeks|months|hours) of)[ -]"
    r"(?:on |in |the )*)?"
)


def _absolute(text: str, now: _Now) -> _Range | None:
    """ISO and dotted dates, day and month with or without a year."""
    match = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:t.*)?", text)
    if match:
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return _days(day, day)
    match = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d\d)", text)
    if match:
        year = int(match[3]) + (2000 if len(match[3]) == 2 else 0)
        first, second = int(match[1]), int(match[2])
        if "/" in text and first <= 12 and second <= 12 and first != second:
            return _days(min(date(year, first, second), date(year, second, first)),
                         max(date(year, first, second), date(year, second, first)), "Unknown")  # fmt: skip
        day = date(year, first, second) if second > 12 else date(year, second, first)
        return _days(day, day)
    return _dated(text, now)


_DATED = re.compile(
    rf"(?:the )?(?:(?P<lead>early|late|overnight|(?:the )?(?:{_PART})s?)(?: of| on|,)?(?: the)? )?"
    rf"(?:(?P<weekday>{_DAY})(?: (?P<part>{_PART}))?,? (?:the )?)?"
    rf"(?:(?P<day>\d{{1,2}})(?: ?(?:-|to|and|or) ?(?P<until>\d{{1,2}}))?(?: of)? (?P<month>{_MONTH})"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?: ?(?:-|to|and|or) ?(?P<until2>\d{{1,2}}))?)"
    r"(?:,? (?P<year>\d{4}))?(?:,? (?:in the |at )?(?P<tail>early|late|morning|afternoon|evening|night|dawn|noon|midnight))?"
)


def _dated(text: str, now: _Now) -> _Range | None:
    match = _DATED.fullmatch(text)
    if match is None:
        return None
    month = _number_of(match["month"] or match["month2"])
    first = int(match["day"] or match["day2"])
    last = int(match["until"] or match["until2"] or first)
    if match["year"]:
        year = int(match["year"])
    else:
        today = now.need()
        year = today.year
        this = date(year, month, first) if _valid(year, month, first) else date(year - 1, month, first)
        if now.past and this > today:
            year -= 1
        elif not now.past and this < today:
            year += 1
    begin = date(year, month, first)
    end = date(year, month, last) if last >= first else date(year + month // 12, month % 12 + 1, last)
    night = "night" in (match["lead"] or "") or "night" in ((match["tail"] or ""), (match["part"] or ""))
    return _days(begin, end + timedelta(days=1) if night and begin == end else end)


def _valid(year: int, month: int, day: int) -> bool:
    return day <= calendar.monthrange(year, month)[1]


def _monthly(text: str, now: _Now) -> _Range | None:
    """Months, quarters, seasons, years and decades, whole or at an edge."""
    match = re.fullmatch(rf"(?:the )?{_EDGES}(?:of )?(?P<month>{_MONTH})(?:,| of)? ?(?P<year>\d{{4}}|this year|last year)?", text)
    if match:
        return _edge(_in_year(_number_of(match["month"]), match["year"], now), match["edge"] or "")
    match = re.fullmatch(rf"(?:the )?{_EDGES}(?P<year>(?:1[6-9]|20)\d\d)", text)
    if match:
        return _edge(_year(int(match["year"])), match["edge"] or "")
    match = re.fullmatch(rf"(?:the )?{_EDGES}(?P<which>last |this |next |the )?(?P<season>{_SEASON})(?: of)? ?(?P<year>\d{{4}})?", text)
    if match:
        return _season(match["season"], (match["which"] or "").strip(), match["year"], now)
    match = re.fullmatch(r"(?:the )?(?:(?P<edge>early|mid|late)[ -])?(?P<decade>\d{3}0)s", text)
    if match:
        year = int(match["decade"])
        low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(match["edge"] or "", (0, 9))
        return _days(date(year + low, 1, 1), date(year + high, 12, 31), "Year")
    match = re.fullmatch(r"(?:the )?(?:(first|second|third|fourth) quarter of|q([1-4])) (\d{4})", text)
    if match:
        quarter = int(match[2] or 1 + ("first", "second", "third", "fourth").index(match[1]))
        year = int(match[3])
        return _days(date(year, 3 * quarter - 2, 1), _month(year, 3 * quarter).last or date(year, 12, 31), "Month")
    return None


def _in_year(month: int, year: str | None, now: _Now) -> _Range:
    if year is None or not year:
        return _nearest_month(month, now)
    if year.isdigit():
        return _month(int(year), month)
    return _month(now.need().year - (year == "last year"), month)


def _season(season: str, which: str, year: str | None, now: _Now) -> _Range:
    first, last = SEASONS[season]

    def of(number: int) -> _Range:
        end = number + 1 if last < first else number
        return _days(date(number, first, 1), _month(end, last).last or date(end, 12, 31), "Month")

    if year:
        return of(int(year))
    today = now.need()
    options = [of(number) for number in range(today.year - 2, today.year + 3)]
    if which == "last":
        return [o for o in options if o.last is not None and o.last < today][-1]
    if which == "next":
        return [o for o in options if o.first is not None and o.first > today][0]
    if now.past:
        return _cut([o for o in options if o.first is not None and o.first <= today][-1], now)
    return _cut([o for o in options if o.last is not None and o.last >= today][0], now)


def _named_day(text: str, now: _Now) -> _Range | None:
    """Today, yesterday, overnight, New Year's Eve, parts of the day of publication."""
    match = re.fullmatch(
        rf"(?:(?P<edge>early|late|later|earlier) )?(?P<day>today|yesterday|tomorrow|tonight|overnight|the day before yesterday|"
        rf"the day after tomorrow)(?: (?P<part>{_PART}))?|(?P<last>last|this) (?P<part2>{_PART})|"
        rf"(?P<edge2>early|late) (?:in the )?(?P<part3>{_PART})|(?:the )?(?:early |late )?(?:hours of the )?(?P<part4>{_PART})",
        text,
    )
    if match is None:
        return _holiday(text, now)
    today = now.need()
    word = match["day"] or ""
    shift = {"yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}.get(word, 0)
    day = today + timedelta(days=shift)
    part = match["part"] or match["part2"] or match["part3"] or match["part4"] or ""
    if word == "overnight" or match["last"] == "last":
        return _days(today - timedelta(days=1), today) if now.past else _days(today, today + timedelta(days=1))
    if word == "tonight" or part == "night":
        if not word and now.past:
            return _days(today - timedelta(days=1), today)
        return _days(day, day + timedelta(days=1))
    return _days(day, day)


def _holiday(text: str, now: _Now) -> _Range | None:
    match = re.fullmatch(r"(new year's eve|new year's day|christmas eve|christmas day|christmas)(?:,? (\d{4}))?", text)
    if match is None:
        return None
    month_day = {"new year's eve": "12-31", "new year's day": "01-01", "christmas eve": "12-24"}.get(match[1], "12-25")
    month, day = (int(part) for part in month_day.split("-"))
    if match[2]:
        found = date(int(match[2]), month, day)
        return _days(found, found)
    today = now.need()
    years = [date(today.year + shift, month, day) for shift in (-1, 0, 1)]
    found = [y for y in years if y <= today][-1] if now.past else [y for y in years if y >= today][0]
    return _days(found, found)


_WEEKDAY = re.compile(
    rf"(?:the )?(?:(?P<lead>early|late|later|earlier|overnight|(?:early |late )?(?:hours|{_PART})s?)(?: of| on| in)?(?: the)? )?"
    rf"(?:(?P<which>last|this|next|past|the previous|previous|the following|coming|the coming) )?(?P<weekday>{_DAY})s?"
    rf"(?: (?P<edge>early|late))?(?:,? (?:in the |at )?(?P<part>{_PART}))?(?: (?P<week>last week|this week|next week))?"
)


def _weekly(text: str, now: _Now) -> _Range | None:
    """Weekdays with what narrows or shifts them."""
    match = _WEEKDAY.fullmatch(text)
    if match is None:
        return None
    today = now.need()
    number = DAYS.index(match["weekday"])
    back = (today.weekday() - number) % 7
    ahead = (number - today.weekday()) % 7
    which = (match["which"] or "").removeprefix("the ")
    if match["week"]:
        weeks = {"last week": -7, "this week": 0, "next week": 7}[match["week"]]
        day = today - timedelta(days=today.weekday()) + timedelta(days=number + weeks)
    elif which in ("last", "past", "previous"):
        day = today - timedelta(days=back or 7)
    elif which in ("next", "following", "coming"):
        day = today + timedelta(days=ahead or 7)
    else:
        day = today - timedelta(days=back) if now.past else today + timedelta(days=ahead)
    night = "night" in ((match["part"] or ""), (match["lead"] or "").rstrip("s")) or (match["lead"] or "") == "overnight"
    return _days(day, day + timedelta(days=1) if night else day)


def _running(text: str, now: _Now) -> _Range | None:
    """This, last and next week, weekend, month, year, decade, century."""
    match = re.fullmatch(
        rf"(?:the )?{_EDGES}(?P<which>this|last|next|past|previous|coming|following|the) "
        r"(?P<unit>week|weekend|month|year|decade|century|fortnight|hour|day)(?:'s)?",
        text,
    )
    if match is None:
        return _which_month(text, now)
    today = now.need()
    which = match["which"]
    step = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    if which == "past" or (which == "coming" and match["unit"] != "weekend"):
        return _past(1, match["unit"], now, ahead=which == "coming")
    unit = match["unit"]
    if unit in ("hour", "day"):
        if which not in ("this", "last"):
            return None
        return _days(today - timedelta(days=1 if which == "last" else 0), today)
    found = _unit(today, unit, step, now)
    edge = match["edge"] or ""
    if step == 0 and unit != "weekend" and edge in ("", "earlier", "later"):
        return _cut(found, replace(now, past=edge == "earlier" or now.past and edge != "later"))
    return _edge(found, edge)


def _unit(today: date, unit: str, step: int, now: _Now) -> _Range:
    if unit == "week":
        return _week(today + timedelta(days=7 * step))
    if unit == "fortnight":
        return _days(today - timedelta(days=14), today, "Week")
    if unit == "weekend":
        saturday = today - timedelta(days=today.weekday()) + timedelta(days=5)
        if step < 0 or step == 0 and now.past and saturday > today:
            saturday -= timedelta(days=7)
        elif step > 0 and today.weekday() >= 5:
            saturday += timedelta(days=7)
        return _days(saturday, saturday + timedelta(days=1))
    if unit == "month":
        shifted = _shift(today.replace(day=1), step)
        return _month(shifted.year, shifted.month)
    if unit == "decade":
        first = today.year // 10 * 10 + 10 * step
        return _days(date(first, 1, 1), date(first + 9, 12, 31), "Year")
    if unit == "century":
        first = today.year // 100 * 100 + 100 * step
        return _days(date(first, 1, 1), date(first + 99, 12, 31), "Year")
    return _year(today.year + step)


def _which_month(text: str, now: _Now) -> _Range | None:
    """"Last May", "next October", "this March"."""
    match = re.fullmatch(rf"(last|this|next) ({_MONTH})", text)
    if match is None:
        return None
    month = _number_of(match[2])
    today = now.need()
    if match[1] == "this":
        return _month(today.year, month)
    if match[1] == "last":
        return _month(today.year - (month >= today.month), month)
    return _month(today.year + (month <= today.month), month)


def _relative(text: str, now: _Now) -> _Range | None:
    """"The past 24 hours", "recent weeks", "three weeks ago", "the coming days"."""
    match = re.fullmatch(
        rf"(?:the )?(?P<which>past|last|previous|preceding|recent|coming|next|following)"
        rf"(?: (?P<around>{_AROUND}))?(?: (?P<count>{_COUNT}))?(?: or (?:{_COUNT}))? (?P<unit>{_UNIT})(?P<many>s?)",
        text,
    )
    if match and (match["count"] or match["many"]):
        ahead = match["which"] in ("coming", "next", "following")
        count = match["count"] or ""
        return _past(_count(count) if count else 0, match["unit"], now, ahead=ahead)
    match = re.fullmatch(
        rf"(?:(?P<around>{_AROUND}) )?(?P<count>{_COUNT})?(?: or (?:{_COUNT}))?(?:(?:^| )(?P<unit>{_UNIT})s?) ago", text
    )
    if match:
        return _ago(match["count"] or "", match["unit"], now)
    match = re.fullmatch(rf"(?:the )?(?:past|last|next|coming) (?P<count>\d+|{_COUNT})[ -](?P<unit>{_UNIT})(?: period)?", text)
    if match:
        return _past(_count(match["count"]), match["unit"], now, ahead="next" in text or "coming" in text)
    if text in ("recently", "lately", "not long ago"):
        day = now.need()
        return _days(_shift(day, -1), day, "Unknown")
    if text == "this time last year":
        return _month(now.need().year - 1, now.need().month)
    return None


def _count(words: str) -> float:
    if words in NUMBERS:
        return NUMBERS[words]
    if words in ("many", "some", "dozens of"):
        return 0
    return float(words)


def _past(count: float, unit: str, now: _Now, *, ahead: bool) -> _Range:
    """The stretch of time that ends (or begins) on the day of publication; 0 is "recent"."""
    today = now.need()
    sign = 1 if ahead else -1
    if unit in ("second", "minute", "hour"):
        hours = count if unit == "hour" else 1
        other = today + sign * timedelta(days=max(1, -(-int(hours or 24) // 24)))
        precision = "Day"
    elif unit in ("day", "night"):
        other, precision = today + sign * timedelta(days=int(count) or 7), "Day" if count else "Week"
    elif unit == "weekend":
        return _unit(today, "weekend", sign, now)
    elif unit in ("week", "fortnight"):
        width = (14 if unit == "fortnight" else 7) * count
        other, precision = (today + sign * timedelta(days=int(width)), "Week") if count else (_shift(today, sign), "Month")
    elif unit == "month":
        other, precision = _shift(today, sign * (int(count) or 6)), "Month"
    else:
        years = {"year": 1, "decade": 10}.get(unit, 100)
        other, precision = _shift(today, sign * int(12 * years * (count or 3))), "Year"
    return _days(today, other, precision) if ahead else _days(other, today, precision)


def _ago(words: str, unit: str, now: _Now) -> _Range | None:
    """A day, calendar week, month or year in the past; vague counts give no more than an end."""
    today = now.need()
    if not words or words in VAGUE:
        if unit in ("second", "minute", "hour"):
            return _days(today - timedelta(days=1), today)
        if not words or words in ("many", "some", "dozens of"):
            return _Range(None, today, "Unknown")
        wide = {"day": (2, 9), "night": (2, 9), "week": (14, 63), "fortnight": (28, 90)}.get(unit)
        if wide:
            return _days(today - timedelta(days=wide[1]), today - timedelta(days=wide[0]), "Week")
        months = {"month": (2, 9), "year": (24, 108)}.get(unit, (240, 1080))
        return _days(_shift(today, -months[1]), _shift(today, -months[0]), "Month" if unit == "month" else "Year")
    count = _count(words)
    if unit in ("second", "minute", "hour"):
        hours = count if unit == "hour" else 0
        return _days(today - timedelta(days=int(hours) // 24), today)
    if unit in ("day", "night"):
        day = today - timedelta(days=int(count))
        return _days(day, day)
    if unit in ("week", "fortnight"):
        return _week(today - timedelta(days=int((14 if unit == "fortnight" else 7) * count)))
    if unit == "weekend":
        return _unit(today - timedelta(days=7 * int(count)), "weekend", 0, now)
    if unit == "month":
        then = _shift(today, -int(count))
        return _month(then.year, then.month)
    if unit == "year":
        if count != int(count):
            then = _shift(today, -int(12 * count))
            return _month(then.year, then.month)
        return _year(today.year - int(count))
    return _year(today.year - int(count * (10 if unit == "decade" else 100)))


def _composed(text: str, now: _Now) -> _Range | None:
    """Two times one after the other that name the same day: "Tuesday, 6 August", "at dawn on 14 July"."""
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


def _inside(left: str, outer: _Range, now: _Now) -> _Range | None:
    """A time within another: a part of its day, or a day of its week or month."""
    left = _stripped(left)
    if outer.first is None or outer.last is None:
        return None
    if re.fullmatch(rf"(?:the )?(?:early |late )?(?:hours of the )?(?:{_PART}|overnight)|(?:the )?(?:early|late|early hours|late hours|overnight)", left):
        if left.endswith("night") and outer.first == outer.last:
            return replace(outer, last=outer.last + timedelta(days=1))
        return outer
    inner = _single(left, _Now(outer.last, past=True))
    if inner is None or inner.first is None:
        return None
    return inner if outer.first <= inner.first <= outer.last else None


_RULES: tuple[Callable[[str, _Now], _Range | None], ...] = (
    _absolute,
    _relative,
    _named_day,
    _weekly,
    _running,
    _monthly,
    _composed,
)


# ── Relative to the event told before ───────────────────────────────────────────────────────

_LATER = re.compile(
    rf"(?:(?P<around>{_AROUND}) )?(?P<count>{_COUNT})? ?(?P<unit>{_UNIT})s? (?P<side>earlier|later|before|after|previously|afterwards)"
)


def _anchored(text: str, anchor: Interval | None) -> Interval | None:
    """What is told relative to another event, by that event's time."""
    if anchor is None or anchor.earliest is None or anchor.latest is None:
        return None
    first, last = date.fromisoformat(anchor.earliest[:10]), date.fromisoformat(anchor.latest[:10])
    text = _stripped(text)
    if re.fullmatch(r"(?:the|that) same (?:day|morning|evening|night)|that (?:day|morning|afternoon|evening)", text):
        return Interval(first.isoformat(), last.isoformat(), anchor.precision)
    match = re.fullmatch(rf"(?:the )?(next|following|previous|preceding) (?:day|{_PART})|the (day|night) (before|after)", text)
    if match:
        shift = timedelta(days=1 if "next" in text or "following" in text or match[3] == "after" else -1)
        return Interval((first + shift).isoformat(), (last + shift).isoformat(), anchor.precision)
    match = _LATER.fullmatch(text)
    if match is None or (match["count"] or "") in VAGUE:
        return None
    sign = -1 if match["side"] in ("earlier", "before", "previously") else 1
    return _moved(first, last, sign * _count(match["count"] or "a"), match["unit"], anchor.precision)


def _moved(first: date, last: date, count: float, unit: str, precision: str) -> Interval | None:
    if unit in ("second", "minute", "hour"):
        shift = timedelta(days=0 if abs(count) < 24 else int(count / 24))
        return Interval((first + shift).isoformat(), (last + shift).isoformat(), _coarser(precision, "Day"))
    if unit in ("day", "night"):
        shift = timedelta(days=int(count))
        return Interval((first + shift).isoformat(), (last + shift).isoformat(), precision)
    if unit in ("week", "fortnight"):
        found = _week(first + timedelta(days=int(count * (14 if unit == "fortnight" else 7))))
    elif unit == "month":
        then = _shift(first, int(count))
        found = _month(then.year, then.month)
    elif unit in ("year", "decade"):
        found = _year(first.year + int(count * (10 if unit == "decade" else 1)))
    else:
        return None
    return _interval(found)
