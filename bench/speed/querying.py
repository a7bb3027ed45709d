"""Load and stored queries at a number of triples, on disk, against rdflib in memory."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.network import PER_ARTICLE, war
from bench.speed.timing import megabytes, row, timed
from kg import deadline
from kg.errors import DocumentError
from kg.rdf import ontology_graph
from kg.records import Graph
from kg.store import MemoryStore, Store, open_store, stored

PER_CLAIM = 25.9
"""Triples of the made-up war for each claim."""


def graphs(triples: int) -> Iterator[Graph]:
    """The ontology, and a made-up war of about so many triples; the same for the same number."""
    yield ontology_graph()
    yield from islice(war(int(triples / PER_CLAIM / PER_ARTICLE) * PER_ARTICLE), None)


def measure(triples: int, *, limit: float = 60) -> None:
    """Prints the seconds of both, and the median of the ratios over the stored queries.

    Args:
        triples: about how many.
        limit: seconds after which rdflib is stopped at a query; the limit is what it took then.
    """
    with tempfile.TemporaryDirectory() as folder:
        with open_store(Path(folder) / "store", create=True) as made:
            loaded, _ = timed(lambda: made.fill(graphs(triples)))
            held = made.counts()
        row(f"load {held.quads:,} triples, {held.articles:,} articles", f"{loaded:.1f} s")
        row("most memory", f"{megabytes():,.0f} MB")
        with open_store(Path(folder) / "store", read_only=True) as ours, MemoryStore() as theirs:
            other, _ = timed(lambda: [theirs.replace(graph) for graph in graphs(triples)])
            row("the same, rdflib in memory", f"{other:.1f} s", f"× {other / loaded:.1f}")
            row("most memory", f"{megabytes():,.0f} MB")
            ratios = [_query(ours, theirs, query.name, query.sparql(), limit) for query in stored()]
    ratios.sort()
    row("stored queries, median", f"× {statistics.median(ratios):.0f}", "rdflib's time", "≥ 10")


def _query(ours: Store, theirs: Store, name: str, sparql: str, limit: float) -> float:
    first, answer = timed(lambda: ours.query(sparql))
    stopped = ""
    try:
        with deadline.within(limit):
            second, same = timed(lambda: theirs.query(sparql))
        stopped = "" if len(same.rows) == len(answer.rows) else "other rows!"
    except DocumentError:
        second, stopped = limit, "stopped"
    ratio = second / max(first, 1e-4)
    row(
        f"  {name} ({len(answer.rows):,} rows)",
        f"{first:.3f} s",
        f"rdflib {second:.2f} s, × {ratio:.0f} {stopped}",
        "" if first <= 1 else "over 1 s",
    )
    return ratio
