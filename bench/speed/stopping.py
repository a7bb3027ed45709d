"""Work that is stopped when its time is up, in a process of its own."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection

Result = tuple[float, int]
"""Seconds, and a count."""


class Stopped(tuple[float, int]):
    """The limit and a count of 0, for work that did not end within it."""

    __slots__ = ()


def stopped(work: Callable[[], Result], seconds: float) -> Result:
    """What `work` gives, from a copy of this process, or `Stopped` after so many seconds.

    What this process holds in memory is there in the copy; what it opens, the work has to open.
    """
    context = multiprocessing.get_context("fork")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, there))
    process.start()
    there.close()
    try:
        if here.poll(seconds):
            found: Result = here.recv()
            return found
        return Stopped((seconds, 0))
    except EOFError:
        raise SystemExit(f"a measured process ended with {process.exitcode}") from None
    finally:
        process.kill()
        process.join()


def _run(work: Callable[[], Result], there: Connection) -> None:
    there.send(work())
