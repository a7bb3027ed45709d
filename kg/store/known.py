"""Whether a query text is a stored query with values for its parameters, and how it is walked.

The text alone is looked at, so that a server, or a process that is asked within a time limit,
needs no more than the text. Only what the files of this program say is followed: a text that
differs from a stored query in more than the values is asked as any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from kg import ontology
from kg.store.guard import tokens
from kg.store.stored import StoredQuery, filled, read
from kg.store.walk import Step, Walk, marked, steps

Token = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Known:
    """A stored query that can be walked, and its tokens."""

    query: StoredQuery
    steps: tuple[Step, ...]
    text: str
    tokens: tuple[Token, ...]


def walk(sparql: str) -> Walk | None:
    """How the answer to this text is walked; None if it is no stored query, or is asked at once.

    Raises:
        QueryError: the text cannot be cut into tokens.
    """
    given = tokens(sparql)
    for known in _known():
        terms = _terms(known, given, sparql)
        if terms is None:
            continue
        default = {one.name: one.default for one in known.query.parameters}
        for step in known.steps:
            if step.unless and terms[f"${step.unless}"] != f'"{default[step.unless]}"':
                return None
        return Walk(
            tuple(replace(one, pattern=filled(one.pattern, terms)) for one in known.steps),
            filled(known.text, terms),
        )
    return None


@cache
def _known() -> tuple[_Known, ...]:
    found = []
    for path in sorted((ontology.folder() / "queries").glob("*.rq")):
        query, text = read(path), path.read_text(encoding="utf-8")
        some = steps(text, path.name)
        if some:
            found.append(_Known(query, some, marked(text), tuple(tokens(query.text))))
    return tuple(found)


def _terms(known: _Known, given: Sequence[Token], sparql: str) -> dict[str, str] | None:
    """The terms in the place of parameters, None where the text is another one."""
    names = {f"${one.name}": one.kind for one in known.query.parameters}
    found: dict[str, str] = {}
    place = 0
    for kind, word, _ in known.tokens:
        if place >= len(given):
            return None
        if kind == "variable" and word in names:
            end = _end(given, place, names[word])
            last = given[end - 1]
            term = sparql[given[place][2] : last[2] + len(last[1])]
            if end == place or found.setdefault(word, term) != term:
                return None
            place = end
        elif given[place][:2] == (kind, word):
            place += 1
        else:
            return None
    return found if place == len(given) else None


def _end(given: Sequence[Token], place: int, kind: str) -> int:
    """Where a value ends that begins at this token; the same place if it is of another kind."""
    first = given[place][0]
    if kind == "number":
        while (
            place < len(given) and given[place][0] == "sign" and given[place][1] in "-.0123456789"
        ):
            place += 1
        return place
    wanted = ("string",) if kind == "text" else ("iri", "name")
    return place + (first in wanted)
