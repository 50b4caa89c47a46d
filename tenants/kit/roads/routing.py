"""Asks a routing service for kilometres: OSRM's HTTP interface, or Valhalla's where the address says
`valhalla+http://…`. It has two seconds; when it is away, nobody asks it again for a minute.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import lru_cache
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from itertools import pairwise
from urllib.parse import quote, urlsplit

import structlog
from django.conf import settings
from django.core.cache import cache

from tenants.kit.geo import Point, haversine_km

log = structlog.get_logger()

VALHALLA = "valhalla+"
PATIENCE = 2.0  # seconds for an answer, whatever the service does
PAUSE = 60.0  # seconds without asking after it failed
KEPT = 30 * 24 * 3600
MOST_BYTES = 1_000_000
MOST_KM = 40_000
LEAST_OF_CROW = 0.9  # a way shorter than the crow's line is no answer; towns are not points

_away_until = 0.0


class BadAnswer(Exception):
    """The service said something that is no distance."""


def kilometres(points: Sequence[Point]) -> float | None:
    """The way over the points; None without a service, or when it does not answer."""
    base = settings.ROUTING_URL
    if not base or time.monotonic() < _away_until:
        return None
    key = _key(base, points)
    kept = cache.get(key)
    if isinstance(kept, float):
        return kept
    km = _answer(base, points)
    if km is not None:
        cache.set(key, km, KEPT)
    return km


def _answer(base: str, points: Sequence[Point]) -> float | None:
    """What the service says in time; None when it does not."""
    global _away_until
    future = _pool().submit(_ask, base, points)
    try:
        return future.result(timeout=PATIENCE)
    except (OSError, HTTPException, BadAnswer, TimeoutError) as problem:
        future.cancel()
        _away_until = time.monotonic() + PAUSE
        log.warning("routing_away", problem=repr(problem))
        return None


@lru_cache(maxsize=1)
def _pool() -> ThreadPoolExecutor:
    """A few threads: the sockets' own patience starts again with every byte, ours does not."""
    return ThreadPoolExecutor(max_workers=4, thread_name_prefix="routing")


def _ask(base: str, points: Sequence[Point]) -> float:
    is_valhalla = base.startswith(VALHALLA)
    url = urlsplit(base.removeprefix(VALHALLA))
    path = _valhalla_path(points) if is_valhalla else _osrm_path(points)
    kind = HTTPSConnection if url.scheme == "https" else HTTPConnection
    with closing(kind(url.netloc, timeout=PATIENCE)) as connection:
        connection.request("GET", f"{url.path.rstrip('/')}/{path}")
        answer = connection.getresponse()
        body = answer.read(MOST_BYTES)
    if answer.status != 200:
        raise BadAnswer(f"status {answer.status}")
    km = _valhalla_km(body) if is_valhalla else _osrm_km(body)
    return _plausible(km, points)


def _osrm_path(points: Sequence[Point]) -> str:
    """OSRM's own order of degrees: longitude first."""
    places = [f"{point.lon:.5f},{point.lat:.5f}" for point in points]
    way = ";".join(places)
    return f"route/v1/driving/{way}?overview=false"


def _valhalla_path(points: Sequence[Point]) -> str:
    question = {
        "locations": [{"lat": point.lat, "lon": point.lon} for point in points],
        "costing": "truck",
        "units": "kilometers",
        "directions_type": "none",
    }
    return f"route?json={quote(json.dumps(question))}"


def _osrm_km(body: bytes) -> float:
    """OSRM answers in metres."""
    try:
        answer = json.loads(body)
        return float(answer["routes"][0]["distance"]) / 1000
    except (ValueError, KeyError, IndexError, TypeError) as problem:
        raise BadAnswer(repr(problem)) from problem


def _valhalla_km(body: bytes) -> float:
    """Valhalla answers in the units it was asked for."""
    try:
        answer = json.loads(body)
        return float(answer["trip"]["summary"]["length"])
    except (ValueError, KeyError, TypeError) as problem:
        raise BadAnswer(repr(problem)) from problem


def _plausible(km: float, points: Sequence[Point]) -> float:
    """The answer, when it may be a way over these points. Raises BadAnswer."""
    crow = 0.0
    for start, end in pairwise(points):
        crow += haversine_km(start, end)
    most = MOST_KM * len(points)
    if not crow * LEAST_OF_CROW <= km <= most:
        raise BadAnswer(f"{km} km where the crow flies {crow:.0f}")
    return km


def _key(base: str, points: Sequence[Point]) -> str:
    """The service and the points to some ten metres, as a name in the cache."""
    places = [f"{point.lat:.4f},{point.lon:.4f}" for point in points]
    question = " ".join([base, *places])
    digest = sha256(question.encode())
    return f"routing:{digest.hexdigest()}"
