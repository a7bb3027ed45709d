"""How many people were killed, wounded, captured, displaced or are missing.

A number of people becomes a casualty figure by the word that says what became of them
(`ontology/lexicon/outcomes.tsv`): the verb above it ("killed 30"), the participle beside it
("28 wounded"), the noun it stands before ("12 deaths") or the toll it is the value of.
"Including two nurses", "among them six children" and "three of them" are parts of the
figure before.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from kg.extract.clauses import subject
from kg.extract.counts import (
    Events,
    counted_people,
    lemma_of,
    number_roles,
    outcomes,
    populations,
    sort_of,
)
from kg.extract.fates import MIXED, fate, names_outcome
from kg.extract.lexicon import ACTORS, PLACES, kin
from kg.extract.phrases import (
    antecedent,
    case,
    mention,
    noun_class,
    plural,
    sentence_index,
    span,
)
from kg.extract.quantities import Quantity, counted
from kg.extract.written import written
from kg.records import Form, Frame, Mention, Span, Term

EVENTS = {
    "Killed": ("Killing",),
    "Wounded": ("Injury",),
    "Captured": ("Capture", "Surrender", "Arrest"),
    "Displaced": ("Displacement", "Expulsion", "Evacuation"),
    MIXED: ("Killing", "Injury"),
}
GENERAL = frozenset(
    "Attack Incursion GroundAttack Clash Shelling AirStrike DroneAttack MissileStrike Bombing"
    " Protest".split()
)
_PRONOUNS = frozenset({"them", "whom", "these", "those", "which"})


@dataclass(frozen=True, slots=True)
class Count:
    """A number of people: what is counted, what became of them and by which word."""

    quantity: Quantity
    noun: Token | None
    outcome: str
    cue: Token | None
    part: bool
    of: str = ""


def _count(doc: Doc, number: Quantity) -> Count | None:
    """The number read as a count of people to whom something happened."""
    noun = counted(doc, number)
    core = doc[number.core]
    if number.last < len(doc) and doc[number.last].lower_ == "times":
        return None
    if noun is None and number.last < len(doc) and doc[number.last].lower_ in populations():
        noun = doc[number.last]
    if number.measure == "article" and (noun is None or plural(noun) or not sort_of(noun)):
        return None
    if number.lower == number.upper == 1 and doc[number.last : number.last + 2].text.lower() in (
        "of two", "of three", "of four", "of five", "of several", "of many",
    ):  # fmt: skip
        return None
    if noun is not None and case(noun) == "of" and noun_class(noun.head) in PLACES:
        return None  # "captured Lorn, a city of 150,000 people"
    if case(core) == "of" and lemma_of(core.head) in kin():
        return None  # "a mother of six"
    part, of = _part(doc, number, noun)
    if part and noun is not None and not sort_of(noun) and lemma_of(noun) not in outcomes("noun"):
        part = False
    found = fate(doc, number, noun, core)
    if found is None and not part:
        return None
    outcome, cue = found if found is not None else ("", None)
    if part and cue is not None and not _adjacent(doc, number, noun, cue):
        outcome, cue = "", None
    return Count(number, noun, outcome, cue, part, of)


def casualty_counts(doc: Doc, numbers: Sequence[Quantity]) -> list[Count]:
    """The counts found; in "two soldiers, three rebels killed" the first shares the outcome."""
    counts = [_count(doc, number) for number in numbers]
    found: list[Count] = []
    following: Count | None = None
    for number, count in zip(reversed(numbers), reversed(counts), strict=True):
        if count is None and following is not None and following.cue is not None:
            noun = counted(doc, number)
            end = noun.i if noun is not None else number.last - 1
            between = doc[end + 1 : following.quantity.first]
            joined = 0 < len(between) <= 2 and all(t.lower_ in (",", "and", "&") for t in between)
            person = noun is not None and sort_of(noun) not in ("", "anyone")
            if (
                joined
                and person
                and following.cue.i > following.quantity.first
                and not following.part
            ):
                count = Count(number, noun, following.outcome, following.cue, part=False)
        following = count
        if count is not None:
            found.append(count)
    return found[::-1]


def _adjacent(doc: Doc, number: Quantity, noun: Token | None, cue: Token) -> bool:
    """Whether a part has an outcome of its own ("two of them wounded"), not the next figure's."""
    start = noun.i if noun is not None else number.last
    if cue.i < number.first:
        return False
    return cue.i - start <= 6 and not any(t.is_punct for t in doc[start : cue.i])


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
            outcome = outcomes("adjective").get(word.lower_) or outcomes("noun").get(lemma_of(word))
            if outcome:
                return True, outcome if outcome != MIXED else ""
    verb = (noun if noun is not None else doc[number.core]).head
    if noun is not None and noun.dep_ == "obj" and lemma_of(verb) == "include":
        who = subject(verb)
        if who is not None:
            outcome = outcomes("adjective").get(who.token.lower_) or outcomes("noun").get(
                lemma_of(who.token)
            )
            if outcome:
                return True, outcome if outcome != MIXED else ""
    if noun is not None and noun.dep_ == "conj" and noun.head.i < noun.i:
        left = doc[max(noun.sent.start, noun.head.left_edge.i - 3) : noun.head.i]
        words = [t.lower_ for t in left]
        if "including" in words or "among" in words and _PRONOUNS & set(words):
            return True, ""
    return False, ""


def _among(doc: Doc, first: int) -> str | None:
    """The outcome named in "among the dead were two children", None without such a phrase."""
    sent = doc[first].sent
    words = [t.lower_ for t in doc[sent.start : first]]
    for at in range(len(words) - 1, max(-1, len(words) - 6), -1):
        if words[at] == "among":
            for word in words[at + 1 :]:
                outcome = outcomes("adjective").get(word) or outcomes("noun").get(word)
                if outcome:
                    return outcome
    return None


def casualty_figures(doc: Doc, counts: Sequence[Count], at: Events) -> Iterator[Frame]:
    """CasualtyFigure frames in the order of the counts; a part holds the figure it is part of."""
    wholes: list[tuple[Count, Frame]] = []
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


def _whole(
    doc: Doc, count: Count, wholes: Sequence[tuple[Count, Frame]]
) -> tuple[Count, Frame] | None:
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


def _source(doc: Doc, count: Count) -> Token | None:
    """The noun that "of whom" goes back to, None for every other part."""
    at = count.quantity.last
    if at + 1 >= len(doc) or doc[at].lower_ != "of" or doc[at + 1].lower_ not in ("whom", "which"):
        return None
    before = _noun_before(doc, count.quantity.first)
    if before is not None:
        return before
    found = antecedent(doc[at + 1])
    return found if found.i != at + 1 else None


def _casualty(doc: Doc, count: Count, outcome: str, whole: Frame | None, at: Events) -> Frame:
    number = count.quantity
    anchor = number.span
    if number.measure == "article" and count.noun is not None:
        anchor = Span(anchor.start, count.noun.idx + len(count.noun))
    roles = number_roles(number, "people", written(doc)[anchor.start : anchor.end])
    cue = count.cue if count.cue is not None else doc[number.core]
    event = at.at(cue) if count.cue is not None else None
    if (
        event is not None
        and event.kind not in EVENTS.get(outcome, ())
        and event.kind not in GENERAL
    ):
        event = None
    event = event or _of_toll(cue, at) or at.nearest(cue, EVENTS.get(outcome, ()))
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
    ends = [
        anchor,
        *(
            span(t)
            for t in (count.noun, count.cue)
            if t is not None and t.sent == doc[number.core].sent
        ),
    ]
    return Frame(
        kind="CasualtyFigure",
        anchor=anchor,
        evidence=Span(min(s.start for s in ends), max(s.end for s in ends)),
        roles=tuple(roles),
        extractor="figures.casualties",
        confidence=0.7 if outcome == MIXED or number.measure == "article" else 0.85,
    )


def _of_toll(cue: Token, at: Events) -> Frame | None:
    """The event whose toll it is: "the toll of the attack", "the death toll from the raid"."""
    if lemma_of(cue) not in ("toll", "tally", "number", "total"):
        return None
    phrases = [c for c in cue.children if c.dep_.startswith("nmod") and c.i > cue.i]
    found = (at.at(phrase) for phrase in phrases)
    return next((one for one in found if one is not None and one.kind in GENERAL), None)


def _population(doc: Doc, count: Count) -> Mention | None:
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
                return counted_people(source) if sort_of(source) not in ("", "anyone") else None
            if pronoun.lower_ == "them":
                return _complement(doc, pronoun)
            if count.of and pronoun.lower_ in ("the", "those"):
                return _predicate(doc, pronoun.i + 1)
        return _sufferer(doc[count.quantity.core])
    if names_outcome(noun) or sort_of(noun) in ("", "anyone"):
        if noun.lower_ in ("dead", "wounded", "injured", "killed"):
            return _predicate(doc, noun.i) or _sufferer(noun)
        return _sufferer(noun)
    return counted_people(noun, count.quantity.last)


def _sufferer(noun: Token) -> Mention | None:
    """Whose dead they are: "the army suffered 40 dead"."""
    while noun.dep_ in ("nummod", "amod") and noun.head.pos_ != "VERB":
        noun = noun.head
    verb = noun.head
    if (owner := _own_losses(noun)) is not None:
        return owner
    if noun.dep_ != "obj" or lemma_of(verb) not in ("suffer", "sustain"):
        return None
    who = subject(verb)
    found = mention(who.token) if who is not None else None
    country = found is not None and found.kind in ("Place", "Country") and found.form is Form.NAME
    return found if found is not None and (found.kind in ACTORS or country) else None


def _own_losses(number: Token) -> Mention | None:
    """Whose they are in "put its losses at 14 dead", "its own losses were 14 dead"."""
    verbs = [up for up in number.ancestors if up.pos_ in ("VERB", "NUM", "ADJ")]
    for word in (c for verb in verbs[:2] for c in verb.children):
        counted_up = word.dep_ in ("obj", "nsubj", "nsubj:pass") and word.i < number.i
        if counted_up and lemma_of(word) in ("loss", "casualty", "dead"):
            owner = next((c for c in word.children if c.dep_ == "nmod:poss"), None)
            found = mention(owner) if owner is not None else None
            return found if found is not None and found.kind in ACTORS else None
    return None


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
            return counted_people(token)
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
            return counted_people(token)
    return None
