"""The process that applies one SPARQL Update for a server: `python -m kg.amend STORE SECONDS`.

Reads the update from stdin, writes the names of the changed graphs to stdout, one a line.
While the update is tried on a copy its time is limited; once it is written the process runs
to its end, so that no reader finds half of it. Everything that follows from the articles is
computed anew, as after a build.
"""

from __future__ import annotations

import signal
import sys
from typing import Final

from kg.errors import QueryError, SetupError
from kg.store import changing, open_store
from kg.store.amend import amended

FAULTY: Final = 3
BROKEN: Final = 4


def main(folder: str, seconds: float) -> int:
    """Applies the update on stdin; 0, or `FAULTY` or `BROKEN` with the reason on stderr."""
    update = sys.stdin.buffer.read().decode("utf-8")
    _alarm(seconds)
    try:
        with open_store(folder) as store, changing(folder):
            changed = amended(store, update, tried=lambda: _alarm(0))
            if changed:
                from kg import pipeline

                pipeline.refresh(store)
    except QueryError as error:
        sys.stderr.write(str(error))
        return FAULTY
    except SetupError as error:
        sys.stderr.write(str(error))
        return BROKEN
    sys.stdout.write("".join(f"{iri}\n" for iri in changed))
    return 0


def _alarm(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], float(sys.argv[2])))
