"""Places by name in Russian, Thai, Kyrgyz and English: cities, border posts, ports, markets."""

from tenants.kit.places.data import by_id, country_name, everything, region_name, whereabouts
from tenants.kit.places.index import named
from tenants.kit.places.nearness import nearest
from tenants.kit.places.place import Place
from tenants.kit.places.resolving import Resolution, Result, find, label, resolve, search

__all__ = [
    "Place",
    "Resolution",
    "Result",
    "by_id",
    "country_name",
    "everything",
    "find",
    "label",
    "named",
    "nearest",
    "region_name",
    "resolve",
    "search",
    "whereabouts",
]
