"""Requests to a SPARQL server: who asks, how long is waited, and what counts as a whole answer.

Passwords and tokens come from the environment (`KG_STORE_USER` and `KG_STORE_PASSWORD`, or
`KG_STORE_TOKEN`), are sent to the one server that was named, and are in no message. Redirects
are not followed: they would carry them to another host.
"""

from __future__ import annotations

import base64
import http.client
import logging
import os
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

from kg.errors import QueryError, SetupError
from kg.store.limit import late
from kg.version import VERSION

log = logging.getLogger(__name__)

PATIENCE: Final = 600.0
"""Seconds that an answer may take where no limit is given."""
_TRIES: Final = 5
_PAUSE: Final = 5.0
"""How often a server that is busy is asked, and most seconds between."""
_PIECE: Final = 1 << 16
_MOST: Final = 1 << 29
"""Bytes of an answer; it is held in memory."""
_SHOWN: Final = 300
"""Characters of a server's own message that are repeated."""
_LOCAL: Final = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: status of HTTP, headers, body."""

    status: int
    headers: Message
    body: bytes


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        return None


def address(given: str) -> str:
    """The address of a server without a fragment or a slash at its end.

    >>> address("https://kg.example/store/")
    'https://kg.example/store'

    Raises:
        SetupError: it names no host, or holds a password, which would be in every log.
    """
    try:
        parts = urlsplit(given)
        host, named = parts.hostname, parts.username or parts.password
    except ValueError as error:
        raise SetupError(f'--store "{given}" is no address ({error})') from error
    if named:
        raise SetupError(
            f"--store holds a user or password, which logs would show; write {parts.scheme}://"
            f"{host or 'HOST'}/… and set KG_STORE_USER and KG_STORE_PASSWORD, or KG_STORE_TOKEN"
        )
    if not host or parts.query:
        raise SetupError(f'--store "{given}" is no address of a store; write http://HOST:PORT/PATH')
    return given.partition("#")[0].rstrip("/")


class Wire:
    """Sends requests to one server, with the login that the environment holds."""

    def __init__(self, server: str) -> None:
        self.server = server
        self._login = _login(os.environ)
        # A proxy that the environment names is asked, as with any other program.
        self._opener = urllib.request.build_opener(_Stay)
        parts = urlsplit(server)
        if self._login and parts.scheme == "http" and parts.hostname not in _LOCAL:
            log.warning("%s: the login goes over the network unencrypted; use https", server)

    def send(
        self,
        method: str,
        target: str,
        *,
        fields: Mapping[str, str] | None = None,
        body: bytes | None = None,
        media: str = "",
        accept: str = "*/*",
        seconds: float | None = None,
    ) -> Reply:
        """The whole answer to a request, whatever its status; a busy server is asked again.

        Args:
            method: of HTTP.
            target: the address.
            fields: parameters behind the address.
            body: what is sent.
            media: type of the body.
            accept: types that are understood.
            seconds: after which nobody waits any longer.

        Raises:
            QueryError: the time is up, or the answer is too large.
            SetupError: the server cannot be reached, or its answer was cut.
        """
        headers = {"Accept": accept, "User-Agent": f"conflict-kg/{VERSION}"}
        headers |= {"Content-Type": media} if media else {}
        headers |= {"Authorization": self._login} if self._login else {}
        full = f"{target}?{urlencode(fields)}" if fields else target
        request = urllib.request.Request(  # noqa: S310 - http(s) alone, see `address`
            full, data=body, headers=headers, method=method
        )
        end = time.monotonic() + (seconds or PATIENCE)
        for attempt in range(1, _TRIES + 1):
            reply = self._once(request, end, seconds)
            if reply.status not in (429, 503) or attempt == _TRIES:
                break
            pause = min(_wait(reply.headers), _PAUSE)
            if time.monotonic() + pause > end:
                break
            time.sleep(pause)
        return reply

    def _once(self, request: urllib.request.Request, end: float, seconds: float | None) -> Reply:
        try:
            left = max(end - time.monotonic(), 0.001)
            with self._opened(request, left) as answer:
                body = bytearray()
                while piece := answer.read1(_PIECE):
                    body += piece
                    if time.monotonic() > end:
                        raise TimeoutError
                    if len(body) > _MOST:
                        raise QueryError(
                            f"{self.server}: the answer is longer than {_MOST >> 20} MB; ask for "
                            "less (LIMIT), or for one graph at a time"
                        )
                reply = Reply(answer.status, answer.headers, bytes(body))
        except (TimeoutError, urllib.error.URLError, OSError, http.client.HTTPException) as error:
            raise self._fault(error, seconds) from None
        stated = reply.headers.get("Content-Length", "")
        if request.method != "HEAD" and stated.isdecimal() and int(stated) != len(reply.body):
            raise cut(self.server)
        return reply

    def _opened(self, request: urllib.request.Request, seconds: float) -> Any:
        try:
            return self._opener.open(request, timeout=seconds)
        except urllib.error.HTTPError as error:
            return error  # an answer as well, with a status of its own

    def _fault(self, error: Exception, seconds: float | None) -> SetupError:
        inner = error.reason if isinstance(error, urllib.error.URLError) else error
        if isinstance(inner, TimeoutError):
            if seconds:
                return late(seconds)
            return SetupError(f"{self.server} has not answered for {PATIENCE:g} s; ask it again")
        if isinstance(inner, http.client.IncompleteRead):
            return cut(self.server)
        return SetupError(
            f"{self.server} cannot be reached ({inner}); start the server, or give another --store"
        )

    def accepted(self, reply: Reply, what: str) -> Reply:
        """The reply itself if its status says that all went well.

        Args:
            reply: of the server.
            what: was asked for: "query", "update", "graph".

        Raises:
            QueryError: the query is at fault, too large, or was stopped by the server.
            SetupError: anything else.
        """
        if 200 <= reply.status < 300:
            return reply
        said = _said(reply.body)
        match reply.status:
            case 301 | 302 | 303 | 307 | 308:
                where = str(reply.headers.get("Location", "")).partition("?")[0]
                return _raise(f"{self.server} sends on to {where}; give that address with --store")
            case 401 | 403 if "refused" not in said:
                known = "is not accepted" if self._login else "is needed"
                return _raise(
                    f"{self.server}: a login {known} (status {reply.status}); set KG_STORE_TOKEN, "
                    "or KG_STORE_USER and KG_STORE_PASSWORD"
                )
            case 400 | 403 | 406 | 413 | 504 | 408:
                raise QueryError(f"{self.server} refused the {what} ({reply.status}): {said}")
            case 404 | 405 | 501:
                return _raise(
                    f"{self.server} takes no such {what} (status {reply.status}); check the "
                    "address, and whether the server allows updates"
                )
            case _:
                return _raise(
                    f"{self.server} failed at the {what} with status {reply.status}: {said}"
                )


def cut(server: str) -> SetupError:
    """The error for an answer that ends before its end."""
    return SetupError(
        f"{server}: the answer was cut off before its end (the server's own time or row limit?); "
        "ask for less, or raise the limit of the server"
    )


def _raise(message: str) -> Reply:
    raise SetupError(message)


def _said(body: bytes) -> str:
    text = " ".join(body.decode("utf-8", "replace").split())
    return text[:_SHOWN] or "no reason given"


def _wait(headers: Message) -> float:
    try:
        return max(float(headers.get("Retry-After", "1")), 0.1)
    except ValueError:
        return 1.0


def _login(environment: Mapping[str, str]) -> str:
    """The header that lets in, "" without a login in the environment."""
    token = environment.get("KG_STORE_TOKEN", "").strip()
    user = environment.get("KG_STORE_USER", "")
    password = environment.get("KG_STORE_PASSWORD", "")
    if token and (user or password):
        raise SetupError("set KG_STORE_TOKEN, or KG_STORE_USER and KG_STORE_PASSWORD, not both")
    found = f"Bearer {token}" if token else ""
    if user:
        pair = base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
        found = f"Basic {pair}"
    if not found.isprintable() or not found.isascii():
        raise SetupError("KG_STORE_TOKEN has characters that no header can hold")
    return found
