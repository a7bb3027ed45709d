"""What the server is given: the store through the doors of other stages, and its limits."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """The store as the server sees it; the server itself opens nothing.

    Attributes:
        name: of the store, for people.
        desk: command of a process that answers questions (`kg.store.desk` says how).
        amend: command of a process that applies the update on its stdin; empty: read-only.
        put: command of a process that puts the graph on its stdin, or takes one away
            (`kg.store.put` says how); empty: read-only.
        stamp: a word that changes whenever the store does.
        explorer: makes the page of `kg view` from the store as it is now.
        gallery: the stored queries: name, description, text, parameters.
        filled: the text of a stored query with values for its parameters put in.
        prefixes: (prefix, namespace) that every query may use undeclared.
    """

    name: str
    desk: tuple[str, ...]
    amend: tuple[str, ...]
    put: tuple[str, ...]
    stamp: Callable[[], str]
    explorer: Callable[[], str]
    gallery: Sequence[Mapping[str, Any]]
    filled: Callable[[str, Mapping[str, str]], str]
    prefixes: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may take.

    Attributes:
        seconds: after which a query is stopped.
        rows: most rows or triples of an answer.
        concurrent: most queries at a time.
        body: most bytes of a request's body.
        graph: most bytes of a graph that is put, and most triples of one that is read.
        wait: seconds that a query waits for its turn.
    """

    seconds: float = 30.0
    rows: int = 10_000
    concurrent: int = 4
    body: int = 1_000_000
    graph: int = 64_000_000
    wait: float = 2.0


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in.

    Attributes:
        token: that an update needs; empty: no updates.
        origins: of pages that may read answers (CORS); "*" is any. Pages from this machine
            (localhost, 127.0.0.1) always may.
        hosts: names under which the server answers; empty: any. Keeps a foreign page from
            reaching a server on this machine under a name of its own.
    """

    token: str = ""
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
