"""Where a SPARQL server takes queries, updates and graphs: found out from its one address.

| server                        | queries          | updates      | graphs                |
|-------------------------------|------------------|--------------|-----------------------|
| `kg serve --allow-update`     | `/sparql`        | –            | `/graphs`             |
| Oxigraph                      | `/query`         | `/update`    | `/store`              |
| Fuseki (address of a dataset) | `/query`         | `/update`    | `/data`               |
| RDF4J, GraphDB (a repository) | itself           | `/statements` | –                    |
| others                        | itself, `/sparql` | the same    | –                     |

`KG_STORE_UPDATE` names the address of updates where it is another one.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Final

from kg.errors import SetupError
from kg.store.wire import Reply, Wire

RESULTS: Final = "application/sparql-results+json"
_QUERIES: Final = ("", "/sparql", "/query")
_GRAPHS: Final = ("/store", "/data")


@dataclass(frozen=True, slots=True)
class Doors:
    """The addresses of one server.

    Attributes:
        query: takes SPARQL queries.
        update: takes SPARQL updates; "" where there are none.
        graphs: SPARQL 1.1 Graph Store HTTP Protocol; "" where there is none.
        ours: whether it is `kg serve`, which keeps the union of its graphs by itself.
    """

    query: str
    update: str
    graphs: str
    ours: bool = False


def doors(wire: Wire) -> Doors:
    """The addresses of the server behind a wire.

    Raises:
        SetupError: it cannot be reached, wants another login, answers no SPARQL, or is one
            that does not keep graphs as they are.
    """
    refused: Reply | None = None
    for tail in _QUERIES:
        reply = wire.send(
            "GET", wire.server + tail, fields={"query": "ASK { ?s ?p ?o }"}, accept=RESULTS
        )
        if reply.headers.get("Server", "").startswith("Virtuoso"):
            raise SetupError(
                f"{wire.server} is Virtuoso, which shows a triple once for each graph that holds "
                "it, keeps points with seven digits and answers true with 1: counts and the hash "
                "would be wrong; use another server, such as Oxigraph's or kg serve"
            )
        if _answers(reply):
            return _found(wire, tail, ours="X-KG-Rows" in reply.headers)
        if reply.status in (401, 403, 429, 503) or 300 <= reply.status < 400:
            refused = refused or reply
    if refused is not None:
        wire.accepted(refused, "query")
    raise SetupError(
        f"{wire.server} answers no SPARQL (tried it, /sparql and /query); give the address of the "
        "endpoint or of the server, such as http://localhost:7878"
    )


def _answers(reply: Reply) -> bool:
    try:
        return reply.status == 200 and "boolean" in json.loads(reply.body)
    except (ValueError, TypeError):
        return False


def _found(wire: Wire, tail: str, *, ours: bool) -> Doors:
    query = wire.server + tail
    if ours:
        return Doors(query, "", query.removesuffix("/sparql") + "/graphs", ours=True)
    update = query
    if tail == "/query":
        update = wire.server + "/update"
    elif "/repositories/" in wire.server:
        update = wire.server + "/statements"
    graphs = next((wire.server + one for one in _GRAPHS if tail == "/query" and _is(wire, one)), "")
    return Doors(query, os.environ.get("KG_STORE_UPDATE", "").strip() or update, graphs)


def _is(wire: Wire, tail: str) -> bool:
    reply = wire.send("HEAD", wire.server + tail, fields={"default": ""}, accept="text/turtle")
    return reply.status == 200
