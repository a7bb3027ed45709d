"""The process that puts one graph into a store for a server, or takes one away.

`python -m kg.store.put STORE METHOD GRAPH FORMAT` as the SPARQL 1.1 Graph Store HTTP Protocol
has it: PUT puts what is on stdin in the place of the graph, POST adds it, DELETE takes the
graph away. Nothing is computed anew: whoever puts graphs puts those that follow from them as
well, as `kg build --store http://…` does.
"""

from __future__ import annotations

import sys
from typing import Final

import pyoxigraph

from kg.errors import QueryError, SetupError
from kg.records import Graph
from kg.store.opening import changing, open_store

FAULTY: Final = 3
BROKEN: Final = 4
MISSING: Final = 5
FORMATS: Final = {
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "xml": pyoxigraph.RdfFormat.RDF_XML,
    "json": pyoxigraph.RdfFormat.JSON_LD,
}


def main(folder: str, method: str, iri: str, form: str) -> int:
    """0, or `FAULTY`, `BROKEN` or `MISSING` with the reason on stderr."""
    try:
        name = pyoxigraph.NamedNode(iri)
        lines = () if method == "DELETE" else _lines(sys.stdin.buffer.read(), name, form)
        with open_store(folder) as store, changing(folder):
            if method == "POST":
                lines = tuple(sorted({*lines, *store.quads(iri)}))
            if not lines and iri not in store.graphs():
                if method == "DELETE":
                    raise KeyError(iri)
                return 0
            store.replace(Graph(iri, lines))
    except KeyError:
        sys.stderr.write(f"no graph <{iri}> here")
        return MISSING
    except (QueryError, ValueError) as error:
        sys.stderr.write(str(error))
        return FAULTY
    except SetupError as error:
        sys.stderr.write(str(error))
        return BROKEN
    return 0


def _lines(body: bytes, name: pyoxigraph.NamedNode, form: str) -> tuple[str, ...]:
    lines: set[str] = set()
    try:
        for quad in pyoxigraph.parse(body, format=FORMATS[form], base_iri=name.value):
            if quad.graph_name != pyoxigraph.DefaultGraph():
                raise QueryError("the body names graphs; send triples alone")
            if any(isinstance(one, pyoxigraph.BlankNode) for one in (quad.subject, quad.object)):
                raise QueryError("a blank node has no name to find it again; use IRIs")
            lines.add(f"{quad.triple} {name} .")
    except SyntaxError as error:
        raise QueryError(f"the graph cannot be read ({error}); nothing is changed") from error
    return tuple(sorted(lines))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:5]))
