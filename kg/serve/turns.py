"""Whose turn it is: at most so many queries at a time, and none that waits for long."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from kg.serve.refusal import Refusal


class Turns:
    """Gives turns to clients.

    Args:
        concurrent: most queries at a time.
        wait: seconds that a query waits for its turn.
    """

    def __init__(self, concurrent: int, wait: float) -> None:
        self._concurrent = concurrent
        self._wait = wait
        self._free = asyncio.Semaphore(concurrent)
        self._waiting: Counter[str] = Counter()
        self.running = 0

    @asynccontextmanager
    async def turn(self, client: str) -> AsyncIterator[None]:
        """Holds one turn for as long as the block runs.

        Raises:
            Refusal: 429 if the client has as many queries waiting as may run at a time, 503 if
                no turn comes up in time.
        """
        if self._waiting[client] >= self._concurrent:
            raise Refusal(
                429,
                f"{self._concurrent} of your queries wait for their turn already; send the next "
                "one when one of them is answered",
                {"Retry-After": "2"},
            )
        self._waiting[client] += 1
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError as error:
            raise Refusal(
                503,
                f"the server is busy with {self._concurrent} other queries; try again soon, or "
                "start it with a greater --max-concurrent",
                {"Retry-After": "5"},
            ) from error
        finally:
            self._waiting[client] -= 1
            if not self._waiting[client]:
                del self._waiting[client]
        self.running += 1
        try:
            yield
        finally:
            self.running -= 1
            self._free.release()
