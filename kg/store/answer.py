"""What a query gives back, and the formats it can be written in."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final, Literal
from xml.parsers import expat

import pyoxigraph

from kg.errors import QueryError
from kg.records import Table
from kg.store.cells import Cell, Row, cell
from kg.store.prefixes import short
from kg.store.resultsxml import results
from kg.vocab import PREFIXES

FORMATS: Final = ("table", "csv", "tsv", "json", "xml", "ttl", "nt", "nq", "trig")
_TRIPLES: Final = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "json": pyoxigraph.RdfFormat.JSON_LD,
    "xml": pyoxigraph.RdfFormat.RDF_XML,
}


def in_order(rows: Iterable[Row]) -> list[Row]:
    """The rows sorted by their cells, unbound ones first."""
    return sorted(rows, key=lambda row: [(c is not None, c or Cell("", "uri")) for c in row])


@dataclass(frozen=True, slots=True)
class Answer:
    """The result of one query.

    Attributes:
        kind: "select" (columns and rows), "ask" (truth) or "construct" (triples; DESCRIBE too).
        columns: names of the selected variables, in the order of the query.
        rows: one tuple of cells per solution; in the order of ORDER BY, sorted without one.
        truth: the answer to ASK.
        triples: sorted, unique N-Triples lines.
    """

    kind: Literal["select", "ask", "construct"]
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    truth: bool = False
    triples: tuple[str, ...] = ()

    def page(self, offset: int, rows: int | None) -> Answer:
        """Some rows of the answer: so many from an offset on, or all from there on.

        >>> Answer("select", ("x",), ((None,), (None,), (None,))).page(1, 5).rows
        ((None,), (None,))
        """
        end = None if rows is None else offset + rows
        return replace(self, rows=self.rows[offset:end])

    @property
    def table(self) -> Table:
        """The rows as plain lexical values; ASK is one cell, triples are three columns."""
        if self.kind == "ask":
            return Table(("answer",), (("true" if self.truth else "false",),))
        if self.kind == "construct":
            return Table(("subject", "predicate", "object"), tuple(_plain(self.triples)))
        return Table(
            self.columns,
            tuple(tuple(None if c is None else c.text for c in row) for row in self.rows),
            tuple(_type(row[index] for row in self.rows) for index in range(len(self.columns))),
        )

    def serialized(self, form: str) -> str:
        """The answer as text that ends with a newline.

        Args:
            form: "table" for people (IRIs shortened), "csv" and "tsv" (SPARQL 1.1 results
                formats), "json" and "xml" (SPARQL 1.1 results; JSON-LD and RDF/XML for
                triples), "ttl", "nt", "nq" and "trig" for triples.

        Raises:
            QueryError: the format does not fit the kind of query, or cannot hold the triples.
        """
        if form not in FORMATS:
            raise QueryError(f'no format "{form}"; use one of {", ".join(FORMATS)}')
        if self.kind == "construct" and form in _TRIPLES:
            return _serialized(self.triples, _TRIPLES[form])
        if form in ("ttl", "nt", "nq", "trig"):
            raise QueryError(
                f"format {form} needs CONSTRUCT or DESCRIBE; for SELECT and ASK use "
                "table, csv, tsv, json or xml"
            )
        if form == "json":
            return self._json()
        if form == "xml":
            return results(self.columns, self.rows, self.truth if self.kind == "ask" else None)
        if form == "tsv":
            return self._tsv()
        return _csv(self.table) if form == "csv" else aligned(self.table)

    def _json(self) -> str:
        if self.kind == "ask":
            return json.dumps({"head": {}, "boolean": self.truth}, indent=2) + "\n"
        bindings = [
            {
                name: _binding(found)
                for name, found in zip(self.columns, row, strict=True)
                if found is not None
            }
            for row in self.rows
        ]
        content = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(content, ensure_ascii=False, indent=2) + "\n"

    def _tsv(self) -> str:
        if self.kind != "select":
            lines = ["\t".join(row) for row in _texts(self.table.rows)]
            return "\n".join(("\t".join(f"?{name}" for name in self.table.columns), *lines, ""))
        lines = ["\t".join("" if c is None else str(c) for c in row) for row in self.rows]
        return "\n".join(("\t".join(f"?{name}" for name in self.columns), *lines, ""))


def _type(column: Iterable[Cell | None]) -> str:
    """The datatype that all cells of a column share, "" without one."""
    found = {one.datatype for one in column if one is not None}
    return found.pop() if len(found) == 1 else ""


def _binding(found: Cell) -> dict[str, str]:
    binding = {"type": found.kind, "value": found.text}
    if found.language:
        binding["xml:lang"] = found.language
    elif found.datatype:
        binding["datatype"] = found.datatype
    return binding


def _texts(rows: Iterable[tuple[str | None, ...]]) -> Iterable[tuple[str, ...]]:
    return (tuple(value or "" for value in row) for row in rows)


def _plain(triples: tuple[str, ...]) -> Iterable[tuple[str, str, str]]:
    for triple in pyoxigraph.parse("\n".join(triples), format=pyoxigraph.RdfFormat.N_TRIPLES):
        found = (cell(triple.subject), cell(triple.predicate), cell(triple.object))
        subject, predicate, value = (c.text if c else "" for c in found)
        yield subject, predicate, value


def _csv(table: Table) -> str:
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(table.columns)
    writer.writerows(_texts(table.rows))
    return lines.getvalue()


def _serialized(triples: Iterable[str], form: pyoxigraph.RdfFormat) -> str:
    if form == pyoxigraph.RdfFormat.N_TRIPLES:
        return "\n".join((*triples, ""))
    parsed = pyoxigraph.parse("\n".join(triples), format=pyoxigraph.RdfFormat.N_TRIPLES)
    found = pyoxigraph.serialize(parsed, format=form, prefixes=dict(PREFIXES)) or b""
    if form == pyoxigraph.RdfFormat.RDF_XML:
        _well_formed(found)
    return found.decode("utf-8")


def _well_formed(document: bytes) -> None:
    """Oxigraph writes RDF/XML that is no XML where a property does not end in a name."""
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(document, True)
    except expat.ExpatError as error:
        raise QueryError(
            f"RDF/XML cannot hold these triples ({error}): a property does not end in a name, or "
            "a text has control characters; ask for ttl or nt"
        ) from error


def turtle(triples: Iterable[str]) -> str:
    """Sorted N-Triples lines as Turtle, the same bytes for the same triples."""
    return _serialized(triples, pyoxigraph.RdfFormat.TURTLE)


def aligned(table: Table, *, widest: int = 60) -> str:
    """The table in columns of equal width for a terminal, IRIs shortened by the known prefixes.

    Longer values are cut to `widest` characters with an ellipsis; no rows give "no rows".

    >>> print(aligned(Table(("who", "n"), (("Oren", "4"), ("Grell", None)))), end="")
    who    n
    -----  -
    Oren   4
    Grell
    """
    if not table.rows:
        return "no rows\n"
    rows = [[_cut(short(value), widest) for value in row] for row in _texts(table.rows)]
    widths = [
        max(len(name), *(len(row[index]) for row in rows))
        for index, name in enumerate(table.columns)
    ]
    lines = [list(table.columns), ["-" * width for width in widths], *rows]
    return "".join(
        "  ".join(value.ljust(width) for value, width in zip(line, widths, strict=True)).rstrip()
        + "\n"
        for line in lines
    )


def _cut(value: str, widest: int) -> str:
    single = " ".join(value.split())
    return single if len(single) <= widest else single[: widest - 1] + "…"
