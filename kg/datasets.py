"""Structured event data: what the columns of a known data set mean, read from `ontology/datasets/`.

One file per data set, `<name>.tsv`, one rule per line; the header of a table tells which one it
is. The rules name columns of the table, classes and roles of our ontology, and words; what each
use means is said at the head of the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from kg import ontology


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: what a column, or one value of it, is used for.

    Attributes:
        use: what for ("class", "role", "place" …).
        column: of the table.
        value: the value that the rule is about, "" for any.
        term: class, role or individual of our ontology.
        words: a number, a name or a pattern, as the use has it.
    """

    use: str
    column: str
    value: str
    term: str
    words: str


@dataclass(frozen=True, slots=True)
class Naming:
    """How names of actors are written in such data.

    Attributes:
        pattern: matches a whole name; group "head" is what is linked, "owner" its country.
        form: "name" or "nominal".
        kind: class of the actor, "" where a rule of the data set or nothing tells.
    """

    pattern: re.Pattern[str]
    form: str
    kind: str


@dataclass(frozen=True, slots=True)
class Dataset:
    """A known data set: its short name ("ucdp-ged") and its rules in the order of the file."""

    name: str
    rules: tuple[Rule, ...]

    def of(self, use: str) -> tuple[Rule, ...]:
        """The rules of one use."""
        return tuple(rule for rule in self.rules if rule.use == use)

    def columns(self, use: str) -> tuple[str, ...]:
        """The columns of one use, each once."""
        return tuple(dict.fromkeys(rule.column for rule in self.of(use)))

    def matching(self, use: str, row: Mapping[str, str]) -> tuple[Rule, ...]:
        """The rules of one use whose column has their value, whatever the case."""
        return tuple(
            rule
            for rule in self.of(use)
            if row.get(rule.column)
            and rule.value.casefold() in ("", " ".join(row[rule.column].split()).casefold())
        )


@cache
def datasets() -> tuple[Dataset, ...]:
    """All known data sets, by name."""
    paths = sorted((ontology.folder() / "datasets").glob("*.tsv"))
    return tuple(
        Dataset(
            path.stem,
            tuple(
                Rule(row["use"], row["column"], row["value"], row["term"], row["words"])
                for row in ontology.rows(f"datasets/{path.name}")
            ),
        )
        for path in paths
        if path.stem != "actors"
    )


def dataset(name: str) -> Dataset:
    """The data set of this name.

    >>> dataset("ucdp-ged").columns("latitude")
    ('latitude',)
    """
    return next(one for one in datasets() if one.name == name)


def recognised(header: Iterable[str]) -> Dataset | None:
    """The data set whose table has this header, None for any other table.

    >>> recognised(["title", "text"])
    """
    columns = frozenset(header)
    return next((one for one in datasets() if columns.issuperset(one.columns("header"))), None)


@cache
def namings() -> tuple[Naming, ...]:
    """How actors are written, the first that matches counts; the last one matches any name."""
    return tuple(
        Naming(re.compile(row["pattern"]), row["form"], row["kind"])
        for row in ontology.rows("datasets/actors.tsv")
    )
