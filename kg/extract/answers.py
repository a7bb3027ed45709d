"""What a bare rejection answers: "rejected the accusation", "this is false", "it is baseless".

In the article that tells what is rejected, the rejection has the same content, negated. Where it
is not told there, the claim keeps whom and what it is about, and other articles are asked
(`kg.network.rejections`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from kg.extract.attributions import Attribution
from kg.extract.claims import about_in, sentences, speaker_around
from kg.extract.falsities import POINTING, kind, rejections
from kg.extract.phrases import sentence_index
from kg.records import Frame, Mention, Span, Term

REACH = 3
"""Sentences between what is said and its rejection."""
FIGURES = frozenset("CasualtyFigure StrengthFigure LossFigure AreaFigure DistanceFigure".split())
STATES = frozenset({"Position", "Membership", "Alliance", "Hostility"})


def answers(
    doc: Doc, said: Sequence[Frame], attributions: Sequence[Attribution]
) -> tuple[Frame, ...]:
    """The claims, where bare denials have got what they deny, and those that nobody's cue began.

    Args:
        doc: annotated document.
        said: claim frames in text order.
        attributions: what `attributions(doc)` found.
    """
    found = [_answering(doc, claim, said) for claim in said]
    taken = {claim.anchor for claim in said}
    for predicate, subject in rejections(doc):
        claim = _rejection(doc, predicate, subject, said, attributions)
        if claim is not None and claim.anchor not in taken:
            taken.add(claim.anchor)
            found.append(claim)
    return tuple(sorted(found, key=lambda f: (f.anchor, f.evidence)))


def _answering(doc: Doc, claim: Frame, said: Sequence[Frame]) -> Frame:
    """A denial without content with the content of what it denies."""
    at = doc.char_span(claim.anchor.start, claim.anchor.end, alignment_mode="expand")
    if Term("Denial") not in claim.values("speechAct") or claim.values("content") or at is None:
        return claim
    what = next((c for c in at.root.children if c.dep_ in ("obj", "nsubj:pass")), None)
    if what is None:
        return claim
    contents = _before(doc, at.root, what, said, claim)
    if not contents:
        return claim
    roles = [role for role in claim.roles if role[0] != "about"]
    return replace(claim, roles=(*(("content", one) for one in contents), *roles))


def _rejection(
    doc: Doc,
    predicate: Token,
    subject: Token,
    said: Sequence[Frame],
    attributions: Sequence[Attribution],
) -> Frame | None:
    """The claim that something said is untrue; None where its content is denied already."""
    start, end = subject.left_edge.idx, subject.right_edge.idx + len(subject.right_edge)
    inside = Span(start, end)
    for claim in said:
        for one in claim.values("content"):
            if isinstance(one, Frame) and one.kind not in STATES and one.anchor.within(inside):
                return None
    contents = _before(doc, predicate, subject, said, None)
    about = () if contents else about_in(doc, (inside,))
    if not contents and (not about or subject.lower_ in POINTING):
        return None
    anchor = Span(predicate.idx, predicate.idx + len(predicate))
    claimant, relays = speaker_around(doc, anchor, attributions)
    return Frame(
        kind="Claim",
        anchor=anchor,
        evidence=sentences(doc, min(start, anchor.start), max(end, anchor.end)),
        roles=(
            *((("claimant", claimant),) if claimant is not None else ()),
            *(("reportedBy", relay) for relay in relays),
            *(("content", one) for one in contents),
            *(("about", one) for one in about),
            ("polarity", Term("Negated")),
            ("certainty", Term("Certain")),
            ("speechAct", Term("Denial")),
            ("quoteForm", Term("Indirect")),
            ("cue", predicate.text),
        ),
        extractor="claims.rejection",
        confidence=0.6,
    )


def _before(
    doc: Doc, token: Token, what: Token, said: Sequence[Frame], own: Frame | None
) -> tuple[Frame, ...]:
    """The contents of what was said last before a rejection, of the sort that its word names."""
    word = kind(what)
    pointing = what.lower_ in POINTING and what.pos_ in ("PRON", "DET")
    if not (word or pointing) or any(c.dep_ in ("acl", "acl:relcl", "nmod") for c in what.children):
        return ()
    here = sentence_index(token)
    speaker = own.values("claimant") if own is not None else ()
    for claim in reversed(said):
        if claim.anchor.start >= token.idx or not claim.values("claimant"):
            continue
        at = doc.char_span(claim.anchor.start, claim.anchor.end, alignment_mode="expand")
        if at is None or here - sentence_index(at[0]) > (1 if pointing else REACH):
            break
        if claim.values("claimant") == speaker or Term("Denial") in claim.values("speechAct"):
            continue
        contents = tuple(_fitting(claim, word, pointing=pointing))
        if contents:
            return contents
    return ()


def _fitting(claim: Frame, word: str, *, pointing: bool) -> Iterator[Frame]:
    for one in claim.values("content"):
        if not isinstance(one, Frame) or one.kind in STATES:
            continue
        if word == "number" and one.kind not in FIGURES:
            continue
        if word == "accusation" and not any(
            isinstance(who, Mention) for who in one.values("initiator")
        ):
            continue
        if Term("Actual") in one.values("actuality") or not one.values("actuality"):
            yield one
