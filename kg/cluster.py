"""Groups of documents built by the workers of a Dask scheduler (extra `cluster`).

Each worker loads the language pipeline once. A worker that is killed costs nothing: Dask
gives its group to another one. A group that kills every worker it comes to is built document
by document, and what still kills its worker is refused.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from kg import shards
from kg.errors import SetupError
from kg.pool import AHEAD
from kg.shards import Shard, Some

log = logging.getLogger(__name__)

_START: Final = "60s"


def built(
    work: Callable[[Some], tuple[Shard, ...]], groups: Iterable[Some], scheduler: str
) -> Iterator[tuple[Shard, ...]]:
    """The work on every group in the order of the groups, on the workers of a scheduler.

    At most four groups per worker are under way.

    Args:
        work: `kg.shards.built` with all but the documents filled in.
        groups: of documents.
        scheduler: its address, tcp://HOST:PORT.

    Raises:
        SetupError: Dask is not installed, or no scheduler is there.
    """
    try:
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise SetupError(
            f"--scheduler needs Dask ({error.name} is missing); "
            "run: pip install 'conflict-kg[cluster]'"
        ) from error
    try:
        client = Client(scheduler, timeout=_START, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, ImportError) as error:
        raise SetupError(
            f"no Dask scheduler answers at {scheduler} ({error}); start one: dask scheduler"
        ) from error
    with client:
        if not client.scheduler_info()["workers"]:
            log.warning("%s has no workers yet; waiting for the first one", scheduler)
        yield from _ordered(client, KilledWorker, work, groups)


def _ordered(
    client: Any,
    killed: type[Exception],
    work: Callable[[Some], tuple[Shard, ...]],
    groups: Iterable[Some],
) -> Iterator[tuple[Shard, ...]]:
    rest = iter(groups)
    under_way: deque[tuple[Some, Any]] = deque()
    more = True
    while more or under_way:
        most = AHEAD * max(len(client.ncores()), 1)
        while more and len(under_way) < most:
            group = next(rest, None)
            more = group is not None
            if group is not None:
                under_way.append((group, client.submit(work, group, pure=False)))
        if not under_way:
            return
        group, future = under_way.popleft()
        try:
            yield future.result()
        except killed:
            log.warning("%d documents end their workers; they are built singly", len(group))
            yield _singly(client, killed, work, group)


def _singly(
    client: Any,
    killed: type[Exception],
    work: Callable[[Some], tuple[Shard, ...]],
    group: Some,
) -> tuple[Shard, ...]:
    found: list[Shard] = []
    for one in group:
        try:
            found += client.submit(work, (one,), pure=False).result()
        except killed:
            found += shards.given_up(work, (one,))
    return tuple(found)
