"""Seconds, and lines of the table."""

from __future__ import annotations

import resource
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def timed(work: Callable[[], T]) -> tuple[float, T]:
    """Seconds of processor time of this process, and what `work` gives."""
    began = time.process_time()
    made = work()
    return time.process_time() - began, made


def best(rounds: int, *works: Callable[[], object]) -> list[float]:
    """The best seconds of each, all of them in turn so that a busy machine hinders all alike."""
    found = [[timed(work)[0] for work in works] for _ in range(rounds)]
    return [min(times) for times in zip(*found, strict=True)]


def row(what: str, value: str, than: str = "", goal: str = "") -> None:
    """One line of the table."""
    print(f"{what:<58}{value:>14}  {than:<34}{goal}".rstrip(), flush=True)


def megabytes() -> float:
    """Most memory of this process so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
