"""What time expressions look like in English news: patterns built from `lexicon/times.tsv`.

An expression is a chain of cores ("Tuesday", "3 May", "last week", "5 am") with what introduces
and joins them. The patterns match lower and upper case, with plain blanks and straight
apostrophes; whether the words really say when is for the parse to tell (`kg.extract.times`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg import ontology


def _any(*kinds: str) -> str:
    found = [word for kind in kinds for word in ontology.words("times", kind)]
    return alternatives(found)


def alternatives(found: Iterable[str]) -> str:
    """A pattern of words, the longest tried first."""
    return "|".join(re.escape(w) for w in sorted(set(found), key=lambda w: (-len(w), w)))


_WORDS_TOO = ("may", "march", "mar")


def _months() -> str:
    """Months; what may be another word only with a capital ("may", "march")."""
    found = [word for word in ontology.words("times", "month") if word not in _WORDS_TOO]
    short = [word for word in found if len(word) < 4 or word == "sept"]
    capital = [form for word in _WORDS_TOO for form in (word.title(), word.upper())]
    return (
        rf"(?:{alternatives(word for word in found if word not in short)}"
        rf"|(?:{alternatives(short)})\b\.?|(?-i:(?:{alternatives(capital)})\b\.?))"
    )


DAY = f"(?:{_any('weekday')})"
MONTH = _months()
PART = f"(?:{_any('part')})"
SEASON = f"(?:{_any('season')})"
UNIT = f"(?:{_any('unit')}|century|centurie)s?"
YEAR = r"(?:1[6-9]|20)\d\d"
HOURS = rf"(?:{_any('hours')}) hours of"
NUMBER = (
    rf"(?:\d+(?:\.\d+)?|{_any('number', 'vague')}|dozens? of)(?:[ -](?:{_any('number')}|hundred"
    r"|dozen|thousand|and a half))?"
)
COUNT = rf"(?:(?:{_any('around')}) )*{NUMBER}"
ORDINAL = f"(?:{_any('ordinal')})"
_ORDINALS = ontology.words("times", "ordinal")
_LATE_ORDINAL = f"(?:{alternatives(word for word, day in _ORDINALS.items() if int(day) > 9)})"
NTH = r"\d{1,2}(?:st|nd|rd|th)?"
NAMED = rf"(?:{_any('ordinal')}|{NTH})"
HOLIDAY = f"(?:{alternatives(row['name'] for row in ontology.rows('lexicon/holidays.tsv'))})"
TO = r" ?(?:-|–|—|/|\bto\b|\band\b|\bor\b|\buntil\b|\btill\b|\bthrough\b) ?"
EDGE = (
    "(?:(?:very )?early|late|mid|middle|later|earlier|(?:the )?(?:start|beginning|end|"
    "middle|close|turn) of"
    "|(?:the )?(?:first|second|third|fourth|early|late|latter|last|opening|closing|final) "
    "(?:half|part|days|weeks?|months|hours|quarter) of|(?:the )?eve of)"
)
_ZONE = rf"(?: ?\(?(?:(?:[a-z]+ )?(?:{_any('zone')})\b|[a-z]+ time\b)\)?)"
_HOUR = rf"(?:\d{{1,2}}|{alternatives(list(ontology.words('times', 'number')))})"
_DAYPART = r"(?: (?:in the|at) (?:small hours|early hours|morning|afternoon|evening|night)\b)"
_AT = (
    "(?:"
    + "|".join(
        rf"(?<=\b{w} )"
        for w in (
            "at",
            "by",
            "as of",
            "until",
            "around",
            "about",
            "from",
            "after",
            "before",
            "since",
        )
    )
    + ")"
)
CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:-|–|to|and) ?)?\d{1,2}(?:[:.]\d\d)? ?"
    rf"(?:a\.m\.?|p\.m\.?|am\b|pm\b){_ZONE}?"
    r"|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?: ?(?:hours|hrs|h|z)\b)?"
    rf"{_DAYPART}?{_ZONE}?"
    r"|(?:[01]?\d|2[0-3])[.][0-5]\d(?: ?(?:hours|hrs|h)\b)" + _ZONE + "?"
    r"|(?:[01]\d|2[0-3])[0-5]\d ?(?:hours|hrs|h|z)\b" + _ZONE + "?"
    r"|(?:[01]\d|2[0-3])[0-5]\d" + _ZONE + ""
    rf"|{_AT}(?:[01]\d|2[0-3])[.][0-5]\d(?! ?(?:%|per\b|m\b|km\b|\w*illion))" + _ZONE + "?"
    rf"|{_AT}(?:[01]?\d|2[0-3])[.][0-5]\d(?= (?:on|this|that|today|yesterday|in the|local)\b)"
    rf"|{_AT}(?:0\d[0-5]\d\b|(?:1\d|2[0-3])[0-5]\d(?=,? (?:on|today|yesterday|{DAY})\b))"
    rf"|{_HOUR} o'clock{_DAYPART}?{_ZONE}?"
    rf"|(?:half|(?:a )?quarter|five|ten|twenty|twenty-five|{_HOUR} minutes?) (?:past|to) "
    rf"(?:{_HOUR}|midnight|noon|midday)\b{_DAYPART}?(?= ?[.,;:)]|$| (?:on|in|at|this|that|when|"
    r"and|as|with|but|before|after|local|today|yesterday)\b)"
    rf"|{_HOUR}{_DAYPART}"
)
_RELATIVE_DAY = rf"(?:today|yesterday|tomorrow|(?:on |last |next |this )?{DAY})"
CORES = (
    r"\d{4}-\d{2}-\d{2}",
    r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)",
    rf"(?:the )?{NAMED}(?:(?:, {NTH})*{TO}(?:the )?{NTH})? (?:of )?{MONTH}(?:,? {YEAR})?",
    rf"{MONTH} (?:the )?{NTH}(?:(?:, {NTH})*{TO}{NTH})?\b(?!:\d| ?{UNIT}\b)(?:,? {YEAR})?",
    rf"{MONTH}(?:,| of)? {YEAR}",
    CLOCK,
    rf"(?:the )?(?:intervening )?(?:overnight|nights?) (?:of|between|from|to) (?:the )?(?:"
    rf"(?:{DAY}|{NTH})(?={TO}\w)|{MONTH} {NTH}(?:{TO}{NTH}\b)?)",
    rf"(?:the )?{SEASON} of {YEAR}|{SEASON} {YEAR}",
    r"(?:the )?(?:19|20)\d0s",
    rf"(?:(?<=\bin )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )){SEASON}\b(?! (?:of|in|to)\b)",
    r"(?:later|earlier|late|early) (?:in|on) (?:the|that) day",
    r"(?:this|next) quarter(?! of)",
    rf"(?:the )?(?:first|second|third|fourth|last) quarter(?: of (?:{YEAR}|this year|last year|"
    rf"next year|the year)|(?! ?\w)(?<!last quarter))|q[1-4] {YEAR}",
    rf"{DAY} (?:week|fortnight)\b|(?:an?|two) (?:week|fortnight)s? on {DAY}",
    rf"(?:the )?{DAY} (?:before last|after next)",
    r"(?:the )?(?:night|week|weekend|fortnight|month|year) (?:before last|after next)",
    rf"(?:last|this|next) week(?: on|'s)? {DAY}(?: {PART})?",
    rf"{DAY}(?: {PART})?(?: of)? (?:last week|this week|next week|the week before|the previous "
    rf"week|the following week|last|next)\b(?! (?:{UNIT}|{DAY}|{NUMBER}))",
    rf"(?:last|this past|this coming|this|next|the past|past|previous|coming|that|the same|the "
    rf"following|the previous|the next|the) (?:{DAY}|{PART}|{SEASON}(?! of (?!{YEAR}))|{MONTH})",
    r"(?:last|this past|this coming|this|next|the past|the last|the previous|the following|the "
    r"next|the same|the coming|that same|that|same|following|previous)"
    r" (?:week|weekend|month|year|decade|century|fortnight|day|hour)"
    r"(?! of (?:the |this )?(?:war|fighting))",
    r"the (?:week|weekend|month|year|decade|century)"
    rf"(?! (?:of (?!{MONTH}|{DAY}|\d|the \d)|(?:before|after)\b))",
    rf"(?:the )?(?:past|last|previous|preceding|coming|next|first|recent|final)"
    rf" {COUNT} {UNIT}",
    rf"(?:the )?(?:past|recent|coming|following|preceding|last|next) {UNIT}",
    rf"{COUNT} {UNIT} (?:ago|from|after)(?: on)? {_RELATIVE_DAY}",
    rf"{COUNT} {UNIT}(?: and a half)? (?:ago|from now|hence|earlier|later|previously|beforehand|"
    r"prior|(?:after|before)(?= ?[,.;]))",
    rf"in {COUNT} {UNIT}(?:'s?)? time",
    rf"(?:{COUNT}|many) {UNIT} of (?:the )?(?:war|fighting|conflict|siege|clashes|"
    rf"shelling|bombardment)",
    r"(?:years|months|weeks|days|hours|decades|minutes) (?:ago|earlier|later)|(?:long|shortly) "
    r"(?:ago|after|before)(?= ?[,.;])",
    r"the day (?:before yesterday|after tomorrow|before|after)(?! (?:the|a|an|it|he|she|"
    rf"they)\b)|(?:the )?(?:night|{PART}) before(?! the)"
    r"|the (?:week|month|year) (?:before|after)(?= ?[,.;])",
    r"today|yesterday|tomorrow|tonight|overnight|recently|lately|this time last year",
    rf"{HOLIDAY}(?:,? {YEAR})?",
    rf"(?:every|each) (?:{DAY}|{MONTH})",
    rf"{DAY}(?: {PART})?s?(?=\W|$)",
    rf"(?:the )?(?:early |late )?(?:{HOURS} |hours of )(?:the )?(?:{PART}|(?={DAY}|{NTH}\b|"
    rf"today|yesterday|tomorrow|{MONTH}))|(?:the )?(?:small|wee|early) hours(?: of (?:this |the )?"
    rf"{PART})?",
    rf"(?:the )?(?:early |late )?{PART}",
    r"(?:start|beginning|outbreak|end|onset|first days|early days|outset) of (?:the |"
    r"this |its |russia's )?"
    r"(?:full-scale |civil |current |latest |great |first |second |world )*(?:war|"
    r"invasion|conflict|offensive|fighting|"
    r"siege|campaign|operation|occupation|ceasefire|truce|uprising|revolution|"
    r"hostilities|crisis|year|month|week|day|summer|winter)",
    r"(?:the )?(?:week|month|year)(?:'s |-| )end(?! ?\w)",
    rf"(?:the )?month of {MONTH}",
    rf"the (?:\d{{1,2}}(?:st|nd|rd|th)|{_LATE_ORDINAL})(?= ?[.,;:)]|$| (?:of (?:this|last|next|"
    r"the) month\b|and|to|until|after|when|in|at|by|with|from|for|that|which)\b)"
    r"(?: of (?:this|last|next|the) month)?"
    r"|(?<=\bon )(?:\d{1,2}(?:st|nd|rd|th))(?= ?[.,;:)]|$)"
    rf"|(?:the )?{ORDINAL} of (?:this|last|next|the) month",
    rf"{MONTH}\b",
    rf"{YEAR}\b(?![-–]\w)",
)
INTO = (
    "(?:(?:in|over|during) the course of|on|in|at|over|during|within|for|since|until|till|by|"
    "before|after|from|between|throughout|through|"
    "as of|as early as|as late as|up to|early on|late on|later on|earlier on|early in|"
    "late in|later in|earlier in|"
    "around|about|across|into|no later than|not later than|no earlier than|not before|shortly|"
    "soon|just|starting|beginning|sometime|ever since|toward|towards|past|so far)"
)
JOINTS = (
    " on the ", " in the ", " of the ", " at around ", " at about ", " at ", " on ", " of ", " in ",
    ", on ", ", at ", ", from ", " and ", " or ", " to ", " until ", " till ", " through ",
    " into ", " - ", " – ", "-", "–", "/", " around ", " about ", " beginning ",
    " starting ", " ending ",
)  # fmt: skip
_APART = re.compile(
    r",? (?!(?:after|before|since|until|till|by|for|from|during|over|within|between|shortly|just"
    rf"|soon|past)\b|{COUNT} {UNIT}\b)",
    re.IGNORECASE,
)
BEFORE = (
    rf"(?:{INTO} )*(?:(?:the|about|around|approximately|roughly|at) )*(?:{EDGE}[ "
    rf"-](?:on |in |the )*)?"
)
CORE = "(?:" + "|".join(f"(?:{core})" for core in CORES) + ")"
_DISTANCE = rf"(?:{COUNT} {UNIT} (?:after|before|prior to) (?:the )?)"
_DATED = re.compile(
    rf"(?:(?:between|from) (?:the )?{NTH} (?:and|to) )?{BEFORE}{_DISTANCE}?{CORE}(?![\w%])",
    re.IGNORECASE,
)
_LENGTH = re.compile(rf"(?:{INTO} )*(?:the )?{COUNT} {UNIT}(?![\w%])", re.IGNORECASE)
_START = re.compile(r"(?<![\w$€£/-])\w+")
_MAY_START = frozenset(re.findall(r"[a-z]+", f"{_DATED.pattern} {_LENGTH.pattern}".lower()))
_WORD = re.compile(r"\w+")
_LEADS = frozenset(
    "the a an in on at by for from since until till to and over during within before after between "
    "through throughout as about around into across up of".split()
)
"""Words of which no expression consists: more has to follow them."""
ORDINAL_DAY = re.compile(
    rf"(?:{INTO} )*(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)|{ORDINAL})", re.IGNORECASE
)
DURATION = re.compile(
    rf"(?:(?:for|in|within|over|during|throughout|after|through)\s+)?(?:the )?{COUNT} {UNIT}",
    re.IGNORECASE,
)
BARE = re.compile(
    rf"(?:the )?(?:early |late )?{PART}|(?:the|that) (?:week|month|year|day|hour|decade|"
    rf"century)|{YEAR}|{COUNT} {UNIT}",
    re.IGNORECASE,
)


def expressions(text: str) -> Iterator[tuple[int, int]]:
    """Where the chains of time words of a sentence begin and end, in text order.

    >>> text = "Shells fell for two hours on Tuesday evening and at 0415 hours on 16 October."
    >>> [text[start:end] for start, end in expressions(text)]
    ['for two hours', 'on Tuesday evening and at 0415 hours on 16 October']
    """
    at = 0
    while (start := _START.search(text, at)) is not None:
        at = start.start()
        if not _opens(start[0].lower()) or not _led(text, start):
            at = start.end()
            continue
        dated = _DATED.match(text, at)
        found = dated or _LENGTH.match(text, at)
        if found is None:
            at = start.end()
            continue
        begin, at = at, found.end()
        while dated is not None and (further := _further(text, at)) is not None:
            at = further
        yield begin, at


def _opens(word: str) -> bool:
    """Whether a word stands in the patterns at all: the quick answer for most words."""
    return word in _MAY_START or word.removesuffix("s") in _MAY_START or not word.isalpha()


def _led(text: str, word: re.Match[str]) -> bool:
    """Whether a word that only leads in ("in the") leads to one that stands in the patterns."""
    found: re.Match[str] | None = word
    while found is not None and found[0].lower() in _LEADS:
        found = _WORD.search(text, found.end())
    return found is not None and _opens(found[0].lower())


def _further(text: str, at: int) -> int | None:
    """The end of one more core that is joined to the expression before it."""
    lower = text[at : at + 12].lower()
    ends = [at + len(joint) for joint in JOINTS if lower.startswith(joint)]
    apart = _APART.match(text, at)
    for end in (*ends, *([apart.end()] if apart else [])):
        found = _DATED.match(text, end)
        if found is not None:
            return found.end()
    return None
