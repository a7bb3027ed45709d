"""Time expressions: where they stand, and which one says when an event was.

An expression is a chain of dated pieces with what introduces them ("late on Tuesday
evening", "over the past 24 hours", "since the start of the war"). What it means on the
calendar is decided later, from the day of publication.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Slice

from kg.extract import lexicon
from kg.extract.phrases import case, quote_index, sentence_index, span
from kg.records import Form, Mention, Span

_DAY = "(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?)"
)
_PART = (
    "(?:morning|afternoon|evening|night|noon|midday|midnight|dawn|dusk|daybreak|sunrise|"
    "sunset|nightfall)"
)
_UNIT = "(?:second|minute|hour|day|night|week|weekend|fortnight|month|year|decade|centur(?:y|ie))s?"
_SEASON = "(?:spring|summer|autumn|winter|fall)"
_YEAR = r"(?:1[6-9]|20)\d\d"
_NUMBER = (
    r"(?:\d+(?:\.\d+)?|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen"
    "|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|ninety"
    "|several|few|a few|a couple of|couple of|dozens? of|half an?|many|some)(?:[ -](?:one|two|three"
    "|four|five|six|seven|eight|nine|hundred|dozen|thousand|and a half))?"
)
_COUNT = (
    rf"(?:(?:about|around|nearly|almost|more than|over|at least|less than|roughly|some|"
    rf"just|just over|just under|barely|only) )?{_NUMBER}"
)
_NTH = r"\d{1,2}(?:st|nd|rd|th)?"
_EDGE = (
    "(?:(?:very )?early|late|mid|middle|later|earlier|(?:the )?(?:start|beginning|end|"
    "middle|close|turn) of"
    "|(?:the )?(?:first|second|early|late|latter) (?:half|part|days|weeks|months|hours|"
    "quarter) of|(?:the )?eve of)"
)
_CLOCK = (
    r"(?:\d{1,2}(?:[:.]\d\d)? ?(?:a\.m\.?|p\.m\.?|am\b|pm\b)|(?:[01]?\d|2[0-3])"
    r":[0-5]\d(?: ?hours)?)"
    r"(?: \(?(?:local time|gmt|utc|et|est|cet|moscow time|kyiv time)\)?)?"
)
_CORES = (
    r"\d{4}-\d{2}-\d{2}",
    r"\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)",
    rf"(?:the )?{_NTH} ?(?:-|–|to|and|or) ?{_NTH} (?:of )?{_MONTH}(?:,? {_YEAR})?",
    rf"{_MONTH} {_NTH} ?(?:-|–|to|and|or) ?{_NTH}\b(?!:)(?:,? {_YEAR})?",
    rf"(?:the )?{_NTH} (?:of )?{_MONTH}(?:,? {_YEAR})?",
    rf"{_MONTH} {_NTH}\b(?!:)(?:,? {_YEAR})?",
    rf"{_MONTH}(?:,| of)? {_YEAR}",
    rf"(?:the )?{_SEASON} of {_YEAR}|{_SEASON} {_YEAR}",
    r"(?:the )?(?:19|20)\d0s",
    rf"(?:the )?(?:first|second|third|fourth) quarter of {_YEAR}|q[1-4] {_YEAR}",
    rf"(?:last|this|next|past|previous|coming|that|the same|the following|the previous|"
    rf"the next|the)"
    rf" (?:{_DAY}|{_PART}|{_SEASON}|{_MONTH})",
    r"(?:last|this|next|the past|the last|the previous|the following|the next|the same|"
    r"the coming|that|the)"
    r" (?:week|weekend|month|year|decade|century|fortnight|day|hour)(?! of (?:the |this )"
    r"?(?:war|fighting))",
    rf"(?:the )?(?:past|last|previous|preceding|coming|next|first|recent|final)"
    rf"(?: (?:more than|nearly|almost|about|over))? {_NUMBER} {_UNIT}",
    rf"(?:the )?(?:past|recent|coming|following|preceding|last|next) {_UNIT}",
    rf"{_COUNT} {_UNIT} (?:ago|earlier|later|previously|beforehand|prior|before(?= ?[,.;]))",
    rf"(?:{_COUNT}|many) {_UNIT} of (?:the )?(?:war|fighting|conflict|siege|clashes|"
    rf"shelling|bombardment)",
    r"(?:years|months|weeks|days|hours|decades) (?:ago|earlier|later)|(?:long|shortly) "
    r"(?:ago|after|before)(?= ?[,.;])",
    r"the day (?:before yesterday|after tomorrow|before|after)(?! (?:the|a|an|it|he|she|"
    r"they)\b)|the night before(?! the)",
    r"today|yesterday|tomorrow|tonight|overnight|recently|this time last year|new year's "
    r"(?:eve|day)|christmas(?: eve| day)?",
    rf"{_DAY}(?: {_PART})?s?(?!'s)",
    _CLOCK,
    rf"(?:the )?(?:early |late )?(?:hours of the )?{_PART}",
    r"(?:start|beginning|outbreak|end|onset|first days|early days|outset) of (?:the |"
    r"this |its |russia's )?"
    r"(?:full-scale |civil |current |latest |great |first |second |world )*(?:war|"
    r"invasion|conflict|offensive|fighting|"
    r"siege|campaign|operation|occupation|ceasefire|truce|uprising|revolution|"
    r"hostilities|crisis|year|month|week|day|summer|winter)",
    rf"{_MONTH}\b",
    rf"{_YEAR}\b(?![-–]\w)",
    rf"{_COUNT} {_UNIT}",
)
_CORE = "(?:" + "|".join(f"(?:{core})" for core in _CORES) + ")"
_INTO = (
    "(?:on|in|at|over|during|within|for|since|until|till|by|before|after|from|between|"
    "throughout|through|"
    "as of|as early as|as late as|up to|early on|late on|later on|earlier on|early in|"
    "late in|later in|earlier in|"
    "around|about|across|into|no later than|starting|beginning|sometime|ever since)"
)
_JOINT = (
    rf"(?:,? (?!{_COUNT} {_UNIT}\b)| at | on | of | in | in the | on the | of the |, on | "
    rf"and | to | until | through | into | - |–|-| or | around | about | at around | at "
    rf"about )"
)
_BEFORE = (
    rf"(?:{_INTO} )*(?:(?:the|about|around|approximately|roughly|at) )*(?:{_EDGE}[ "
    rf"-](?:on |in |the )*)?"
)
_EXPRESSION = re.compile(
    rf"(?<![\w$€£-]){_BEFORE}{_CORE}(?:{_JOINT}{_BEFORE}{_CORE})*(?![\w%])", re.IGNORECASE
)
_DURATION = re.compile(
    rf"(?:for|in|within|over|during|throughout|after|through)?\s*(?:the )?{_COUNT} {_UNIT}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?:the )?(?:early |late )?{_PART}|(?:the|that) (?:week|month|year|day|hour|decade|"
    rf"century)|{_YEAR}|{_COUNT} {_UNIT}",
    re.IGNORECASE,
)
_NEEDS_CAPITAL = re.compile(r"\b(may|march|mar|sun|sat|sep|dec)\b", re.IGNORECASE)

ATTACHED = frozenset(
    "obl obl:unmarked obl:tmod obl:npmod advmod nmod nmod:unmarked nmod:tmod nmod:poss "
    "amod compound advcl"
    " nmod:desc dep parataxis".split()
)


@dataclass(frozen=True, slots=True)
class _Expression:
    """A time expression with the word that carries it in the parse."""

    mention: Mention
    root: Token


def times(doc: Doc) -> tuple[Mention, ...]:
    """All time expressions of a document in text order, prepositions included.

    Each is a `Mention` of kind "Time" whose text is what a resolver of dates reads.
    """
    return tuple(expression.mention for expression in _expressions(doc))


def _expressions(doc: Doc) -> list[_Expression]:
    data = doc.user_data
    if "kg_times" not in data:
        data["kg_times"] = [_expression(found) for sent in doc.sents for found in _spans(sent)]
    found: list[_Expression] = data["kg_times"]
    return found


def _spans(sent: Slice) -> list[Slice]:
    result = []
    plain = re.sub(r"\s", " ", sent.text.replace("’", "'"))
    for match in _EXPRESSION.finditer(plain):
        found = sent.char_span(match.start(), match.end(), alignment_mode="contract")
        if found is None or len(found) == 0:
            continue
        expression = _trimmed(found)
        if expression is not None and _stands(expression):
            result.append(expression)
    return result


def _trimmed(found: Slice) -> Slice | None:
    """The expression without what only looks like a preposition of time ("about", "to")."""
    start, end = found.start, found.end
    doc = found.doc
    modifier = found.root.head.i >= found.end
    while start < end and (
        doc[start].pos_ == "PART" or modifier and doc[start].lower_ in ("the", "a", "an")
    ):
        start += 1
    while end > start and doc[end - 1].is_punct and not doc[end - 1].text.endswith("."):
        end -= 1
    return doc[start:end] if start < end else None


def _stands(found: Slice) -> bool:
    """Whether the words really say when: not an age, a distance, the verb "may", a bare number."""
    text = re.sub(r"\s", " ", found.text.replace("’", "'"))
    lower = text.lower()
    root = found.root
    for word in found:
        if _NEEDS_CAPITAL.fullmatch(word.text) and (
            not word.is_title or word.pos_ in ("AUX", "VERB")
        ):
            return False
        if (
            word.lower_ == "march"
            and word.pos_ == "NOUN"
            and word.tag_ == "NN"
            and not word.is_title
        ):
            return False
    following = found.doc[found.end] if found.end < len(found.doc) else None
    if following is not None and following.lower_ in ("old", "-", "away", "sentence", "sentences"):
        return False
    if following is not None and following.lower_ in ("'s", "’s") and root.dep_ != "nmod:poss":
        return False
    if _BARE.fullmatch(text):
        return _bare(found, lower, following)
    if _DURATION.fullmatch(text):
        return lower.split()[0] in (
            "for",
            "in",
            "within",
            "over",
            "during",
            "throughout",
            "after",
            "through",
        )
    return not root.dep_.startswith(("nsubj", "obj")) or lower.split()[0] in (
        "late",
        "early",
        "overnight",
    )


def _bare(found: Slice, lower: str, following: Token | None) -> bool:
    """A part of the day, a year or a span of time alone: only where it is an adverbial."""
    root = found.root
    if re.fullmatch(r"\d{4}", lower):
        return root.dep_ in ("nmod:tmod", "obl:tmod", "nmod", "obl", "nmod:unmarked") and bool(
            case(root)
        )
    if lower.startswith(("the ", "that ")):
        return root.dep_.startswith(("obl", "advmod"))
    if re.search(r"\d|second|minute|hour|day|week|month|year|decade", lower):
        return False
    return root.dep_.startswith("obl") and bool(case(root))


def _expression(found: Slice) -> _Expression:
    root = found.root
    core = root
    if root.pos_ in ("ADP", "SCONJ", "DET") and len(found) > 1:
        core = found[-1]
    return _Expression(
        Mention(
            span=Span(found.start_char, found.end_char),
            text=found.text,
            kind="Time",
            form=Form.NOMINAL,
            name=re.sub(r"\s+", " ", found.text.replace("’", "'")).lower(),
            head=span(core),
            sentence=sentence_index(core),
            quote=quote_index(core),
        ),
        root,
    )


def time_of(token: Token) -> Mention | None:
    """When the event of a verb or noun was, in the text's own words.

    The expression hangs on the word itself, or on what carries the event: the first of
    coordinated verbs, the verb whose participle or subject it is – never on a verb of saying,
    whose time is the time of speaking.
    """
    here = _expressions(token.doc)
    node = token
    for _ in range(5):
        found = _own(node, here, token)
        if found is not None:
            return found
        above = _carrier(node)
        if above is None:
            return None
        node = above
    return None


def _own(node: Token, here: list[_Expression], event: Token) -> Mention | None:
    """The nearest expression that hangs on a word or on a verb that only says it happened."""
    hosts = {node.i}
    if node.pos_ in ("NOUN", "PROPN"):
        hosts.update(
            child.i
            for child in node.children
            if child.dep_ in ("acl", "acl:relcl")
            and lexicon.light_verbs().get(child.lemma_.lower()) is not None
        )
    candidates = [
        e
        for e in here
        if e.root.head.i in hosts
        and e.root.i not in hosts
        and (e.root.dep_ in ATTACHED or e.root.dep_.startswith(("obl", "nmod", "advmod")))
    ]
    if not candidates:
        return None
    return min(candidates, key=lambda e: (abs(e.root.i - event.i), e.root.i)).mention


def _carrier(node: Token) -> Token | None:
    """The word above that shares its time with this one."""
    above = node.head
    if above.i == node.i or above.sent != node.sent or speaks(above):
        return None
    if node.pos_ in ("VERB", "AUX", "ADJ"):
        shared = node.dep_ in ("conj", "xcomp", "cop", "aux", "aux:pass")
        participle = node.dep_ == "advcl" and node.tag_ in ("VBG", "VBN") and not _subordinate(node)
        return above if shared or participle else None
    if node.dep_ in ("conj", "compound", "appos"):
        return above
    if node.dep_.startswith("nmod") and case(node) in ("of", ""):
        return above
    if node.dep_.startswith(("nsubj", "obj", "obl", "iobj")) and above.pos_ in (
        "VERB",
        "AUX",
        "ADJ",
    ):
        return above
    return None


def _subordinate(verb: Token) -> bool:
    """Whether a conjunction with a time of its own introduces the clause."""
    return any(
        c.dep_ == "mark" and c.lower_ in ("after", "before", "since", "until", "when", "if", "once")
        for c in verb.children
    )


def speaks(verb: Token) -> bool:
    """Whether the verb introduces what somebody said or thinks."""
    return any(child.dep_ in ("ccomp", "csubj") for child in verb.children) or (
        verb.lemma_
        in ("say", "tell", "report", "claim", "announce", "state", "post", "write", "add")
    )
