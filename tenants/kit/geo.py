"""Distances on the globe and the grid that finds what lies near. Degrees in, kilometres out."""

from __future__ import annotations

from dataclasses import dataclass
from math import asin, cos, floor, radians, sin, sqrt

EARTH_KM = 6371.0088  # mean radius, IUGG
KM_PER_DEGREE = 111.195
CELLS_PER_DEGREE = 4  # grid cells of a quarter of a degree, about 28 km
CELLS_AROUND = 360 * CELLS_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Point:
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle that holds a circle; it never crosses the date line, which no road here does."""

    south: float
    north: float
    west: float
    east: float


def haversine_km(
    a: Point,
    b: Point,
) -> float:
    """The distance as the crow flies."""
    half_lat = radians(b.lat - a.lat) / 2
    half_lon = radians(b.lon - a.lon) / 2
    h = sin(half_lat) ** 2 + cos(radians(a.lat)) * cos(radians(b.lat)) * sin(half_lon) ** 2
    return 2 * EARTH_KM * asin(sqrt(min(1.0, h)))


def box_around(centre: Point, km: float) -> Box:
    tall = km / KM_PER_DEGREE
    # the circle is widest, in degrees, on its side nearer to the pole
    pole = min(89.0, abs(centre.lat) + tall)
    wide = km / (KM_PER_DEGREE * cos(radians(pole)))
    return Box(
        south=max(-90.0, centre.lat - tall),
        north=min(90.0, centre.lat + tall),
        west=max(-180.0, centre.lon - wide),
        east=min(180.0, centre.lon + wide),
    )


def is_point(lat: float, lon: float) -> bool:
    """Also refuses NaN, which compares false with everything."""
    return -90 <= lat <= 90 and -180 <= lon <= 180


def cell(lat: float, lon: float) -> int:
    """The number of the grid cell a point lies in; `Listing.from_cell` counts the same in SQL."""
    return floor((lat + 90) * CELLS_PER_DEGREE) * CELLS_AROUND + floor(
        (lon + 180) * CELLS_PER_DEGREE
    )


def cells_in(box: Box) -> list[int]:
    """Every cell that the rectangle touches."""
    rows = range(
        floor((box.south + 90) * CELLS_PER_DEGREE),
        floor((box.north + 90) * CELLS_PER_DEGREE) + 1,
    )
    columns = range(
        floor((box.west + 180) * CELLS_PER_DEGREE),
        floor((box.east + 180) * CELLS_PER_DEGREE) + 1,
    )
    return [row * CELLS_AROUND + column for row in rows for column in columns]
