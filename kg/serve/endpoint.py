"""The SPARQL endpoint: a request in, the answer of a process out."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from kg.serve.accept import formats, offered
from kg.serve.crew import Crew, Late, Lost, Reply, environment
from kg.serve.description import description
from kg.serve.protocol import Operation, operation, received
from kg.serve.refusal import Refusal
from kg.serve.settings import Access, Limits, Source
from kg.serve.turns import Turns

log = logging.getLogger(__name__)

METHODS: Final = ("GET", "HEAD", "POST", "OPTIONS")
_GONE: Final = 499
"""Status for a client that has gone away; nobody reads it."""
_FAULTY, _BROKEN, _MISSING = 3, 4, 5  # exit statuses of the processes that change graphs
_REFUSED: Final = ("query refused", "update refused")


class Endpoint:
    """Answers the requests to one store."""

    def __init__(self, source: Source, limits: Limits, access: Access) -> None:
        self._source = source
        self._limits = limits
        self._access = access
        self._updating = asyncio.Lock()
        self.crew = Crew(source.desk, limits.concurrent)
        self.turns = Turns(limits.concurrent, limits.wait)

    async def answer(self, request: Request) -> Response:
        """The answer to a request of one of `METHODS`.

        Raises:
            Refusal: there is none.
        """
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(METHODS)})
        asked = await operation(request, self._limits.body)
        if asked.kind == "update":
            return await self._updated(request, asked)
        accept = request.headers.get("accept", "")
        if asked.kind == "describe" and not asked.form and "text/html" in accept:
            return RedirectResponse("./", 303)
        text = asked.text or description(
            str(request.url.replace(query="", fragment="")),
            name=self._source.name,
            updates=bool(self._source.amend),
        )
        forms = formats(accept, asked.form)
        question = {
            "sparql": text,
            "forms": {kind: name for kind, (name, _) in forms.items()},
            "rows": min(asked.rows or self._limits.rows, self._limits.rows),
            "partial": asked.partial,
            "seconds": self._limits.seconds,
            "default": asked.default,
            "named": asked.named,
        }
        return await self._answered(request, question, forms)

    async def whole(
        self, request: Request, text: str, forms: dict[str, tuple[str, str]]
    ) -> Response:
        """The answer to a query of our own, with as many triples as a graph may have."""
        question = {
            "sparql": text,
            "forms": {kind: name for kind, (name, _) in forms.items()},
            "rows": self._limits.graph,
            "partial": False,
            "seconds": self._limits.seconds,
        }
        return await self._answered(request, question, forms)

    async def true(self, request: Request, text: str) -> bool:
        """The answer to an ASK of our own."""
        answer = await self.whole(request, text, {"ask": ("json", "application/json")})
        return answer.status_code == 200 and bool(json.loads(bytes(answer.body))["boolean"])

    async def _answered(
        self,
        request: Request,
        question: dict[str, object],
        forms: dict[str, tuple[str, str]],
    ) -> Response:
        async with self.turns.turn(_client(request)):
            reply = await self._reply(request, question)
        if reply is None:
            return Response(status_code=_GONE)
        return self._response(reply, forms)

    async def put(self, request: Request, iri: str, form: str) -> Response:
        """The answer to a change of one whole graph; the request was admitted."""
        body = await received(request, self._limits.graph)
        async with self._updating:
            status, said = await asyncio.shield(
                _run((*self._source.put, request.method, iri, form), body)
            )
        if status == _MISSING:
            raise Refusal(404, said)
        return self._changed(status, said)

    async def _reply(self, request: Request, question: dict[str, object]) -> Reply | None:
        """The reply of a process, None where the client went away before it."""
        job = asyncio.ensure_future(self.crew.reply(question, self._limits.seconds))
        gone = asyncio.ensure_future(_gone(request))
        try:
            await asyncio.wait({job, gone}, return_when=asyncio.FIRST_COMPLETED)
            return await job if job.done() else None
        except Late as error:
            raise Refusal(
                504,
                f"query stopped after {self._limits.seconds:g} s; make it narrower (LIMIT, fewer "
                "OPTIONALs, start from what is rare), or start the server with a greater "
                "--timeout",
            ) from error
        except Lost as error:
            raise Refusal(
                500,
                f"{error}, most likely for want of memory; make the query narrower, or start the "
                "server with a greater --max-memory",
            ) from error
        finally:
            for task in (job, gone):
                task.cancel()
            await asyncio.wait({job, gone})

    def _response(self, reply: Reply, forms: dict[str, tuple[str, str]]) -> Response:
        head = reply.head
        match head["status"]:
            case "answered":
                return Response(
                    reply.body,
                    media_type=_with_charset(forms[head["kind"]][1]),
                    headers={
                        "Vary": "Accept, Origin",
                        "Cache-Control": "no-cache",
                        "X-KG-Rows": str(head["rows"]),
                        "X-KG-Partial": "yes" if head["partial"] else "no",
                    },
                )
            case "faulty":
                reason = str(head["reason"])
                raise Refusal(403 if reason.startswith(_REFUSED) else 400, reason)
            case "excessive":
                raise Refusal(
                    413,
                    f"{head['reason']}; add LIMIT (and OFFSET for the next ones), send "
                    "partial=yes for the first ones, or start the server with a greater --max-rows",
                )
            case "unacceptable":
                reason = str(head.get("reason") or f"no such format here; {offered(head['kind'])}")
                raise Refusal(406, reason)
            case _:
                raise Refusal(503, str(head["reason"]), {"Retry-After": "5"})

    async def _updated(self, request: Request, asked: Operation) -> Response:
        """The answer to an update: 204, or what is wrong with it."""
        self.admit(request)
        async with self._updating:
            # shielded: what has begun to be written is written to its end
            status, said = await asyncio.shield(
                _run((*self._source.amend, str(self._limits.seconds)), asked.text.encode())
            )
        return self._changed(status, said)

    def _changed(self, status: int, said: str) -> Response:
        """The answer to a change by how its process ended."""
        if status == 0:
            return Response(status_code=204, headers={"X-KG-Graphs": str(len(said.split()))})
        if status == _FAULTY:
            raise Refusal(403 if said.startswith(_REFUSED) else 400, said)
        if status == _BROKEN:
            raise Refusal(503, said, {"Retry-After": "5"})
        if status < 0:
            raise Refusal(
                504, f"update stopped after {self._limits.seconds:g} s, nothing is changed"
            )
        log.error("an update ended with status %d: %s", status, said)
        raise Refusal(500, f"the update ended with status {status}; see the server's own messages")

    def admit(self, request: Request) -> None:
        """Lets a change pass that brings the token.

        Raises:
            Refusal: it does not, or there are no changes here.
        """
        if not self._source.amend:
            raise Refusal(
                403, "this server only answers queries; start it with --allow-update for updates"
            )
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        known = hmac.compare_digest(given.strip().encode(), self._access.token.encode())
        if scheme.lower() != "bearer" or not known or not self._access.token:
            raise Refusal(
                401,
                "an update needs the header Authorization: Bearer TOKEN, with the token that the "
                "server was started with",
                {"WWW-Authenticate": 'Bearer realm="kg"'},
            )


async def _run(command: tuple[str, ...], body: bytes) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        env=environment(),
        start_new_session=True,
    )
    said, wrong = await process.communicate(body)
    status = process.returncode or 0
    return status, (wrong if status else said).decode("utf-8", "replace").strip()


async def _gone(request: Request) -> None:
    """Returns when the client has gone away; its body was read before."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def _client(request: Request) -> str:
    return request.client.host if request.client else ""


def _with_charset(media: str) -> str:
    return f"{media}; charset=utf-8" if media.startswith("text/") else media
