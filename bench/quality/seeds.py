"""Facts of the nine dispatches in `seeds/` against the lists in `tests/golden`; needs no data.

The columns of a list and what counts as right are told in `bench/quality/facts.py`.
"""

from __future__ import annotations

from pathlib import Path

from bench.quality.facts import Verdict, by_family, errors, read, rows, verdict
from bench.quality.records import Error, Measured

ROOT = Path(__file__).parents[2]

NAME = "seeds"
TITLE = "facts of our own dispatches, recall over lists: seeds/"
HEADLINES = ("all right", "all found")
GOALS: dict[str, float] = {}
PEERS: dict[str, str] = {}


def missing(data: Path) -> str:
    """Nothing: dispatches and lists are in this repository."""
    return ""


def measure(data: Path) -> Measured:
    """Recall by family and over all."""
    verdicts: list[Verdict] = []
    told: list[Error] = []
    for dispatch in sorted((ROOT / "seeds").glob("*.txt")):
        reading = read(dispatch)
        gold = ROOT / "tests" / "golden" / dispatch.stem / "facts.tsv"
        judged = [verdict(row, reading) for row in rows(gold, reading.document.text)]
        verdicts += judged
        told += errors(judged, reading)
    return Measured(tuple(by_family(verdicts)), tuple(told))
