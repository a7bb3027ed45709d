"""What a figure counts, and whether two figures agree."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cache

from kg import ontology
from kg.network.things import Thing, local, normalised

Scope = tuple[str, str, str, frozenset[str]]


def agree(first: Thing, second: Thing) -> bool:
    """Whether the intervals of two figures share a number; an open end reaches without limit."""
    low = max(Decimal(figure.first("lower") or "-Infinity") for figure in (first, second))
    high = min(Decimal(figure.first("upper") or "Infinity") for figure in (first, second))
    return low <= high


def scope(figure: Thing, labels: Mapping[str, str]) -> Scope:
    """What a figure counts: kind, outcome, unit, and who; "people" is everybody."""
    counted = {normalised(labels.get(one, local(one))) for one in figure.values("population")}
    unit = figure.first("unit") or ""
    return figure.kind, figure.term("outcome"), unit, frozenset(counted - _everybody())


def higher(early: Thing, late: Thing) -> bool:
    """Whether the later count is not below the earlier one: a toll that has risen."""
    least = Decimal(late.first("lower") or "0")
    return least >= Decimal(early.first("upper") or early.first("lower") or "0")


@cache
def _everybody() -> frozenset[str]:
    return frozenset(row["words"] for row in ontology.rows("lexicon/everybody.tsv"))
