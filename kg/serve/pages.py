"""The query page and what it needs, the explorer, and the word on the server's health."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response

from kg import outlines
from kg.errors import QueryError, SetupError
from kg.serve.openapi import openapi
from kg.serve.refusal import Refusal
from kg.serve.settings import Limits, Source
from kg.serve.turns import Turns
from kg.version import VERSION

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""The query page runs its own scripts, asks its own server, and nothing else."""
_OUTLINES: Final = "outlines.js"
_MOST_CELLS: Final = 64
"""Most cells of outlines that one request gets."""
_MEDIA: Final = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}


class Pages:
    """What people see in a browser."""

    def __init__(self, source: Source, limits: Limits, turns: Turns) -> None:
        self._source = source
        self._limits = limits
        self._turns = turns
        self._explored = ("", "")
        self._exploring = asyncio.Lock()

    async def query(self, _: Request) -> Response:
        """The query page."""
        headers = {"Content-Security-Policy": POLICY, "Cache-Control": "no-cache"}
        return HTMLResponse(_text("query.html"), headers=headers)

    async def asset(self, request: Request) -> Response:
        """A script or style sheet of the query page."""
        name = request.path_params["name"]
        if name not in assets():
            raise Refusal(404, f"there is no {name} here")
        media = _MEDIA["." + name.rpartition(".")[2]]
        return Response(_text(name), media_type=media, headers={"Cache-Control": "no-cache"})

    async def about(self, _: Request) -> Response:
        """What the query page must know: prefixes, stored queries, limits."""
        return JSONResponse(
            {
                "store": self._source.name,
                "version": VERSION,
                "prefixes": [list(pair) for pair in self._source.prefixes],
                "queries": list(self._source.gallery),
                "seconds": self._limits.seconds,
                "rows": self._limits.rows,
            },
            headers={"Cache-Control": "no-cache"},
        )

    async def outlines(self, request: Request) -> Response:
        """Outlines for the map: `?cells=43.28,44.28` (column.row), else the coarse world."""
        given = request.query_params.get("cells", "")
        try:
            cells = [_cell(one) for one in given.split(",") if one]
        except ValueError as error:
            reason = f'"{given[:60]}" names no cells; use ?cells=43.28,44.28'
            raise Refusal(400, reason) from error
        if len(cells) > _MOST_CELLS:
            raise Refusal(400, f"ask for {_MOST_CELLS} cells at most")
        chart = outlines.chart(cells, world=not cells)
        return JSONResponse(chart, headers={"Cache-Control": "max-age=86400"})

    async def openapi(self, _: Request) -> Response:
        """What the server takes and gives, for other programs."""
        found = openapi(
            updates=bool(self._source.amend),
            rows=self._limits.rows,
            seconds=self._limits.seconds,
        )
        return JSONResponse(found, headers={"Cache-Control": "no-cache"})

    async def stored(self, request: Request) -> Response:
        """The text of a stored query, with the values of its parameters put in."""
        values = dict(request.query_params)
        try:
            text = self._source.filled(request.path_params["name"], values)
        except QueryError as error:
            status = 404 if "no stored query" in str(error) else 400
            raise Refusal(status, str(error)) from error
        return PlainTextResponse(text)

    async def explore(self, _: Request) -> Response:
        """The explorer over the store as it is now, made anew when the store has changed."""
        async with self._exploring:
            try:
                now = self._source.stamp()
                if self._explored[0] != now:
                    self._explored = (now, await asyncio.to_thread(self._source.explorer))
            except SetupError as error:
                raise Refusal(503, str(error), {"Retry-After": "5"}) from error
        # the page brings a policy of its own, which names its scripts by their hashes
        headers = {
            "Content-Security-Policy": "frame-ancestors 'none'",
            "Cache-Control": "no-cache",
            "ETag": f'"{self._explored[0]}"',
        }
        return HTMLResponse(self._explored[1], headers=headers)

    async def health(self, _: Request) -> Response:
        """Whether the store is there, and how busy the server is."""
        try:
            found: Mapping[str, object] = {"status": "ok", "stamp": self._source.stamp()}
        except SetupError as error:
            found = {"status": "no store", "reason": str(error)}
        state = {"version": VERSION, "running": self._turns.running}
        status = 200 if found["status"] == "ok" else 503
        return JSONResponse({**found, **state}, status, headers={"Cache-Control": "no-store"})


@cache
def assets() -> tuple[str, ...]:
    """Names of the files of the query page that it asks for, sorted."""
    folder = resources.files("kg.serve").joinpath("page")
    names = (file.name for file in folder.iterdir())
    return tuple(sorted({_OUTLINES, *(one for one in names if one.endswith((".js", ".css")))}))


def _cell(text: str) -> outlines.Cell:
    """A column and a row.

    >>> _cell("43.28")
    (43, 28)
    """
    column, _, row = text.partition(".")
    return int(column), int(row)


@cache
def _text(name: str) -> str:
    if name == _OUTLINES:
        return outlines.script()
    return resources.files("kg.serve").joinpath("page", name).read_text(encoding="utf-8")
