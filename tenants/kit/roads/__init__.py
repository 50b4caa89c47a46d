"""Distances by road: (km, how) for every kilometre the product says."""

from tenants.kit.roads.distance import How, Way, along, between, is_on_roads

__all__ = ["How", "Way", "along", "between", "is_on_roads"]
