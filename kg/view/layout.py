"""Where nodes stand: computed here once, so that the page opens still and is the same each time.

Stress majorisation (Gansner, Koren and North 2004) on hop distances gives each connected part
an even picture; boxes that would overlap are pushed apart; the parts are packed round the
largest. Facts that start hidden are set in a ring round what they are about.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import networkx as nx
import numpy as np
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import shortest_path
from scipy.spatial import cKDTree

Positions = Mapping[str, tuple[int, int]]
_Array = np.ndarray[tuple[int, ...], np.dtype[np.float64]]

EDGE = 100.0
"""Wanted length of an edge between two nodes with few others, in pixels at full size."""


def layout(
    nodes: Sequence[str],
    links: Iterable[tuple[str, str]],
    *,
    rooms: Mapping[str, tuple[float, float]],
    satellites: Mapping[str, str],
) -> Positions:
    """A point for each node in pixels; the same input gives the same points.

    Args:
        nodes: all to be placed, in order.
        links: pairs of nodes that should stand near each other.
        rooms: width and height that a node with its label takes, in pixels.
        satellites: nodes to be set round another one, instead of by their links.
    """
    kept = [node for node in nodes if node not in satellites]
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(kept)
    graph.add_edges_from(sorted({(a, b) for a, b in links if a in graph and b in graph and a != b}))
    parts = sorted(nx.connected_components(graph), key=lambda part: (-len(part), min(part)))
    placed = [_part(graph, sorted(part), rooms) for part in parts]
    points = _packed([(sorted(part), spots) for part, spots in zip(parts, placed, strict=True)])
    points |= _ringed(points, satellites, nodes)
    return {node: (round(x), round(y)) for node, (x, y) in points.items()}


def _part(
    graph: nx.Graph[str], part: list[str], rooms: Mapping[str, tuple[float, float]]
) -> _Array:
    count = len(part)
    if count == 1:
        return np.zeros((1, 2))
    number = {node: index for index, node in enumerate(part)}
    pairs = [(number[a], number[b]) for a, b in sorted(graph.subgraph(part).edges)]
    degree = np.array([graph.degree[node] for node in part], dtype=float)
    # A hub needs a longer rim for its leaves.
    lengths = [1.0 + 0.28 * math.sqrt(max(degree[a], degree[b])) for a, b in pairs]
    rows, columns = zip(*pairs, strict=True)
    matrix = coo_matrix((lengths, (rows, columns)), shape=(count, count)).tocsr()
    wanted = np.asarray(shortest_path(matrix, method="D", directed=False), dtype=float) * EDGE
    spots = _stress(wanted, _start(wanted))
    boxes = np.array([rooms[node] for node in part])
    spots = _apart(spots, boxes)
    # the long side lies flat, as screens do
    centred = spots - spots.mean(axis=0)
    _, axes = np.linalg.eigh(np.einsum("ij,ik->jk", centred, centred))
    turned = np.einsum("ij,jk->ik", centred, axes[:, ::-1])
    turned *= np.where(turned[np.abs(turned).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    return _apart(turned, boxes)


_PIVOTS = 40


def _start(wanted: _Array) -> _Array:
    """A first picture from distances to a few pivots (Brandes and Pich 2006), free of chance."""
    count = len(wanted)
    pivots = [int(wanted.sum(axis=1).argmax())]
    while len(pivots) < min(_PIVOTS, count):
        pivots.append(int(wanted[:, pivots].min(axis=1).argmax()))
    square = wanted[:, pivots] ** 2
    centred = square.mean(axis=0) + square.mean(axis=1)[:, None] - square.mean() - square
    _, vectors = np.linalg.eigh(np.einsum("ij,ik->jk", centred, centred))
    spots = np.einsum("ij,jk->ik", centred, vectors[:, ::-1][:, :2])
    if spots.shape[1] < 2:
        spots = np.column_stack((spots, np.zeros(count)))
    spots *= np.where(spots[np.abs(spots).argmax(axis=0), [0, 1]] < 0, -1.0, 1.0)
    spread = np.maximum(np.abs(spots).max(axis=0), 1e-9)
    spots *= float(wanted.max()) / 2 / spread.max()
    turn = np.arange(count) * 2.399963  # golden angle: leaves of one hub begin apart
    started: _Array = spots + 8.0 * np.column_stack((np.cos(turn), np.sin(turn)))
    return started


def _stress(wanted: _Array, spots: _Array, rounds: int = 60) -> _Array:
    """Majorisation until nothing moves visibly, or `rounds` times.

    Sums run through einsum and not through a BLAS library, whose threads wait for each other
    on a busy machine and whose last digits differ between machines.
    """
    with np.errstate(divide="ignore"):
        weights = np.where(wanted > 0, wanted**-2.0, 0.0)
    total = weights.sum(axis=1)[:, None]
    pull = weights * wanted
    still = 0.004 * float(wanted.max())
    for _ in range(rounds):
        square = (spots**2).sum(axis=1)
        gaps = square[:, None] + square[None, :] - 2.0 * np.einsum("ik,jk->ij", spots, spots)
        np.maximum(gaps, 1e-6, out=gaps)
        np.sqrt(gaps, out=gaps)
        np.divide(pull, gaps, out=gaps)
        np.fill_diagonal(gaps, 0.0)
        pulled = np.einsum("ij,jk->ik", weights - gaps, spots)
        after = (spots * gaps.sum(axis=1)[:, None] + pulled) / total
        moved = float(np.abs(after - spots).max())
        spots = after
        if moved < still:
            break
    return spots


def _apart(spots: _Array, boxes: _Array, rounds: int = 160) -> _Array:
    """Pushes overlapping boxes apart along the way that is shorter."""
    spots = spots.copy()
    reach = float(np.hypot(boxes[:, 0].max(), boxes[:, 1].max()))
    for _ in range(rounds):
        pairs = cKDTree(spots).query_pairs(reach, output_type="ndarray")
        one, two = pairs[:, 0], pairs[:, 1]
        delta = spots[one] - spots[two]
        over = (boxes[one] + boxes[two]) / 2 - np.abs(delta)
        hit = (over > 0.5).all(axis=1)
        if not hit.any():
            break
        one, two, delta, over = one[hit], two[hit], delta[hit], over[hit]
        flat = over[:, 0] < over[:, 1] * 1.6
        # two nodes on one point part by their order
        push = np.where(delta == 0, -1.0, np.sign(delta)) * over * 0.5
        push[:, 0] *= flat
        push[:, 1] *= ~flat
        load = np.bincount(np.concatenate((one, two)), minlength=len(spots))
        shift = np.zeros_like(spots)
        np.add.at(shift, one, push)
        np.subtract.at(shift, two, push)
        spots += shift / np.sqrt(np.maximum(load, 1))[:, None]
    return spots


_ASPECT = 1.05
"""Width to height of the whole picture, about that of the space beside the panels."""


def _packed(parts: list[tuple[list[str], _Array]]) -> dict[str, tuple[float, float]]:
    """Sets the parts beside each other, largest first, each where the picture grows least."""
    points: dict[str, tuple[float, float]] = {}
    boxes: list[tuple[float, float, float, float]] = []
    sizes = [spots.max(axis=0) - spots.min(axis=0) + (110.0, 64.0) for _, spots in parts]
    order = sorted(range(len(parts)), key=lambda at: (-float(sizes[at].prod()), parts[at][0][0]))
    for at in order:
        wide, tall = (float(side) for side in sizes[at])
        x, y = _corner(boxes, wide, tall)
        boxes.append((x, y, x + wide, y + tall))
        names, spots = parts[at]
        low = spots.min(axis=0)
        for node, (dx, dy) in zip(names, (spots - low).tolist(), strict=True):
            points[node] = (x + dx + 55, y + dy + 32)
    return points


def _corner(
    boxes: list[tuple[float, float, float, float]], wide: float, tall: float
) -> tuple[float, float]:
    """The free corner beside the boxes already set that keeps the whole smallest and in shape."""
    if not boxes:
        return 0.0, 0.0
    right, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    # corners of the latest boxes suffice, and keep the search short
    spots = {(0.0, bottom), (right, 0.0)}
    for left, top, edge, foot in boxes[-60:]:
        spots |= {(edge, top), (left, foot)}
    free = [
        (x, y)
        for x, y in spots
        if not any(
            x < box[2] - 1 and box[0] < x + wide - 1 and y < box[3] - 1 and box[1] < y + tall - 1
            for box in boxes
        )
    ]

    def cost(spot: tuple[float, float]) -> tuple[float, float, float]:
        width, height = max(right, spot[0] + wide), max(bottom, spot[1] + tall)
        return (max(width, height * _ASPECT), spot[1], spot[0])

    return min(free, key=cost)


def _ringed(
    points: Mapping[str, tuple[float, float]],
    satellites: Mapping[str, str],
    nodes: Sequence[str],
) -> dict[str, tuple[float, float]]:
    rings: defaultdict[str, list[str]] = defaultdict(list)
    for node in nodes:
        if node in satellites:
            centre = satellites[node]
            # a claim about a figure stands where the figure's event is
            seen = {node}
            while centre in satellites and centre not in seen:
                seen.add(centre)
                centre = satellites[centre]
            rings[centre].append(node)
    placed: dict[str, tuple[float, float]] = {}
    below = max((y for _, y in points.values()), default=0.0) + 140
    for index, (centre, ring) in enumerate(sorted(rings.items())):
        x, y = points.get(centre, (90.0 * index, below))
        for place, node in enumerate(ring):
            circle, slot = divmod(place, 8)
            angle = slot * math.tau / min(8, len(ring)) + 0.4 + circle * 0.39
            reach = 46 + 34 * circle
            placed[node] = (x + reach * math.cos(angle), y + reach * math.sin(angle))
    return placed
