"""How the kilometres of a listing are known."""

from __future__ import annotations

from tenants.exchange.models import Listing
from tenants.kit import roads
from tenants.kit.geo import Point


def is_by_road(listing: Listing) -> bool:
    """Whether both ends lie by the main roads; else the kilometres are a guess."""
    ends = (
        (listing.from_lat, listing.from_lon),
        (listing.to_lat, listing.to_lon),
    )
    points = [Point(lat, lon) for lat, lon in ends if lat is not None and lon is not None]
    return len(points) == len(ends) and roads.is_on_roads(points)
