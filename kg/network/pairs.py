"""Pairs of points within a distance of each other, without looking at all pairs.

Candidates come from a k-d tree over the unit sphere, where a chord grows with the angle; all
of them are then measured on the ellipsoid in one call (Karney 2013, through PROJ).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from pyproj import Geod
from scipy.spatial import cKDTree

Numbers = np.ndarray[tuple[int], np.dtype[np.float64]]
Indices = np.ndarray[tuple[int], np.dtype[np.int64]]

_EARTH_KM = 6371.0088
_GEOD = Geod(ellps="WGS84")
_MARGIN = 1.01
"""A sphere is off by up to 0.6 %."""
_BATCH = 2000
"""Points of the first kind that are looked up at a time, so that memory stays flat."""

Positions = Sequence[tuple[float, float]]
"""(latitude, longitude) in degrees."""


def pairs(
    first: Positions, second: Positions, within_km: float
) -> tuple[Indices, Indices, Numbers]:
    """Index of the first point, of the second, and geodesic km, for all pairs in range.

    Sorted by the first index, then by the second.

    >>> one, other, km = pairs([(0, 0), (50, 8)], [(0, 1), (51, 8), (0.5, 0)], 112)
    >>> one.tolist(), other.tolist(), km.round(1).tolist()
    ([0, 0, 1], [0, 2, 1], [111.3, 55.3, 111.2])
    """
    empty = (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    if not len(first) or not len(second):
        return empty
    left, right = np.asarray(first, float), np.asarray(second, float)
    angle = min(within_km * _MARGIN / _EARTH_KM, math.pi)
    tree = cKDTree(_sphere(right))
    chord = 2 * math.sin(angle / 2)
    found = []
    for start in range(0, len(left), _BATCH):
        some = left[start : start + _BATCH]
        near = tree.query_ball_point(_sphere(some), chord, return_sorted=True)
        counts = np.fromiter(map(len, near), np.int64, len(some))
        one = np.repeat(np.arange(start, start + len(some)), counts)
        if not len(one):
            continue
        other = np.concatenate([np.asarray(hits, np.int64) for hits in near if hits])
        _, _, metres = _GEOD.inv(left[one, 1], left[one, 0], right[other, 1], right[other, 0])
        kept = metres <= within_km * 1000
        found.append((one[kept], other[kept], metres[kept] / 1000))
    if not found:
        return empty
    one, other, km = (np.concatenate(columns) for columns in zip(*found, strict=True))
    return one, other, km


def _sphere(
    positions: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    latitude, longitude = np.radians(positions[:, 0]), np.radians(positions[:, 1])
    across = np.cos(latitude)
    return np.column_stack(
        (across * np.cos(longitude), across * np.sin(longitude), np.sin(latitude))
    )
