"""Load and stored queries at numbers of triples, on disk, against rdflib in memory."""

from __future__ import annotations

import csv
import random
import statistics
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Final

from bench.network import PER_ARTICLE, war
from bench.speed.charts import seconds_chart
from bench.speed.kinds import Said, catalogue, computed, rarer, said
from bench.speed.stopping import Stopped, stopped
from bench.speed.timing import megabytes, row, timed
from kg.rdf import ontology_graph
from kg.records import Graph
from kg.store import MemoryStore, Store, open_store, stored

PER_CLAIM: Final = 33.5
"""Triples of the made-up war for each claim, what is computed across articles included."""
PAGE: Final = 1000
"""Rows that `kg query` shows."""
_TENTH: Final = 10
_PATIENCE: Final = 60
"""Seconds after which our own store is stopped."""
_RDFLIB: Final = 2_000_000
"""Triples from which on rdflib is not loaded any more."""
GOALS: Final = {1_000_000: 1.0, 10_000_000: 5.0}


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds of one query: of its first rows, of all, and of rdflib; None: not measured.

    `stopped` names what was stopped; its seconds are the limit then.
    """

    query: str
    rows: int
    first: float
    every: float
    rdflib: float | None
    stopped: str


def graphs(triples: int) -> Iterator[Graph]:
    """The ontology, and a made-up war of about so many triples; the same for the same number."""
    chance, told = random.Random(1), list[Said]()
    yield ontology_graph()
    yield catalogue()
    for number, graph in enumerate(war(int(triples / PER_CLAIM / PER_ARTICLE) * PER_ARTICLE)):
        told += said(graph)
        yield graph
        if number % _TENTH == 1:
            yield rarer(number, chance)
    yield from computed(told, chance)


def measure(
    sizes: Sequence[int], *, limit: float = 5, keep: str | None = None, save: str | None = None
) -> None:
    """Prints the seconds of both, and the median of the ratios over the stored queries.

    Args:
        sizes: numbers of triples, about.
        limit: seconds after which rdflib is stopped at a query; the limit is what it took then.
        keep: a folder for the stores; those that are there already are not loaded again.
        save: a folder for a table of each size and a chart of all.
    """
    found: dict[int, list[Figure]] = {}
    for size in sizes:
        with tempfile.TemporaryDirectory() as made:
            folder = Path(keep or made) / f"war-{size}"
            _loaded(folder, size)
            with MemoryStore() as theirs:
                if size <= _RDFLIB:
                    other, _ = timed(lambda: [theirs.replace(one) for one in graphs(size)])  # noqa: B023
                    row("  the same, rdflib in memory", f"{other:.1f} s")
                    row("  most memory", f"{megabytes():,.0f} MB")
                found[size] = list(_figures(folder, theirs if size <= _RDFLIB else None, limit))
        _summary(found[size], GOALS.get(size))
        if save:
            _saved(Path(save), size, found)


def _loaded(folder: Path, size: int) -> None:
    if not folder.exists():
        with open_store(folder, create=True) as made:
            seconds, _ = timed(lambda: made.fill(graphs(size)))
        row(f"load of about {size:,} triples", f"{seconds:.1f} s", f"{megabytes():,.0f} MB")
    with open_store(folder, read_only=True) as there:
        count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
        articles = "SELECT (COUNT(*) AS ?n) { ?s a ck:Article }"
        numbers = [int(there.select(one).rows[0][0] or 0) for one in (count, articles)]
    row(f"stored queries over {numbers[0]:,} triples, {numbers[1]:,} articles", "")


def _figures(folder: Path, theirs: Store | None, limit: float) -> Iterator[Figure]:
    for query in stored():
        text, halted = query.sparql(), []

        def ours(most: int | None, text: str = text) -> tuple[float, int]:
            with open_store(folder, read_only=True) as store:
                seconds, answer = timed(lambda: store.query(text, most=most))
            return seconds, len(answer.rows)

        def rdflib(text: str = text) -> tuple[float, int]:
            assert theirs is not None
            seconds, answer = timed(lambda: theirs.query(text))
            return seconds, len(answer.rows)

        first = stopped(lambda ours=ours: ours(PAGE + 1), _PATIENCE)
        every = stopped(lambda ours=ours: ours(None), _PATIENCE)
        other = stopped(rdflib, limit) if theirs is not None else None
        for name, one in (("first", first), ("all", every), ("rdflib", other)):
            if isinstance(one, Stopped):
                halted.append(name)
        if not halted and other is not None and other[1] != every[1]:
            raise SystemExit(f"{query.name}: {every[1]} rows here, {other[1]} in rdflib")
        figure = Figure(
            query.name, every[1], first[0], every[0], other[0] if other else None, " ".join(halted)
        )
        yield _shown(figure)


def _shown(figure: Figure) -> Figure:
    than = "" if figure.rdflib is None else f"rdflib {_seconds(figure, 'rdflib', figure.rdflib)}"
    row(
        f"  {figure.query} ({figure.rows:,} rows)",
        _seconds(figure, "first", figure.first),
        f"all {_seconds(figure, 'all', figure.every)}  {than}",
    )
    return figure


def _seconds(figure: Figure, name: str, seconds: float) -> str:
    return f"{'> ' if name in figure.stopped.split() else ''}{seconds:.2f} s"


def _summary(found: Sequence[Figure], goal: float | None) -> None:
    slow = [one for one in found if goal and one.first > goal]
    slowest = max(found, key=lambda one: one.first)
    row(f"  slowest first {PAGE:,} rows: {slowest.query}", f"{slowest.first:.2f} s")
    if goal:
        row(f"  over {goal:g} s, first rows", f"{len(slow)} of {len(found)}", "", "none")
        late = sum(one.every > goal for one in found)
        row(f"  over {goal:g} s, all rows", f"{late} of {len(found)}")
    both = [one for one in found if one.rdflib is not None]
    if both:
        for name in ("first", "every"):
            ratio = statistics.median(
                (one.rdflib or 0) / max(getattr(one, name), 1e-4) for one in both
            )
            stops = sum("rdflib" in one.stopped for one in both)
            what = "first rows" if name == "first" else "all rows"
            row(
                f"  median against rdflib's all rows, {what}",
                f"× {ratio:.0f}",
                f"at least: rdflib was stopped at {stops}" if stops else "",
                "≥ 10",
            )


def _saved(folder: Path, size: int, found: dict[int, list[Figure]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"stored-queries-{size}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Figure)])
        for one in found[size]:
            writer.writerow(
                [f"{value:.3f}" if isinstance(value, float) else value for value in astuple(one)]
            )
    seconds_chart(
        folder / "stored-queries.svg",
        {
            f"{number:,} triples": [(one.query, one.first, one.every) for one in figures]
            for number, figures in found.items()
        },
    )
