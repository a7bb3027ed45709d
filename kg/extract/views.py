"""Whose view, account or count it is: "in Karst's view", "by the army's own count", "going by".

A noun of `cues.tsv` that attributes behind a preposition (`main:in`, `main:by`), with an owner who
can speak; what it attributes is the clause that the phrase stands in.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Token

from kg.extract import cues
from kg.extract.contents import clause, runs
from kg.extract.cues import Cue, lemma
from kg.extract.lexicon import ACTORS, PLACES
from kg.extract.phrases import mention
from kg.extract.sayings import Saying
from kg.extract.sources import owner
from kg.records import Span

MAIN = "main:"
GOING = ("going", "judging")


def views(doc: Doc) -> Iterator[Saying]:
    """One attribution for each such phrase, in text order."""
    for noun in doc:
        cue = _cue(noun) if noun.pos_ == "NOUN" else None
        before = _preposition(noun, cue) if cue is not None else None
        speaker = _owner(noun) if before is not None else None
        if cue is None or before is None or speaker is None:
            continue
        phrase = {t.i for t in noun.subtree}
        head, first = noun.head, before
        if head.lower_ in GOING and head.i == before.i - 1:
            phrase.add(head.i)
            head, first = head.head, head
        if head.i in phrase:
            continue
        about = _between_stops(first, {t.i for t in clause(head).subtree} - phrase)
        spans = runs(doc, sorted(about))
        if spans:
            last = noun
            if speaker.i > noun.i:
                last = next((c for c in speaker.children if c.dep_ == "case"), noun)
            yield Saying(Span(first.idx, last.idx + len(last)), noun, cue, speaker, list(spans))


def _between_stops(word: Token, about: set[int]) -> set[int]:
    """Those words that no semicolon parts from the phrase: behind one, another view may stand."""
    stops = [i for i in range(*cues.sentence(word)) if word.doc[i].text == ";"]
    low = max((i for i in stops if i < word.i), default=-1)
    high = min((i for i in stops if i > word.i), default=len(word.doc))
    return {i for i in about if low < i < high}


def viewed(draft: Saying) -> bool:
    """Whether the attribution is such a phrase: it says so plainly, whatever else is seen."""
    return any(name.startswith(MAIN) for name in draft.meaning.contents)


def _cue(noun: Token) -> Cue | None:
    rows = cues.lexicon().get((lemma(noun), "NOUN"), ())
    return next((r for r in rows if any(c.startswith(MAIN) for c in r.contents)), None)


def _preposition(noun: Token, cue: Cue) -> Token | None:
    """The preposition before the phrase, if the noun attributes behind it."""
    for child in noun.children:
        if child.dep_ == "case" and child.i < noun.i:
            return child if f"{MAIN}{child.lower_}" in cue.contents else None
    return None


def _owner(noun: Token) -> Token | None:
    """Whose it is: "the army's count", "the count of the army", if that can speak."""
    whose = [c for c in noun.children if c.dep_ == "nmod:poss"]
    if not whose:
        whose = [
            c
            for c in noun.children
            if c.dep_ == "nmod" and any(w.dep_ == "case" and w.lower_ == "of" for w in c.children)
        ]
    speaker = whose[0] if whose else owner(noun)
    if speaker is None or speaker.pos_ in ("ADJ", "NUM"):
        return None
    who = mention(speaker)
    return speaker if who is not None and who.kind in ACTORS | PLACES | {"Actor"} else None
