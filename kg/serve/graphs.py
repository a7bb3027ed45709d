"""Whole graphs by their names: SPARQL 1.1 Graph Store HTTP Protocol (W3C, 21 March 2013).

GET and HEAD read a graph. PUT, POST and DELETE change it, with the token that updates need. A
graph is named indirectly, `/graphs?graph=IRI`. The default graph is the union of all graphs
and can be read (`?default`), not put.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import Response

from kg.serve.accept import chosen_triples
from kg.serve.endpoint import Endpoint
from kg.serve.refusal import Refusal

METHODS: Final = ("GET", "HEAD", "PUT", "POST", "DELETE")
FORMS: Final = {
    "application/n-triples": "nt",
    "text/turtle": "ttl",
    "application/rdf+xml": "xml",
    "application/ld+json": "json",
}
"""Media types that a graph may be put in."""
_BARRED: Final = frozenset('<>"{}|\\^`')


class Graphs:
    """Answers requests about one store's graphs."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    async def answer(self, request: Request) -> Response:
        """The answer to a request of one of `METHODS`.

        Raises:
            Refusal: there is none.
        """
        iri = _graph(request.url.query)
        if request.method in ("GET", "HEAD"):
            return await self._read(request, iri)
        if not iri:
            raise Refusal(
                403, "the default graph is the union of all graphs; name one with ?graph=IRI"
            )
        self._endpoint.admit(request)
        form = "nt"
        if request.method != "DELETE":
            media = request.headers.get("content-type", "").partition(";")[0].strip().lower()
            if media not in FORMS:
                raise Refusal(415, f'Content-Type "{media}" is none of {", ".join(FORMS)}')
            form = FORMS[media]
        return await self._endpoint.put(request, iri, form)

    async def _read(self, request: Request, iri: str) -> Response:
        forms = {"construct": chosen_triples(request.headers.get("accept", ""))}
        pattern = f"GRAPH <{iri}> {{ ?s ?p ?o }}" if iri else "?s ?p ?o"
        if iri and not await self._endpoint.true(request, f"ASK {{ {pattern} }}"):
            raise Refusal(404, f"no graph <{iri}> here")
        text = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ {pattern} }}"
        return await self._endpoint.whole(request, text, forms)


def _graph(query: str) -> str:
    """The name of the graph, "" for the default graph."""
    fields = parse_qs(query, keep_blank_values=True)
    names = fields.get("graph", [])
    if len(names) + ("default" in fields) != 1:
        raise Refusal(400, "name one graph: ?graph=IRI, or ?default")
    iri = names[0] if names else ""
    if names and (":" not in iri or any(char in _BARRED or char <= " " for char in iri)):
        raise Refusal(400, f'"{iri}" is no absolute IRI')
    return iri
