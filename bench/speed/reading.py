"""Words per second of the whole pipeline, text to store, against spaCy alone."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from bench.speed.timing import best, megabytes, row
from kg import annotate, pipeline, read
from kg.records import Document, Graph
from kg.store import open_store

SEEDS = Path(__file__).parents[2] / "seeds"


def measure(paths: Sequence[str] = (str(SEEDS),), *, rounds: int = 2) -> float:
    """Prints and gives the share of spaCy's speed that is left; words are parted by blanks.

    Both read the same texts in this process, with one thread.
    """
    nlp = pipeline.language(None)
    documents = [one for one in read.documents(paths) if isinstance(one, Document)]
    texts = [one.text for one in documents]
    words = sum(len(text.split()) for text in texts)

    def alone() -> int:
        return sum(len(doc) for doc in annotate.annotate(nlp, texts))

    def whole() -> None:
        with tempfile.TemporaryDirectory() as folder, open_store(folder, create=True) as store:
            for document in read.documents(paths):
                made = pipeline.built(document)
                if isinstance(made, Graph):
                    pipeline.put(store, made)

    alone()
    whole()
    spacy, ours = best(rounds, alone, whole)
    row("spaCy alone, the same pipeline", f"{words / spacy:,.0f} words/s")
    share = spacy / ours
    row("text to store", f"{words / ours:,.0f} words/s", f"{share:.0%} of spaCy alone", "≥ 60 %")
    row("most memory", f"{megabytes():,.0f} MB")
    return share
