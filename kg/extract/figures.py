"""Numbers that somebody gives: casualties, strength, losses, ground and distance.

A number becomes a figure by what it counts and by the word that says what became of it
(`ontology/lexicon/outcomes.tsv`): the verb above it ("killed 30"), the participle beside it
("28 wounded"), the noun it stands before ("12 deaths") or the toll it is the value of.
"Including two nurses", "among them six children" and "three of them" are parts of the
figure before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from spacy.tokens import Doc, Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.clauses import subject
from kg.extract.equipment import amounts
from kg.extract.phrases import (
    antecedent,
    case,
    compound_lemmas,
    mention,
    noun_class,
    noun_phrase,
    plural,
    sentence_index,
    span,
)
from kg.extract.quantities import Number, Quantity, counted, measures, quantities
from kg.records import Form, Frame, Mention, Span, Term, Value

MIXED = "-"
EVENTS = {
    "Killed": ("Killing",),
    "Wounded": ("Injury",),
    "Captured": ("Capture", "Arrest"),
    "Displaced": ("Displacement", "Evacuation"),
    MIXED: ("Killing", "Injury"),
}
GENERAL = frozenset(
    "Attack Incursion GroundAttack Clash Shelling AirStrike DroneAttack MissileStrike Bombing Protest".split()
)
_PRONOUNS = frozenset({"them", "whom", "these", "those", "which"})
_MEASURES = frozenset("dozen hundred thousand million number total couple pair majority rest most".split())


@dataclass(frozen=True, slots=True)
class _Count:
    """A number of people: what is counted, what became of them and by which word."""

    quantity: Quantity
    noun: Token | None
    outcome: str
    cue: Token | None
    part: bool
    of: str = ""


@cache
def _outcomes(use: str) -> dict[str, str]:
    """Word -> outcome for one use of `outcomes.tsv`."""
    return {r["word"]: r["outcome"] for r in ontology.rows("lexicon/outcomes.tsv") if r["use"] == use}


@cache
def _populations() -> dict[str, str]:
    """Noun or compound -> sort of people."""
    return {r["word"]: r["sort"] for r in ontology.rows("lexicon/populations.tsv")}


def figures(doc: Doc, events: Sequence[Frame]) -> tuple[Frame, ...]:
    """All figures of a document in text order.

    Args:
        doc: annotated document.
        events: its event frames; a figure holds the one it belongs to as role "event".

    Returns:
        CasualtyFigure, StrengthFigure, LossFigure, AreaFigure and DistanceFigure frames
        with lower, upper (an open end is left out), unit, figureText, and where known
        event, outcome, population, partOfFigure, place and facility. The anchor is the
        number phrase.
    """
    numbers = quantities(doc)
    at = _Events(events)
    lengths = {q.first: unit for q in numbers if (unit := _unit(doc, q, "length"))}
    taken: set[int] = set(lengths)
    found: list[Frame] = []
    for number in numbers:
        if number.first in lengths:
            found.append(_distance(doc, number, lengths[number.first], at))
    losses = list(_losses(doc, at))
    taken.update(q.first for q, _ in losses)
    found.extend(frame for _, frame in losses)
    equipment = {a.quantity.first for a in amounts(doc) if a.quantity is not None}
    taken.update(q.first for q in numbers if _total(doc, q, numbers))
    people = [q for q in numbers if q.first not in taken | equipment and q.measure in ("count", "article")]
    counts = _listed(doc, people, [_count(doc, q) for q in people])
    found.extend(_casualties(doc, counts, at))
    taken.update(c.quantity.first for c in counts)
    for number in numbers:
        if number.first in taken or number.first in equipment:
            continue
        frame = _area(doc, number, at) or _strength(doc, number, at)
        if frame is not None:
            found.append(frame)
    return tuple(sorted(found, key=lambda f: (f.anchor.start, f.anchor.end, f.kind)))


def _total(doc: Doc, number: Quantity, numbers: Sequence[Quantity]) -> bool:
    """Whether it only says out of how many: the five of "two of the five men were killed"."""
    return any(
        other.last < number.first <= other.last + 2 and doc[other.last].lower_ in ("of", "out") for other in numbers
    )


class _Events:
    """The events of a document, found by sentence-free distance and by kind."""

    __slots__ = ("frames",)

    def __init__(self, frames: Sequence[Frame]) -> None:
        self.frames = tuple(frames)

    def at(self, token: Token) -> Frame | None:
        """The event that the word triggers."""
        return next((f for f in self.frames if f.anchor == span(token)), None)

    def nearest(self, token: Token, kinds: frozenset[str] | tuple[str, ...]) -> Frame | None:
        """The event of these kinds in the token's sentence that is nearest to it."""
        sent = token.sent
        inside = [
            f for f in self.frames if f.kind in kinds and sent.start_char <= f.anchor.start < sent.end_char
        ]
        return min(inside, key=lambda f: (abs(f.anchor.start - token.idx), f.anchor.start), default=None)

    def holding(self, token: Token) -> Frame | None:
        """The event that has the word as a participant."""
        where = span(token)
        for frame in self.frames:
            for _, value in frame.roles:
                if isinstance(value, Mention) and value.head == where:
                    return frame
        return None


def _lemma(token: Token) -> str:
    return (token.lemma_ or token.text).lower()


def sort_of(noun: Token) -> str:
    """What sort of people a noun names (`populations.tsv`), "" where it names none."""
    for phrase in compound_lemmas(noun):
        if phrase in _populations():
            return _populations()[phrase]
    if noun.lower_ in lexicon.demonyms() and noun.pos_ in ("NOUN", "PROPN") and plural(noun):
        return "other"
    found = mention(noun)
    if found is not None and found.kind == "PopulationGroup":
        return "other"
    return ""


# ── Casualties ──────────────────────────────────────────────────────────────────────────────


def _count(doc: Doc, number: Quantity) -> _Count | None:
    """The number read as a count of people to whom something happened."""
    noun = counted(doc, number)
    core = doc[number.core]
    if noun is None and number.last < len(doc) and doc[number.last].lower_ in _populations():
        noun = doc[number.last]
    if number.measure == "article" and (noun is None or plural(noun) or not sort_of(noun)):
        return None
    if number.lower == number.upper == 1 and doc[number.last : number.last + 2].text.lower() in (
        "of two", "of three", "of four", "of five", "of several", "of many",
    ):  # fmt: skip
        return None
    part, of = _part(doc, number, noun)
    if part and noun is not None and not sort_of(noun) and _lemma(noun) not in _outcomes("noun"):
        part = False
    found = _outcome(doc, number, noun, core)
    if found is None and not part:
        return None
    outcome, cue = found if found is not None else ("", None)
    if part and cue is not None and not _adjacent(doc, number, noun, cue):
        outcome, cue = "", None
    return _Count(number, noun, outcome, cue, part, of)


def _listed(doc: Doc, numbers: Sequence[Quantity], counts: Sequence[_Count | None]) -> list[_Count]:
    """The counts found; in "two soldiers, three rebels killed" the first shares the outcome."""
    found: list[_Count] = []
    following: _Count | None = None
    for number, count in zip(reversed(numbers), reversed(counts), strict=True):
        if count is None and following is not None and following.cue is not None:
            noun = counted(doc, number)
            end = noun.i if noun is not None else number.last - 1
            between = doc[end + 1 : following.quantity.first]
            joined = 0 < len(between) <= 2 and all(t.lower_ in (",", "and", "&") for t in between)
            person = noun is not None and sort_of(noun) not in ("", "anyone")
            if joined and person and following.cue.i > following.quantity.first and not following.part:
                count = _Count(number, noun, following.outcome, following.cue, part=False)
        following = count
        if count is not None:
            found.append(count)
    return found[::-1]


def _adjacent(doc: Doc, number: Quantity, noun: Token | None, cue: Token) -> bool:
    """Whether a part has an outcome of its own: "two of them wounded", not that of the next figure."""
    start = noun.i if noun is not None else number.last
    if cue.i < number.first:
        return False
    return cue.i - start <= 6 and not any(t.is_punct for t in doc[start : cue.i])


def _outcome(doc: Doc, number: Quantity, noun: Token | None, core: Token) -> tuple[str, Token] | None:
    """What became of those counted and the word that says it."""
    host = noun if noun is not None else core
    known: object = True
    if noun is not None:
        known = sort_of(noun) or _counted_outcome(noun)
        if not known and noun_class(noun) not in ("", "Person", "PopulationGroup"):
            return None
        own = _by_noun(noun)
        if own is not None:
            return own
    found = (
        _relative(doc, number)
        or _beside(doc, number, noun)
        or _right_after(doc, number)
        or _above(host)
        or _toll(core, noun)
    )
    if found is None or number.measure == "article" and found[1].pos_ == "NOUN":
        return None
    if noun is not None and not known and found[0] not in ("Killed", "Wounded"):
        return None
    return found


def _relative(doc: Doc, number: Quantity) -> tuple[str, Token] | None:
    """"Several of whom were captured", "two of which …": the verb after the pronoun."""
    if number.last + 1 >= len(doc) or doc[number.last].lower_ != "of":
        return None
    pronoun = doc[number.last + 1]
    if pronoun.lower_ not in ("whom", "which"):
        return None
    passive = False
    for token in doc[pronoun.i + 1 : min(pronoun.i + 6, pronoun.sent.end)]:
        if token.pos_ == "AUX":
            passive = passive or token.lemma_ in ("be", "get")
        elif token.pos_ == "VERB":
            use = "object" if passive else "subject"
            found = _outcomes(use).get(_lemma(token), "")
            return (found, token) if found not in ("", MIXED) else None
        elif token.pos_ == "ADJ" and token.lower_ in _outcomes("adjective"):
            return _outcomes("adjective")[token.lower_], token
        elif token.pos_ not in ("ADV", "PART"):
            return None
    return None


def _right_after(doc: Doc, number: Quantity) -> tuple[str, Token] | None:
    """"Injured 50": the verb right before the number, where the parse has lost it."""
    if number.first <= doc[number.core].sent.start:
        return None
    before = doc[number.first - 1]
    if before.dep_ == "amod" or _lemma(before) not in _outcomes("object"):
        return None
    listed = before.tag_ == "NNS" and before.i > 0 and doc[before.i - 1].text in (",", "and")
    if before.pos_ != "VERB" and not listed:
        return None
    outcome = _outcomes("object")[_lemma(before)]
    passive = any(c.dep_ in ("aux:pass", "nsubj:pass") for c in before.children)
    reduced = before.dep_ == "acl" and before.tag_ == "VBN"
    if outcome == MIXED or passive or reduced:
        return None
    return _shared_verb(before, outcome), before


def _counted_outcome(noun: Token) -> bool:
    lemma = _lemma(noun)
    return any(lemma in _outcomes(use) or noun.lower_ in _outcomes(use) for use in ("noun", "held"))


def _by_noun(noun: Token) -> tuple[str, Token] | None:
    """"12 deaths", "30 casualties", "took 12 prisoners"."""
    for word in (_lemma(noun), noun.lower_):
        if word in _outcomes("noun"):
            return _outcomes("noun")[word], noun
        if word in _outcomes("held"):
            verb = noun.head
            direct = noun.dep_ in ("obj", "nsubj:pass")
            if direct and _lemma(verb) in _outcomes("hold"):
                return _outcomes("held")[word], noun
    return None


def _beside(doc: Doc, number: Quantity, noun: Token | None) -> tuple[str, Token] | None:
    """"28 wounded", "20 wounded soldiers", "12 people dead", "two others injured"."""
    if noun is not None:
        for child in noun.children:
            if child.dep_ not in ("amod", "acl", "advmod", "xcomp", "nmod:unmarked"):
                continue
            if any(t.is_punct or t.pos_ == "NUM" for t in doc[noun.i + 1 : child.i]):
                continue
            if found := _participle(child):
                return found, child
    after = noun.i + 1 if noun is not None and noun.i >= number.last else number.last
    while after < len(doc) and (doc[after].lower_ in ("more", "others", "other") or doc[after].tag_ == "RB"):
        after += 1
    if after + 1 < len(doc) and doc[after].tag_ == "VBN" and doc[after + 1].lower_ in _outcomes("adjective"):
        after += 1
    if after < len(doc) and doc[after].sent == doc[number.first].sent and (found := _participle(doc[after])):
        token = doc[after]
        modifier = noun is None and token.pos_ == "ADJ" and token.dep_ == "amod" and token.head.i > token.i
        if modifier and not any(t.is_punct for t in doc[token.i + 1 : token.head.i]):
            return None
        return found, token
    return None


def _participle(token: Token) -> str:
    """The outcome that an adjective or a participle without an object gives, "" for none."""
    if token.lower_ in _outcomes("adjective") and token.pos_ in ("ADJ", "VERB", "NOUN", "ADV"):
        if any(c.dep_ == "obj" for c in token.children):
            return ""
        if token.pos_ == "NOUN" and token.lower_ not in ("dead", "wounded", "injured", "missing"):
            return ""
        return _outcomes("adjective")[token.lower_]
    if token.tag_ in ("VBN", "VBD") and token.dep_ not in ("aux", "aux:pass"):
        found = _outcomes("object").get(_lemma(token), "")
        if found and not any(c.dep_ in ("obj", "aux") for c in token.children):
            return found if found != MIXED else ""
    return ""


def _above(host: Token) -> tuple[str, Token] | None:
    """The verb or noun that governs those counted: "killed 30", "30 died", "deaths of 30"."""
    node = antecedent(host)
    for _ in range(5):
        above = node.head
        if above.i == node.i:
            return None
        if node.dep_.startswith("nmod") and case(node) == "of" and above.pos_ in ("NOUN", "NUM", "PROPN"):
            for word in (_lemma(above), above.lower_):
                if word in _outcomes("of"):
                    return _outcomes("of")[word], above
            node = above
            continue
        if node.dep_ in ("conj", "appos", "nummod", "compound") and above.pos_ in ("NOUN", "PROPN", "NUM"):
            if node.dep_ == "appos" and above.i > node.i:
                return None
            node = above
            continue
        if above.pos_ in ("VERB", "ADJ", "AUX", "NOUN"):
            return _by_verb(above, node, host)
        return None
    return None


def _by_verb(verb: Token, node: Token, host: Token) -> tuple[str, Token] | None:
    lemma = _lemma(verb)
    below = node.dep_ in ("obj", "nsubj:pass", "iobj", "ccomp")
    headline = node.dep_ == "nsubj" and not any(c.dep_ in ("obj", "ccomp", "xcomp") for c in verb.children)
    if verb.pos_ in ("ADJ", "NOUN"):
        word = _outcomes("adjective").get(verb.lower_)
        return (word, verb) if word and node.dep_.startswith("nsubj") else None
    for child in verb.children:
        if child.dep_ in ("xcomp", "advmod", "amod", "obj", "ccomp", "obl", "dep", "compound:prt", "nsubj"):
            word = _outcomes("adjective").get(child.lower_)
            if word and child.i != node.i and child.i > verb.i and (below or node.dep_ == "nsubj"):
                return word, child
    if (below or headline and verb.tag_ in ("VBN", "VBD")) and lemma in _outcomes("object"):
        outcome = _outcomes("object")[lemma]
        if outcome == MIXED or lemma == "gun" and not _has(verb, "down"):
            return None
        return _shared_verb(verb, outcome), verb
    if node.dep_.startswith("nsubj") and lemma in _outcomes("subject"):
        outcome = _outcomes("subject")[lemma]
        return (outcome, verb) if outcome != MIXED else None
    if below and _lemma(node) in ("life", "live") and lemma in _outcomes("object+lives"):
        return _outcomes("object+lives")[lemma], verb
    if below and lemma in _outcomes("loss") and sort_of(host) not in ("", "anyone"):
        return _outcomes("loss")[lemma], verb
    if below and lemma in ("force", "compel", "drive", "prompt", "cause"):
        for child in verb.children:
            if child.dep_ in ("xcomp", "ccomp", "advcl") and (
                _lemma(child) in _outcomes("flight") or _lemma(child) == "flee"
            ):
                return "Displaced", child
    return None


def _shared_verb(verb: Token, outcome: str) -> str:
    """"Killed or wounded 300" says neither how many of the one nor of the other."""
    others = [c for c in verb.children if c.dep_ == "conj"]
    if verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        others.append(verb.head)
    for other in others:
        second = _outcomes("object").get(_lemma(other), outcome)
        own = any(c.dep_ in ("obj", "nsubj:pass", "nsubj") for c in (verb if verb.dep_ == "conj" else other).children)
        first_has = any(c.dep_ == "obj" for c in (other if verb.dep_ == "conj" else verb).children)
        if second not in (outcome, MIXED) and abs(other.i - verb.i) == 2 and not (own and first_has):
            return MIXED
    return outcome


def _has(verb: Token, word: str) -> bool:
    return any(c.lower_ == word for c in verb.children)


def _toll(core: Token, noun: Token | None) -> tuple[str, Token] | None:
    """"The death toll rose to 12", "the number of wounded stands at 40", "a toll of 12"."""
    if noun is not None and sort_of(noun) not in ("anyone", ""):
        return None
    doc = core.doc
    node = noun if noun is not None else core
    if case(node) == "from":
        return None
    for above in (node.head, node.head.head):
        if above.sent != node.sent:
            continue
        for candidate in (above, *above.children):
            if candidate.pos_ not in ("NOUN", "VERB", "ADJ") or candidate.i == node.i:
                continue
            those = candidate.lower_ in ("dead", "wounded", "injured", "missing", "killed")
            if those and candidate.i > 0 and doc[candidate.i - 1].lower_ in ("the", "of") and (
                candidate.i < above.i and above.pos_ == "VERB"
            ):
                return _outcomes("toll")[candidate.lower_], candidate
            if candidate.dep_ not in ("nsubj", "obj", "nsubj:pass", "root") and candidate.i != node.head.i:
                continue
            outcome = _toll_outcome(candidate)
            if outcome:
                return outcome, candidate
    return None


def _toll_outcome(noun: Token) -> str:
    lemma = _lemma(noun)
    tolls = _outcomes("toll")
    if lemma == "toll":
        words = [t.lower_ for t in noun.children] + [_lemma(t) for t in noun.children]
        return next((tolls[w] for w in words if w in tolls), tolls["toll"])
    if lemma in ("number", "total", "count", "tally", "figure"):
        for child in noun.subtree:
            for word in (child.lower_, _lemma(child)):
                if child.i > noun.i and word in tolls:
                    return tolls[word]
        return next((tolls[w] for t in noun.children if (w := _lemma(t)) in tolls), "")
    if lemma in ("fatality", "casualty", "loss") and noun.dep_ in ("nsubj", "nsubj:pass"):
        return tolls[lemma]
    if noun.lower_ in ("dead", "wounded", "injured") and noun.dep_ in ("nsubj", "nsubj:pass"):
        return tolls[noun.lower_]
    return ""


def _part(doc: Doc, number: Quantity, noun: Token | None) -> tuple[bool, str]:
    """Whether the number is a part of another, and the outcome named with it ("of the dead")."""
    first = number.first
    before = [doc[i].lower_ for i in range(max(0, first - 3), first)]
    if before and before[-1] in ("including", "include", "includes", "included"):
        return True, ""
    if before[-2:-1] == ["among"] and before[-1] in _PRONOUNS:
        return True, ""
    if before[-2:-1] == ["including"] and before[-1] in ("the", "at"):
        return True, ""
    among = _among(doc, first)
    if among is not None:
        return True, among
    if number.last + 1 < len(doc) and doc[number.last].lower_ == "of":
        after = doc[number.last + 1]
        if after.lower_ in _PRONOUNS:
            return True, ""
        if after.lower_ in ("the", "those") and number.last + 2 < len(doc):
            word = doc[number.last + 2]
            outcome = _outcomes("adjective").get(word.lower_) or _outcomes("noun").get(_lemma(word))
            if outcome:
                return True, outcome if outcome != MIXED else ""
    verb = (noun if noun is not None else doc[number.core]).head
    if noun is not None and noun.dep_ == "obj" and _lemma(verb) == "include":
        who = subject(verb)
        if who is not None:
            outcome = _outcomes("adjective").get(who.token.lower_) or _outcomes("noun").get(_lemma(who.token))
            if outcome:
                return True, outcome if outcome != MIXED else ""
    if noun is not None and noun.dep_ == "conj" and noun.head.i < noun.i:
        left = doc[max(noun.sent.start, noun.head.left_edge.i - 3) : noun.head.i]
        words = [t.lower_ for t in left]
        if "including" in words or "among" in words and _PRONOUNS & set(words):
            return True, ""
    return False, ""


def _among(doc: Doc, first: int) -> str | None:
    """"Among the dead were two children": the outcome named, None where there is no such phrase."""
    sent = doc[first].sent
    words = [t.lower_ for t in doc[sent.start : first]]
    for at in range(len(words) - 1, max(-1, len(words) - 6), -1):
        if words[at] == "among":
            for word in words[at + 1 :]:
                outcome = _outcomes("adjective").get(word) or _outcomes("noun").get(word)
                if outcome:
                    return outcome
    return None


def _casualties(doc: Doc, counts: Sequence[_Count], at: _Events) -> Iterator[Frame]:
    """CasualtyFigure frames; parts know the figure they are part of."""
    wholes: list[tuple[_Count, Frame]] = []
    for count in counts:
        whole = _whole(doc, count, wholes) if count.part else None
        outcome = count.outcome
        if count.part and whole is None and not outcome:
            if not count.of:
                continue
            outcome = count.of
        if whole is not None and not outcome:
            outcome = _named_outcome(whole[1])
        frame = _casualty(doc, count, outcome, whole[1] if whole is not None else None, at)
        yield frame
        if not count.part or whole is None:
            wholes.append((count, frame))


def _named_outcome(frame: Frame) -> str:
    value = next(iter(frame.values("outcome")), None)
    return value.name if isinstance(value, Term) else MIXED


def _whole(doc: Doc, count: _Count, wholes: Sequence[tuple[_Count, Frame]]) -> tuple[_Count, Frame] | None:
    """The nearest figure before that this one can be a part of."""
    here = sentence_index(doc[count.quantity.first])
    source = _source(doc, count)
    for other, frame in reversed(wholes):
        if here - sentence_index(doc[other.quantity.first]) > 2:
            return None
        if source is not None and other.noun is not None and other.noun.i != source.i:
            continue
        if count.of and _named_outcome(frame) not in (count.of, MIXED):
            continue
        top = other.quantity.upper
        if top is not None and count.quantity.lower is not None and count.quantity.lower > top:
            continue
        return other, frame
    return None


def _source(doc: Doc, count: _Count) -> Token | None:
    """The noun that "of whom" goes back to, None for every other part."""
    at = count.quantity.last
    if at + 1 >= len(doc) or doc[at].lower_ != "of" or doc[at + 1].lower_ not in ("whom", "which"):
        return None
    before = _noun_before(doc, count.quantity.first)
    if before is not None:
        return before
    found = antecedent(doc[at + 1])
    return found if found.i != at + 1 else None


def _casualty(doc: Doc, count: _Count, outcome: str, whole: Frame | None, at: _Events) -> Frame:
    number = count.quantity
    anchor = number.span
    if number.measure == "article" and count.noun is not None:
        anchor = Span(anchor.start, count.noun.idx + len(count.noun))
    roles = _numbers(number, "people", doc.text[anchor.start : anchor.end])
    cue = count.cue if count.cue is not None else doc[number.core]
    event = at.at(cue) if count.cue is not None else None
    if event is not None and event.kind not in EVENTS.get(outcome, ()) and event.kind not in GENERAL:
        event = None
    event = event or at.nearest(cue, EVENTS.get(outcome, ()))
    if event is None and whole is not None:
        event = next((v for v in whole.values("event") if isinstance(v, Frame)), None)
    if event is None and outcome in ("Killed", "Wounded", "Missing", MIXED):
        event = at.nearest(cue, GENERAL)
    if event is not None:
        roles.append(("event", event))
    if outcome and outcome != MIXED:
        roles.append(("outcome", Term(outcome)))
    population = _population(doc, count)
    if population is not None:
        roles.append(("population", population))
    if whole is not None:
        roles.append(("partOfFigure", whole))
    ends = [anchor, *(span(t) for t in (count.noun, count.cue) if t is not None and t.sent == doc[number.core].sent)]
    return Frame(
        kind="CasualtyFigure",
        anchor=anchor,
        evidence=Span(min(s.start for s in ends), max(s.end for s in ends)),
        roles=tuple(roles),
        extractor="figures.casualties",
        confidence=0.7 if outcome == MIXED or number.measure == "article" else 0.85,
    )


def _numbers(number: Quantity, unit: str, text: str) -> list[tuple[str, Value]]:
    roles: list[tuple[str, Value]] = []
    if number.lower is not None:
        roles.append(("lower", number.lower))
    if number.upper is not None:
        roles.append(("upper", number.upper))
    if unit:
        roles.append(("unit", unit))
    roles.append(("figureText", text))
    return roles


def _population(doc: Doc, count: _Count) -> Mention | None:
    """Who is counted, None for people of no particular kind."""
    noun = count.noun
    if noun is None:
        after = doc[count.quantity.last] if count.quantity.last + 1 < len(doc) else None
        if after is not None and after.lower_ == "of":
            pronoun = doc[after.i + 1]
            if pronoun.lower_ in ("whom", "which"):
                own = _complement(doc, pronoun)
                source = _source(doc, count)
                if own is not None or source is None:
                    return own
                return _people(source) if sort_of(source) not in ("", "anyone") else None
            if pronoun.lower_ == "them":
                return _complement(doc, pronoun)
            if count.of and pronoun.lower_ in ("the", "those"):
                return _predicate(doc, pronoun.i + 1)
        return None
    if _counted_outcome(noun) or sort_of(noun) in ("", "anyone"):
        if noun.lower_ in ("dead", "wounded", "injured", "killed"):
            return _predicate(doc, noun.i)
        return None
    return _people(noun, count.quantity.last)


def _noun_before(doc: Doc, first: int) -> Token | None:
    """The person noun before a comma: "conscripts, several of whom …"."""
    for token in reversed(doc[max(doc[first].sent.start, first - 3) : first]):
        if token.pos_ == "NOUN" and sort_of(token):
            return token
    return None


def _complement(doc: Doc, pronoun: Token) -> Mention | None:
    """The children of "three of them children", "three of them were women"."""
    for token in doc[pronoun.i + 1 : min(pronoun.i + 5, pronoun.sent.end)]:
        if token.pos_ == "NOUN" and sort_of(token) not in ("", "anyone"):
            return _people(token)
        if token.is_punct:
            return None
    return None


def _predicate(doc: Doc, at: int) -> Mention | None:
    """The women of "three of the dead were women"; `at` is the index of "dead"."""
    following = doc[at + 1 : min(at + 4, doc[at].sent.end)]
    if len(following) < 2 or following[0].lower_ not in ("were", "was", "are", "is"):
        return None
    for token in following:
        if token.pos_ == "NOUN" and sort_of(token) not in ("", "anyone"):
            return _people(token)
    return None


def _people(noun: Token, first: int = 0) -> Mention:
    """The mention of those counted, from `first` on, without what says what became of them."""
    phrase = noun_phrase(noun)
    start = max(phrase.start, first) if first <= noun.i else phrase.start
    while start < noun.i and (
        phrase.doc[start].lower_ in _outcomes("adjective")
        or phrase.doc[start].lower_ in ("other", "more", "additional", "further", "such", "-")
        or phrase.doc[start].tag_ in ("CD", "DT")
    ):
        start += 1
    words = phrase.doc[start : max(phrase.end, noun.i + 1)]
    found = mention(noun)
    name = words[:-1].text_with_ws.lower() + _lemma(words[-1])
    base = found if found is not None and found.head == span(noun) else None
    if base is not None and base.span == Span(words.start_char, words.end_char):
        return replace(base, kind="PopulationGroup") if base.kind in ("Person", "Actor") else base
    return Mention(
        span=Span(words.start_char, words.end_char),
        text=words.text,
        kind=base.kind if base is not None and base.kind not in ("Person", "Actor") else "PopulationGroup",
        form=Form.NOMINAL,
        name=name,
        head=span(noun),
        number="Plur" if plural(noun) else "Sing",
        sentence=sentence_index(noun),
        subject=noun.dep_ in ("nsubj", "nsubj:pass"),
        quote=base.quote if base is not None else -1,
        qualifier=base.qualifier if base is not None else "",
    )


# ── Strength, losses, ground ────────────────────────────────────────────────────────────────


def _strength(doc: Doc, number: Quantity, at: _Events) -> Frame | None:
    """How many there are: "up to 300 fighters", "a force of 1,000", "a 40,000-strong army"."""
    if number.measure != "count" or number.lower == number.upper == 1 or number.upper == 0:
        return None
    core = doc[number.core]
    noun = counted(doc, number)
    forces = measures("force")
    of_force = core.head if noun is None and case(core) == "of" and (_lemma(core.head),) in forces else None
    strong = noun is not None and "strong" in doc.text[number.span.start : number.span.end]
    event: Frame | None = None
    if noun is None and of_force is None:
        return None
    who = noun if noun is not None else of_force
    if who is None:
        return None
    sort = sort_of(who)
    if not strong and of_force is None and sort not in ("combatant",):
        if sort in ("", "anyone"):
            return None
        event = at.holding(who)
        if event is None:
            return None
    event = event or at.holding(who) or _clause_event(who, at) or at.nearest(who, GENERAL)
    roles = _numbers(number, "people", doc.text[number.span.start : number.span.end])
    if event is not None:
        roles.append(("event", event))
    roles.append(("population", _people(who, number.last)))
    return Frame(
        kind="StrengthFigure",
        anchor=number.span,
        evidence=Span(min(number.span.start, who.idx), max(number.span.end, who.idx + len(who))),
        roles=tuple(roles),
        extractor="figures.strength",
        confidence=0.8 if event is not None else 0.7,
    )


def _clause_event(token: Token, at: _Events) -> Frame | None:
    """The event of the nouns and the verb that govern a word, up to the end of its clause."""
    for above in token.ancestors:
        if (event := at.at(above)) is not None:
            return event
        if above.pos_ == "VERB":
            return None
    return None


def _losses(doc: Doc, at: _Events) -> Iterator[tuple[Quantity, Frame]]:
    """How much equipment was destroyed, damaged, captured or lost."""
    for amount in amounts(doc):
        number = amount.quantity
        if number is None:
            continue
        event = next(
            (
                f
                for f in at.frames
                if f.kind in ("EquipmentLoss", "Interception")
                and any(isinstance(v, Frame) and v.key == amount.frame.key for v in f.values("target"))
            ),
            None,
        )
        condition = next((v.name for v in amount.frame.values("condition") if isinstance(v, Term)), "")
        if event is None and condition not in ("Destroyed", "Damaged", "Captured", "Abandoned"):
            continue
        event = event or at.nearest(amount.head, ("EquipmentLoss", "Interception"))
        kind = next((v for v in amount.frame.values("equipmentType") if isinstance(v, Mention)), None)
        roles = _numbers(number, kind.name if kind is not None else "", doc.text[number.span.start : number.span.end])
        if event is not None:
            roles.append(("event", event))
        yield number, Frame(
            kind="LossFigure",
            anchor=number.span,
            evidence=amount.frame.evidence,
            roles=tuple(roles),
            extractor="figures.losses",
            confidence=0.8,
        )


def _unit(doc: Doc, number: Quantity, dimension: str) -> tuple[str, int] | None:
    """Unit of measure after a number with the index of its last token."""
    words = measures(dimension)
    start = number.last
    if start < len(doc) and doc[start].text in ("-", "–"):
        start += 1
    for width in (2, 1):
        if start + width > len(doc):
            continue
        found = words.get(tuple(doc[start : start + width].text.lower().split()))
        if found is None and width == 1:
            found = words.get((doc[start].lower_.rstrip("."),))
        if found is not None and number.measure in ("count", "modifier"):
            return found, start + width - 1
    inside = doc.text[number.span.end : doc[number.last - 1].idx + len(doc[number.last - 1])].lstrip("-– ").lower()
    if inside and (inside,) in words:
        return words[inside,], number.last - 1
    return None


def _area(doc: Doc, number: Quantity, at: _Events) -> Frame | None:
    """"28 settlements", "1,000 sq km", "nearly a fifth of its territory"."""
    text = doc.text[number.span.start : number.span.end]
    noun = counted(doc, number)
    unit = ""
    end = number.span.end
    lower, upper = number.lower, number.upper
    stated = _unit(doc, number, "area")
    if stated is not None:
        unit, last = stated
        end = doc[last].idx + len(doc[last])
    elif number.measure in ("share", "percent"):
        if noun is None or (_lemma(noun),) not in measures("share") and noun.ent_type_ != "LOC":
            return None
        unit = "share"
        if number.measure == "percent":
            lower, upper = _hundredth(lower), _hundredth(upper)
        end = noun.idx + len(noun)
    elif noun is not None and number.measure == "count" and not number.upper == 0:
        if (_lemma(noun),) not in measures("ground") or number.lower == number.upper == 1:
            return None
        unit = measures("ground")[(_lemma(noun),)]
        end = noun.idx + len(noun)
    if not unit:
        return None
    carrier = noun if noun is not None else doc[number.core]
    event = at.holding(carrier) or _clause_event(carrier, at)
    roles = _numbers(replace(number, lower=lower, upper=upper), unit, text)
    if event is not None:
        roles.append(("event", event))
    return Frame(
        kind="AreaFigure",
        anchor=number.span,
        evidence=Span(number.span.start, max(end, number.span.end)),
        roles=tuple(roles),
        extractor="figures.area",
        confidence=0.8,
    )


def _hundredth(value: Number | None) -> Number | None:
    return None if value is None else (Decimal(value) / 100).normalize()


# ── Distance ────────────────────────────────────────────────────────────────────────────────


def _distance(doc: Doc, number: Quantity, unit: tuple[str, int], at: _Events) -> Frame:
    """"Some 31 miles from the incursion", "30 km north of Y", with the two ends where they are said."""
    name, last = unit
    roles = _numbers(number, name, doc.text[number.span.start : number.span.end])
    ends = [*_near_end(doc, number, doc[last], at), *_far_end(doc, last, at)]
    words = [number.span, span(doc[last])]
    for role, value, token in ends:
        if all(value != known for _, known in roles):
            roles.append((role, value))
            words.append(span(token))
    return Frame(
        kind="DistanceFigure",
        anchor=number.span,
        evidence=Span(min(s.start for s in words), max(s.end for s in words)),
        roles=tuple(roles),
        extractor="figures.distance",
        confidence=0.8 if ends else 0.6,
    )


def _end(token: Token, at: _Events) -> tuple[str, Value, Token] | None:
    """A word as an end of a distance: the event it is, or the place or facility it names."""
    event = at.at(token)
    if event is not None:
        return "event", event, token
    found = mention(token)
    if found is None or found.kind not in lexicon.PLACES:
        return None
    return ("facility" if found.kind in lexicon.FACILITIES else "place"), found, token


def _far_end(doc: Doc, last: int, at: _Events) -> Iterator[tuple[str, Value, Token]]:
    """What stands after "from", "of", "into": the other end of the distance."""
    sent = doc[last].sent
    for token in doc[last + 1 : sent.end]:
        if token.text in (";", ":"):
            return
        if token.lower_ in ("from", "of", "off", "into", "inside", "to") and token.pos_ in ("ADP", "SCONJ"):
            if token.lower_ == "of" and token.i > last + 3 or token.lower_ == "to" and token.i > last + 3:
                continue
            found = _end(_object_of(token), at)
            if found is not None:
                yield found
                return
        if token.pos_ == "VERB" and token.tag_ != "VBG" and token.i > last + 1 and token.dep_ in ("conj", "root"):
            return


def _object_of(preposition: Token) -> Token:
    """The noun that a preposition introduces."""
    head = preposition.head
    if head.i > preposition.i:
        return head
    following = preposition.doc[preposition.i + 1 : preposition.sent.end]
    return next((t for t in following if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"), head)


def _near_end(doc: Doc, number: Quantity, unit: Token, at: _Events) -> Iterator[tuple[str, Value, Token]]:
    """What is at that distance: the noun before the number with those it explains, else the subject."""
    before = doc[number.first - 1] if number.first > doc[number.core].sent.start else None
    if before is not None and before.text in (",", "(", "–", "-") and before.i > before.sent.start:
        before = doc[before.i - 1]
    if before is not None and before.pos_ in ("NOUN", "PROPN"):
        chain: list[tuple[str, Value, Token]] = []
        node = before
        for _ in range(5):
            found = _end(node, at)
            if found is not None:
                chain.append(found)
            above = node.head
            if above.i == node.i or above.pos_ not in ("NOUN", "PROPN") or node.dep_ == "conj":
                break
            if above.i > node.i and node.dep_ not in ("compound", "flat", "nmod:desc"):
                break
            for sibling in above.children:
                if node.dep_ == "appos" and sibling.i < node.i and sibling.dep_.startswith("nmod"):
                    found = _end(sibling, at)
                    if found is not None:
                        chain.append(found)
            node = above
        if chain:
            yield from _best(chain)
            return
    verb = next((t for t in (unit, *unit.ancestors) if t.pos_ in ("VERB", "AUX") or _own_subject(t)), None)
    if verb is None:
        return
    event = at.at(verb)
    if event is not None:
        yield "event", event, verb
        return
    who = _own_subject(verb)
    found = _end(who, at) if who is not None else None
    if found is not None:
        yield found


def _best(chain: Sequence[tuple[str, Value, Token]]) -> Iterator[tuple[str, Value, Token]]:
    """One facility and one place, names before nouns; an event only where there is neither."""
    for role in ("facility", "place"):
        ends = [end for end in chain if end[0] == role]
        named = [end for end in ends if isinstance(end[1], Mention) and end[1].form is Form.NAME]
        yield from (named or ends)[:1]
    if all(end[0] == "event" for end in chain):
        yield chain[0]


def _own_subject(token: Token) -> Token | None:
    return next((c for c in token.children if c.dep_ in ("nsubj", "nsubj:pass")), None)
