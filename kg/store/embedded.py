"""The default store: Oxigraph on disk, in this process.

Oxigraph's own union of the named graphs repeats a triple for every graph that holds it,
which makes COUNT and SUM wrong as soon as two articles name one place. Its default graph is
therefore kept as the true union, each triple once, in the same transaction as the named graph.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any, Final

import pyoxigraph

from kg.errors import QueryError, SetupError
from kg.records import Graph
from kg.store.answer import Answer
from kg.store.cells import cell
from kg.store.contract import Store, Term, as_written, is_article, parsed, plain, unknown_graph
from kg.store.files import opened
from kg.store.functions import DISTANCE, DOUBLE, METRIC, distance, metric_distance
from kg.store.guard import admitted, fault, ordered
from kg.store.limit import answered_elsewhere
from kg.store.solutions import first_rows, result
from kg.vocab import ID, PREFIXES

_Number = Callable[..., float | None]
_Function = Callable[..., Term | None]


def _function(compute: _Number, arguments: int) -> _Function:
    def call(*terms: object) -> pyoxigraph.Literal | None:
        cells = [found.text for term in terms if (found := cell(term)) is not None]
        result = compute(*cells) if len(cells) == len(terms) == arguments else None
        if result is None:
            return None
        return pyoxigraph.Literal(str(result), datatype=pyoxigraph.NamedNode(DOUBLE))

    return call


_AT_ONCE: Final = 500
_HELD: Final = 200_000
"""Statements after which the engine's buffers are written out; it would let them grow to 2 GB."""
_FUNCTIONS: Final[dict[pyoxigraph.NamedNode, _Function]] = {
    pyoxigraph.NamedNode(METRIC): _function(metric_distance, 2),
    pyoxigraph.NamedNode(DISTANCE): _function(distance, 3),
}


class OxigraphStore(Store):
    """A store in a folder, or in memory where `folder` is None.

    Args:
        folder: where Oxigraph keeps its files; made if missing, unless `read_only`.
        read_only: open what is there, beside a writer in another process.

    Raises:
        SetupError: another process writes to it, or the files are damaged.
    """

    def __init__(self, folder: Path | None = None, *, read_only: bool = False) -> None:
        self._folder = folder
        self._read_only = read_only
        self._held = 0
        self._open: pyoxigraph.Store | None = opened(folder, read_only=read_only)

    @property
    def _store(self) -> pyoxigraph.Store:
        if self._open is None:
            raise SetupError("the store is closed; open it again with open_store()")
        return self._open

    @property
    def _writable(self) -> pyoxigraph.Store:
        if self._read_only:
            raise SetupError("the store is open for reading only; open it without read_only")
        return self._store

    def replace(self, graph: Graph) -> None:
        """Put the graph in the place of the one of its name, in one transaction."""
        store = self._writable
        if store.contains_named_graph(pyoxigraph.NamedNode(graph.iri)):
            self._exchange(graph.iri, parsed(graph))
            return
        # nothing goes: no need to write it all as SPARQL, to be parsed again
        quads = as_written(graph)
        try:
            store.extend([*quads, *map(_everywhere, quads)])
            self._settle(len(quads))
        except (OSError, RuntimeError) as error:
            raise _unwritten(self._folder, error) from error

    def fill(self, graphs: Iterable[Graph]) -> None:
        """Put many graphs into an empty store, without the cost of a transaction for each.

        Some hundred are given to the engine at a time: it holds what it is given until its end.

        Raises:
            SetupError: the store is open for reading only, or the disk does not take it.
        """
        store, left = self._writable, iter(graphs)

        def quads(some: Iterable[Graph]) -> Iterator[pyoxigraph.Quad]:
            for graph in some:
                for quad in as_written(graph):
                    yield quad
                    yield _everywhere(quad)

        try:
            while some := list(islice(left, _AT_ONCE)):
                store.bulk_extend(quads(some))
            if self._folder is not None:
                store.optimize()  # a look-up then goes through one file, not through several
        except (OSError, RuntimeError) as error:
            raise _unwritten(self._folder, error) from error

    def drop(self, iri: str) -> None:
        """Take a graph away, in one transaction."""
        if not self._holds(iri):
            raise unknown_graph(iri, self.graphs())
        self._exchange(iri, [])

    def _holds(self, iri: str) -> bool:
        try:
            return bool(self._store.contains_named_graph(pyoxigraph.NamedNode(iri)))
        except ValueError:  # no IRI at all
            return False

    def _exchange(self, iri: str, quads: list[pyoxigraph.Quad]) -> None:
        name = pyoxigraph.NamedNode(iri)
        wanted = {quad.triple for quad in quads}
        there = {quad.triple for quad in self._store.quads_for_pattern(None, None, None, name)}
        # only what differs is written: of a large computed graph little changes with an article
        steps = []
        if gone := there - wanted:
            alone = [triple for triple in gone if not self._elsewhere(triple, name)]
            here = f"GRAPH {name} {{ {_statements(gone)} }}" if wanted else ""  # dropped below
            steps.append(f"DELETE DATA {{ {_statements(alone)} {here} }}")
        added = wanted - there
        if added and gone:
            text = _statements(added)
            steps.append(f"INSERT DATA {{ {text} GRAPH {name} {{ {text} }} }}")
        if not wanted and self._holds(iri):
            steps.append(f"DROP SILENT GRAPH {name}")
        try:
            if steps:
                self._writable.update(" ;\n".join(steps))
            elif added:  # the same in one transaction, without a text to be parsed
                self._writable.extend(
                    pyoxigraph.Quad(triple.subject, triple.predicate, triple.object, graph)
                    for triple in added
                    for graph in (name, pyoxigraph.DefaultGraph())
                )
            self._settle(len(gone) + len(added))
        except (OSError, RuntimeError) as error:
            raise _unwritten(self._folder, error) from error

    def _settle(self, written: int) -> None:
        """Writes the engine's buffers out after many statements, so that memory stays flat."""
        self._held += written
        if self._held > _HELD and self._folder is not None:
            self._store.flush()
            self._held = 0

    def _elsewhere(self, triple: pyoxigraph.Triple, name: pyoxigraph.NamedNode) -> bool:
        found = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        return any(quad.graph_name not in (name, pyoxigraph.DefaultGraph()) for quad in found)

    def graphs(self) -> tuple[str, ...]:
        """IRIs of all named graphs, sorted."""
        return tuple(sorted(graph.value for graph in self._store.named_graphs()))

    def quads(self, graph: str | None = None) -> Iterator[str]:
        """N-Quads lines of one graph or of all, sorted, without the union."""
        name = None if graph is None else pyoxigraph.NamedNode(graph)
        found = self._store.quads_for_pattern(None, None, None, name)
        yield from sorted(
            f"{quad} ." for quad in found if quad.graph_name != pyoxigraph.DefaultGraph()
        )

    def statements(self, *, without: Container[str] = ()) -> Iterator[tuple[str, str, str, str]]:
        """Graph, subject, predicate and value of every statement, graph by graph."""
        for iri in self.graphs():
            for quad in self._quads(iri) if iri not in without else ():
                yield iri, plain(quad.subject), quad.predicate.value, plain(quad.object)

    def entities_in_use(self) -> tuple[str, ...]:
        """Reference IRIs that article graphs speak of, sorted."""
        spaces = tuple(ID + kind + "/" for kind in ("place", "actor", "equipment"))
        found: set[str] = set()
        for iri in filter(is_article, self.graphs()):
            for quad in self._quads(iri):
                for term in (quad.subject, quad.object):
                    if isinstance(term, pyoxigraph.NamedNode) and term.value.startswith(spaces):
                        found.add(term.value)
        return tuple(sorted(found))

    def close(self) -> None:
        """Write everything to disk and free the lock.

        Raises:
            SetupError: the disk does not take it; what was changed before stays readable.
        """
        closing, self._open = self._open, None
        if closing is not None and self._folder is not None and not self._read_only:
            try:
                closing.flush()
            except (OSError, RuntimeError) as error:
                raise _unwritten(self._folder, error) from error

    def _answer(self, sparql: str, most: int | None = None) -> Answer:
        # without an order of its own an answer is sorted, and then its first rows are taken
        found = self._evaluated(self._store, sparql, most if ordered(sparql) else None)
        return found.page(0, most)

    def bounded(
        self, sparql: str, *, rows: int, default: Sequence[str] = (), named: Sequence[str] = ()
    ) -> Answer:
        """The answer with at most `rows` + 1 rows or triples: one too many says there are more.

        Args:
            sparql: SELECT, ASK, CONSTRUCT or DESCRIBE.
            rows: how many rows or triples are wanted.
            default: graphs of this store whose union is the default graph.
            named: graphs of this store that GRAPH sees. With neither, the whole store is asked.

        Raises:
            QueryError: cannot be parsed, is refused, or names a graph that is not there.
            SetupError: the files cannot be read.
        """
        admitted(sparql)
        asked = self._part(default, named) if default or named else self._store
        return self._evaluated(asked, sparql, rows + 1)

    def _part(self, default: Sequence[str], named: Sequence[str]) -> pyoxigraph.Store:
        """Some of the graphs alone, with a default graph that holds each triple once."""
        missing = sorted({*default, *named} - set(self.graphs()))
        if missing:
            raise QueryError(
                f"no graph <{missing[0]}> in the store, and none is fetched from elsewhere; "
                "SELECT DISTINCT ?g { GRAPH ?g { } } lists the graphs"
            )
        part = pyoxigraph.Store()
        for iri in named:
            part.extend(self._quads(iri))
        for iri in default:
            part.extend(
                pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)
                for quad in self._quads(iri)
            )
        return part

    def _quads(self, iri: str) -> Iterator[pyoxigraph.Quad]:
        return self._store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(iri))

    def _evaluated(self, store: pyoxigraph.Store, sparql: str, most: int | None) -> Answer:
        def ask(text: str) -> Any:
            return store.query(text, prefixes=dict(PREFIXES), custom_functions=_FUNCTIONS)

        try:
            # whoever wants all rows has them sooner in one piece
            walked = None if most is None else first_rows(ask, sparql, most)
            return walked or result(ask(sparql), sparql, most)
        except SyntaxError as error:
            raise fault(sparql, str(error)) from error
        except (OSError, RuntimeError) as error:
            raise SetupError(f"cannot read {self._folder}: {error}") from error

    def _answer_within(self, sparql: str, seconds: float, most: int | None = None) -> Answer:
        if self._folder is not None and self._read_only:
            return answered_elsewhere(sparql, self._folder, seconds, most)
        with tempfile.TemporaryDirectory(prefix="kg-query-") as made:
            return answered_elsewhere(sparql, self._copy(Path(made)), seconds, most)

    def _copy(self, folder: Path) -> Path:
        """What the other process reads: a snapshot by hard links, or a dump of a memory store."""
        if self._folder is None:
            dump = folder / "dump.nq"
            dump.write_text("".join(f"{line}\n" for line in self.quads()), encoding="utf-8")
            return dump
        self._store.backup(str(folder / "data"))
        return folder / "data"


def _unwritten(folder: Path | None, error: Exception) -> SetupError:
    return SetupError(
        f"cannot write to {folder} ({error}); what was to be written is left out and the rest is "
        "whole: make room on the disk or mend its rights, and run the same command again"
    )


def _everywhere(quad: pyoxigraph.Quad) -> pyoxigraph.Quad:
    """The same statement in the default graph, the union of all."""
    return pyoxigraph.Quad(quad.subject, quad.predicate, quad.object)


def _statements(triples: Iterable[pyoxigraph.Triple]) -> str:
    return "\n".join(f"{triple} ." for triple in triples)


def loaded(dump: Path) -> OxigraphStore:
    """A store in memory with the N-Quads of a file."""
    store = OxigraphStore()
    graphs: dict[str, list[str]] = {}
    for quad in pyoxigraph.parse(path=str(dump), format=pyoxigraph.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, pyoxigraph.NamedNode):
            graphs.setdefault(quad.graph_name.value, []).append(f"{quad} .")
    store.fill(Graph(iri, tuple(sorted(graphs[iri]))) for iri in sorted(graphs))
    return store
