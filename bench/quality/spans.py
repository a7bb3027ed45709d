"""Marked spans against gold ones: scores, confusions and errors.

| metric  | a found span is right where                                              |
|---------|--------------------------------------------------------------------------|
| strict  | a gold span has its very characters and type                             |
| relaxed | a gold span of its type shares a character; a gold span is met likewise |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from bench.quality.records import Error, Figure, Measured

Span = tuple[int, int, str]
NONE = "–"
BEFORE, AFTER = 40, 25


@dataclass(frozen=True, slots=True)
class Case:
    """One text with its gold and found spans: half-open characters and type."""

    text: str
    gold: frozenset[Span]
    found: frozenset[Span]


def piped(nlp: Language, words: Sequence[str]) -> Doc:
    """A Doc of given words, run through all components; a line break ends a paragraph."""
    doc = Doc(nlp.vocab, words=list(words))
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def named(doc: Doc, gold: Iterable[Span]) -> Case:
    """The names of a Doc against gold ones that are counted in its tokens."""
    want = {(doc[a].idx, doc[b - 1].idx + len(doc[b - 1]), kind) for a, b, kind in gold}
    return Case(doc.text, frozenset(want), frozenset(names(doc)))


def names(doc: Doc) -> Iterator[Span]:
    """The names of a Doc in characters."""
    yield from ((ent.start_char, ent.end_char, ent.label_) for ent in doc.ents)


def measured(cases: Sequence[Case], kinds: Sequence[str], *, relaxed: bool = False) -> Measured:
    """Scores of each type and of all of them, with confusions and errors."""
    return Measured(
        figures=scores(cases, kinds, relaxed=relaxed),
        errors=tuple(e for case in cases for e in errors(case, kinds, relaxed=relaxed)),
        confusions=confusions(cases, kinds),
    )


def scores(
    cases: Iterable[Case], kinds: Sequence[str], *, relaxed: bool = False
) -> tuple[Figure, ...]:
    """One figure for each type, then "all"; spans of other types are left out."""
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in kinds}
    for case in cases:
        for kind in kinds:
            gold = [s for s in case.gold if s[2] == kind]
            found = [s for s in case.found if s[2] == kind]
            meets = meeting if relaxed else same
            counts[kind]["gold"] += len(gold)
            counts[kind]["found"] += len(found)
            counts[kind]["right"] += sum(any(meets(g, f) for g in gold) for f in found)
            counts[kind]["hit"] += sum(any(meets(g, f) for f in found) for g in gold)
    rows = [(kind, counts[kind]) for kind in kinds]
    rows.append(("all", sum((c for _, c in rows), Counter())))
    return tuple(Figure(n, c["right"], c["gold"], c["found"], c["hit"]) for n, c in rows)


def paired(cases: Iterable[Case], kinds: Sequence[str], name: str) -> Figure:
    """Relaxed, but each span counts for one of the other side at most, most shared first."""
    gold_count = found_count = pairs = 0
    for case in cases:
        gold = sorted(s for s in case.gold if s[2] in kinds)
        found = sorted(s for s in case.found if s[2] in kinds)
        gold_count += len(gold)
        found_count += len(found)
        touching = sorted((-_shared(g, f), g, f) for g in gold for f in found if meeting(g, f))
        used: set[tuple[str, Span]] = set()
        for _, g, f in touching:
            if not {("gold", g), ("found", f)} & used:
                used |= {("gold", g), ("found", f)}
                pairs += 1
    return Figure(name, pairs, gold_count, found_count)


def confusions(cases: Iterable[Case], kinds: Sequence[str]) -> tuple[tuple[str, str, int], ...]:
    """How often a gold type was found as which type, by overlap; with the missed and spurious.

    A gold span counts once: as its own type where one overlaps, else as the type that covers
    most of it. A found span that touches no gold span of any type is spurious.
    """
    table: Counter[tuple[str, str]] = Counter()
    for case in cases:
        for gold in case.gold:
            if gold[2] in kinds:
                table[gold[2], nearest(gold, case.found)[2]] += 1
        for found in case.found:
            if found[2] in kinds and not any(overlap(found, gold) for gold in case.gold):
                table[NONE, found[2]] += 1
    return tuple((gold, found, n) for (gold, found), n in sorted(table.items()))


def errors(case: Case, kinds: Sequence[str], *, relaxed: bool) -> Iterator[Error]:
    """What is wrong in one text, in text order."""
    meets = meeting if relaxed else same
    found = [s for s in sorted(case.found) if s[2] in kinds]
    gold = [s for s in sorted(case.gold) if s[2] in kinds]
    unmet = [g for g in gold if not any(meets(g, f) for f in found)]
    told = []
    for one in unmet:
        near = nearest(one, case.found)
        words = told_apart(case.text, one, near)
        if near[2] == NONE:
            told.append((one, Error(f"missed {one[2]}", words)))
        elif near[2] == one[2]:
            told.append((one, Error(f"borders of {one[2]}", words)))
        else:
            told.append((one, Error(f"{near[2]} for {one[2]}", words)))
    for one in found:
        touched = [g for g in case.gold if overlap(one, g)]
        if not touched:
            told.append((one, Error(f"spurious {one[2]}", told_apart(case.text, one))))
        elif not any(meets(g, one) for g in gold) and not set(touched) & set(unmet):
            beside = nearest(one, frozenset(touched))
            words = told_apart(case.text, beside, one)
            told.append((one, Error(f"{one[2]} beside {beside[2]}", words)))
    for span, error in sorted(told, key=lambda pair: pair[0]):
        yield Error(error.kind, error.words, around(case.text, span))


def same(one: Span, other: Span) -> bool:
    """Whether characters and type are the same."""
    return one == other


def meeting(one: Span, other: Span) -> bool:
    """Whether the spans have one type and share a character."""
    return one[2] == other[2] and overlap(one, other)


def overlap(one: Span, other: Span) -> bool:
    """Whether the spans share a character.

    >>> overlap((0, 3, "LOC"), (2, 5, "ORG")), overlap((0, 3, "LOC"), (3, 5, "LOC"))
    (True, False)
    """
    return one[0] < other[1] and other[0] < one[1]


def nearest(span: Span, others: Iterable[Span]) -> Span:
    """The span that overlaps most, one of its own type before all others; else an empty one."""
    touching = [other for other in others if overlap(span, other)]
    if not touching:
        return (span[0], span[0], NONE)
    return min(touching, key=lambda o: (o[2] != span[2], -_shared(span, o), o))


def merged(spans: Iterable[Span]) -> frozenset[Span]:
    """Spans of which those of one type that overlap are one.

    >>> sorted(merged([(0, 4, "LOC"), (2, 9, "LOC"), (2, 9, "ORG"), (9, 12, "LOC")]))
    [(0, 9, 'LOC'), (2, 9, 'ORG'), (9, 12, 'LOC')]
    """
    out: list[Span] = []
    for start, end, kind in sorted(spans, key=lambda s: (s[2], s[0], s[1])):
        if out and out[-1][2] == kind and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]), kind)
        else:
            out.append((start, end, kind))
    return frozenset(out)


def told_apart(text: str, gold: Span, found: Span | None = None) -> str:
    """The words of a span; beside those found for it where they are others."""
    want = " ".join(text[gold[0] : gold[1]].split())
    have = " ".join(text[found[0] : found[1]].split()) if found is not None else ""
    return f"{want} ≠ {have}" if have and have != want else want


def around(text: str, span: Span) -> str:
    """A span in its sentence, on one line."""
    start, end, _ = span
    left, right = text[max(0, start - BEFORE) : start], text[end : end + AFTER]
    return " ".join(f"{left}[[{text[start:end]}]]{right}".split())


def _shared(one: Span, other: Span) -> int:
    return min(one[1], other[1]) - max(one[0], other[0])
