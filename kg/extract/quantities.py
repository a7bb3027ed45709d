"""Number phrases of a text as intervals: "up to 300" is 0 to 300, "dozens" a stated convention.

The grammar is here, the words and the conventions are in `ontology/lexicon/numbers.tsv`:

    quantity = bound* (range | number) tail?
    range    = "between" number "and" number | number ("to" | "-" | "or") number
    number   = ("a" | numeral | vague)? multiplier* | digits multiplier* | fraction

What looks like a number and is a date, a year, an age, an ordinal or a name ("regiment 488")
is left out. Percentages, money and shares are told apart from counts by `Quantity.measure`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from functools import cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract.lexicon import calendar
from kg.records import Span

Number = int | Decimal

MONTHS = frozenset(
    "january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec".split()
)
_YEAR_CUES = frozenset("in since by until before after during from of late early mid".split())
_CURRENCY = frozenset("$ € £ ¥ ₴ ₽ ₹ ₪ us$ usd eur gbp".split())
_SUFFIX = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000, "bn": 1_000_000_000, "b": 1_000_000_000}
_DASHES = frozenset("- – — ‑ −".split())
_LONGEST = 40
"""Characters of the longest number; more is a key or a hash, and Python refuses over 4,300."""
_PIECES = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+|[^\w\s]|_")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?|\d+(?:,\d{1,2})")
_OPAQUE = re.compile(
    r"\d+[:/]\d+.*|\d+[a-z]+\d.*|\d{4}-\d{1,2}-\d{1,2}.*|\d{1,2}\.\d{1,2}\.\d{2,4}"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number phrase.

    Attributes:
        lower, upper: closed interval; None is an open end.
        measure: "count", "article" ("a", "an": counts only where a rule says so), "share"
            (0 to 1), "percent", "money", "time", "modifier" ("12-man", "two-hour").
        span: its characters, bounds included ("at least 20").
        first, last: its tokens, half open.
        core: index of the token of its last number word.
    """

    lower: Number | None
    upper: Number | None
    measure: str
    span: Span
    first: int
    last: int
    core: int


@dataclass(frozen=True, slots=True)
class _Piece:
    """A word or a part of one ("40,000-strong" has three), with its token and characters."""

    text: str
    token: int
    span: Span


@dataclass(frozen=True, slots=True)
class _Value:
    """What a number says so far: interval, how far it was read, and in which form."""

    lower: Decimal
    upper: Decimal | None
    end: int
    form: str = "count"
    scaled: bool = False


@cache
def _lexicon() -> dict[str, dict[str, tuple[str, str]]]:
    """Kind -> phrase -> (lower, upper) of `numbers.tsv`."""
    table: dict[str, dict[str, tuple[str, str]]] = {}
    for row in ontology.rows("lexicon/numbers.tsv"):
        table.setdefault(row["kind"], {})[row["phrase"]] = (row["lower"], row["upper"])
    return table


@cache
def _bounds() -> dict[tuple[str, ...], str]:
    """Words that stand before a number -> kind of bound."""
    kinds = ("exact", "max", "below", "near", "min", "above", "about")
    return {tuple(phrase.split()): kind for kind in kinds for phrase in _lexicon().get(kind, {})}


@cache
def _openers() -> frozenset[str]:
    """All words but digits that a quantity can begin with."""
    lexicon = _lexicon()
    phrases = [words[0] for words in _bounds()]
    phrases += [phrase.split(" ")[0] for phrase in lexicon["vague"]]
    return frozenset((*phrases, *lexicon["numeral"], "a", "an", "half", "between"))


@cache
def measures(dimension: str) -> dict[tuple[str, ...], str]:
    """Words of a unit in lower case -> name of the unit, for one dimension."""
    return {
        tuple(row["word"].split()): row["unit"]
        for row in ontology.rows("lexicon/units_of_measure.tsv")
        if row["dimension"] == dimension
    }


def bounded(
    kind: str, lower: Decimal, upper: Decimal | None, *, counted: bool = True
) -> tuple[Number | None, Number | None]:
    """The interval that a bound makes of a number; what is not counted may lie just beside it.

    >>> bounded("max", Decimal(300), Decimal(300))
    (0, 300)
    >>> bounded("above", Decimal(12), Decimal(12))
    (13, None)
    >>> bounded("above", Decimal(25), Decimal(25), counted=False)
    (25, None)
    >>> bounded("about", Decimal(31), Decimal(31))
    (27, 35)
    >>> [str(end) for end in bounded("about", Decimal(6), Decimal(6), counted=False)]
    ['5.4', '6.6']
    """
    whole = lower == lower.to_integral_value() and (
        upper is None or upper == upper.to_integral_value()
    )
    step = Decimal(1) if whole and counted else Decimal(0)
    low: Decimal | None = lower
    high: Decimal | None = upper
    if kind == "max":
        low, high = Decimal(0), upper
    elif kind == "below":
        low, high = Decimal(0), None if upper is None else upper - step
    elif kind == "near":
        low = lower * Decimal("0.9")
    elif kind == "min":
        high = None
    elif kind == "above":
        low, high = lower + step, None
    elif kind == "about":
        low = lower * Decimal("0.9")
        high = None if upper is None else upper * Decimal("1.1")
    if whole and kind in ("near", "about") and not counted and lower < 10:
        pass  # "about 6 km" is not 6 km
    elif whole and kind in ("near", "about"):
        low = (
            None
            if low is None
            else low.to_integral_value(ROUND_FLOOR if lower >= 10 else ROUND_CEILING)
        )
        high = (
            None
            if high is None
            else high.to_integral_value(ROUND_CEILING if lower >= 10 else ROUND_FLOOR)
        )
    elif low is not None and not whole:
        low = low.quantize(Decimal("0.0001"))
        high = None if high is None else high.quantize(Decimal("0.0001"))
    return _plain(low), _plain(high)


def _plain(value: Decimal | None) -> Number | None:
    """An int where the number is whole, else a Decimal without trailing zeros."""
    if value is None:
        return None
    if value == value.to_integral_value():
        return int(value)
    return value.normalize()


def _pieces(doc: Doc) -> list[_Piece]:
    """Words of a document in lower case; words that begin with a digit or a sign are split."""
    result: list[_Piece] = []
    for token in doc:
        text = token.text.lower().replace("’", "'")  # a bare Vocab knows no lower_
        if token.is_space:
            continue
        split = (text[0].isdigit() or text[0] in "$€£¥~+₴₽") and not _OPAQUE.fullmatch(text)
        if not split and "-" in text and all(_is_word(part) for part in text.split("-")):
            split = True
        if not split:
            result.append(_Piece(text, token.i, Span(token.idx, token.idx + len(token))))
            continue
        for match in _PIECES.finditer(text):
            start = token.idx + match.start()
            result.append(_Piece(match[0], token.i, Span(start, token.idx + match.end())))
    return result


def _is_word(text: str) -> bool:
    """Whether a word is a number word by itself."""
    lexicon = _lexicon()
    return any(text in lexicon[kind] for kind in ("numeral", "multiplier", "fraction"))


def quantities(doc: Doc) -> tuple[Quantity, ...]:
    """All number phrases of a document in text order, none overlapping another.

    Dates, years, ages, ordinals and numbers that are names are left out.
    """
    data = doc.user_data
    if "kg_quantities" not in data:
        data["kg_quantities"] = tuple(_scan(doc, _pieces(doc)))
    found: tuple[Quantity, ...] = data["kg_quantities"]
    return found


def _scan(doc: Doc, pieces: list[_Piece]) -> Iterator[Quantity]:
    at = 0
    openers = _openers()
    while at < len(pieces):
        text = pieces[at].text
        opens = text in openers or text[0].isdigit()
        found = _quantity(doc, pieces, at) if opens else None
        if found is None:
            at += 1
            continue
        quantity, at = found
        if quantity is not None:
            yield quantity


def _quantity(doc: Doc, pieces: list[_Piece], at: int) -> tuple[Quantity | None, int] | None:
    """The quantity that begins at a piece with the position after it; None: no number there."""
    kinds: list[str] = []
    start = at
    while True:
        bound = _bound(pieces, at)
        if bound is None or _above_ground(doc[pieces[at].token]):
            break
        kinds.append(bound[0])
        at = bound[1]
    value = _range(pieces, at) or _number(pieces, at)
    if value is None:
        return None
    if value.form == "article" and _text(pieces, value.end)[:1].isdigit():
        return None
    if value.form == "article" and at != start:
        return None
    if value.form == "article":
        return _article(doc, pieces, at), value.end
    first = at
    if _named(doc, pieces, first, value, bounded=bool(kinds)):
        return None, value.end
    kind, end = _tail(pieces, value.end, [k for k in kinds if k != "exact"])
    measure, end = _measure(doc, pieces, first, value, end)
    length = kind in ("about", "near") and (_text(pieces, end),) in measures("length")
    whole = measure not in ("percent", "share") and not length
    lower, upper = bounded(kind, value.lower, value.upper, counted=whole)
    if measure == "share" and upper is not None and upper > 1:
        upper = 1
    core = pieces[value.end - 1].token
    quantity = Quantity(
        lower,
        upper,
        measure,
        Span(pieces[start].span.start, pieces[end - 1].span.end),
        pieces[start].token,
        pieces[end - 1].token + 1,
        core,
    )
    return quantity, end


def _bound(pieces: list[_Piece], at: int) -> tuple[str, int] | None:
    """The longest bound that begins here and how far it goes."""
    for width in (4, 3, 2, 1):
        words = tuple(piece.text for piece in pieces[at : at + width])
        if len(words) == width and words in _bounds():
            return _bounds()[words], at + width
    return None


def _above_ground(word: Token) -> bool:
    """Whether "over" says where: drones were shot down "over 13 regions"."""
    noun = (word.head.lemma_.lower(),)
    return word.lower_ == "over" and word.dep_ == "case" and noun in measures("ground")


def _text(pieces: list[_Piece], at: int) -> str:
    """Text of a piece, empty outside of the document."""
    return pieces[at].text if 0 <= at < len(pieces) else ""


def _glued(pieces: list[_Piece], at: int) -> bool:
    """Whether nothing stands between a piece and the one before it."""
    return 0 < at < len(pieces) and pieces[at - 1].span.end == pieces[at].span.start


def _range(pieces: list[_Piece], at: int) -> _Value | None:
    between = _text(pieces, at) == "between"
    low = _number(pieces, at + between)
    if low is None or low.form != "count" or low.upper is None:
        return None
    joint = _text(pieces, low.end)
    dash = joint in _DASHES
    if not (joint == "and" if between else dash or joint in ("to", "or")):
        return None
    if dash and not between and _text(pieces, low.end + 1) not in _SUFFIX:
        if _glued(pieces, low.end) != _glued(pieces, low.end + 1):
            return None
    if joint == "to" and _text(pieces, at - 1) == "from":
        return None
    high = _number(pieces, low.end + 1)
    if high is None or high.form != "count" or high.upper is None:
        return None
    lower = low.lower
    if high.scaled and not low.scaled and lower < 1000 <= high.upper:
        scale = Decimal(10) ** (3 * ((high.upper.adjusted()) // 3))
        lower *= scale
    if lower >= high.upper or (joint == "or" and high.upper > lower * 2 and high.upper > 9):
        return None
    return replace(high, lower=lower, scaled=True)


def _number(pieces: list[_Piece], at: int) -> _Value | None:
    """The number that begins at a piece: digits, words, a vague word, a fraction or an article."""
    text = _text(pieces, at)
    if not text:
        return None
    return _fraction(pieces, at) or _digits(pieces, at) or _words(pieces, at)


def _fraction(pieces: list[_Piece], at: int) -> _Value | None:
    """As in "a fifth of", "two thirds of", "half the": a share, only where a whole follows."""
    fractions = _lexicon()["fraction"]
    text = _text(pieces, at)
    count, end = Decimal(1), at
    if text in ("a", "an") or (text in _lexicon()["numeral"] and text != "zero"):
        count = Decimal(_lexicon()["numeral"].get(text, ("1", "1"))[0])
        end = at + 1
        if _text(pieces, end) in _DASHES:
            end += 1
        if _text(pieces, end) == "half":
            return None
    elif text != "half":
        return None
    word = _text(pieces, end)
    if word not in fractions or _text(pieces, end + 1) not in (
        "of",
        "the",
        "its",
        "their",
        "his",
        "all",
    ):
        return None
    share = Decimal(fractions[word][0]) * count
    if word.startswith("third"):
        share = (count / 3).quantize(Decimal("0.0001"))
    return _Value(share, share, end + 1, "share")


def _digits(pieces: list[_Piece], at: int) -> _Value | None:
    text = _text(pieces, at)
    if not text[0].isdigit() or len(text) > _LONGEST or not _DIGITS.fullmatch(text):
        return None
    plain = (
        text.replace(",", "")
        if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", text)
        else text.replace(",", ".")
    )
    end = at + 1
    grouped = plain.isdigit() and len(text) <= 3
    while grouped and len(plain) < _LONGEST and re.fullmatch(r"\d{3}", _text(pieces, end)):
        # "10 000": groups of three after one to three digits
        if _text(pieces, at - 1).rstrip(".") in MONTHS or _glued(pieces, end):
            break
        plain += _text(pieces, end)
        end += 1
    value = Decimal(plain)
    suffix = _text(pieces, end)
    if suffix in _SUFFIX and _glued(pieces, end):
        metres = suffix == "m" and _text(pieces, end + 1) in (
            "long",
            "high",
            "wide",
            "deep",
            "away",
            "from",
        )
        if not metres:
            return _Value(value * _SUFFIX[suffix], value * _SUFFIX[suffix], end + 1, scaled=True)
    return _scaled(pieces, _Value(value, value, end))


def _scaled(pieces: list[_Piece], value: _Value) -> _Value:
    """The value times the multipliers that follow it ("2 million", "several hundred thousand")."""
    multipliers = _lexicon()["multiplier"]
    while True:
        end = value.end
        if _text(pieces, end) in _DASHES and _text(pieces, end + 1) in multipliers:
            end += 1
        word = _text(pieces, end)
        if word not in multipliers or word == "score" and value.lower == 1:
            return value
        times = Decimal(multipliers[word][0])
        upper = None if value.upper is None else value.upper * times
        if value.upper is not None and value.upper != value.lower:
            upper = (value.upper + 1) * times - 1
        value = _Value(value.lower * times, upper, end + 1, scaled=True)


def _words(pieces: list[_Piece], at: int) -> _Value | None:
    lexicon = _lexicon()
    for width in (3, 2, 1):
        phrase = " ".join(piece.text for piece in pieces[at : at + width])
        if phrase in lexicon["vague"]:
            return _vague(pieces, at, at + width, phrase)
    text = _text(pieces, at)
    if text in ("a", "an"):
        return _after_article(pieces, at)
    if text == "half" and _text(pieces, at + 1) in ("a", "an", "-"):
        word = _text(pieces, at + 2)
        if word in lexicon["multiplier"]:
            half = Decimal(lexicon["multiplier"][word][0]) / 2
            return _scaled(pieces, _Value(half, half, at + 3, scaled=True))
        return None
    if text in lexicon["numeral"]:
        return _cardinal(pieces, at)
    return None


def _after_article(pieces: list[_Piece], at: int) -> _Value | None:
    """What follows "a": a multiplier, a vague noun, "half million" – or nothing that counts."""
    lexicon = _lexicon()
    word = _text(pieces, at + 1)
    if word in ("half",) and _text(pieces, at + 2) in lexicon["multiplier"]:
        half = Decimal(lexicon["multiplier"][_text(pieces, at + 2)][0]) / 2
        return _Value(half, half, at + 3, scaled=True)
    if word in lexicon["multiplier"] and word != "score":
        one = _Value(Decimal(1), Decimal(1), at + 1)
        value = _scaled(pieces, one)
        return _and(pieces, value)
    if word in lexicon["vague"] and word in ("few", "couple", "handful", "pair", "trio"):
        return _vague(pieces, at + 1, at + 2, word)
    if word == "single":
        return _Value(Decimal(1), Decimal(1), at + 2)
    return _Value(Decimal(1), Decimal(1), at + 1, "article")


def _vague(pieces: list[_Piece], at: int, end: int, phrase: str) -> _Value | None:
    if phrase == "none" and _text(pieces, end) != "of":
        return None
    if phrase in ("few", "couple", "pair", "trio", "handful"):
        if _text(pieces, at - 1) not in ("a", "another", "last", "past", "first"):
            return None
        if _text(pieces, end) == "of" and _text(pieces, end + 1) in _lexicon()["multiplier"]:
            end += 1
    low, high = _lexicon()["vague"][phrase]
    value = _Value(Decimal(low), Decimal(high) if high else None, end)
    if phrase in ("few", "several", "couple"):
        value = _scaled(pieces, value)
    return value


def _cardinal(pieces: list[_Piece], at: int) -> _Value | None:
    """Number words: "twenty-five", "two hundred and fifty", "one and a half million"."""
    numerals = _lexicon()["numeral"]
    text = _text(pieces, at)
    value = Decimal(numerals[text][0])
    end = at + 1
    unit = end + 1 if _text(pieces, end) in _DASHES else end
    small = numerals.get(_text(pieces, unit))
    if value >= 20 and small and 0 < int(small[0]) < 10:
        value, end = value + int(small[0]), unit + 1
    if tuple(_text(pieces, end + k) for k in range(3)) == ("and", "a", "half"):
        if _text(pieces, end + 3) in _lexicon()["multiplier"]:
            value, end = value + Decimal("0.5"), end + 3
    return _and(pieces, _scaled(pieces, _Value(value, value, end)))


def _and(pieces: list[_Piece], value: _Value) -> _Value:
    """The rest of a number after hundreds and thousands: "and fifty", "three hundred"."""
    if not value.scaled or value.upper is None or value.lower % 12 == 0 and value.lower < 100:
        return value
    begin = value.end + (_text(pieces, value.end) == "and")
    if _text(pieces, begin) not in _lexicon()["numeral"]:
        return value
    rest = _cardinal(pieces, begin)
    if rest is None or rest.upper is None or rest.lower >= 100 and value.lower < 1000:
        return value
    if rest.lower >= value.lower or rest.lower < 1:
        return value
    following = _text(pieces, rest.end)
    if begin != value.end and value.lower >= 1000 and rest.lower < 10 and following:
        return value
    return replace(
        rest, lower=value.lower + rest.lower, upper=value.upper + rest.upper, scaled=True
    )


def _article(doc: Doc, pieces: list[_Piece], at: int) -> Quantity:
    """As in "a" or "an" as one of something; rules decide where it counts."""
    piece = pieces[at]
    return Quantity(1, 1, "article", piece.span, piece.token, piece.token + 1, piece.token)


def _named(doc: Doc, pieces: list[_Piece], at: int, value: _Value, *, bounded: bool) -> bool:
    """Whether the number is a date, a year, an age, a clock time, an ordinal or a name."""
    text, before, after = _text(pieces, at), _text(pieces, at - 1), _text(pieces, value.end)
    if text == "one" and (before in ("no", "any", "this", "that") or after in ("another", "day")):
        return True
    if text == "one" and after == "of" and _superlative(doc, pieces, value.end):
        return True
    if not text[0].isdigit():
        return after in ("year", "years") and _text(pieces, value.end + 1) == "old"
    if after in ("st", "nd", "rd", "th", "s") and _glued(pieces, value.end):
        return True
    if after.rstrip(".") in MONTHS - {"may", "march"} or (
        after in ("may", "march") and doc[pieces[value.end].token].is_title
    ):
        return not bounded
    dated = _text(pieces, at - 2)[:1].isdigit()
    if (
        before.rstrip(".") in MONTHS
        and not dated
        and (before != "may" or doc[pieces[at - 1].token].is_title)
    ):
        return True
    if after in ("am", "pm", "a.m.", "p.m.", "a.m", "p.m", "gmt", "utc", "o'clock", "mm", "cm"):
        return True
    if re.fullmatch(r"[a-z]{1,3}\d*", after) and _glued(pieces, value.end):
        if (after,) not in measures("length") and (after,) not in measures("area"):
            return True  # a designation: "2S19", "9K33"
    if value.lower < 120 and _age(doc, pieces, at, value.end):
        return True
    if _year(doc, pieces, at, value, bounded=bounded):
        return True
    label = _lexicon()["label"]
    if before in label and not bounded and pieces[at].token != pieces[at - 1].token:
        counted = doc[pieces[at].token]
        return counted.dep_ not in ("nummod",) or counted.head.i < counted.i
    return False


def _superlative(doc: Doc, pieces: list[_Piece], of: int) -> bool:
    """Whether "one of" is followed by the best, the most …: a judgement and no count."""
    return any(
        doc[piece.token].tag_ in ("JJS", "RBS") and piece.text != "least"
        for piece in pieces[of + 1 : of + 6]
    )


def _age(doc: Doc, pieces: list[_Piece], at: int, end: int) -> bool:
    before, after = _text(pieces, at - 1), _text(pieces, end)
    if before in ("aged", "age"):
        return True
    if after in ("year", "years", "-"):
        return "old" in (_text(pieces, end + 1), _text(pieces, end + 2), _text(pieces, end + 3))
    if before != "," and before != "(":
        return False
    named = at >= 2 and doc[pieces[at - 2].token].pos_ == "PROPN"
    return named and after in (",", ")", ".", ";", "from", "and", "was", "who")


def _year(doc: Doc, pieces: list[_Piece], at: int, value: _Value, *, bounded: bool) -> bool:
    text, before = _text(pieces, at), _text(pieces, at - 1)
    if not re.fullmatch(r"1[6-9]\d\d|20\d\d", text) or value.scaled:
        return False
    if before in _YEAR_CUES and not bounded:
        return True
    month = _text(pieces, at - 3).rstrip(".")
    if before == "," and _text(pieces, at - 2).isdigit() and month in calendar():
        return True  # "on Aug. 7, 2017 supporters marched"
    following = doc[pieces[value.end].token] if value.end < len(pieces) else None
    counted = following is not None and (
        following.pos_ in ("NOUN", "ADJ") or following.text == "of"
    )
    return not counted and not bounded


def _tail(pieces: list[_Piece], end: int, kinds: list[str]) -> tuple[str, int]:
    """The bound that holds, from the words before or else after the number."""
    tails = _lexicon()["tail"]
    for width in (2, 1):
        phrase = " ".join(piece.text for piece in pieces[end : end + width])
        if phrase not in tails:
            continue
        if phrase.startswith("at ") and _text(pieces, end + width) not in (
            ",",
            ".",
            ";",
            "of",
            ")",
            "",
        ):
            continue
        if not kinds:
            return tails[phrase][0], end + width
        return kinds[0], end + width
    return (kinds[0] if kinds else "exact"), end


def _measure(doc: Doc, pieces: list[_Piece], at: int, value: _Value, end: int) -> tuple[str, int]:
    """What is measured, and how far the number phrase goes with its sign."""
    if value.form == "share":
        return "share", end
    before, after = _text(pieces, at - 1), _text(pieces, end)
    if before in _CURRENCY:
        return "money", end
    if after in ("%", "percent", "pc") or (after == "per" and _text(pieces, end + 1) == "cent"):
        return "percent", end + (2 if after == "per" else 1)
    if (after,) in measures("money") or (after.removesuffix("s"),) in measures("money"):
        return "money", end
    if _text(pieces, end + 1).removesuffix("s") in ("dollar", "rouble", "euro", "pound"):
        return "money", end
    if after in _DASHES and _glued(pieces, end) and _glued(pieces, end + 1):
        word = _text(pieces, end + 1)
        if word == "strong":
            return "count", end + 2
        if (word,) not in measures("length"):
            return "modifier", end
    unit = after if after not in ("more", "-") else _text(pieces, end + 1)
    if unit and ((unit,) in measures("time") or (unit.removesuffix("s"),) in measures("time")):
        return "time", end
    return "count", end


def counted(doc: Doc, quantity: Quantity) -> Token | None:
    """The noun that a quantity counts ("soldiers" of "dozens of soldiers"), None if it is left out.

    A number that stands for what it counts ("killed 30", "28 wounded") has none.
    """
    found = _counted(doc, quantity)
    if found is not None and _broken(doc, quantity.last, found.i):
        found = None
    return found or _following(doc, quantity)


def _broken(doc: Doc, start: int, end: int) -> bool:
    """Whether a dash with spaces stands between: a headline's " - agency" counts nothing."""
    return any(
        t.text in _DASHES and t.whitespace_ and doc[t.i - 1].whitespace_
        for t in doc[start:end]
        if t.i
    )


def _following(doc: Doc, quantity: Quantity) -> Token | None:
    """The noun phrase right after the number, where the parse has torn them apart."""
    last = None
    for token in doc[quantity.last : quantity.last + 5]:
        premodifier = (
            token.pos_ in ("ADJ", "NOUN", "PROPN") or token.text == "-" and not token.whitespace_
        )
        if not premodifier and not (token.dep_ == "amod" and token.head.i > token.i):
            break
        if token.pos_ in ("NOUN", "PROPN"):
            last = token
        elif last is not None and token.text != "-":
            break
    return last


def _counted(doc: Doc, quantity: Quantity) -> Token | None:
    core = doc[quantity.core]
    after = doc[quantity.last] if quantity.last < len(doc) else None
    if after is not None and after.lower_ == "of":
        head = after.head
        if head.i > after.i and head.pos_ in ("NOUN", "PROPN"):
            return _noun(head)
        for token in doc[after.i + 1 : after.i + 6]:
            if token.pos_ in ("NOUN", "PROPN"):
                return _noun(token)
            if token.pos_ not in ("DET", "NUM", "ADJ") and token.dep_ not in ("amod", "nmod:poss"):
                return None
        return None
    if (
        core.pos_ == "NOUN"
        and core.dep_ not in ("nummod", "compound", "det", "amod", "nmod")
        and (core.lower_ not in ("dozen", "hundred", "thousand", "million"))
    ):
        return None
    head = core.head
    for _ in range(3):
        if head.i <= core.i or head.sent != core.sent:
            return None
        if head.pos_ in ("NOUN", "PROPN", "SYM") and head.dep_ not in ("compound", "nummod"):
            return head
        if head.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ", "ADV", "SYM", "X"):
            return None
        if head.pos_ == "ADJ" and head.dep_ not in ("amod", "compound", "nummod"):
            return None
        head = head.head
    return None


def _noun(token: Token) -> Token:
    """The head of the noun phrase that a token begins or belongs to as a modifier."""
    while token.dep_ in ("compound", "amod", "nummod") and token.head.i > token.i:
        token = token.head
    return token
