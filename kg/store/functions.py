"""GeoSPARQL distance functions that give the same number in every engine.

Oxigraph's own `geof:distance` is spherical (up to 0.6 % off) and it has no
`geof:metricDistance`; rdflib has neither. Both are computed here on the WGS84 ellipsoid.
Points only: any other geometry, another reference system or an unknown unit leaves the
result unbound, as SPARQL does with a type error.
"""

from __future__ import annotations

import math
import re
from functools import cache
from typing import Final

from pyproj import Geod

METRIC: Final = "http://www.opengis.net/def/function/geosparql/metricDistance"
DISTANCE: Final = "http://www.opengis.net/def/function/geosparql/distance"
DOUBLE: Final = "http://www.w3.org/2001/XMLSchema#double"

_UNIT: Final = "http://www.opengis.net/def/uom/OGC/1.0/"
_METRES: Final[dict[str, float]] = {
    _UNIT + "metre": 1.0,
    _UNIT + "kilometre": 1000.0,
    _UNIT + "mile": 1609.344,
    _UNIT + "nauticalMile": 1852.0,
}
_CRS84: Final = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_NUMBER: Final = r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?"
_POINT: Final = re.compile(
    rf"\s*(?:<(?P<crs>[^>]*)>\s*)?POINT\s*(?:Z\s*)?\(\s*(?P<lon>{_NUMBER})\s+(?P<lat>{_NUMBER})"
    rf"(?:\s+{_NUMBER})?\s*\)\s*",
    re.IGNORECASE,
)


@cache
def _earth() -> Geod:
    return Geod(ellps="WGS84")


def point(wkt: str) -> tuple[float, float] | None:
    """Longitude and latitude in degrees of a WKT point, None for anything else.

    >>> point("POINT(35.6 51.675)")
    (35.6, 51.675)
    >>> point("LINESTRING(1 2, 3 4)")
    """
    found = _POINT.fullmatch(wkt)
    if found is None or (found["crs"] or _CRS84) != _CRS84:
        return None
    lon, lat = float(found["lon"]), float(found["lat"])
    return (lon, lat) if abs(lat) <= 90 and math.isfinite(lon) else None


def metric_distance(first: str, second: str) -> float | None:
    """Geodesic distance of two WKT points in metres, to the millimetre; None if not points.

    >>> metric_distance("POINT(0 0)", "POINT(0 1)")
    110574.389
    """
    start, end = point(first), point(second)
    if start is None or end is None:
        return None
    return round(float(_earth().inv(*start, *end)[2]), 3)


def distance(first: str, second: str, unit: str) -> float | None:
    """Geodesic distance of two WKT points in an OGC unit of length, None if not points.

    Args:
        first: WKT of a point.
        second: WKT of a point.
        unit: IRI of metre, kilometre, mile or nauticalMile in the OGC register.

    >>> distance("POINT(0 0)", "POINT(0 1)", "http://www.opengis.net/def/uom/OGC/1.0/kilometre")
    110.574389
    """
    metres, factor = metric_distance(first, second), _METRES.get(unit)
    return None if metres is None or factor is None else metres / factor
