"""A time limit that really stops a query.

Neither engine can be interrupted inside of a join. The query therefore runs in a process of
its own, on a snapshot that nobody writes to, and the operating system ends that process.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from kg.errors import QueryError, SetupError
from kg.store.answer import Answer
from kg.store.cells import Cell

FAULTY: Final = 3
"""Exit status of a worker whose query is at fault; stderr says why."""

_MARGIN: Final = 120.0 if hasattr(signal, "setitimer") else 10.0


def answered_elsewhere(sparql: str, data: Path, seconds: float, most: int | None = None) -> Answer:
    """The answer of a process of its own, which is ended when the time is up.

    Args:
        sparql: an admitted query.
        data: a folder of Oxigraph files, or a file of N-Quads.
        seconds: how long the query may take; the start of the process is not counted.
        most: rows that are wanted; all without it.

    Raises:
        QueryError: the time is up, or the query cannot be parsed.
        SetupError: the process broke down for another reason.
    """
    rows = () if most is None else (str(most),)
    # The worker ends by its own alarm; this bound covers a slow start, and systems without alarms.
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and module, no shell
            [sys.executable, "-m", "kg.store.worker", str(data), str(seconds), *rows],
            input=sparql,
            capture_output=True,
            encoding="utf-8",
            env=os.environ | {"PYTHONPATH": _search_path()},
            timeout=seconds + _MARGIN,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise late(seconds) from None
    if done.returncode == 0:
        return decoded(done.stdout)
    if done.returncode == FAULTY:
        raise QueryError(done.stderr.strip())
    if done.returncode == -getattr(signal, "SIGALRM", 0):
        raise late(seconds)
    if done.returncode == -getattr(signal, "SIGSEGV", 0):
        raise QueryError(
            "the query is too long or too deeply nested for the engine; write it flatter"
        )
    last = (done.stderr.strip().splitlines() or ["out of memory?"])[-1]
    raise SetupError(f"the query process ended with status {done.returncode}: {last}")


def _search_path() -> str:
    """Where the process finds this package, also from a checkout and in any working directory."""
    known = (str(Path(__file__).parents[2]), os.environ.get("PYTHONPATH", ""))
    return os.pathsep.join(filter(None, known))


def late(seconds: float) -> QueryError:
    """The error for a query that is out of time."""
    return QueryError(
        f"query stopped after {seconds:g} s; make it narrower (LIMIT, fewer OPTIONALs, "
        "start from what is rare) or give more time with --timeout"
    )


def encoded(answer: Answer) -> str:
    """The answer as one JSON text, for the way back from the process."""
    rows = [
        [None if c is None else [c.text, c.kind, c.datatype, c.language] for c in row]
        for row in answer.rows
    ]
    content = [answer.kind, answer.columns, rows, answer.truth, answer.triples]
    return json.dumps(content, ensure_ascii=False)


def decoded(text: str) -> Answer:
    """The answer that `encoded` wrote.

    >>> decoded(encoded(Answer("ask", truth=True))).truth
    True
    """
    content: list[Any] = json.loads(text)
    kind, columns, rows, truth, triples = content
    return Answer(
        kind,
        tuple(columns),
        tuple(tuple(None if c is None else Cell(*c) for c in row) for row in rows),
        truth,
        tuple(triples),
    )
