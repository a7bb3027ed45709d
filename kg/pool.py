"""A process pool that keeps order, holds little in memory, and survives a killed worker."""

from __future__ import annotations

import logging
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from typing import TypeVar

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")

AHEAD = 4


def ordered(
    work: Callable[[T], R], items: Iterable[T], *, jobs: int, lost: Callable[[T], R]
) -> Iterator[R]:
    """`work` of every item in the order of the items, on `jobs` processes.

    At most four items per process are under way, so a feed of any length is streamed. When
    a worker is killed (out of memory, say), the items under way are done again one by one,
    each in a process of its own.

    Args:
        work: a picklable function.
        items: picklable values.
        jobs: number of processes; 1 works in this process.
        lost: the result of an item that kills a process of its own.
    """
    if jobs <= 1:
        yield from map(work, items)
        return
    rest = iter(items)
    under_way: deque[T] = deque()
    while True:
        with _started(jobs) as pool:
            try:
                yield from _done(pool, work, under_way, rest, AHEAD * jobs)
                return
            except BrokenProcessPool:
                log.warning(
                    "a worker process was killed; %d documents are done again", len(under_way)
                )
        while under_way:
            yield _alone(work, under_way[0], lost)
            under_way.popleft()


def _done(
    pool: ProcessPoolExecutor,
    work: Callable[[T], R],
    under_way: deque[T],
    rest: Iterator[T],
    ahead: int,
) -> Iterator[R]:
    """Results in order; `under_way` always holds the items whose result is still out."""
    futures: deque[Future[R]] = deque()
    try:
        while True:
            for item in islice(rest, ahead - len(under_way)):
                under_way.append(item)
                futures.append(pool.submit(work, item))
            if not futures:
                return
            result = futures[0].result()
            futures.popleft()
            under_way.popleft()
            yield result
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(work: Callable[[T], R], item: T, lost: Callable[[T], R]) -> R:
    with _started(1) as pool:
        try:
            return pool.submit(work, item).result()
        except BrokenProcessPool:
            return lost(item)


def _started(jobs: int) -> ProcessPoolExecutor:
    # Spawned, not forked: the caller may run threads, and language models do not survive a fork.
    return ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
