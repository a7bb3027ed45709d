"""Who speaks: names of claimants on the texts of our own corpus that are kept back.

Each CUE mark of `training/corpus/` whose speaker (`by=`) the text names as PER, ORG, UNIT or LOC
is asked for. The answer is the claimant of the claim whose cue shares a character with the mark:
the label and other names of the entity that it is linked to. It is right where one of them is one
of the speaker's names in the text, or one is in the other word by word ("Zekić", "Gvozden
Zekić"); a capital that speaks is its state ("Paris" for France). A cue without a claim is missed;
accuracy is told over those found and over all.

    python -m bench.quality.speakers    figures and errors over the other texts, for rule-making
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bench.quality import own, report
from bench.quality.reading import read
from bench.quality.records import Error, Figure, Measured
from kg import ontology
from kg.extract.attributions import Attribution, attributions
from kg.records import Document, Fact, Link, Linked, Span
from training import markup
from training.markup import CORPUS, Marked

NAME = "speakers"
TITLE = "speakers of marked cues, name of the claimant: the held-out tenth of training/corpus"
HEADLINES = ("over cues found", "over all cues")
GOALS = {"over all cues": 90.0}
PEERS: dict[str, str] = {}
NAMED = frozenset({"PER", "ORG", "UNIT", "LOC"})
WORD = re.compile(r"[^\W_]+")
OWN_VOICE = "claims.own"
"""The extractor of what the article says in its own voice: claims that have no cue of saying."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A marked cue and the names of its speaker in the text, the longest first."""

    span: Span
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """The claimants that the pipeline names at a cue, one tuple of names for each.

    No claimant at all means that no claim has this cue.
    """

    text: str
    cue: Cue
    claimants: tuple[tuple[str, ...], ...]

    @property
    def right(self) -> bool:
        """Whether a name of a claimant agrees with a name of the speaker."""
        found = [name for names in self.claimants for name in names]
        return any(agree(one, other) for one in found for other in self.cue.names)


def missing(data: Path, corpus: Path = CORPUS) -> str:
    """Whether there is no text that is kept back; the corpus is in this repository."""
    return own.missing(data, corpus)


def measure(data: Path, corpus: Path = CORPUS) -> Measured:
    """Accuracy over the cues that have a claim, and over all."""
    return scored(answers(own.kept_back(corpus)))


def answers(paths: Iterable[Path]) -> list[Answer]:
    """What the pipeline says at each cue of some texts of the corpus, in order."""
    given: list[Answer] = []
    for path in paths:
        one = markup.read(path)
        reading = read(document(one))
        known = attributions(reading.doc)
        for cue in cues(one):
            said = voiced(reading.linked.facts, known, one.text, cue.span)
            given.append(Answer(one.text, cue, tuple(claimants(said, reading.linked))))
    return given


def document(one: Marked) -> Document:
    """A text of the corpus as an article."""
    head = dict(one.header)
    return Document(
        iri=f"https://example.org/own/{one.name}",
        text=one.text,
        title=head.get("title", ""),
        published=date.fromisoformat(head["date"]) if "date" in head else None,
        publisher=head.get("publisher"),
    )


def cues(one: Marked) -> Iterator[Cue]:
    """The marked cues whose speaker the text names; of several speakers anyone's names are good."""
    names: dict[str, set[str]] = {}
    for mark in one.marks:
        if mark.kind in NAMED and mark.thing:
            words = " ".join(one.text[mark.start : mark.end].split())
            names.setdefault(mark.thing, set()).add(words)
    for mark in one.marks:
        if mark.kind == "CUE":
            known = {name for thing in mark.get("by").split(",") for name in names.get(thing, ())}
            if known:
                ordered = sorted(known, key=lambda name: (-len(name), name))
                yield Cue(Span(mark.start, mark.end), tuple(ordered))


def voiced(
    facts: Iterable[Fact], known: Iterable[Attribution], text: str, cue: Span
) -> tuple[Fact, ...]:
    """The attributed claims whose cue shares a character with the marked one.

    A claim stands at its cue; one that had to stand elsewhere, since two speak or the cue has
    a claim already, is found by way of the attribution that it comes from.
    """
    claims = [f for f in facts if f.kind == "Claim" and f.extractor != OWN_VOICE]
    found = [claim for claim in claims if claim.anchor.overlaps(cue)]
    if found:
        return tuple(found)
    for one in known:
        if one.cue.overlaps(cue):
            words = text[one.cue.start : one.cue.end]
            found += [c for c in claims if words in c.values("cue") and _comes_from(c, one)]
    return tuple(found)


def claimants(claims: Sequence[Fact], linked: Linked) -> Iterator[tuple[str, ...]]:
    """Label and other names of each claimant, of a state its capitals too."""
    entities = {entity.iri: entity for entity in linked.entities}
    values = [value for claim in claims for value in claim.values("claimant")]
    for iri in dict.fromkeys(value.entity for value in values if isinstance(value, Link)):
        one = entities[iri]
        yield (
            one.label,
            *one.names,
            *(capitals().get(one.label, ()) if one.kind == "State" else ()),
        )


@cache
def capitals() -> dict[str, tuple[str, ...]]:
    """The capitals that stand for a state's government in the news, by the state's name."""
    rows = ontology.rows("governments.tsv")
    return {row["name"]: tuple(filter(None, row["capitals"].split("|"))) for row in rows}


def agree(one: str, other: str) -> bool:
    """Whether two names are the same, or one has the other's words in it, in their order.

    >>> agree("Zekić", "Gvozden Zekić"), agree("Mali", "Royal Somali Police")
    (True, False)
    """
    first, second = (f" {' '.join(WORD.findall(name.casefold()))} " for name in (one, other))
    return bool(first.strip() and second.strip()) and (first in second or second in first)


def scored(answers: Sequence[Answer]) -> Measured:
    """Share of cues found, accuracy over them and over all, and where it fails."""
    found = [one for one in answers if one.claimants]
    right = sum(one.right for one in found)
    figures = (
        Figure("cues found", len(found), len(answers)),
        Figure("over cues found", right, len(found)),
        Figure("over all cues", right, len(answers)),
    )
    return Measured(figures, tuple(_error(one) for one in answers if not one.right))


def _comes_from(claim: Fact, one: Attribution) -> bool:
    """Whether the claim stands in source or content of the attribution."""
    at_source = one.source is not None and claim.anchor.overlaps(one.source)
    return one.cue.within(claim.evidence) and (at_source or one.holds(claim.anchor))


def _error(one: Answer) -> Error:
    text, span = one.text, one.cue.span
    words = " ".join(text[span.start : span.end].split())
    left = text[: span.start].rpartition("\n")[2][-90:]
    right = text[span.end :].partition("\n")[0][:90]
    context = f"{one.cue.names[0]}: {left}[[{words}]]{right}"
    if not one.claimants:
        return Error("cue not found", words.lower(), context)
    labels = " / ".join(names[0] for names in one.claimants)
    return Error("another speaker", f"{one.cue.names[0]} ≠ {labels}", context)


def main() -> None:
    """Figures and errors over the texts that are not kept back."""
    kept = set(own.kept_back(CORPUS))
    measured = scored(answers(p for p in sorted(CORPUS.glob("*/*.txt")) if p not in kept))
    print("\n".join(report.table(sys.modules[__name__], measured.figures, {})))
    for error in measured.errors:
        print(f"{error.kind}\t{error.words}\t{error.context}")


if __name__ == "__main__":
    main()
