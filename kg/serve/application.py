"""The routes of the server, and the headers that every answer has."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve import graphs
from kg.serve.endpoint import METHODS, Endpoint
from kg.serve.pages import Pages
from kg.serve.refusal import Refusal, refused
from kg.serve.settings import Access, Limits, Source

_HERE = frozenset({"localhost", "127.0.0.1", "[::1]"})


def application(source: Source, limits: Limits, access: Access) -> ASGIApp:
    """The server as an ASGI application; it opens nothing before it is run.

    | path             | gives                                                        |
    |------------------|--------------------------------------------------------------|
    | `/`              | the query page                                               |
    | `/sparql`        | SPARQL 1.1 Protocol; without a query the service description |
    | `/graphs`        | whole graphs, SPARQL 1.1 Graph Store HTTP Protocol           |
    | `/explore`       | the page of `kg view`, from the store as it is now           |
    | `/queries/NAME`  | the text of a stored query, its parameters filled in         |
    | `/outlines`      | land and boundaries for the map of the query page            |
    | `/about.json`    | prefixes, stored queries, limits                             |
    | `/openapi.json`  | all of this as an OpenAPI document                            |
    | `/health`        | whether the store can be reached                             |
    """
    endpoint = Endpoint(source, limits, access)
    pages = Pages(source, limits, endpoint.turns)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        await endpoint.crew.open()
        yield
        await endpoint.crew.close()

    async def unknown(request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            raise error
        reason = {
            404: "there is no such page; / is the query page, /sparql the endpoint, "
            "/explore the explorer",
            405: f"{request.method} is not possible here; use "
            f"{(error.headers or {}).get('Allow', 'GET or POST')}",
        }.get(error.status_code, error.detail)
        return PlainTextResponse(f"{reason}\n", error.status_code, headers=error.headers)

    app = Starlette(
        routes=[
            Route("/", pages.query),
            Route("/sparql", endpoint.answer, methods=list(METHODS)),
            Route("/graphs", graphs.Graphs(endpoint).answer, methods=list(graphs.METHODS)),
            Route("/explore", pages.explore),
            Route("/queries/{name}", pages.stored),
            Route("/outlines", pages.outlines),
            Route("/about.json", pages.about),
            Route("/openapi.json", pages.openapi),
            Route("/page/{name}", pages.asset),
            Route("/health", pages.health),
        ],
        lifespan=lifespan,
        exception_handlers={Refusal: refused, HTTPException: unknown},
    )
    return Guarded(app, access)


class Guarded:
    """Refuses strange host names, and gives every answer the headers that keep it harmless."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        host = _name(headers.get("host", ""))
        if self._access.hosts and host not in self._access.hosts:
            answer = PlainTextResponse(
                f'this server does not answer for the host "{host}"; use '
                f"{' or '.join(self._access.hosts)}, "
                f"or start it with --hostname {host or 'NAME'}\n",
                421,
            )
            await answer(scope, receive, send)
            return
        allowed = self._allowed(headers.get("origin", ""))

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message), scope["path"], allowed)
            await send(message)

        await self._app(scope, receive, sent)

    def _allowed(self, origin: str) -> str:
        """The origin that may read the answer, "" for none."""
        if "*" in self._access.origins:
            return "*"
        if origin and (origin in self._access.origins or _local(origin)):
            return origin
        return ""


def _name(host: str) -> str:
    """The name in a Host header, without the port.

    >>> _name("127.0.0.1:8000"), _name("[::1]:80"), _name("KG.example")
    ('127.0.0.1', '[::1]', 'kg.example')
    """
    end = host.find("]") + 1
    return (host[:end] if end else host.partition(":")[0]).lower()


def _local(origin: str) -> bool:
    """Whether a page of this machine asks.

    >>> _local("http://localhost:3000"), _local("https://localhost.example")
    (True, False)
    """
    try:
        host = urlsplit(origin).netloc
    except ValueError:
        return False
    return _name(host) in _HERE


def _dress(headers: MutableHeaders, path: str, allowed: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "no-referrer"
    headers.setdefault(
        "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox"
    )
    if path != "/sparql":
        return
    headers.setdefault("Vary", "Origin")
    if allowed:
        headers["Access-Control-Allow-Origin"] = allowed
        headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        headers["Access-Control-Allow-Headers"] = "Accept, Authorization, Content-Type"
        headers["Access-Control-Expose-Headers"] = "X-KG-Rows, X-KG-Partial, X-KG-Graphs"
        headers["Access-Control-Max-Age"] = "3600"
