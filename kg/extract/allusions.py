"""Events that are only alluded to: "the army blamed the rebels", "they denied any involvement".

Who is blamed for what was told just before, or claims or denies it, is said to have done it, or
not: an event of its own with the kind, the place and the day of the one before, for another
speaker may tell otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from spacy.tokens import Doc, Token

from kg.extract.casualties import GENERAL
from kg.extract.lexicon import ACTORS, PLACES
from kg.extract.phrases import case, mention, sentence_index, span
from kg.extract.responsibility import PHRASES, Row, author, responsible, words
from kg.records import Form, Frame, Mention, Span, Term, Value

REACH = 4
"""Sentences between an event and a word that alludes to it."""
SHARED = ("place", "target", "victim", "moved", "time")
HARM = frozenset({"Killing", "Injury", "Damage", "EquipmentLoss", "Capture"})
POINTING = frozenset({"it", "this", "that", "them", "these", "those", "so"})
VAGUE = frozenset({"incident", "event", "tragedy", "crime", "episode", "one", "matter", "affair",
                   "atrocity", "deed", "it"})  # fmt: skip


def allusions(doc: Doc, events: Sequence[Frame]) -> tuple[Frame, ...]:
    """The events with those that are only alluded to, and what the former say of the latter.

    Args:
        doc: annotated document.
        events: its event frames in text order.

    Returns:
        All events sorted by anchor; one that takes up an event before ("denied involvement in
        the attack") has got its place and day.
    """
    known = {(frame.kind, frame.anchor) for frame in events}
    found = [_taken_up(doc, frame, events) for frame in events]
    for token in doc:
        for frame in _alluded(doc, token, events):
            if (frame.kind, frame.anchor) not in known:
                known.add((frame.kind, frame.anchor))
                found.append(frame)
    return tuple(sorted(found, key=lambda f: (f.anchor, f.kind)))


def _taken_up(doc: Doc, frame: Frame, events: Sequence[Frame]) -> Frame:
    at = doc.char_span(frame.anchor.start, frame.anchor.end)
    if at is None or any(frame.values(role) for role in ("place", "target", "victim")):
        return frame
    pointed = any(c.lower_ in ("the", "this", "that") for c in at.root.children)
    if not pointed or responsible(at.root) is None:
        return frame
    before = _before(doc, at.root, events)
    if before is None or not (before.kind == frame.kind or {before.kind, frame.kind} <= GENERAL):
        return frame
    shared = _shared(before, frame)
    return Frame(
        frame.kind, frame.anchor, frame.evidence, (*frame.roles, *shared), frame.extractor,
        frame.confidence,
    )  # fmt: skip


def _shared(before: Frame, frame: Frame | None = None) -> list[tuple[str, Value]]:
    own = {role for role, _ in frame.roles} if frame is not None else set()
    return [(role, value) for role, value in before.roles if role in SHARED and role not in own]


def _alluded(doc: Doc, token: Token, events: Sequence[Frame]) -> Iterator[Frame]:
    if token.pos_ not in ("VERB", "ADJ"):
        return
    for row in words().get(token.lemma_.lower(), words().get(token.lower_, ())):
        carried = next((c for c in token.children if c.dep_ == "obj"), None)
        if row.carried and (carried is None or row.carried not in (carried.lower_, carried.lemma_)):
            continue
        what = _filler(token, row, carried)
        if not (row.bare if what is None else _pointing(what)):
            continue
        one = author(token, row, token)
        who = mention(one.token) if one is not None else None
        if one is None or who is None or not _acts(who):
            continue
        before = _before(doc, token, events)
        if before is not None:
            anchor = what or (carried if row.carried and carried is not None else None)
            yield _frame(
                token, before, who, span(anchor or _anchor(token, row, one.token)), one.denied
            )
            return


def _acts(who: Mention) -> bool:
    """Whether a mention can name who does something; a country is a place and an actor."""
    return who.kind in ACTORS | PLACES and who.form is Form.NAME or (
        who.kind in ACTORS or who.form is Form.PRONOUN
    )  # fmt: skip


def _anchor(token: Token, row: Row, who: Token) -> Token:
    return who if row.who == "obj" and token.pos_ == "VERB" else token


def _filler(token: Token, row: Row, carried: Token | None) -> Token | None:
    """What stands where a row expects the event."""
    if row.what == "obj":
        return carried
    hosts = [token, *([carried] if carried is not None else [])]
    if row.carried == "nothing" and carried is not None:
        hosts += [c for c in carried.children if c.lemma_ == "do"]
    if token.dep_ == "xcomp":
        hosts.append(token.head)
    phrases = (c for host in hosts for c in host.children if c.i > token.i)
    wanted = PHRASES if row.what in PHRASES else (row.what,)
    return next((c for c in phrases if _introduced(c) in wanted), None)


def _introduced(phrase: Token) -> str:
    marks = (c.lower_ for c in phrase.children if c.dep_ == "mark")
    return case(phrase) or next(marks, "")


def _pointing(what: Token) -> bool:
    """Whether a phrase only points back: "it", "this one", "the incident"."""
    if what.lower_ in POINTING:
        return True
    narrowed = any(c.dep_ in ("acl", "acl:relcl") for c in what.children)
    return what.lemma_.lower() in VAGUE and not narrowed


def _before(doc: Doc, token: Token, events: Sequence[Frame]) -> Frame | None:
    """The attack told last before a word, else what one did; told as done.

    None where something else was told since: who is blamed after talks is blamed for their end.
    """
    here = sentence_index(token)
    near, since = [], ""
    for frame in events:
        at = doc.char_span(frame.anchor.start, frame.anchor.end, alignment_mode="expand")
        if at is None or frame.anchor.start >= token.idx or here - sentence_index(at[0]) > REACH:
            continue
        since = frame.kind
        if Term("Actual") in frame.values("actuality"):
            near.append(frame)
    if since not in GENERAL | HARM:
        return None
    attacks = [frame for frame in near if frame.kind in GENERAL]
    harm = [frame for frame in near if frame.kind in HARM]
    return attacks[-1] if attacks else harm[-1] if harm else None


def _frame(token: Token, before: Frame, who: Mention, anchor: Span, denied: bool) -> Frame:
    evidence = Span(min(token.idx, anchor.start), max(token.idx + len(token), anchor.end))
    start, end = min(evidence.start, who.span.start), max(evidence.end, who.span.end)
    return Frame(
        kind=before.kind,
        anchor=anchor,
        evidence=Span(start, end),
        roles=(
            ("initiator", who),
            *_shared(before),
            ("actuality", Term("Denied" if denied else "Actual")),
        ),
        extractor="allusions",
        confidence=0.6,
    )
