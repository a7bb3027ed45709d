"""The process that answers one query within a time limit.

`python -m kg.store.worker DATA SECONDS [ROWS]`, with the most rows that are wanted. Reads the
query from stdin, writes the encoded answer to stdout. It is ended by the alarm of the operating
system, which also stops it in the middle of native code.
"""

from __future__ import annotations

import signal
import sys
from pathlib import Path

from kg.errors import QueryError
from kg.store.embedded import OxigraphStore, loaded
from kg.store.limit import FAULTY, encoded


def main(data: Path, seconds: float, most: int | None = None) -> int:
    """Answer the query on stdin; 0, or `FAULTY` with the reason on stderr."""
    sparql = sys.stdin.buffer.read().decode("utf-8")
    store = OxigraphStore(data, read_only=True) if data.is_dir() else loaded(data)
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        answer = store.query(sparql, most=most)
    except QueryError as error:
        sys.stderr.buffer.write(str(error).encode("utf-8"))
        return FAULTY
    sys.stdout.buffer.write(encoded(answer).encode("utf-8"))
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]), *map(int, sys.argv[3:])))
