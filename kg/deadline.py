"""A time limit round one document: a hostile one is given up, the others go on.

The alarm of the operating system interrupts Python code, regular expressions included. It
is heard in the main thread of a process only, and not on Windows; elsewhere nothing is
stopped, and only the limits of size hold.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from kg.errors import DocumentError

SECONDS: Final = 600.0
"""The limit where none is given; a book of 100,000 words is read in a minute."""
_AGAIN: Final = 1.0
"""Seconds after which the alarm rings again, should somebody's code have swallowed it."""


class _Late(BaseException):
    """Rings through code that catches every `Exception`."""


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Runs a block for so many seconds at most; 0 is no limit.

    Raises:
        DocumentError: the time is up.
    """
    alone = threading.current_thread() is threading.main_thread()
    if seconds <= 0 or not alone or not hasattr(signal, "setitimer"):
        yield
        return

    def late(*_: object) -> None:
        raise _Late

    before = signal.signal(signal.SIGALRM, late)
    try:
        try:
            signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
    except _Late:
        # it may have rung in the line above
        signal.setitimer(signal.ITIMER_REAL, 0)
        raise DocumentError(
            f"takes longer than {seconds:g} s; split it into single articles, "
            "or give more time with --timeout"
        ) from None
    finally:
        signal.signal(signal.SIGALRM, before)
