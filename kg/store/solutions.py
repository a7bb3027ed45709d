"""What the engine found, as an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice
from typing import Any

import pyoxigraph

from kg.store.answer import Answer, in_order
from kg.store.cells import Cell, Row, cell
from kg.store.guard import ordered
from kg.store.known import walk
from kg.store.walk import Astray
from kg.vocab import PREFIXES


def first_rows(ask: Callable[[str], Any], sparql: str, most: int) -> Answer | None:
    """The first rows of a stored query, piece by piece; None where it has to be asked whole."""
    walked = walk(sparql)
    if walked is None:
        return None
    try:
        rows = _rows(islice(walked.rows(ask), most))
    except Astray:
        return None
    none: Any = pyoxigraph.Store().query(sparql, prefixes=dict(PREFIXES))
    return Answer("select", tuple(variable.value for variable in none.variables), tuple(rows))


def result(found: object, sparql: str, most: int | None) -> Answer:
    """What the engine found, no more than `most` rows or triples of it."""
    if isinstance(found, pyoxigraph.QueryBoolean):
        return Answer("ask", truth=bool(found))
    if isinstance(found, pyoxigraph.QueryTriples):
        triples: set[str] = set()
        for triple in found:
            triples.add(f"{triple} .")
            if len(triples) == most:
                break
        return Answer("construct", triples=tuple(sorted(triples)))
    if not isinstance(found, pyoxigraph.QuerySolutions):
        raise TypeError(f"an answer of an unknown kind: {type(found).__name__}")
    columns = tuple(variable.value for variable in found.variables)
    rows = _rows(islice(found, most))
    return Answer("select", columns, tuple(rows if ordered(sparql) else in_order(rows)))


def _rows(found: Iterable[Iterable[object]]) -> list[Row]:
    """Rows as cells; a term that comes again is the same cell, which saves time and memory."""
    known: dict[object, Cell | None] = {None: None}

    def once(term: object) -> Cell | None:
        made = known.get(term)
        if made is None and term is not None:
            made = known[term] = cell(term)
        return made

    return [tuple(map(once, row)) for row in found]
