"""What a set of the harness gives: figures to publish, and errors that must not be.

A set is a module (`bench/quality/sets.py` lists them) that keeps to the protocol `Set`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one set, with the counts it comes from.

    Attributes:
        name: what it is of: a type ("LOC"), a score ("whole overlap"), "all".
        right: found items that are right.
        gold: items of the gold standard.
        found: items found; None where there is one answer to each item, as with accuracy.
        hit: gold items that are met, where several may be met by one; else as many as `right`.
        given: the value, where it is no quotient of the counts but a mean of other figures.
    """

    name: str
    right: int
    gold: int
    found: int | None = None
    hit: int | None = None
    given: float | None = None

    @property
    def precision(self) -> float | None:
        """Right of found in per cent; None for an accuracy."""
        return None if self.found is None else 100 * self.right / max(self.found, 1)

    @property
    def recall(self) -> float:
        """Met of gold in per cent; of an accuracy the accuracy."""
        return 100 * (self.right if self.hit is None else self.hit) / max(self.gold, 1)

    @property
    def value(self) -> float:
        """F1 or accuracy in per cent: the figure that is compared.

        >>> Figure("LOC", right=1, found=2, gold=4).value, Figure("tags", right=3, gold=4).value
        (33.333333333333336, 75.0)
        """
        if self.given is not None:
            return self.given
        if self.precision is None:
            return self.recall
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Error:
    """One thing that went wrong: its class, the words it is counted by, the words around it."""

    kind: str
    words: str
    context: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """The outcome of one set; `confusions` are (gold, found, count), "–" for none."""

    figures: tuple[Figure, ...]
    errors: tuple[Error, ...] = ()
    confusions: tuple[tuple[str, str, int], ...] = ()


class Set(Protocol):
    """A benchmark: where its data lie, what it measures, what was reached elsewhere."""

    @property
    def NAME(self) -> str:  # noqa: N802
        """What it is called on the command line."""
        ...

    @property
    def TITLE(self) -> str:  # noqa: N802
        """What is measured on what, in one line."""
        ...

    @property
    def HEADLINES(self) -> tuple[str, ...]:  # noqa: N802
        """Names of the figures for the table of the README."""
        ...

    @property
    def GOALS(self) -> Mapping[str, float]:  # noqa: N802
        """Figure name -> what it should reach, in per cent."""
        ...

    @property
    def PEERS(self) -> Mapping[str, str]:  # noqa: N802
        """Figure name -> what others publish, with whatever differs."""
        ...

    def missing(self, data: Path) -> str:
        """What of the set is not below the folder, "" if all of it is there."""
        ...

    def measure(self, data: Path) -> Measured:
        """Runs the shipped pipeline over the set and scores it by the set's own metric."""
        ...


def absent(data: Path, *places: str) -> str:
    """Which of the places are not below the folder, in words; "" if all are there."""
    lacking = [place for place in places if not (data / place).exists()]
    return f"no {' and no '.join(lacking)} below {data}" if lacking else ""
