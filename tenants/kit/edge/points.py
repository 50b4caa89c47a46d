"""Points on the map, as map programs copy them: latitude first, degrees with a decimal point."""

from __future__ import annotations

import re

from tenants.kit.geo import Point, is_point

DEGREES = r"([+-]?\d{1,3}(?:\.\d{1,15})?)°?"
POINT = re.compile(rf"{DEGREES}(?:\s*[,;]\s*|\s+){DEGREES}")


def read(text: str) -> Point | None:
    """The point that a text names; None where it names none."""
    match = POINT.fullmatch(text.strip())
    if match is None:
        return None
    lat = float(match[1])
    lon = float(match[2])
    return Point(lat, lon) if is_point(lat, lon) else None


def written(point: Point) -> str:
    """The point as `read` reads it, to a metre."""
    return f"{point.lat:.5f}, {point.lon:.5f}"
