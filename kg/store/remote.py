"""A store behind an address: any server of SPARQL 1.1 (query, update, graph store protocol).

A plain query has to see the union of the graphs, each triple once. A server whose default
graph is not the union gets it kept there, by the same update that changes the graph. One that
gives a triple once for each graph that holds it is refused: its counts would be wrong.

A graph is exchanged in one request, so that it is there as a whole or not at all; a large one
is first brought in batches to a graph beside it. Blank nodes are refused, since no update can
name them again. Queries are parsed here first, for the same messages from every store.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, Literal

import pyoxigraph

from kg.errors import SetupError
from kg.records import Graph
from kg.store.answer import Answer, in_order
from kg.store.cells import Cell, Row
from kg.store.contract import Store, parsed, unknown_graph
from kg.store.doors import RESULTS, Doors, doors
from kg.store.embedded import OxigraphStore
from kg.store.guard import fault, ordered, tokens
from kg.store.wire import Reply, Wire, address, cut
from kg.vocab import ID, PREFIXES

log = logging.getLogger(__name__)

BATCH: Final = 2000
"""Triples in one update; some servers take no more."""
_BESIDE: Final = "urn:conflict-kg:beside:"
"""Graphs that are being brought, and the trial of the union; nobody sees them as graphs."""
_GEOMETRY: Final = "http://www.opengis.net/def/function/geosparql/"
_UPDATE: Final = "application/sparql-update"
_TRIPLES: Final = "application/n-triples"
_KINDS: Final[dict[str, Literal["uri", "bnode", "literal"]]] = {
    "uri": "uri",
    "bnode": "bnode",
    "literal": "literal",
    "typed-literal": "literal",
}
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"


class RemoteStore(Store):
    """The store of a server.

    Args:
        given: address of the server or of its endpoint, http or https.
        read_only: refuse to change anything.

    Raises:
        SetupError: it cannot be reached, answers no SPARQL, or wants a login.
    """

    def __init__(self, given: str, *, read_only: bool = False) -> None:
        self._wire = Wire(address(given))
        self._read_only = read_only
        self._open = True
        self._doors: Doors = doors(self._wire)

    # ── changes ─────────────────────────────────────────────────────────────────────────────

    def replace(self, graph: Graph) -> None:
        """Put the graph in the place of the one of its name, in one request."""
        self._writable()
        triples = _named(graph.iri, parsed(graph))
        if self._doors.ours:
            self._put(graph.iri, triples)
            return
        name = pyoxigraph.NamedNode(graph.iri)
        steps = [*self._forgotten(name), f"DROP SILENT GRAPH {name}"]
        if len(triples) > BATCH:
            beside = pyoxigraph.NamedNode(_BESIDE + graph.iri)
            self._update(f"DROP SILENT GRAPH {beside}")
            for first in range(0, len(triples), BATCH):
                self._update(_inserted(beside, triples[first : first + BATCH]))
            steps += [f"MOVE SILENT GRAPH {beside} TO GRAPH {name}"]
        elif triples:
            steps += [_inserted(name, triples)]
        if triples and self._keeps_union:
            steps += [f"INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} }}"]
        self._update(" ;\n".join(steps))

    def drop(self, iri: str) -> None:
        """Take a graph away, in one request."""
        self._writable()
        known = self.graphs()
        if iri not in known:
            raise unknown_graph(iri, known)
        self.replace(Graph(iri, ()))

    def _forgotten(self, name: pyoxigraph.NamedNode) -> list[str]:
        """Takes from the union what this graph alone holds."""
        if not self._keeps_union:
            return []
        return [
            f"DELETE {{ ?s ?p ?o }} WHERE {{ GRAPH {name} {{ ?s ?p ?o }} FILTER NOT EXISTS "
            f"{{ GRAPH ?g {{ ?s ?p ?o }} FILTER(?g != {name}) }} }}"
        ]

    @cached_property
    def _keeps_union(self) -> bool:
        """Whether the union has to be kept in the server's default graph, found by a trial."""
        node = pyoxigraph.NamedNode(_BESIDE + "trial")
        graphs = [pyoxigraph.NamedNode(f"{node.value}:{number}") for number in (1, 2)]
        triple = f"{node} {node} {node}"
        gone = " ;\n".join(f"DROP SILENT GRAPH {graph}" for graph in graphs)
        there = " ".join(f"GRAPH {graph} {{ {triple} }}" for graph in graphs)
        self._update(f"{gone} ;\nINSERT DATA {{ {there} }}")
        try:
            found = self.select(f"SELECT ?o {{ {node} {node} ?o }}").rows
        finally:
            self._update(gone)
        if len(found) > 1:
            raise SetupError(
                f"{self._wire.server} shows a triple once for each graph that holds it, and counts "
                "would be wrong; start it with a default graph of its own (Oxigraph: without "
                "--union-default-graph)"
            )
        return not found

    def _put(self, iri: str, triples: Sequence[pyoxigraph.Triple]) -> None:
        body = "".join(f"{triple} .\n" for triple in triples).encode("utf-8")
        method = "PUT" if triples else "DELETE"
        reply = self._wire.send(
            method,
            self._doors.graphs,
            fields={"graph": iri},
            body=body if triples else None,
            media=_TRIPLES if triples else "",
        )
        if method == "DELETE" and reply.status == 404:
            return  # nothing was there, as wanted
        self._wire.accepted(reply, "graph")

    def _update(self, text: str) -> None:
        reply = self._wire.send(
            "POST", self._doors.update, body=text.encode("utf-8"), media=_UPDATE
        )
        self._wire.accepted(reply, "update")

    def _writable(self) -> None:
        if self._read_only:
            raise SetupError("the store is open for reading only; open it without read_only")
        self._there()

    def _there(self) -> None:
        if not self._open:
            raise SetupError("the store is closed; open it again with open_store()")

    # ── questions ───────────────────────────────────────────────────────────────────────────

    def graphs(self) -> tuple[str, ...]:
        """IRIs of all named graphs, sorted."""
        rows = self.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
        return tuple(sorted(iri for (iri,) in rows if iri and not iri.startswith(_BESIDE)))

    def quads(self, graph: str | None = None) -> Iterator[str]:
        """N-Quads lines of one graph or of all, sorted."""
        names = self.graphs() if graph is None else (graph,)
        yield from sorted({line for name in names for line in self._lines(name)})

    def _lines(self, iri: str) -> Iterator[str]:
        name = pyoxigraph.NamedNode(iri)
        if not self._doors.graphs:
            # As rows, not as triples: JSON that is cut cannot be read, lines that are cut can.
            found = self._asked(f"SELECT ?s ?p ?o {{ GRAPH {name} {{ ?s ?p ?o }} }}", None)
            yield from (f"{' '.join(map(str, row))} {name} ." for row in found.rows)
            return
        reply = self._wire.send("GET", self._doors.graphs, fields={"graph": iri}, accept=_TRIPLES)
        if reply.status != 404:
            found_triples = self._read(self._wire.accepted(reply, "graph"))
            yield from (f"{triple} {name} ." for triple in found_triples)

    def close(self) -> None:
        """Lets go of the server; all is written there already."""
        self._open = False

    def entities_in_use(self) -> tuple[str, ...]:
        """Reference IRIs that article graphs speak of, sorted; the server looks them up."""
        spaces = " || ".join(
            f'STRSTARTS(STR(?x), "{ID}{kind}/")' for kind in ("place", "actor", "equipment")
        )
        rows = self.select(
            "SELECT DISTINCT ?x { { GRAPH ?g { ?x ?p ?o } } UNION { GRAPH ?g { ?s ?p ?x } } "
            f'FILTER(STRSTARTS(STR(?g), "{ID}article/") && isIRI(?x) && ({spaces})) }}'
        ).rows
        return tuple(sorted(iri for (iri,) in rows if iri))

    def _size(self) -> int:
        rows = self.select(
            "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } "
            f'FILTER(!STRSTARTS(STR(?g), "{_BESIDE}")) }}'
        ).rows
        return int(rows[0][0] or 0)

    def _answer(self, sparql: str, most: int | None = None) -> Answer:
        return self._given(sparql, None, most)

    def _answer_within(self, sparql: str, seconds: float, most: int | None = None) -> Answer:
        return self._given(sparql, seconds, most)

    def _given(self, sparql: str, seconds: float | None, most: int | None) -> Answer:
        self._there()
        _understood(sparql)
        if not self._doors.ours and _measures(sparql):
            return self._copy().query(sparql, timeout=seconds, most=most)
        found = self._asked(sparql, seconds)
        return found if most is None else replace(found, rows=found.rows[:most])

    def _copy(self) -> OxigraphStore:
        """All graphs in memory: distances on the ellipsoid are computed by few servers."""
        log.info("%s: distances are computed here, from a copy of the graphs", self._wire.server)
        made = OxigraphStore()
        made.fill(Graph(iri, tuple(self.quads(iri))) for iri in self.graphs())
        return made

    def _asked(self, sparql: str, seconds: float | None) -> Answer:
        reply = self._wire.send(
            "POST",
            self._doors.query,
            body=_declared(sparql).encode("utf-8"),
            media="application/sparql-query",
            accept=f"{RESULTS}, {_TRIPLES};q=0.9",
            seconds=seconds,
        )
        self._wire.accepted(reply, "query")
        partial = reply.headers.get("X-KG-Partial", "no").lower() == "yes"
        if partial or reply.headers.get("X-SQL-State"):  # Virtuoso, out of time, with status 200
            raise cut(self._wire.server)
        if "json" not in reply.headers.get_content_type():
            lines = {f"{triple} ." for triple in self._read(reply)}
            return Answer("construct", triples=tuple(sorted(lines)))
        try:
            return _answer(json.loads(reply.body), sparql)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise cut(self._wire.server) from error

    def _read(self, reply: Reply) -> Iterable[pyoxigraph.Triple]:
        if reply.body and not reply.body.endswith(b"\n"):
            raise cut(self._wire.server)
        try:
            quads = list(pyoxigraph.parse(reply.body, format=pyoxigraph.RdfFormat.N_TRIPLES))
        except SyntaxError as error:
            raise cut(self._wire.server) from error
        return [quad.triple for quad in quads]


def _named(iri: str, quads: Iterable[pyoxigraph.Quad]) -> list[pyoxigraph.Triple]:
    """The triples of a graph, sorted, if all of its nodes have names."""
    triples = sorted((quad.triple for quad in quads), key=str)
    for triple in triples:
        if any(isinstance(one, pyoxigraph.BlankNode) for one in (triple.subject, triple.object)):
            raise SetupError(
                f"graph {iri}: a blank node has no name to find it again on a server: {triple}"
            )
    return triples


def _inserted(name: pyoxigraph.NamedNode, triples: Iterable[pyoxigraph.Triple]) -> str:
    statements = "\n".join(f"{triple} ." for triple in triples)
    return f"INSERT DATA {{ GRAPH {name} {{\n{statements}\n}} }}"


def _understood(sparql: str) -> None:
    """Lets the engine here parse the text, over no data.

    Raises:
        QueryError: it cannot.
    """
    try:
        pyoxigraph.Store().query(sparql, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise fault(sparql, str(error)) from error
    except RuntimeError:
        log.debug("a query that only the server can judge", exc_info=True)


def _declared(sparql: str) -> str:
    """The text with the known prefixes that it uses, in its first line so that lines count on.

    >>> _declared("SELECT ?x { ?x a ck:Claim }")
    'PREFIX ck: <https://w3id.org/conflict-kg/ontology#> SELECT ?x { ?x a ck:Claim }'
    """
    used = {text.partition(":")[0] for kind, text, _ in tokens(sparql) if kind == "name"}
    own = {name.lower() for name in re.findall(r"(?i)\bPREFIX\s+([\w.-]*):", sparql)}
    lines = [
        f"PREFIX {prefix}: <{iri}> "
        for prefix, iri in PREFIXES
        if prefix in used and prefix.lower() not in own
    ]
    return "".join(lines) + sparql


def _measures(sparql: str) -> bool:
    """Whether a query calls a function of GeoSPARQL.

    >>> _measures("SELECT (geof:distance(?a, ?b, uom:metre) AS ?m) { ?a ?p ?b }")
    True
    """
    return any(
        text.startswith("geof:" if kind == "name" else f"<{_GEOMETRY}")
        for kind, text, _ in tokens(sparql)
        if kind in ("name", "iri")
    )


def _answer(content: dict[str, Any], sparql: str) -> Answer:
    if "boolean" in content:
        return Answer("ask", truth=bool(content["boolean"]))
    columns = tuple(content["head"]["vars"])
    rows: list[Row] = [
        tuple(_cell(found.get(name)) for name in columns)
        for found in content["results"]["bindings"]
    ]
    return Answer("select", columns, tuple(rows if ordered(sparql) else in_order(rows)))


def _cell(found: dict[str, str] | None) -> Cell | None:
    if found is None:
        return None
    kind = _KINDS[found["type"]]
    datatype, language = found.get("datatype", ""), found.get("xml:lang", "")
    plain = language or datatype == _STRING
    return Cell(found["value"], kind, "" if plain else datatype, language)
