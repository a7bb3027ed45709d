"""Changes by SPARQL Update that keep what a store promises.

The default graph of a store is the union of its named graphs, and some graphs are made anew
by every build. An update is therefore tried on a copy in memory first. Only if it changed
named graphs alone, and none that is computed, are those graphs put into the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pyoxigraph

from kg.errors import QueryError
from kg.records import Graph
from kg.store.contract import Store
from kg.store.guard import admitted_update, fault
from kg.vocab import DERIVED, IDENTITY, ONTOLOGY, PREFIXES, REFERENCE

_MADE = frozenset(map(str, (DERIVED, IDENTITY, ONTOLOGY, REFERENCE)))


def amended(
    store: Store, update: str, *, tried: Callable[[], None] = lambda: None
) -> tuple[str, ...]:
    """Changes the store and gives the names of the graphs that changed, sorted.

    Args:
        store: open for writing.
        update: one or more operations of SPARQL 1.1 Update.
        tried: called when the outcome is known and nothing is written yet.

    Raises:
        QueryError: cannot be parsed, reads from elsewhere, changes the default graph or one
            that is computed, or has blank nodes; then nothing is changed.
    """
    admitted_update(update)
    lines = tuple(store.quads())
    copy = pyoxigraph.Store()
    copy.extend(pyoxigraph.parse("\n".join(lines), format=pyoxigraph.RdfFormat.N_QUADS))
    copy.extend(
        [pyoxigraph.Quad(quad.subject, quad.predicate, quad.object) for quad in copy],
    )
    union = _default(copy)
    try:
        copy.update(update, prefixes=dict(PREFIXES))
    except SyntaxError as error:
        raise fault(update, str(error)) from error
    except (OSError, RuntimeError, ValueError) as error:
        raise QueryError(f"update failed, nothing is changed: {error}") from error
    if _default(copy) != union:
        raise QueryError(
            "update refused: it changes the default graph, which is the union of all graphs; "
            "say which graph: INSERT DATA { GRAPH <iri> { … } }, WITH <iri> DELETE …, "
            "DROP GRAPH <iri>"
        )
    before, after = _by_graph(lines), _by_graph(f"{quad} ." for quad in copy)
    changed = sorted(
        iri for iri in before.keys() | after.keys() if before.get(iri) != after.get(iri)
    )
    for iri in changed:
        _allowed(iri, after.get(iri, set()) - before.get(iri, set()))
    tried()
    for iri in changed:
        store.replace(Graph(iri, tuple(sorted(after.get(iri, ())))))
    return tuple(changed)


def _default(store: pyoxigraph.Store) -> set[pyoxigraph.Triple]:
    default = pyoxigraph.DefaultGraph()
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, default)}


def _by_graph(lines: Iterable[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for quad in pyoxigraph.parse("\n".join(lines), format=pyoxigraph.RdfFormat.N_QUADS):
        if isinstance(quad.graph_name, pyoxigraph.NamedNode):
            found.setdefault(quad.graph_name.value, set()).add(f"{quad} .")
        elif isinstance(quad.graph_name, pyoxigraph.BlankNode):
            raise QueryError("update refused: a graph is named by an IRI, not by a blank node")
    return found


def _allowed(iri: str, added: Iterable[str]) -> None:
    if iri in _MADE:
        raise QueryError(
            f"update refused: <{iri}> is made anew by every build and would lose the change; "
            "write into a graph of your own"
        )
    for quad in pyoxigraph.parse("\n".join(added), format=pyoxigraph.RdfFormat.N_QUADS):
        if any(isinstance(term, pyoxigraph.BlankNode) for term in (quad.subject, quad.object)):
            raise QueryError("update refused: a blank node has no name to find it again; use IRIs")
