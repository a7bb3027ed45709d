"""How cost grows with the articles that are there: time, memory, disk, per number of articles.

Each size is measured in a process of its own, so that its memory is its own. Loaded are made-up
articles (`bench/network.py`); then one more is put in and taken out, in two ways: with what is
computed across articles left for later, and with it. `--plot FILE` draws the curves (extra
`bench`), `--kept FILE` keeps figures from one run to the next.
"""

from __future__ import annotations

import json
import logging
import multiprocessing
import random
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from bench.network import PER_ARTICLE, article, war
from bench.speed.timing import megabytes, row, timed
from kg import pipeline
from kg.graph import Graph, refresh
from kg.records import Graph as ArticleGraph
from kg.store import changing, open_store

ROUNDS = 5
STEP = 1000
"""Articles after which a line tells how far a load is."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What one size costs.

    Attributes:
        articles: how many are there.
        load: processor seconds of loading them all.
        load_mb: most memory until then, MB.
        disk_mb: the store on disk, MB.
        put, gone: seconds of one more article, and of taking it out, `--later`.
        computed: seconds of all that is computed across articles, None where not measured.
        again: seconds of the same after one more article.
        emptied: seconds of `--later` after that: all that was computed is emptied.
        computed_mb: most memory after that, MB.
    """

    articles: int
    load: float
    load_mb: float
    disk_mb: float
    put: float
    gone: float
    computed: float | None
    again: float
    emptied: float
    computed_mb: float


def measure(
    sizes: Sequence[int],
    *,
    computed: int = 10_000,
    plot: Path | None = None,
    kept: Path | None = None,
) -> None:
    """Prints the figures of each size as they come.

    Args:
        sizes: numbers of articles that are there, the first one 0.
        computed: up to this size what is computed across articles is measured as well.
        plot: an SVG or PNG file for the curves.
        kept: a JSON file of figures; the sizes in it are not measured again, the others are
            added to it.
    """
    known = json.loads(kept.read_text()) if kept is not None and kept.exists() else []
    before = {one["articles"]: Figures(**one) for one in known}
    found: list[Figures] = []
    for size in sizes:
        if size not in before:
            fresh = multiprocessing.get_context("spawn")
            with ProcessPoolExecutor(1, mp_context=fresh) as process:
                before[size] = process.submit(_measured, size, size <= computed).result()
        found.append(before[size])
        _told(before[size], found[0])
        if kept is not None:
            rows = [asdict(before[at]) for at in sorted(before)]
            kept.write_text(json.dumps(rows, indent=1) + "\n")
    if plot is not None:
        from bench.speed.curves import draw

        draw(found, plot)
        row("drawn", str(plot))


def _told(one: Figures, base: Figures) -> None:
    row(
        f"{one.articles:,} articles: load",
        f"{one.load:.2f} s",
        f"{one.load_mb:,.0f} MB at most, {one.disk_mb:,.0f} MB on disk",
    )
    row("  one more, --later", f"{one.put:.3f} s", f"× {one.put / base.put:.1f} of none", "≤ 2")
    row("  taken out, --later", f"{one.gone:.3f} s", f"× {one.gone / base.gone:.1f} of none", "≤ 2")
    if one.computed is not None:
        row("  all computed", f"{one.computed:.2f} s", f"{one.computed_mb:,.0f} MB at most")
        row("  one more, all computed again", f"{one.again:.2f} s")
        row("  one more, --later, after that", f"{one.emptied:.2f} s", "empties what was computed")


def _measured(size: int, computed: bool) -> Figures:
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    logging.getLogger("kg").setLevel(logging.ERROR)  # that --later leaves a mark is meant
    extra = article(size, random.Random(1))
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "store"
        load, _ = timed(partial(_filled, store, size))
        memory = megabytes()
        times = [_once(store, extra) for _ in range(ROUNDS)]
        put, gone = (min(column) for column in zip(*times, strict=True))
        disk = sum(file.stat().st_size for file in store.rglob("*") if file.is_file()) / 2**20
        if not computed:
            return Figures(size, load, memory, disk, put, gone, None, 0, 0, megabytes())
        first, _ = timed(partial(refresh, store))
        again, _ = timed(partial(_put, store, extra, later=False))
        emptied = _once(store, article(size + 1, random.Random(2)))[0]
        return Figures(size, load, memory, disk, put, gone, first, again, emptied, megabytes())


def _filled(store: Path, size: int) -> None:
    def told() -> Iterator[ArticleGraph]:
        for number, graph in enumerate(islice(war(size * PER_ARTICLE), size + 1)):
            if number and number % STEP == 0:
                logging.getLogger(__name__).info("%d of %d articles", number, size)
            yield graph

    with open_store(store, create=True) as made:
        made.fill(told())


def _once(store: Path, extra: ArticleGraph) -> tuple[float, float]:
    """Seconds of the commands' work, from the opening of the store to its closing."""

    def gone() -> None:
        with Graph(store) as graph:
            graph.retract([extra.iri], later=True)

    return timed(partial(_put, store, extra, later=True))[0], timed(gone)[0]


def _put(store: Path, extra: ArticleGraph, *, later: bool) -> None:
    with open_store(store) as opened, changing(store, later=later):
        pipeline.put(opened, extra)
        (pipeline.forget if later else pipeline.refresh)(opened)
