"""How long until the first answer: `kg --help`, and a build of one article."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from bench.speed.reading import SEEDS
from bench.speed.timing import row


def measure(*, rounds: int = 3) -> None:
    """Prints seconds by the clock, the best of several rounds, beside an empty Python."""
    with tempfile.TemporaryDirectory() as folder:
        article = str(sorted(SEEDS.glob("*.txt"))[0])
        store = str(Path(folder) / "store")
        empty = _seconds(("-c", "pass"), rounds)
        shown = _seconds(("-m", "kg", "--help"), rounds)
        asked = _seconds(("-c", "import kg.graph"), rounds)
        built = _seconds(("-m", "kg", "build", article, "--store", store), 1)
    row("python -c pass", f"{empty:.2f} s")
    row("kg --help", f"{shown:.2f} s", "", "< 0.3 s")
    row("import of what answers a query", f"{asked:.2f} s")
    row("kg build of one article", f"{built:.2f} s", "", "< 5 s")


def _seconds(words: Sequence[str], rounds: int) -> float:
    found = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run([sys.executable, *words], check=True, capture_output=True)
        found.append(time.perf_counter() - began)
    return min(found)
