"""Names and terms of war news: strict F1 on the texts of our own corpus that are kept back.

The tenth of `training/corpus/` whose numbers end in 7 is never trained on. Names and terms are
two layers that are scored apart, each on exact characters and type of the raw text; "all" is
over both. Without a component that writes terms all of them count as missed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from spacy.tokens import Doc

from bench.quality import spans
from bench.quality.reading import language
from bench.quality.records import Figure, Measured
from training.corpora import own_spans
from training.markup import CORPUS, held, read

NAME = "own"
TITLE = "names and terms, strict F1, raw text: the held-out tenth of training/corpus"
NAMES = ("PER", "ORG", "LOC", "NORP", "EVENT")
TERMS = ("WEAPON", "VEHICLE", "PLATFORM", "UNIT", "FACILITY", "GROUP", "POST", "DATE", "DURATION")
HEADLINES = ("names", "terms", "all")
GOALS = {"all": 88.0}
PEERS: dict[str, str] = {}


def missing(data: Path, corpus: Path = CORPUS) -> str:
    """Whether there is no text that is kept back; the corpus is in this repository."""
    if kept_back(corpus):
        return ""
    return f"no text that is kept back (number ends in 7) below {corpus}"


def kept_back(corpus: Path) -> list[Path]:
    """The texts that are never trained on."""
    return [path for path in sorted(corpus.glob("*/*.txt")) if held(path.stem)]


def measure(data: Path, corpus: Path = CORPUS) -> Measured:
    """Scores by type, over the names, over the terms, over both."""
    both = list(cases(corpus))
    names = spans.measured([name for name, _ in both], NAMES)
    terms = spans.measured([term for _, term in both], TERMS)
    totals = (_renamed(names.figures[-1], "names"), _renamed(terms.figures[-1], "terms"))
    return Measured(
        (*names.figures[:-1], *terms.figures[:-1], *totals, _sum(*totals)),
        names.errors + terms.errors,
        names.confusions + terms.confusions,
    )


def cases(corpus: Path) -> Iterator[tuple[spans.Case, spans.Case]]:
    """Names and terms of each text that is kept back."""
    for path in kept_back(corpus):
        one = read(path)
        names, terms = own_spans(one)
        doc = language()(one.text)
        yield (
            spans.Case(one.text, frozenset(names), frozenset(spans.names(doc))),
            spans.Case(one.text, frozenset(terms), frozenset(found_terms(doc))),
        )


def found_terms(doc: Doc) -> Iterator[spans.Span]:
    """The terms that the pipeline marks."""
    for term in doc.spans.get("terms", ()):
        yield (term.start_char, term.end_char, term.label_)


def _renamed(figure: Figure, name: str) -> Figure:
    return Figure(name, figure.right, figure.gold, figure.found)


def _sum(names: Figure, terms: Figure) -> Figure:
    found = (names.found or 0) + (terms.found or 0)
    return Figure("all", names.right + terms.right, names.gold + terms.gold, found)
