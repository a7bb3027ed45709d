"""The outlines: what is in the file, and which cells a map takes."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from kg import ontology
from kg.outlines import CELL, FINE, WORLD, cell, chart, needed, script

LAYERS = ("land", "lakes", "borders", "contested", "regions")
Point = tuple[float, float]


@dataclass
class Decoded:
    """What `outlines.js` makes of a cell."""

    lines: dict[str, list[list[Point]]]
    names: dict[str, Point]
    left: int


def decoded(text: str, west: float, south: float, unit: float) -> Decoded:
    data = iter(base64.b64decode(text))

    def number() -> int:
        value = shift = 0
        while True:
            part = next(data)
            value |= (part & 127) << shift
            shift += 7
            if part < 128:
                return -(value + 1) // 2 if value % 2 else value // 2

    def line() -> Iterator[Point]:
        x = y = 0
        for _ in range(number()):
            x, y = x + number(), y + number()
            yield west + x * unit, south + y * unit

    lines = {layer: [list(line()) for _ in range(number())] for layer in LAYERS}
    names = {}
    for _ in range(number()):
        name = bytes(next(data) for _ in range(number())).decode()
        names[name] = (west + number() * unit, south + number() * unit)
        number()
    return Decoded(lines, names, len(list(data)))


def fine(x: int, y: int) -> Decoded:
    ((*_, text),) = chart([(x, y)], world=False)["cells"]
    return decoded(text, -180 + x * CELL, -90 + y * CELL, FINE)


def nearest(lines: list[list[Point]], longitude: float, latitude: float) -> float:
    """Kilometres to the nearest corner of the lines."""
    across = math.cos(math.radians(latitude))
    return min(
        111.2 * math.hypot((x - longitude) * across, y - latitude)
        for line in lines
        for x, y in line
    )


def test_the_file_is_small_and_every_cell_is_read_to_its_end() -> None:
    path = ontology.folder() / "places" / "outlines.bin"
    assert path.stat().st_size < 1_500_000
    every = [(x, y) for x in range(72) for y in range(36)]
    whole = chart(every)
    assert len(whole["cells"]) > 1000
    assert all(fine(x, y).left == 0 for x, y, _ in whole["cells"][::20])
    world = decoded(whole["world"], 0, 0, WORLD)
    assert world.left == 0
    assert "Ukraine" in world.names
    assert len(world.lines["borders"]) > 200


def test_boundaries_and_regions_stand_where_they_are() -> None:
    kursk = fine(*cell(35.2, 51.2))
    # the border crossing at Sudzha, and where the regions of Kursk and Belgorod meet the border
    assert nearest(kursk.lines["borders"], 35.09, 51.06) < 12
    assert nearest(kursk.lines["regions"], 35.57, 50.93) < 12
    assert {"Kursk", "Belgorod Oblast"} <= kursk.names.keys()
    assert kursk.lines["contested"] == []


@pytest.mark.parametrize(
    ("longitude", "latitude"),
    [(33.7, 46.2), (33.3, 35.15), (-13.0, 27.66)],
    ids=["isthmus of Crimea", "Cyprus", "Western Sahara"],
)
def test_a_boundary_that_not_all_draw_is_contested(longitude: float, latitude: float) -> None:
    assert nearest(fine(*cell(longitude, latitude)).lines["contested"], longitude, latitude) < 25


def test_a_map_takes_the_cells_around_its_points_and_no_sea() -> None:
    assert needed([]) == ()
    assert cell(-180, -90) == (0, 0)
    assert cell(179.9, 90) == (71, 35)
    assert cell(180, 0) == cell(-180, 0)
    # of few points the surroundings are taken too; of many cells those with most points
    assert (43, 28) in needed([(37.5, 52.5)])
    assert len(needed([(37.5, 52.5)])) == 9
    assert len(needed((x, y) for x in range(0, 100, 5) for y in range(0, 50, 5))) == 48
    assert needed([(37.5, 52.5), (37.6, 52.4), (2.5, 2.5)], most=1) == ((43, 28),)
    assert chart([cell(-150, -50)], world=False)["cells"] == []
    assert "world" not in chart([], world=False)


def test_a_chart_can_be_written_as_json_and_is_the_same_each_time() -> None:
    points = [(35.6, 51.7), (34.9, 50.9), (30.5, 50.4)]
    first, second = (json.dumps(chart(needed(order))) for order in (points, points[::-1]))
    assert first == second
    assert len(first) < 160_000


def test_the_script_is_a_module_and_a_plain_script() -> None:
    assert "export const outlines" in script()
    plain = script("explorer.outlines")
    assert plain.startswith("explorer.outlines = (() => {")
    assert "export" not in plain
    assert "return { project, latitude, EARTH_KM, length, outlines }" in plain
