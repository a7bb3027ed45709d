"""Names on the web texts of EWT, as UNER marks them: strict F1 on gold tokens of the dev part.

The train part of the same corpus is trained on, so this is the home game. UNER's own tag sets
for other words ("OTH") are left out. A paragraph of the treebank begins a paragraph here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from bench.quality.reading import language
from bench.quality.records import Measured, absent
from bench.quality.spans import Case, Span, measured, named, piped
from training.corpora import Text, dev_texts

NAME = "uner"
TITLE = "names PER LOC ORG, strict F1, gold tokens: UNER-EWT dev"
KINDS = ("PER", "LOC", "ORG")
HEADLINES = ("all",)
GOALS = {"all": 80.0}
PEERS: dict[str, str] = {}


def missing(data: Path) -> str:
    """What of the set is not below the folder."""
    return absent(data, "train/ud_ewt/en_ewt-ud-dev.conllu", "train/uner_ewt/en_ewt-ud-dev.iob2")


def measure(data: Path) -> Measured:
    """Scores by type."""
    return measured(list(cases(dev_texts(data, "ewt"))), KINDS)


def cases(texts: Sequence[Text]) -> Iterator[Case]:
    """Each document's names."""
    for text in texts:
        words: list[str] = []
        gold: set[Span] = set()
        for sentence in text.sentences:
            if sentence.opens and words:
                words.append("\n")
            at = len(words)
            gold |= {(start + at, end + at, kind) for start, end, kind in sentence.spans}
            words += sentence.words
        yield named(piped(language(), words), gold)
