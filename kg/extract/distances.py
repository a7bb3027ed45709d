"""Distances and what lies at their two ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract import lexicon
from kg.extract.counts import Events, number_roles
from kg.extract.phrases import mention, span
from kg.extract.quantities import Quantity
from kg.extract.written import written
from kg.records import Form, Frame, Mention, Span, Value


def distance_figure(doc: Doc, number: Quantity, unit: tuple[str, int], at: Events) -> Frame:
    """As in "some 31 miles from the incursion", with the two ends where they are said."""
    name, last = unit
    roles = number_roles(number, name, written(doc)[number.span.start : number.span.end])
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


def _end(token: Token, at: Events) -> tuple[str, Value, Token] | None:
    """A word as an end of a distance: the event it is, or the place or facility it names."""
    event = at.at(token)
    if event is not None:
        return "event", event, token
    found = mention(token)
    if found is None or found.kind not in lexicon.PLACES:
        return None
    return ("facility" if found.kind in lexicon.FACILITIES else "place"), found, token


def _far_end(doc: Doc, last: int, at: Events) -> Iterator[tuple[str, Value, Token]]:
    """What stands after "from", "of", "into": the other end of the distance."""
    sent = doc[last].sent
    for token in doc[last + 1 : sent.end]:
        if token.text in (";", ":"):
            return
        if token.lower_ in ("from", "of", "off", "into", "inside", "to") and token.pos_ in (
            "ADP",
            "SCONJ",
        ):
            if (
                token.lower_ == "of"
                and token.i > last + 3
                or token.lower_ == "to"
                and token.i > last + 3
            ):
                continue
            found = _end(_object_of(token), at)
            if found is not None:
                yield found
                return
        if (
            token.pos_ == "VERB"
            and token.tag_ != "VBG"
            and token.i > last + 1
            and token.dep_ in ("conj", "root")
        ):
            return


def _object_of(preposition: Token) -> Token:
    """The noun that a preposition introduces."""
    head = preposition.head
    if head.i > preposition.i:
        return head
    following = preposition.doc[preposition.i + 1 : preposition.sent.end]
    return next(
        (t for t in following if t.pos_ in ("NOUN", "PROPN") and t.dep_ != "compound"), head
    )


def _near_end(
    doc: Doc, number: Quantity, unit: Token, at: Events
) -> Iterator[tuple[str, Value, Token]]:
    """What is at that distance: the noun before the number, else the subject."""
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
    verb = next(
        (t for t in (unit, *unit.ancestors) if t.pos_ in ("VERB", "AUX") or _own_subject(t)), None
    )
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
