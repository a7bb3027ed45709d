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
    names = (labels.get(one, local(one)) for one in figure.values("population"))
    counted = {_group(name) for name in names}
    unit = figure.first("unit") or ""
    return figure.kind, figure.term("outcome"), unit, frozenset(counted - _everybody())


def everybody(counted: Scope) -> Scope:
    """The scope of all people to whom the same happened; of no casualties its own."""
    kind, outcome, unit, _ = counted
    return (kind, outcome, unit, frozenset()) if kind == "CasualtyFigure" and outcome else counted


def comparable(first: Thing, second: Thing, labels: Mapping[str, str]) -> bool:
    """Whether two figures count the same, or one a part that is more than the other's whole.

    "Fifteen farmers were killed" cannot stand beside "nine were killed"; "four soldiers" can.
    """
    here, there = scope(first, labels), scope(second, labels)
    if here == there:
        return True
    if everybody(here) != everybody(there) or here[3] and there[3]:
        return False
    part, whole = (first, second) if here[3] else (second, first)
    names = [labels.get(one, local(one)) for one in part.values("population")]
    if not all(name == name.lower() and _sort(name) in _PLAIN for name in names):
        return False  # children, soldiers, "Dravnian villagers" are counted apart
    least, most = part.first("lower"), whole.first("upper")
    return least is not None and most is not None and Decimal(least) > Decimal(most)


def higher(early: Thing, late: Thing) -> bool:
    """Whether the later count is not below the earlier one: a toll that has risen."""
    least = Decimal(late.first("lower") or "0")
    return least >= Decimal(early.first("upper") or early.first("lower") or "0")


def _group(name: str) -> str:
    """A nameless group of combatants as the sort of fighters it is, other people by their name."""
    plain = normalised(name)
    if name != name.lower():
        return plain
    kinds = (ontology.words("combatants", kind) for kind in ("regular", "irregular"))
    for kind, words in zip(("regular", "irregular"), kinds, strict=True):
        if plain in words or plain.removesuffix("s") in words:
            return kind
    return plain


_PLAIN = ("civilian", "other")


def _sort(name: str) -> str:
    """What sort of people a noun names in the singular or plural, "" where it names none."""
    last = name.split()[-1] if name else ""
    single = last.removesuffix("men") + "man" if last.endswith("men") else last.removesuffix("s")
    return next((_sorts()[one] for one in (last, single) if one in _sorts()), "")


@cache
def _sorts() -> Mapping[str, str]:
    return {row["word"]: row["sort"] for row in ontology.rows("lexicon/populations.tsv")}


@cache
def _everybody() -> frozenset[str]:
    return frozenset(row["words"] for row in ontology.rows("lexicon/everybody.tsv"))
