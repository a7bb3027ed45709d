"""The server, running: a socket, uvicorn, and the address to tell."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable
from contextlib import suppress

import uvicorn
from starlette.types import ASGIApp

from kg.errors import SetupError

CONNECTIONS = 1000
"""Most open connections; each further one is answered with 503."""


def serve(app: ASGIApp, *, host: str, port: int, told: Callable[[str], None]) -> None:
    """Answers requests until it is stopped (Ctrl-C, SIGTERM).

    Args:
        app: what `application` gives.
        host: name or address of this machine to listen on.
        port: 0 takes a free one.
        told: told the address as soon as it is open.

    Raises:
        SetupError: the address cannot be used.
    """
    with listening(host, port) as door:
        bound = door.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        told(f"http://{shown}:{bound}/")
        config = uvicorn.Config(
            app,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_keep_alive=10,
            timeout_graceful_shutdown=3,
            limit_concurrency=CONNECTIONS,
        )
        with suppress(KeyboardInterrupt):  # raised again when all is closed
            uvicorn.Server(config).run(sockets=[door])


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        SetupError: the port is taken, or the host is none of this machine.
    """
    try:
        # the protocol by name: without it asyncio leaves Nagle's delay of 40 ms on
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
        )[0]
        door = socket.socket(family, kind, protocol)
        try:
            if os.name == "posix":
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind(address)
            door.listen(1024)
        except OSError:
            door.close()
            raise
        return door
    except OSError as error:
        raise SetupError(
            f"cannot listen on {host} port {port} ({error.strerror or error}); give another with "
            "--host and --port (0: any free port)"
        ) from error


def loopback(host: str) -> bool:
    """Whether only this machine can reach the address.

    >>> loopback("127.0.0.1"), loopback("localhost"), loopback("0.0.0.0")
    (True, True, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
