"""The process that answers a server's questions, one after another: `python -m kg.store.desk DATA`.

It writes `{"ready": true}` when it can begin. Then each line on stdin is a question, a JSON
object of the fields of `Question`; the reply is one line of JSON (folded here) and as many
bytes as its "length" says:

    {"status": "answered", "kind": "select", "form": "json", "rows": 12, "partial": false,
     "length": 4711}
    {"status": "faulty", "reason": "query cannot be parsed, line 1 …", "length": 0}

`status` is one of "answered", "faulty" (the query), "excessive" (too many rows or bytes),
"unacceptable" (no wanted format fits the kind of query) and "broken" (the store). A server
that has waited long enough kills the process; should the server die, the process ends by its
own alarm or when its stdin does. Nothing it does writes to the store; a build beside it is
neither held up nor seen by halves (`kg.store.files` says how).
"""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from kg.errors import QueryError, SetupError
from kg.store.answer import Answer
from kg.store.embedded import OxigraphStore
from kg.store.stamp import stamp

_GRACE: Final = 5.0
"""Seconds that the server has to kill the process before it ends by itself."""
_BYTES: Final = 64 << 20
"""Most bytes of an answer; a server holds it in memory."""
_REASON: Final = 4000
"""Most characters of a reason."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a server asks.

    Attributes:
        sparql: the query text, not yet looked at.
        forms: kind of answer ("select", "ask", "construct") -> format of `Answer.serialized`.
        rows: most rows or triples of an answer.
        partial: whether the first rows are wanted where there are more.
        seconds: after which nobody waits any longer.
        default: graphs of the default graph, as `OxigraphStore.bounded` has it.
        named: graphs that GRAPH sees.
    """

    sparql: str
    forms: dict[str, str]
    rows: int
    partial: bool
    seconds: float
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


class Desk:
    """The store of one folder, opened anew whenever it has changed."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._stamp = ""
        self._store: OxigraphStore | None = None

    def reply(self, question: Question) -> tuple[dict[str, Any], bytes]:
        """The head of the reply and its body."""
        try:
            answer = self._answer(question)
        except QueryError as error:
            return _without("faulty", str(error)), b""
        except SetupError as error:
            return _without("broken", str(error)), b""
        return _written(answer, question)

    def _answer(self, question: Question) -> Answer:
        try:
            return self._asked(question)
        except QueryError:
            raise
        except SetupError:
            # a build beside us may have replaced files between two looks at the folder
            self._stamp = ""
            return self._asked(question)

    def _asked(self, question: Question) -> Answer:
        now = stamp(self._data.parent)
        if self._store is None or now != self._stamp:
            self._store = OxigraphStore(self._data, read_only=True)
            self._stamp = now
        return self._store.bounded(
            question.sparql, rows=question.rows, default=question.default, named=question.named
        )


def _without(status: str, reason: str) -> dict[str, Any]:
    """The head of a reply without an answer; a line that a server can read in one piece."""
    return {"status": status, "reason": reason[:_REASON]}


def _written(answer: Answer, question: Question) -> tuple[dict[str, Any], bytes]:
    form = question.forms.get(answer.kind)
    if form is None:
        return _without("unacceptable", "") | {"kind": answer.kind}, b""
    found = max(len(answer.rows), len(answer.triples))
    if found > question.rows:
        if not question.partial:
            return _without("excessive", f"the answer has more than {question.rows:,} rows"), b""
        answer = Answer(
            answer.kind,
            answer.columns,
            answer.rows[: question.rows],
            triples=answer.triples[: question.rows],
        )
    try:
        body = answer.serialized(form).encode("utf-8")
    except QueryError as error:
        return _without("unacceptable", str(error)) | {"kind": answer.kind}, b""
    if len(body) > _BYTES:
        return _without("excessive", f"the answer is longer than {_BYTES >> 20} MB"), b""
    head = {
        "status": "answered",
        "kind": answer.kind,
        "form": form,
        "rows": min(found, question.rows),
        "partial": found > question.rows,
    }
    return head, body


def main(data: Path, megabytes: int = 0) -> int:
    """Answers until stdin ends; with `megabytes` the process gets no more memory than that."""
    if megabytes:
        _bounded(megabytes)
    desk, out = Desk(data), sys.stdout.buffer
    out.write(b'{"ready": true}\n')
    out.flush()
    for line in sys.stdin.buffer:
        question = Question(**json.loads(line))
        _alarm(question.seconds + _GRACE)
        head, body = desk.reply(question)
        _alarm(0)
        out.write(json.dumps({**head, "length": len(body)}).encode("utf-8") + b"\n" + body)
        out.flush()
    return 0


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


def _bounded(megabytes: int) -> None:
    """No more data than so many megabytes, where the operating system can say so."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_DATA, (megabytes << 20, megabytes << 20))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:])))
