"""The graph of main roads: towns, border posts and junctions, with kilometres between neighbours.

roads.csv and nodes.csv are compiled by hand from kilometre posts and published lengths. Searching, a
border costs 100 km more, which are not counted: else Bishkek - Osh would lead through Uzbekistan.
"""

from __future__ import annotations

import csv
import heapq
from dataclasses import dataclass
from functools import lru_cache
from math import inf
from pathlib import Path
from typing import NamedTuple

from tenants.kit.geo import Point, haversine_km
from tenants.kit.places import everything

HERE = Path(__file__).parent
BORDER_KM = 100
DEGREES_AROUND = 3.0
JOINS = 3
IN_TOWN_KM = 5
NEAR_KM = 50
FARTHEST_KM = 150  # a place farther from every main road is not joined to one

Node = tuple[str, str]  # English name and country
Neighbours = dict[Node, float]


class Join(NamedTuple):
    """A node, and how far it is as the crow flies."""

    km: float
    node: Node


@dataclass(frozen=True, slots=True)
class Graph:
    """Where the nodes lie, and the roads between them."""

    points: dict[Node, Point]
    roads: dict[Node, Neighbours]

    def joins(self, point: Point) -> list[Join]:
        """Where the point joins the roads: at the node in whose town it lies, else at the nearest
        ones, since a way that passes by need not turn back.
        """
        around = [node for node in self.roads if _is_around(self.points[node], point)]
        away = [Join(haversine_km(point, self.points[node]), node) for node in around]
        joins = sorted(away)[:JOINS]
        if not joins or joins[0].km > FARTHEST_KM:
            return []
        if joins[0].km <= IN_TOWN_KM:
            return joins[:1]
        return [join for join in joins if join is joins[0] or join.km <= NEAR_KM]


@lru_cache(maxsize=1)
def graph() -> Graph:
    points = _points()
    roads: dict[Node, Neighbours] = {}
    for row in _rows("roads.csv"):
        start = (row["from"], row["from_country"])
        end = (row["to"], row["to_country"])
        km = float(row["km"])
        roads.setdefault(start, {})[end] = km
        roads.setdefault(end, {})[start] = km
    return Graph(points, roads)


@lru_cache(maxsize=4096)
def shortest_km(start: Node, end: Node) -> float | None:
    """Kilometres of the cheapest way; None when no road leads there."""
    costs = {start: 0.0}
    queue = [(0.0, 0.0, start)]
    while queue:
        cost, km, node = heapq.heappop(queue)
        if node == end:
            return km
        if cost > costs[node]:
            continue
        for neighbour, length in graph().roads[node].items():
            total = cost + length + _border_km(node, neighbour)
            if total < costs.get(neighbour, inf):
                costs[neighbour] = total
                heapq.heappush(queue, (total, km + length, neighbour))
    return None


def _border_km(node: Node, neighbour: Node) -> float:
    return 0 if node[1] == neighbour[1] else BORDER_KM


def _is_around(node: Point, point: Point) -> bool:
    lat = abs(node.lat - point.lat)
    lon = abs(node.lon - point.lon)
    return lat < DEGREES_AROUND and lon < DEGREES_AROUND


def _points() -> dict[Node, Point]:
    """Nodes lie where the list of places says, but where a file of their own knows better."""
    points: dict[Node, Point] = {}
    for place in everything():
        points[place.english, place.country] = place.point
    for row in _rows("nodes.csv"):
        node = (row["name"], row["country"])
        points[node] = Point(float(row["lat"]), float(row["lon"]))
    return points


def _rows(file: str) -> list[dict[str, str]]:
    path = HERE / file
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))
