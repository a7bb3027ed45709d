"""The stored queries: SPARQL files in `ontology/queries/` with a line that says what they answer.

A query file begins with `# what it answers`. Each parameter has a line
`# param: name = default  what it is`, where the default is a string in double quotes, a
number, or a name such as ck:Killed; in the text the parameter stands as `$name` (variables
are written `?name`). Values are put in as RDF terms, so a quote in a value stays a character.
Lines `# walk: …` say how its first rows are found without the others (`kg.store.walk`).

What the engine does with a query decides over a thousandfold of time. It begins with what it
takes for the smallest pattern and looks the others up row by row, but whatever is no single
pattern, path, filter or OPTIONAL over such (two triples in an OPTIONAL, a sub-select, a triple
behind a BIND or an OPTIONAL) it finds in the whole store and joins then. Therefore: BIND and
OPTIONAL come last; a path of two steps in an OPTIONAL is written as an alternative of which
the other side is nothing (`(ck:place/rdfs:label)|owl:bottomDataProperty`), which keeps it one
pattern; and ORDER BY names every column, so that equal rows have one order in every engine.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from pathlib import Path
from typing import Final, Literal

import pyoxigraph

from kg import ontology
from kg.errors import QueryError, SetupError
from kg.store.guard import tokens
from kg.store.walk import unmarked
from kg.vocab import PREFIXES

_PARAMETER: Final = re.compile(
    r"#\s*param:\s*(?P<name>[a-z]\w*)\s*=\s*"
    r'(?P<default>"[^"]*"|-?\d+(?:\.\d+)?|[a-z]+:\w+)\s*(?P<meaning>.*)'
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """What a stored query can be given: its name, kind, default and meaning.

    `kind` is "text", "number" or "name" (an IRI, with one of the known prefixes or in full).
    """

    name: str
    kind: Literal["text", "number", "name"]
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class StoredQuery:
    """One stored query: its name (the file's), what it answers, its text and parameters."""

    name: str
    description: str
    text: str
    parameters: tuple[Parameter, ...]

    def sparql(self, **given: str) -> str:
        """The query with its parameters put in; those not given take their default.

        Raises:
            QueryError: a parameter that the query does not have, or a value of another kind.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in given:
            if name not in known:
                has = ", ".join(known) or "none"
                raise QueryError(f'query {self.name} has no parameter "{name}"; it has: {has}')
        terms = {
            f"${name}": _term(self.name, parameter, given.get(name, parameter.default))
            for name, parameter in known.items()
        }
        return filled(self.text, terms)


def filled(text: str, terms: Mapping[str, str]) -> str:
    """A text of SPARQL with terms in the place of parameters (`$name` with its term)."""
    made: list[str] = []
    end = 0
    for kind, word, start in tokens(text):
        if kind == "variable" and word in terms:
            made += [text[end:start], terms[word]]
            end = start + len(word)
    return "".join((*made, text[end:]))


def _term(query: str, parameter: Parameter, value: str) -> str:
    if parameter.kind == "text":
        return str(pyoxigraph.Literal(value))
    if parameter.kind == "number":
        try:
            number = Decimal(value)
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite():
            raise QueryError(
                f'query {query}: {parameter.name} must be a number, not "{value}"'
            ) from None
        return f"{number:f}"
    prefix, _, local = value.partition(":")
    iri = dict(PREFIXES).get(prefix, prefix + ":") + local
    try:
        return str(pyoxigraph.NamedNode(iri))
    except ValueError as error:
        raise QueryError(f'query {query}: {parameter.name} is no IRI: "{value}"') from error


def read(path: Path) -> StoredQuery:
    """The stored query in a file.

    Raises:
        SetupError: its first line is no comment, or a parameter line cannot be read.
    """
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    if not lines or not lines[0].startswith("# "):
        raise SetupError(f"{path.name} line 1: must be a comment that says what the query answers")
    parameters: list[Parameter] = []
    for number, line in enumerate(lines, 1):
        if re.match(r"#\s*param:", line):
            found = _PARAMETER.fullmatch(line.strip())
            if found is None:
                raise SetupError(f'{path.name} line {number}: write # param: name = "default" …')
            parameters.append(_parameter(found))
    description = lines[0].removeprefix("# ").strip()
    return StoredQuery(path.stem, description, unmarked(text), tuple(parameters))


def _parameter(found: re.Match[str]) -> Parameter:
    default = found["default"]
    kind: Literal["text", "number", "name"] = (
        "text" if default.startswith('"') else "name" if ":" in default else "number"
    )
    return Parameter(found["name"], kind, default.strip('"'), found["meaning"].strip())


def stored() -> tuple[StoredQuery, ...]:
    """All stored queries by name."""
    return tuple(read(path) for path in sorted((ontology.folder() / "queries").glob("*.rq")))


def stored_query(name: str) -> StoredQuery:
    """The stored query of this name.

    Raises:
        QueryError: there is none; the message lists near names.
    """
    path = ontology.folder() / "queries" / f"{name}.rq"
    if re.fullmatch(r"[a-z0-9-]+", name) and path.is_file():
        return read(path)
    names = [query.name for query in stored()]
    near = get_close_matches(name, names, n=3) or names
    raise QueryError(f'no stored query "{name}"; there is {", ".join(near)}')
