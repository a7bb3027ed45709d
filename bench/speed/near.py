"""Events × facilities in range: ours, scikit-learn's BallTree, and a double loop."""

from __future__ import annotations

import random
import time

import numpy as np
from pyproj import Geod

from bench.speed.timing import best, row
from kg.network.pairs import pairs

GEOD = Geod(ellps="WGS84")
EARTH_KM = 6371.0088
LOOP = 20_000
"""Pairs that the double loop really measures; the rest is extrapolated."""
Positions = list[tuple[float, float]]


def measure(events: int, facilities: int, *, within_km: float = 100, rounds: int = 2) -> None:
    """Prints the seconds of all three at equal answers: all pairs in range, geodesic km."""
    chance = random.Random(0)
    first, second = _points(events, chance), _points(facilities, chance)
    found: dict[str, set[tuple[int, int]]] = {}

    def ours() -> None:
        one, other, _ = pairs(first, second, within_km)
        found["ours"] = set(zip(one.tolist(), other.tolist(), strict=True))

    def tree() -> None:
        found["tree"] = _ball_tree(first, second, within_km)

    mine, theirs = best(rounds, ours, tree)
    began = time.process_time()
    for number in range(LOOP):
        a, b = first[number % events], second[number % facilities]
        GEOD.inv(a[1], a[0], b[1], b[0])
    loop = (time.process_time() - began) / LOOP * events * facilities
    assert found["ours"] == found["tree"]
    row(f"{events:,} events × {facilities:,} facilities, {within_km:g} km", f"{mine:.2f} s")
    row("  pairs in range", f"{len(found['ours']):,}")
    row("  BallTree, same pairs", f"{theirs:.2f} s", f"× {theirs / mine:.1f}", "> 1")
    row("  double loop, extrapolated", f"{loop / 3600:.1f} h", f"× {loop / mine:,.0f}")


def _points(count: int, chance: random.Random) -> Positions:
    """Points spread evenly over the inhabited latitudes."""
    return [(chance.uniform(-50, 65), chance.uniform(-180, 180)) for _ in range(count)]


def _ball_tree(first: Positions, second: Positions, within_km: float) -> set[tuple[int, int]]:
    from sklearn.neighbors import BallTree

    left, right = np.asarray(first), np.asarray(second)
    tree = BallTree(np.radians(right), metric="haversine")
    hits = tree.query_radius(np.radians(left), within_km * 1.01 / EARTH_KM)
    one = np.repeat(np.arange(len(left)), [len(some) for some in hits])
    other = np.concatenate(hits)
    _, _, metres = GEOD.inv(left[one, 1], left[one, 0], right[other, 1], right[other, 0])
    kept = metres <= within_km * 1000
    return set(zip(one[kept].tolist(), other[kept].tolist(), strict=True))
