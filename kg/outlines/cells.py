"""The cells of the outlines that a map needs."""

from __future__ import annotations

import base64
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

from kg import ontology
from kg.errors import SetupError

CELL: Final = 5.0
"""Degrees that a cell measures from side to side."""
FINE: Final = CELL / 4096
"""Degrees of a unit in a cell: about 136 m."""
WORLD: Final = 0.02
"""Degrees of a unit in the coarse world."""
MAGIC: Final = b"kg-outlines-1\n"
MOST: Final = 48
"""Most cells that a map takes."""
NEAR: Final = 2.0
"""Degrees around a point that are drawn finely, as far as cells allow."""
WIDE: Final = 6.0
"""Degrees around a point that are drawn finely while there are few cells."""
FEW: Final = 28
"""Cells up to which the wider surroundings are taken."""
_COLUMNS, _ROWS = round(360 / CELL), round(180 / CELL)

Cell = tuple[int, int]
"""Column from 180° W and row from 90° S."""


def cell(longitude: float, latitude: float) -> Cell:
    """The cell that a point lies in.

    >>> cell(35.6, 51.7)
    (43, 28)
    """
    row = math.floor((latitude + 90) / CELL)
    return math.floor((longitude + 180) / CELL) % _COLUMNS, min(max(row, 0), _ROWS - 1)


def needed(points: Iterable[tuple[float, float]], most: int = MOST) -> tuple[Cell, ...]:
    """The cells that lie around points (longitude, latitude), sorted.

    Of more than `most` those with most points are taken; of few, their surroundings as well.

    >>> len(needed([(35.6, 51.7)])), len(needed([(35.6, 51.7)], most=2))
    (12, 2)
    """
    where = list(points)
    near = _around(where, NEAR)[:most]
    wide = [one for one in _around(where, WIDE) if one not in near]
    return tuple(sorted([*near, *wide[: max(0, min(most, FEW) - len(near))]]))


def _around(points: Iterable[tuple[float, float]], degrees: float) -> list[Cell]:
    """The cells within some degrees of points, those around most points first."""
    steps = (-degrees, -degrees / 2, 0, degrees / 2, degrees)
    counted: Counter[Cell] = Counter()
    for longitude, latitude in points:
        counted.update({cell(longitude + dx, latitude + dy) for dx in steps for dy in steps})
    return sorted(counted, key=lambda one: (-counted[one], one))


def chart(cells: Iterable[Cell], *, world: bool = True) -> Mapping[str, Any]:
    """The outlines of these cells for `outlines.js`, with the coarse world unless told otherwise.

    Cells of open sea have no outlines and are left out. The values can be written as JSON.
    """
    coarse, fine = _outlines()
    found: dict[str, Any] = {
        "size": CELL,
        "units": [WORLD, FINE],
        "cells": [[*one, _text(fine[one])] for one in sorted(set(cells)) if one in fine],
    }
    return {**found, "world": _text(coarse)} if world else found


def script(name: str = "") -> str:
    """The script that decodes and draws outlines in a browser.

    Args:
        name: what a plain script is to put its functions into; empty: a module, with exports.
    """
    path = resources.files("kg.outlines").joinpath("outlines.js")
    text = path.read_text(encoding="utf-8").replace("\r\n", "\n")
    if not name:
        return text
    exported = ", ".join(re.findall(r"^export const (\w+)", text, flags=re.M))
    plain = re.sub(r"^export ", "", text, flags=re.M)
    return f"{name} = (() => {{\n{plain}return {{ {exported} }};\n}})();\n"


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


@cache
def _outlines() -> tuple[bytes, Mapping[Cell, bytes]]:
    """The coarse world, and the fine cells."""
    path = ontology.folder() / "places" / "outlines.bin"
    data = path.read_bytes()
    if not data.startswith(MAGIC):
        raise SetupError(f"{path} is not a file of outlines; reinstall conflict-kg")
    at = len(MAGIC)
    many, length = int.from_bytes(data[at : at + 2]), int.from_bytes(data[at + 2 : at + 6])
    table, at = at + 6, at + 6 + 6 * many
    world, at = data[at : at + length], at + length
    fine: dict[Cell, bytes] = {}
    for entry in range(table, table + 6 * many, 6):
        size = int.from_bytes(data[entry + 2 : entry + 6])
        fine[data[entry], data[entry + 1]] = data[at : at + size]
        at += size
    return world, fine
