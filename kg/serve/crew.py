"""Processes that answer questions, and are killed when nobody waits for the answer any more.

Neither engine nor Python can stop a query in the middle of a join. So every query runs in a
process of the crew; out of time or given up, that process is killed, and another takes its
place. A process that has answered goes on to the next question.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Coroutine, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

log = logging.getLogger(__name__)

_START: Final = 60.0
"""Seconds that a process may take to start, on a busy machine."""
_SHIFT: Final = 500
"""Questions after which a process is replaced."""


class Late(Exception):  # noqa: N818 - it says what happened
    """The time is up; the process is gone."""


class Lost(Exception):  # noqa: N818 - it says what happened
    """The process ended in the middle of its work."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a process said: the head of `kg.store.desk`, and the body."""

    head: Mapping[str, Any]
    body: bytes


class Worker:
    """One process."""

    def __init__(
        self,
        process: asyncio.subprocess.Process,
        questions: asyncio.StreamWriter,
        replies: asyncio.StreamReader,
    ) -> None:
        self._process = process
        self._questions = questions
        self._replies = replies
        self._asked = 0

    @classmethod
    async def started(cls, command: tuple[str, ...]) -> Worker:
        """A process that is ready for its first question.

        Raises:
            Lost: it does not start.
        """
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env=environment(),
            start_new_session=True,  # Ctrl-C is for the server, which then ends its crew
        )
        if process.stdin is None or process.stdout is None:
            raise Lost("a query process has no pipes")
        worker = cls(process, process.stdin, process.stdout)
        try:
            async with asyncio.timeout(_START):
                await worker._head()
        except BaseException as error:
            await worker.end()
            if isinstance(error, TimeoutError):
                raise Lost(f"a query process did not start within {_START:g} s") from error
            raise
        return worker

    @property
    def fit(self) -> bool:
        """Whether it can take another question."""
        return self._process.returncode is None and self._asked < _SHIFT

    async def reply(self, question: Mapping[str, Any]) -> Reply:
        """The reply to a question, however long it takes.

        Raises:
            Lost: the process ended.
        """
        self._asked += 1
        try:
            self._questions.write(json.dumps(question).encode("utf-8") + b"\n")
            await self._questions.drain()
            head = await self._head()
            return Reply(head, await self._replies.readexactly(int(head["length"])))
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise Lost("the query process ended") from error

    async def _head(self) -> Mapping[str, Any]:
        line = await self._replies.readline()
        if not line.endswith(b"\n"):
            raise Lost("the query process ended")
        head: Mapping[str, Any] = json.loads(line)
        return head

    async def end(self) -> None:
        """Kills the process and waits until it is gone."""
        if self._process.returncode is None:
            try:
                self._process.kill()
            except ProcessLookupError:
                log.debug("the query process was gone already")
        await self._process.wait()


def environment() -> dict[str, str]:
    """Ours, and where a process finds this package, also from a checkout in any folder."""
    known = (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", ""))
    return os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, known))}


class Crew:
    """Processes of one command; as many as there are questions at a time, some kept idle.

    Args:
        command: of one process.
        idle: how many processes without work are kept.
    """

    def __init__(self, command: tuple[str, ...], idle: int) -> None:
        self._command = command
        self._most_idle = idle
        self._idle: list[Worker] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def open(self) -> None:
        """Starts the first process, so that a store that cannot be opened shows at once."""
        self._idle.append(await Worker.started(self._command))

    async def reply(self, question: Mapping[str, Any], seconds: float) -> Reply:
        """The reply to a question. The start of a process is not counted as its time.

        Raises:
            Late: the time is up.
            Lost: the process ended, most likely for want of memory.
        """
        worker = await self._ready()
        answered = False
        try:
            async with asyncio.timeout(seconds):
                reply = await worker.reply(question)
            answered = True
            return reply
        except TimeoutError as error:
            raise Late from error
        finally:
            # also where the task is cancelled because the client went away
            if answered and worker.fit and len(self._idle) < self._most_idle and not self._closed:
                self._idle.append(worker)
            else:
                self._spawn(self._replaced(worker, anew=not answered))

    async def close(self) -> None:
        """Ends all processes."""
        self._closed = True
        for task in tuple(self._tasks):
            await asyncio.wait({task})
        while self._idle:
            await self._idle.pop().end()

    async def _ready(self) -> Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.fit:
                return worker
            await worker.end()
        return await Worker.started(self._command)

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _replaced(self, worker: Worker, *, anew: bool) -> None:
        await worker.end()
        if anew and not self._idle and not self._closed:
            try:
                self._idle.append(await Worker.started(self._command))
            except Lost as error:
                log.warning("%s; the next query tries again", error)
