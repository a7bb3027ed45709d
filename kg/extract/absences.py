"""Forces that are said not to be there: "there are no Ordunian troops in the town".

Whoever says so denies that they were sent; of those who are there nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract.clauses import clause
from kg.extract.lexicon import FORCES, PLACES
from kg.extract.phrases import case, mention, noun_class, span
from kg.extract.polarity import led_by
from kg.records import Frame, Mention, Term

_AT = ("in", "on", "at", "inside", "near")


def absences(doc: Doc) -> tuple[Frame, ...]:
    """Denied deployments in text order; none where no place is named."""
    return tuple(_absences(doc))


def _absences(doc: Doc) -> Iterator[Frame]:
    for verb in doc:
        if verb.lemma_ != "be" or not any(c.dep_ == "expl" for c in verb.children):
            continue
        if any(c.tag_ == "MD" for c in verb.children):
            continue
        for noun in verb.children:
            if noun.dep_ != "nsubj" or not led_by(noun, "no") or noun_class(noun) not in FORCES:
                continue
            who, places = mention(noun), _places(verb, noun)
            if who is not None and places:
                yield Frame(
                    kind="Deployment",
                    anchor=span(noun),
                    evidence=clause(verb),
                    roles=(
                        ("moved", who),
                        *(("place", place) for place in places),
                        ("actuality", Term("Denied")),
                    ),
                    extractor="absences",
                    confidence=0.6,
                )


def _places(verb: Token, noun: Token) -> list[Mention]:
    phrases = [c for host in (noun, verb) for c in host.children if case(c) in _AT]
    found = (mention(phrase) for phrase in phrases)
    return [one for one in found if one is not None and one.kind in PLACES]
