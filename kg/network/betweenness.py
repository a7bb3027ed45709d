"""Betweenness of all nodes: the share of the shortest paths between others that lead through each.

Brandes' algorithm (2001), from many sources at a time as products of matrices; of a large
network from a sample of sources (Brandes and Pich 2007), those whose names have the least digests.
"""

from __future__ import annotations

from hashlib import sha256

import networkx as nx
import numpy as np
from scipy.sparse import csr_array

SAMPLED_ABOVE = 1500
"""Above this many nodes betweenness is estimated from that many of them."""
_CELLS = 4_000_000
"""Numbers in one matrix of paths at most, so that memory stays flat."""

Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]


def betweenness(graph: nx.Graph[str]) -> dict[str, float]:
    """For each node of an undirected graph without weights its betweenness, 0 to 1.

    >>> betweenness(nx.path_graph(["a", "b", "c"]))
    {'a': 0.0, 'b': 1.0, 'c': 0.0}
    """
    names = sorted(graph)
    size = len(names)
    if size < 3:
        return dict.fromkeys(graph, 0.0)
    number = {name: at for at, name in enumerate(names)}
    ends = sorted((number[one], number[two]) for one, two in graph.edges if one != two)
    rows = np.array([one for one, _ in ends] + [two for _, two in ends], np.int64)
    columns = np.array([two for _, two in ends] + [one for one, _ in ends], np.int64)
    beside = csr_array((np.ones(len(rows)), (rows, columns)), shape=(size, size))
    sources = list(range(size))
    if size > SAMPLED_ABOVE:
        sources = sorted(sources, key=lambda at: sha256(names[at].encode()).digest())
        sources = sorted(sources[:SAMPLED_ABOVE])
    total = np.zeros(size)
    step = max(1, _CELLS // size)
    for first in range(0, len(sources), step):
        total += _through(beside, sources[first : first + step])
    total *= size / len(sources) / ((size - 1) * (size - 2))
    return {name: float(total[number[name]]) for name in graph}


def _through(beside: csr_array, sources: list[int]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How much of the shortest paths from the sources leads through each node, summed."""
    size = beside.shape[0]
    paths: Matrix = np.zeros((size, len(sources)))
    paths[sources, range(len(sources))] = 1
    level, levels = paths.copy(), []
    while level.any():
        levels.append(level > 0)
        level = beside @ level
        level[paths > 0] = 0
        paths += level
    gone: Matrix = np.zeros_like(paths)
    for near, far in zip(levels[-2::-1], levels[:0:-1], strict=True):
        share = np.divide(1 + gone, paths, out=np.zeros_like(paths), where=far)
        gone += (beside @ share) * np.where(near, paths, 0)
    gone[sources, range(len(sources))] = 0
    return np.asarray(gone.sum(axis=1))
