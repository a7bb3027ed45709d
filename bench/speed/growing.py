"""One article put in and taken out: how its cost grows with the articles that are there."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from bench.network import PER_ARTICLE, article, war
from bench.speed.timing import megabytes, row, timed
from kg import pipeline
from kg.graph import Graph, refresh
from kg.records import Graph as ArticleGraph
from kg.store import Store, changing, open_store

ROUNDS = 5


def measure(sizes: Sequence[int], *, computed: int = 1000) -> None:
    """Prints seconds per size, with what is computed across articles left for later.

    Args:
        sizes: numbers of articles that are there, the first one 0.
        computed: up to this size what is computed across articles is measured as well.
    """
    base: tuple[float, float] | None = None
    extra = article(10**9, random.Random(1))
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            store = Path(folder) / "store"
            with open_store(store, create=True) as made:
                loaded, _ = timed(partial(_filled, made, size))
            times = [_once(store, extra) for _ in range(ROUNDS)]
            put, gone = (min(column) for column in zip(*times, strict=True))
            base = base or (put, gone)
            row(f"{size:,} articles: load", f"{loaded:.2f} s", f"{megabytes():,.0f} MB at most")
            row("  one more, --later", f"{put:.3f} s", f"× {put / base[0]:.1f} of none", "≤ 2")
            row("  taken out, --later", f"{gone:.3f} s", f"× {gone / base[1]:.1f} of none", "≤ 2")
            if size <= computed:
                seconds, _ = timed(partial(refresh, store))
                row("  computed across articles", f"{seconds:.2f} s")


def _filled(store: Store, size: int) -> None:
    store.fill(islice(war(size * PER_ARTICLE), size + 1))


def _once(store: Path, extra: ArticleGraph) -> tuple[float, float]:
    """Seconds of the commands' work, from the opening of the store to its closing."""

    def put() -> None:
        with open_store(store) as opened, changing(store, later=True):
            pipeline.put(opened, extra)
            pipeline.forget(opened)

    def gone() -> None:
        with Graph(store) as graph:
            graph.retract([extra.iri], later=True)

    return timed(put)[0], timed(gone)[0]
