"""How far it is by road: asked of a routing service where there is one, else by the main roads, else
guessed from the crow's line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise, product

from tenants.kit.geo import Point, haversine_km
from tenants.kit.roads import routing
from tenants.kit.roads.graph import Join, graph, shortest_km

OVER_CROW = 1.25  # kilometres by road for one as the crow flies
OFF_ROAD = 1.3  # the same from a town to the main road


class How(StrEnum):
    ROUTING = "routing"
    ROADS = "roads"
    ESTIMATE = "estimate"


@dataclass(frozen=True, slots=True)
class Way:
    """Whole kilometres, and how they are known."""

    km: int
    how: How

    @property
    def is_by_road(self) -> bool:
        return self.how is not How.ESTIMATE


def along(points: Sequence[Point]) -> Way | None:
    """The way over all points; None when there are fewer than two."""
    if len(points) < 2:
        return None
    routed = routing.kilometres(points)
    if routed is not None:
        return Way(round(routed), How.ROUTING)
    total = 0.0
    how = How.ROADS
    for start, end in pairwise(points):
        km, leg_how = _leg(start, end)
        total += km
        how = leg_how if leg_how is How.ESTIMATE else how
    return Way(round(total), how)


def between(start: Point, end: Point) -> Way:
    way = along([start, end])
    assert way is not None
    return way


def is_on_roads(points: Sequence[Point]) -> bool:
    """Whether the whole way is known by road, not guessed; asks no service."""
    legs = [_leg(start, end) for start, end in pairwise(points)]
    kinds = {how for _km, how in legs}
    return kinds <= {How.ROADS}


@lru_cache(maxsize=8192)
def _leg(start: Point, end: Point) -> tuple[float, How]:
    """From town to town by the main roads. Where the way to them is longer than the crow's line, or
    both ends join them at one node, the roads say nothing.
    """
    crow = haversine_km(start, end)
    guess = (crow * OVER_CROW, How.ESTIMATE)
    pairs = product(graph().joins(start), graph().joins(end))
    ways = [_way(first, last) for first, last in pairs if _is_worth(first, last, crow)]
    lengths = [km for km in ways if km is not None]
    if not lengths:
        return guess
    return max(min(lengths), crow), How.ROADS


def _is_worth(first: Join, last: Join, crow: float) -> bool:
    """Whether the roads say more of this way than the crow's line does."""
    return first.node != last.node and _off_road(first, last) <= crow


def _off_road(first: Join, last: Join) -> float:
    """Kilometres to the roads and from them."""
    return (first.km + last.km) * OFF_ROAD


def _way(first: Join, last: Join) -> float | None:
    """Kilometres by these two nodes; None when no road leads from one to the other."""
    km = shortest_km(first.node, last.node)
    if km is None:
        return None
    return km + _off_road(first, last)
