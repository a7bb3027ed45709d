"""Clock times in an expression: "at 5 am", "0415 hours", "ten past two", "between 2 and 4 a.m."."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.link.almanac import DAY, HALVES, HOURS, NUMBERS, PART, UNIT, ZONE

_HOUR = "|".join(
    [
        r"\d{1,2}",
        *(word for word, number in NUMBERS.items() if number == int(number) and number > 0),
    ]
)
_LEAD = r"(?:\b(?:at|by) )?(?:about |around |approximately |roughly |exactly |just )*\b"
_ZONE = rf"(?: ?\(?(?:(?:[a-z]+ )?(?:{ZONE})\b|[a-z]+ time\b)\)?)?"
_IN = rf"(?: (?:in the|at) (?P<part>{HOURS}|{PART})\b)?"
_STRETCH = re.compile(
    r"\b(?:between |from )?(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>am|pm)?"
    r" ?(?:-|to|and|until|till) ?(?P<hour2>\d{1,2})(?:[:.](?P<minute2>\d\d))? ?"
    rf"(?P<half2>am|pm)\b{_ZONE}"
    r"|\b(?:between |from )(?P<hour3>\d{1,2})[:.](?P<minute3>\d\d) ?(?:-|to|and|until|till) ?"
    rf"(?P<hour4>\d{{1,2}})[:.](?P<minute4>\d\d){_ZONE}"
)
_NUMERIC = re.compile(
    _LEAD + r"(?:(?P<hour>\d{1,2})(?:[:.](?P<minute>\d\d))? ?(?P<half>am|pm)\b"
    r"|(?P<hour2>[01]?\d|2[0-3])[:.](?P<minute2>[0-5]\d)(?::[0-5]\d)?(?: ?(?:hours|hrs|h|z)\b)?"
    rf"(?!\d|[./]\d){_IN}"
    r"|(?P<hour3>[01]\d|2[0-3])(?P<minute3>[0-5]\d)(?: ?(?:hours|hrs|h|z)\b"
    rf"|(?= (?:[a-z]+ )?(?:{ZONE})\b| [a-z]+ time\b))"
    r"|(?<=\bat )(?P<hour4>[01]\d|2[0-3])(?P<minute4>[0-5]\d)"
    rf"(?=,? (?:on|today|yesterday|{DAY})\b|$)|\b(?P<hour5>0\d)(?P<minute5>[0-5]\d)\b)" + _ZONE
)
_SPOKEN = re.compile(
    _LEAD + rf"(?:(?P<hour>{_HOUR}) o'clock"
    rf"|(?P<minute>half|(?:a )?quarter|five|ten|twenty|twenty-five|(?:{_HOUR}) minutes?) "
    r"(?P<side>past|to) "
    rf"(?P<hour2>{_HOUR}|midnight|noon|midday)\b(?! (?:{UNIT})s?\b)"
    rf"|(?P<hour3>{_HOUR})(?= in the (?:{HOURS}|morning|afternoon|evening)| at night))"
    + _IN
    + _ZONE
)


@dataclass(frozen=True, slots=True)
class Clock:
    """Hour and minute, and where a stretch is given those of its end."""

    start: tuple[int, int]
    end: tuple[int, int] | None = None


def clock(text: str) -> tuple[Clock | None, str]:
    """The clock time of an expression in lower case, and the rest of the words.

    A spoken hour that may be before or after noon is no clock time, but is taken out too.

    >>> clock("at 0415 hours on 16 october")
    (Clock(start=(4, 15), end=None), 'on 16 october')
    >>> clock("between 2 and 4 am on sunday")
    (Clock(start=(2, 0), end=(4, 0)), 'on sunday')
    >>> clock("at ten past two on tuesday afternoon")[0], clock("at four o'clock")
    (Clock(start=(14, 10), end=None), (None, ''))
    """
    for pattern, read in ((_STRETCH, _stretch), (_NUMERIC, _numeric), (_SPOKEN, _spoken)):
        match = pattern.search(text)
        if match is None:
            continue
        rest = re.sub(r"\s+", " ", f"{text[: match.start()]} {text[match.end() :]}").strip(" ,-")
        return read(match, rest), rest
    return None, text


def _stretch(match: re.Match[str], rest: str) -> Clock | None:
    if match["hour3"]:
        first = int(match["hour3"]), int(match["minute3"])
        last = int(match["hour4"]), int(match["minute4"])
    else:
        last = _half(int(match["hour2"]), int(match["minute2"] or 0), match["half2"])
        first = _half(
            int(match["hour"]), int(match["minute"] or 0), match["half"] or match["half2"]
        )
        if not match["half"] and first > last:
            first = ((first[0] + 12) % 24, first[1])
    return Clock(first, last) if _valid(first) and _valid(last) else None


def _numeric(match: re.Match[str], rest: str) -> Clock | None:
    if match["half"]:
        moment = _half(int(match["hour"]), int(match["minute"] or 0), match["half"])
    else:
        hour = next(match[f"hour{n}"] for n in (2, 3, 4, 5) if match[f"hour{n}"])
        minute = next(match[f"minute{n}"] for n in (2, 3, 4, 5) if match[f"minute{n}"])
        half = _half_of(match["part"] or "")
        moment = _half(int(hour), int(minute), half) if half else (int(hour), int(minute))
    return Clock(moment) if _valid(moment) else None


def _spoken(match: re.Match[str], rest: str) -> Clock | None:
    named = match["hour"] or match["hour2"] or match["hour3"]
    half = _half_of(match["part"] or rest)
    if named in ("noon", "midday", "midnight"):
        hour = 0 if named == "midnight" else 12
    else:
        hour = int(_number(named))
        if not half and not 13 <= hour <= 23:
            return None
        if half == "night":
            half = "pm" if 6 <= hour < 12 else "am"
        hour = hour if hour > 12 else _half(hour, 0, half)[0]
    minutes = 60 * hour
    if match["minute"]:
        words = re.sub(r"^a | minutes?$", "", match["minute"])
        shift = {"half": 30, "quarter": 15}.get(words) or int(_number(words))
        minutes += shift if match["side"] == "past" else -shift
    moment = (minutes // 60 % 24, minutes % 60)
    return Clock(moment) if _valid(moment) else None


def _number(words: str) -> float:
    return NUMBERS[words] if words in NUMBERS else float(words)


def _half_of(words: str) -> str:
    """Half of the day that words name: "am", "pm", "night", or "" where none does."""
    hours = re.search(r"\b(\w+(?:-\w+)?) hours\b", words)
    if hours and hours[1] in HALVES:
        return HALVES[hours[1]]
    part = re.search(rf"\b(?:{PART})\b", words)
    return HALVES[part[0]] if part else ""


def _half(hour: int, minute: int, half: str | None) -> tuple[int, int]:
    return hour % 12 + (12 if half == "pm" else 0) if hour <= 12 else hour, minute


def _valid(moment: tuple[int, int]) -> bool:
    return 0 <= moment[0] <= 23 and 0 <= moment[1] <= 59
