"""The store, handed to the server: `kg serve` puts the stages together here.

Heavy stages are imported where they are needed; the server's libraries are an extra.
"""

from __future__ import annotations

import dataclasses
import secrets
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import SetupError
from kg.store import open_store, stored, stored_query
from kg.store.opening import remote
from kg.store.stamp import stamp
from kg.vocab import PREFIXES

if TYPE_CHECKING:
    from kg import serve as stage

_SHORTEST = 16
"""Fewest characters of a token."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take: seconds, rows, queries at a time, bytes of text, megabytes."""

    seconds: float = 30.0
    rows: int = 10_000
    concurrent: int = 4
    body: int = 1_000_000
    memory: int = 2000


def serve(
    store: str | Path,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    limits: Limits | None = None,
    origins: tuple[str, ...] = (),
    hostnames: tuple[str, ...] = (),
    token: str = "",
    said: Callable[[str], None] = lambda message: None,
) -> None:
    """Serves the store in a folder until the process is stopped.

    The store is open for reading only, and only while a query runs: a build beside it is not
    held up, and what it has written is in the next answer.

    Args:
        store: the folder.
        host: address to listen on.
        port: 0 takes a free one.
        limits: what one request may take.
        origins: of pages that may read answers, beside those of this machine; "*": any.
        hostnames: that a proxy on this machine asks for, beside localhost.
        token: that updates need; empty: there are no updates.
        said: told where the server is, and the like.

    Raises:
        SetupError: no store there, the port is taken, or the server is not installed.
    """
    stage = _stage()
    limits = limits or Limits()
    if remote(store):
        raise SetupError("kg serve serves a folder; that store has a server already")
    folder = Path(store).resolve()
    open_store(folder, read_only=True).close()
    here = ("localhost", "127.0.0.1", "[::1]", host) if stage.loopback(host) else ()
    names = (*here, *(name.lower() for name in hostnames)) if here else ()
    app = stage.application(
        source(folder, memory=limits.memory, updates=bool(token)),
        stage.Limits(limits.seconds, limits.rows, limits.concurrent, limits.body),
        stage.Access(token, origins, tuple(dict.fromkeys(names))),
    )

    def told(address: str) -> None:
        said(f"{folder.name} at {address} (SPARQL: {address}sparql); stop with Ctrl-C")
        if token:
            said(f"updates need the header Authorization: Bearer {token}")
        if not names:
            said("other machines can ask this server; put one with TLS in front of it")

    stage.serve(app, host=host, port=port, told=told)


def source(folder: Path, *, memory: int = 0, updates: bool = False) -> stage.Source:
    """The doors of the other stages that the server gets."""
    python = (sys.executable, "-m")
    limit = (str(memory),) if memory else ()
    made: stage.Source = _stage().Source(
        name=folder.name,
        desk=(
            *without_network(folder / "data" / "CURRENT"),
            *python,
            "kg.store.desk",
            str(folder / "data"),
            *limit,
        ),
        amend=(*python, "kg.amend", str(folder)) if updates else (),
        put=(*python, "kg.store.put", str(folder)) if updates else (),
        stamp=lambda: stamp(folder),
        explorer=lambda: _explorer(folder),
        gallery=tuple({**dataclasses.asdict(query), "text": query.sparql()} for query in stored()),
        filled=lambda name, values: stored_query(name).sparql(**values),
        prefixes=PREFIXES,
    )
    return made


def token(given: str) -> str:
    """The token for updates, a new one where none is given.

    Raises:
        SetupError: it is too short to be safe.
    """
    if given and (len(given) < _SHORTEST or not given.isascii() or not given.isprintable()):
        raise SetupError(
            f"a token needs at least {_SHORTEST} plain characters; leave --token out to get one"
        )
    return given or secrets.token_urlsafe(24)


def _explorer(folder: Path) -> str:
    from kg.graph import Graph

    with Graph(folder) as graph:
        return graph.view()


def without_network(needed: Path) -> tuple[str, ...]:
    """A prefix that starts a process without any network, where this machine allows it.

    Empty also where such a process could not read the file `needed`: it has no more rights
    than its user, which matters when root serves somebody else's store.

    The guard refuses SERVICE before an engine sees it. This is a second lock, for a query
    that would get past the guard.
    """
    unshare = shutil.which("unshare")
    if unshare is None:
        return ()
    prefix = (unshare, "--user", "--net")
    tried = subprocess.run(  # noqa: S603 - a program of the system, no shell, no foreign text
        [*prefix, "test", "-r", str(needed)], capture_output=True, check=False, timeout=20
    )
    return prefix if tried.returncode == 0 else ()


def _stage() -> Any:
    try:
        from kg import serve as stage
    except ImportError as error:
        raise SetupError(
            f"the server is not installed ({error.name} is missing); "
            "run: pip install 'conflict-kg[serve]'"
        ) from error
    return stage
