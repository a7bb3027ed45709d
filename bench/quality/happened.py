"""Events and who takes part: the EV marks of the texts of our own corpus that are kept back.

An event of the pipeline stands for a mark if its anchor shares a character with it; each stands
for one mark at most. "class" is the accuracy of the class over the events found, the very class
asked for (two annotators of the corpus agree on 70.9 % of the classes, 82.8 % of the words).
"roles" are pairs of role and participant over the marks that are found and have roles: a
participant is right where it shares a character with a mark of the thing named, anywhere in the
text, or is linked to the same entity as such a mark's words.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.quality import own
from bench.quality.reading import Reading, read
from bench.quality.records import Error, Figure, Measured
from bench.quality.speakers import document
from kg.records import Frame, Mention, Span
from training import markup
from training.markup import CORPUS, ROLES, Marked

NAME = "events"
TITLE = "events and their roles, F1: the held-out tenth of training/corpus"
HEADLINES = ("events", "class", "roles")
GOALS: dict[str, float] = {}
PEERS = {"events": "two annotators agree on 82.8"}


@dataclass(frozen=True, slots=True)
class Marking:
    """One EV mark: its words, class, and per role the spans of each thing that has it."""

    span: Span
    kind: str
    roles: tuple[tuple[str, tuple[Span, ...]], ...]


def missing(data: Path, corpus: Path = CORPUS) -> str:
    """Whether there is no text that is kept back; the corpus is in this repository."""
    return own.missing(data, corpus)


def measure(data: Path, corpus: Path = CORPUS) -> Measured:
    """F1 of events, accuracy of their classes, F1 of their roles."""
    return scored([(one.text, list(marks(one)), read(document(one))) for one in _texts(corpus)])


def _texts(corpus: Path) -> Iterator[Marked]:
    for path in own.kept_back(corpus):
        yield markup.read(path)


def marks(one: Marked) -> Iterator[Marking]:
    """The marked happenings of a text."""
    things: dict[str, list[Span]] = {}
    for mark in one.marks:
        if mark.thing and mark.kind not in ("EV", "SRC", "CUE", "CON"):
            things.setdefault(mark.thing, []).append(Span(mark.start, mark.end))
    for mark in one.marks:
        if mark.kind == "EV":
            roles = tuple(
                (role, tuple(things[thing]))
                for role in ROLES
                for thing in filter(None, mark.get(role).split(","))
                if thing in things
            )
            yield Marking(Span(mark.start, mark.end), mark.cls, roles)


def scored(texts: list[tuple[str, list[Marking], Reading]]) -> Measured:
    """All figures over (text, marks, reading)."""
    gold = found = right = kinds = 0
    asked = given = cast = met = 0
    errors: list[Error] = []
    confusions: dict[tuple[str, str], int] = {}
    for text, marked, reading in texts:
        events = [f for f in reading.extraction.frames if f.values("actuality")]
        gold += len(marked)
        found += len(events)
        free = list(events)
        for mark in marked:
            over = [e for e in free if e.anchor.overlaps(mark.span)]
            event = next((e for e in over if e.kind == mark.kind), over[0] if over else None)
            if event is None:
                errors.append(_error("event not found", text, mark.span, mark.kind))
                continue
            free.remove(event)
            right += 1
            kinds += event.kind == mark.kind
            confusions[mark.kind, event.kind] = confusions.get((mark.kind, event.kind), 0) + 1
            if mark.roles:
                values = list(_participants(event))
                asked += len(mark.roles)
                given += len(values)
                cast += sum(
                    any(r == role and _same(spans, value, reading) for r, spans in mark.roles)
                    for role, value in values
                )
                met += sum(
                    any(r == role and _same(spans, value, reading) for r, value in values)
                    for role, spans in mark.roles
                )
        errors += [_error("event too many", text, e.anchor, e.kind) for e in free]
    figures = (
        Figure("events", right, gold, found),
        Figure("class", kinds, right),
        Figure("roles", cast, asked, given, hit=met),
    )
    pairs = tuple((g, f, n) for (g, f), n in sorted(confusions.items()) if g != f)
    return Measured(figures, tuple(errors), pairs)


def _participants(event: Frame) -> Iterator[tuple[str, Span]]:
    for role, value in event.roles:
        if role not in ROLES:
            continue
        if isinstance(value, Mention):
            yield role, value.span
        elif isinstance(value, Frame):
            yield role, value.evidence


def _same(spans: tuple[Span, ...], value: Span, reading: Reading) -> bool:
    """Whether a value stands at one of the spans, or refers to what does."""
    if any(value.overlaps(span) for span in spans):
        return True
    links = reading.linked.links
    named = {link.entity for link in links if link.mention.span.overlaps(value)}
    return any(
        link.entity in named for span in spans for link in links if link.mention.span.overlaps(span)
    )


def _error(kind: str, text: str, span: Span, words: str) -> Error:
    left = text[: span.start].rpartition("\n")[2][-80:]
    right = text[span.end :].partition("\n")[0][:80]
    return Error(kind, words, f"{left}[[{text[span.start : span.end]}]]{right}")
