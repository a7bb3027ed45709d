"""A store in this process over an rdflib Dataset: nothing on disk, rdflib's objects at hand."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import rdflib
import rdflib.plugins.sparql
from rdflib.plugins.sparql.operators import register_custom_function

from kg.records import Graph
from kg.store.answer import Answer, in_order
from kg.store.cells import Cell, Row
from kg.store.contract import Store, parsed, unknown_graph
from kg.store.functions import DISTANCE, METRIC, distance, metric_distance
from kg.store.guard import fault, ordered
from kg.store.limit import answered_elsewhere
from kg.vocab import PREFIXES

_STRING: Final = str(rdflib.XSD.string)
_MOMENT: Final = str(rdflib.XSD.dateTime)


class MemoryStore(Store):
    """Named graphs in an rdflib Dataset; small data, or wherever rdflib objects are wanted."""

    def __init__(self) -> None:
        # A second lock behind the guard: rdflib would fetch the graphs of a FROM clause.
        rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
        register_custom_function(rdflib.URIRef(METRIC), _metric, override=True)
        register_custom_function(rdflib.URIRef(DISTANCE), _distance, override=True)
        self._lines: dict[str, tuple[str, ...]] = {}
        self.dataset = rdflib.Dataset(default_union=True)

    def replace(self, graph: Graph) -> None:
        """Put the graph in the place of the one of its name."""
        lines = tuple(sorted(f"{quad} ." for quad in parsed(graph)))
        made = rdflib.Dataset()
        made.parse(data="\n".join(lines), format="nquads")
        name = rdflib.URIRef(graph.iri)
        self.dataset.remove_graph(name)
        self._lines.pop(graph.iri, None)
        if lines:
            target = self.dataset.graph(name)
            for triple in made.graph(name):
                target.add(triple)
            self._lines[graph.iri] = lines

    def drop(self, iri: str) -> None:
        """Take a graph away."""
        if iri not in self._lines:
            raise unknown_graph(iri, self.graphs())
        self.dataset.remove_graph(rdflib.URIRef(iri))
        del self._lines[iri]

    def graphs(self) -> tuple[str, ...]:
        """IRIs of all named graphs, sorted."""
        return tuple(sorted(self._lines))

    def quads(self, graph: str | None = None) -> Iterator[str]:
        """N-Quads lines of one graph or of all, sorted."""
        if graph is not None:
            yield from self._lines.get(graph, ())
        else:
            yield from sorted(line for lines in self._lines.values() for line in lines)

    def close(self) -> None:
        """Nothing to write; the data stays until the object goes."""

    def _answer(self, sparql: str, most: int | None = None) -> Answer:
        try:
            result = self.dataset.query(sparql, initNs=dict(PREFIXES))
        except Exception as error:  # rdflib raises plain Exception for an unknown prefix
            line, column = getattr(error, "lineno", None), getattr(error, "column", None)
            place = f"line:{line}, col:{column}" if line and column else str(error)
            raise fault(sparql, place) from error
        if result.type == "ASK":
            return Answer("ask", truth=bool(result.askAnswer))
        if result.graph is not None:
            lines = result.graph.serialize(format="nt").splitlines()
            return Answer("construct", triples=tuple(sorted({line for line in lines if line})))
        columns = tuple(str(variable) for variable in result.vars or ())
        rows: list[Row] = [tuple(_cell(term) for term in row) for row in _rows(result)]
        return Answer(
            "select", columns, tuple((rows if ordered(sparql) else in_order(rows))[:most])
        )

    def _answer_within(self, sparql: str, seconds: float, most: int | None = None) -> Answer:
        """The answer within the limit; the other process reads a dump with the disk engine."""
        with tempfile.TemporaryDirectory(prefix="kg-query-") as folder:
            dump = Path(folder) / "dump.nq"
            dump.write_text("".join(f"{line}\n" for line in self.quads()), encoding="utf-8")
            return answered_elsewhere(sparql, dump, seconds, most)


def _rows(result: Any) -> Iterator[tuple[Any, ...]]:
    for row in result:
        yield tuple(row)


def _cell(term: object) -> Cell | None:
    if isinstance(term, rdflib.URIRef):
        return Cell(str(term), "uri")
    if isinstance(term, rdflib.BNode):
        return Cell(str(term), "bnode")
    if isinstance(term, rdflib.Literal):
        datatype = str(term.datatype or "")
        text = str(term)
        if datatype == _MOMENT:
            text = text.removesuffix("+00:00") + "Z" if text.endswith("+00:00") else text
        return Cell(text, "literal", "" if datatype == _STRING else datatype, term.language or "")
    return None


def _metric(first: Any, second: Any) -> rdflib.Literal:
    return _number(metric_distance(str(first), str(second)))


def _distance(*terms: Any) -> rdflib.Literal:
    if len(terms) != 3:
        return _number(None)
    first, second, unit = map(str, terms)
    return _number(distance(first, second, unit))


def _number(value: float | None) -> rdflib.Literal:
    if value is None:
        raise rdflib.plugins.sparql.sparql.SPARQLError("not two points and a known unit")
    return rdflib.Literal(str(value), datatype=rdflib.XSD.double)
