"""A stored query answered piece by piece in its own order, so that its first rows come at once.

The engine gives no row of an ordered answer before it has found and sorted them all. A query
whose rows grow with the store therefore says how to walk it: steps that each list nodes with
the first sort keys of their rows, cheap to find, and in order. Nodes are then taken in that
order, some at a time and never fewer than all of one key, and the query is asked about these
alone. The pieces one behind the other are the answer: same rows, same order.

In the file, `# walk: ?node … by ?key … { pattern }` is a step; lines that begin with `#  `
continue it; `# walk unless place: …` is for the query without a value for that parameter. Each
step is asked with the nodes of the step before it. The keys are what the query is ordered by
first. The nodes of the last step are put into the query as VALUES, in the
place of the lines from `#walked` to `#end` where it has them, which say of these nodes what
the steps have found already.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

import pyoxigraph

from kg.errors import SetupError

_STEP: Final = re.compile(
    r"#\s*walk(?:\s+unless\s+(?P<unless>\w+))?:\s*(?P<nodes>\?\w+(?:\s+\?\w+)*)\s+by\s+"
    r"(?P<keys>[^{]*?)\s*(?P<pattern>\{.*\})\s*",
    re.DOTALL,
)
_LINES: Final = re.compile(r"^#\s*walk\b.*\n(?:^#  .*\n)*", re.MULTILINE)
_BLOCK: Final = re.compile(r"^[ \t]*#walked\n(?P<block>.*?)^[ \t]*#end\n", re.MULTILINE | re.DOTALL)
_FEW: Final = 1
_SOME: Final = 128
_MANY: Final = 512
"""Nodes of the first piece, with and without a step below, and of the largest: with some more
the engine reckons that to go through the whole store costs less."""
_SLOWLY: Final = 2
_FAST: Final = 4
"""How much larger each piece is than the one before, with and without a step below (and then
only after a piece of few rows)."""

Term = pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None
Terms = tuple[Term, ...]
Ask = Callable[[str], Any]


class Astray(Exception):  # noqa: N818 - it says what happened
    """The nodes do not keep the rows apart in this store; the query is asked as a whole."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a walk.

    Attributes:
        nodes: variables, those of the step before among them.
        keys: what the query is ordered by first: variables, or DESC(?variable).
        pattern: that finds both, in braces.
        unless: a parameter that has to be left at its default; with a value for it the query
            finds its few rows faster as a whole.
    """

    nodes: tuple[str, ...]
    keys: tuple[str, ...]
    pattern: str
    unless: str = ""

    def sparql(self, bound: str) -> str:
        """The query for nodes and keys, about what `bound` (VALUES) binds."""
        columns = dict.fromkeys((*self.nodes, *map(_variable, self.keys)))
        inner = self.pattern.removeprefix("{")
        return f"SELECT DISTINCT {' '.join(columns)} {{ {bound} {inner} ORDER BY " + " ".join(
            self.keys
        )


@dataclass(frozen=True, slots=True)
class Walk:
    """The steps of one query, and its text with their place marked."""

    steps: tuple[Step, ...]
    text: str

    def rows(self, ask: Ask) -> Iterator[Terms]:
        """All rows of the query, in its order.

        Args:
            ask: gives the rows of a SELECT query in this store, in its order.

        Raises:
            Astray: the nodes do not keep the rows apart in this store; rows that came before
                are right, and the caller asks for all of them anew.
        """
        return self._below("", self.steps, ask)

    def _below(self, bound: str, steps: tuple[Step, ...], ask: Ask) -> Iterator[Terms]:
        step, rest = steps[0], steps[1:]
        columns = list(dict.fromkeys((*step.nodes, *map(_variable, step.keys))))
        places = [columns.index(_variable(key)) for key in step.keys]
        found = [tuple(row) for row in ask(step.sparql(bound))]
        width = len(step.nodes)
        if len({row[:width] for row in found}) < len(found):
            raise Astray
        groups = (
            [row[:width] for row in rows]
            for _, rows in groupby(found, lambda row: [_key(row[place]) for place in places])
        )
        piece: list[Terms] = []
        size = _FEW if rest else _SOME
        for nodes in (*groups, []):
            piece += nodes
            if not piece or (nodes and len(piece) < size):
                continue
            values, rows = _values(step.nodes, piece), 0
            for row in self._below(values, rest, ask) if rest else ask(self.about(values)):
                rows += 1
                yield tuple(row)
            growth = _FAST if not rest else _SLOWLY if rows < _MANY else 1
            piece, size = [], min(size * growth, _MANY)

    def about(self, values: str) -> str:
        """The query about some nodes alone."""
        if _BLOCK.search(self.text):
            return _BLOCK.sub(lambda _: values + "\n", self.text, count=1)
        head, brace, rest = self.text.partition("{")
        return f"{head}{brace} {values}{rest}"


def steps(text: str, name: str) -> tuple[Step, ...]:
    """The steps that a query file names.

    Raises:
        SetupError: a line cannot be read, or a step drops what the step before it found.
    """
    found: list[Step] = []
    for lines in _LINES.findall(text):
        match = _STEP.fullmatch(re.sub(r"\n#\s+", " ", lines))
        if match is None:
            raise SetupError(f"{name}: write # walk: ?node … by ?key … {{ pattern }}")
        keys = tuple(re.findall(r"\w+\(\?\w+\)|\?\w+", match["keys"]))
        nodes = tuple(match["nodes"].split())
        step = Step(nodes, keys, match["pattern"], match["unless"] or "")
        if found and not (
            set(found[-1].nodes) <= set(step.nodes)
            and step.keys[: len(found[-1].keys)] == found[-1].keys
        ):
            raise SetupError(f"{name}: a step of the walk drops a node or key of the one before")
        found.append(step)
    return tuple(found)


def unmarked(text: str) -> str:
    """The text of a query file without the lines of its walk."""
    return _LINES.sub("", re.sub(r"^[ \t]*#(?:walked|end)\n", "", text, flags=re.MULTILINE))


def marked(text: str) -> str:
    """The text without the steps, but with the marks of their place."""
    return _LINES.sub("", text)


def _variable(key: str) -> str:
    """The variable of an order condition.

    >>> _variable("DESC(?n)")
    '?n'
    """
    return key[key.index("?") :].rstrip(")")


def _key(term: Term) -> Any:
    """What rows that may be equal in order have in common: the number, or the text."""
    text: str = getattr(term, "value", "")
    if isinstance(term, pyoxigraph.Literal) and re.fullmatch(r"[-+]?\d*\.?\d+(?:[eE].*)?", text):
        return float(text)
    return None if term is None else text


def _values(nodes: Sequence[str], found: Sequence[Terms]) -> str:
    """The VALUES clause of some nodes.

    Raises:
        Astray: a node has no name.
    """
    if any(
        isinstance(term, pyoxigraph.BlankNode | pyoxigraph.Triple) for row in found for term in row
    ):
        raise Astray
    rows = " ".join(
        f"({' '.join('UNDEF' if term is None else str(term) for term in row)})" for row in found
    )
    return f"VALUES ({' '.join(nodes)}) {{ {rows} }}"
