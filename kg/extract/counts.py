"""What all figures share: the people that are counted and the events a number belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from spacy.tokens import Token

from kg import ontology
from kg.extract import lexicon
from kg.extract.phrases import compound_lemmas, mention, noun_phrase, plural, sentence_index, span
from kg.extract.quantities import Quantity
from kg.records import Form, Frame, Mention, Span, Value


@cache
def outcomes(use: str) -> dict[str, str]:
    """Word -> outcome for one use of `outcomes.tsv`; "-" where it covers more than one."""
    return {
        r["word"]: r["outcome"] for r in ontology.rows("lexicon/outcomes.tsv") if r["use"] == use
    }


@cache
def populations() -> dict[str, str]:
    """Noun or compound -> sort of people."""
    return {r["word"]: r["sort"] for r in ontology.rows("lexicon/populations.tsv")}


def lemma_of(token: Token) -> str:
    """The lemma in lower case, the word itself where there is none."""
    return (token.lemma_ or token.text).lower()


def sort_of(noun: Token) -> str:
    """What sort of people a noun names (`populations.tsv`), "" where it names none."""
    for phrase in compound_lemmas(noun):
        if phrase in populations():
            return populations()[phrase]
    if noun.lower_ in lexicon.demonyms() and noun.pos_ in ("NOUN", "PROPN") and plural(noun):
        return "other"
    found = mention(noun)
    if found is not None and found.kind == "PopulationGroup":
        return "other"
    return ""


class Events:
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
            f
            for f in self.frames
            if f.kind in kinds and sent.start_char <= f.anchor.start < sent.end_char
        ]
        return min(
            inside, key=lambda f: (abs(f.anchor.start - token.idx), f.anchor.start), default=None
        )

    def holding(self, token: Token) -> Frame | None:
        """The event that has the word as a participant."""
        where = span(token)
        for frame in self.frames:
            for _, value in frame.roles:
                if isinstance(value, Mention) and value.head == where:
                    return frame
        return None


def clause_event(token: Token, at: Events) -> Frame | None:
    """The event of the nouns and the verb that govern a word, up to the end of its clause."""
    for above in token.ancestors:
        if (event := at.at(above)) is not None:
            return event
        if above.pos_ == "VERB":
            return None
    return None


def number_roles(number: Quantity, unit: str, text: str) -> list[tuple[str, Value]]:
    """The roles lower, upper, unit and figureText; an open end is left out."""
    roles: list[tuple[str, Value]] = []
    if number.lower is not None:
        roles.append(("lower", number.lower))
    if number.upper is not None:
        roles.append(("upper", number.upper))
    if unit:
        roles.append(("unit", unit))
    roles.append(("figureText", text))
    return roles


def counted_people(noun: Token, first: int = 0) -> Mention:
    """The mention of those counted, from `first` on, without what says what became of them."""
    phrase = noun_phrase(noun)
    start = max(phrase.start, first) if first <= noun.i else phrase.start
    while start < noun.i and (
        phrase.doc[start].lower_ in outcomes("adjective")
        or phrase.doc[start].lower_ in ("other", "more", "additional", "further", "such", "-")
        or phrase.doc[start].tag_ in ("CD", "DT")
    ):
        start += 1
    words = phrase.doc[start : max(phrase.end, noun.i + 1)]
    found = mention(noun)
    name = words[:-1].text_with_ws.lower() + lemma_of(words[-1])
    base = found if found is not None and found.head == span(noun) else None
    if base is not None and base.span == Span(words.start_char, words.end_char):
        return replace(base, kind="PopulationGroup") if base.kind in ("Person", "Actor") else base
    return Mention(
        span=Span(words.start_char, words.end_char),
        text=words.text,
        kind=base.kind
        if base is not None and base.kind not in ("Person", "Actor")
        else "PopulationGroup",
        form=Form.NOMINAL,
        name=name,
        head=span(noun),
        number="Plur" if plural(noun) else "Sing",
        sentence=sentence_index(noun),
        subject=noun.dep_ in ("nsubj", "nsubj:pass"),
        quote=base.quote if base is not None else -1,
        qualifier=base.qualifier if base is not None else "",
    )
