"""Speed and memory of a build and of all stored queries: `python -m bench.speed [PATH…]`.

Prints seconds, words per second (words as spaCy tokens without blanks) and the peak of
resident memory in MB. Without paths the dispatches of `seeds/` are built.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import kg
from kg import annotate, read
from kg.records import Document
from kg.store import stored

SEEDS = Path(__file__).parents[1] / "seeds"


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and prints one line per step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", default=[str(SEEDS)])
    parser.add_argument("--jobs", type=int, default=1)
    given = parser.parse_args(arguments)

    began = time.perf_counter()
    nlp = annotate.load()
    row("load the language model", time.perf_counter() - began)

    documents = [one for one in read.documents(given.paths) if isinstance(one, Document)]
    words = sum(len(text.split()) for text in (one.text for one in documents))
    began = time.perf_counter()
    for doc in annotate.annotate(nlp, [one.text for one in documents]):
        len(doc)
    row("annotate", time.perf_counter() - began, words)

    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        began = time.perf_counter()
        kg.build(given.paths, store=store, jobs=given.jobs)
        row(
            f"build {len(documents)} articles, {given.jobs} process(es)",
            time.perf_counter() - began,
            words,
        )
        with kg.Graph(store) as graph:
            for query in stored():
                began = time.perf_counter()
                graph.query(query.name)
                row(f"query {query.name}", time.perf_counter() - began)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{'peak of memory':<48}{peak:10.0f} MB")


def row(step: str, seconds: float, words: int = 0) -> None:
    """One line of the table."""
    rate = f"{words / seconds:10.0f} words/s" if words else ""
    print(f"{step:<48}{seconds:10.3f} s {rate}".rstrip())


if __name__ == "__main__":
    main()
