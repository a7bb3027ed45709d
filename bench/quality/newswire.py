"""Names on news of all continents: strict F1 on gold tokens of the worldwide newswire set.

110 articles, a token a line (Shan, Bauer, Manning 2023). Never trained on, only measured: the
nearest to what a name tagger meets in the world. A sentence begins a paragraph here, because
the set says nothing of paragraphs. Its other types (Misc, Date …) are not scored; they show what
a name was taken from.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.quality.reading import language
from bench.quality.records import Measured, absent
from bench.quality.spans import Case, Span, measured, named, piped
from training.corpora import bio_spans, columns

LABELS = {
    "Person": "PER",
    "Organization": "ORG",
    "Location": "LOC",
    "Facility": "LOC",
    "NORP": "NORP",
}
"""The set's label -> ours."""

NAME = "newswire"
TITLE = "names PER LOC ORG NORP, strict F1, gold tokens: worldwide newswire"
KINDS = ("PER", "LOC", "ORG", "NORP")
FOLDER = "dev/worldwide_newswire"
HEADLINES = ("all",)
GOALS = {"all": 82.0}
PEERS = {"all": "taggers trained on CoNLL or OntoNotes lose over 10 points here"}


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, FOLDER)


def measure(data: Path) -> Measured:
    """Scores by type."""
    return measured(list(cases(data / FOLDER)), KINDS)


def cases(folder: Path) -> Iterator[Case]:
    """Each article's names."""
    for path in sorted(folder.glob("*.tsv")):
        words: list[str] = []
        gold: set[Span] = set()
        for _, rows in columns(path):
            if words:
                words.append("\n")
            at = len(words)
            tags = [row[1] if len(row) > 1 else "O" for row in rows]
            tags = [tag.replace("S-", "B-", 1).replace("E-", "I-", 1) for tag in tags]
            gold |= {
                (start + at, end + at, LABELS.get(kind, kind))
                for start, end, kind in bio_spans(tags)
            }
            words += [row[0] for row in rows]
        yield named(piped(language(), words), gold)
