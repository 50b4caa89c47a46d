"""Kilometres by road: the known routes, what the graph does not say, and a routing service that
answers, is slow, is down or talks nonsense.
"""

from __future__ import annotations

import csv
import http.server
import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit import places, roads
from tenants.kit.geo import Point, haversine_km
from tenants.kit.roads import How, routing
from tenants.kit.roads.graph import graph

GOLDEN = Path(__file__).parents[1] / "golden" / "roads_known.csv"
KNOWN = list(csv.DictReader(GOLDEN.read_text(encoding="utf-8").splitlines()))
TOLERANCE = 0.06
points = st.sampled_from([place.point for place in places.everything()])


def at(text: str) -> Point:
    place = places.find(text)
    assert place
    return place.point


@pytest.mark.parametrize("row", KNOWN, ids=lambda row: f"{row['from']}-{row['to']}")
def test_known_route_is_met(row: dict[str, str]) -> None:
    start = graph().points[row["from"], row["from_country"]]
    end = graph().points[row["to"], row["to_country"]]
    way = roads.between(start, end)
    assert way.km == pytest.approx(float(row["km"]), rel=TOLERANCE)
    assert way.how is How.ROADS


def test_every_road_joins_known_nodes() -> None:
    assert set(graph().roads) <= set(graph().points)
    for start, neighbours in graph().roads.items():
        for end, km in neighbours.items():
            crow = haversine_km(graph().points[start], graph().points[end])
            assert km >= crow * 0.98, (start, end)


@pytest.mark.parametrize(
    ("start", "end", "km"),
    [
        ("Бишкек", "Ош", 670),
        ("Сокулук", "Ош", 645),
        ("Химки", "Тольятти", 1010),
        ("Бишкек", "Москва", 3800),
    ],
)
def test_town_joins_the_roads_near_it(start: str, end: str, km: int) -> None:
    way = roads.between(at(start), at(end))
    assert way.km == pytest.approx(km, rel=0.05)
    assert way.is_by_road


@pytest.mark.parametrize(
    ("start", "end"), [("Дубай", "Бишкек"), ("Владивосток", "Москва"), ("Бишкек", "Дордой")]
)
def test_where_no_road_is_known_the_crow_is_asked(start: str, end: str) -> None:
    way = roads.between(at(start), at(end))
    crow = haversine_km(at(start), at(end))
    assert way.km >= round(crow)
    if start != "Бишкек":
        assert (way.km, way.how) == (round(crow * 1.25), How.ESTIMATE)


def test_one_guessed_leg_makes_the_whole_way_a_guess() -> None:
    stops = [at("Бишкек"), at("Ош"), at("Дубай")]
    way = roads.along(stops)
    assert way and way.how is How.ESTIMATE and not roads.is_on_roads(stops)
    assert roads.along(stops[:1]) is None and roads.is_on_roads(stops[:2])


@given(points, points)
def test_way_is_as_long_there_as_back_and_never_shorter_than_the_crow(a: Point, b: Point) -> None:
    there = roads.between(a, b)
    assert there == roads.between(b, a)
    assert there.km >= round(haversine_km(a, b))


@dataclass
class Service:
    """A routing service on this machine: what it answers, how slowly, and what it was asked."""

    url: str = ""
    status: int = 200
    body: bytes = b""
    seconds: float = 0.0
    drips: bool = False
    questions: list[str] = field(default_factory=list)


def _handler(service: Service) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            service.questions.append(self.path)
            time.sleep(service.seconds)
            self.send_response(service.status)
            self.send_header("Content-Length", str(len(service.body)))
            self.end_headers()
            with suppress(ConnectionError):
                self._write()

        def _write(self) -> None:
            for at in range(len(service.body)):
                self.wfile.write(service.body[at : at + 1])
                if service.drips:
                    time.sleep(0.3)

        def log_message(self, *_args: object) -> None:
            """A test says nothing."""

    return Handler


@pytest.fixture
def service(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Service]:
    service = Service()
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    server.daemon_threads = True
    server.block_on_close = False
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    service.url = settings.ROUTING_URL = f"http://127.0.0.1:{server.server_port}"
    monkeypatch.setattr(routing, "_away_until", 0.0)
    cache.clear()
    yield service
    server.shutdown()
    server.server_close()
    thread.join()
    cache.clear()


def osrm(metres: object) -> bytes:
    return json.dumps({"code": "Ok", "routes": [{"distance": metres}]}).encode()


def test_service_is_asked_once_and_its_answer_kept(service: Service) -> None:
    service.body = osrm(683_400)
    way = roads.between(at("Бишкек"), at("Ош"))
    assert (way.km, way.how) == (683, How.ROUTING)
    assert roads.between(at("Бишкек"), at("Ош")) == way
    (path,) = service.questions
    assert path.startswith("/route/v1/driving/74.59000,42.87000;72.79850,40.52830")


def test_all_stops_are_asked_at_once(service: Service) -> None:
    service.body = osrm(800_000)
    way = roads.along([at("Бишкек"), at("Ош"), at("Джалал-Абад")])
    assert way and way.km == 800 and len(service.questions) == 1


def test_valhalla_answers_beside_osrm(service: Service, settings: Any) -> None:
    settings.ROUTING_URL = f"valhalla+{service.url}"
    service.body = json.dumps({"trip": {"summary": {"length": 691.2}}}).encode()
    way = roads.between(at("Бишкек"), at("Ош"))
    assert (way.km, way.how) == (691, How.ROUTING)
    assert service.questions[0].startswith("/route?json=")


@pytest.mark.slow
@pytest.mark.parametrize("drips", [False, True])
def test_slow_service_is_waited_for_two_seconds(service: Service, drips: bool) -> None:
    service.body = osrm(683_400)
    service.drips = drips
    service.seconds = 0 if drips else 6
    began = time.monotonic()
    way = roads.between(at("Бишкек"), at("Ош"))
    assert time.monotonic() - began < 2.6
    assert (way.km, way.how) == (670, How.ROADS)
    again = time.monotonic()
    roads.between(at("Бишкек"), at("Нарын"))
    assert time.monotonic() - again < 0.5, "a service that failed is left alone for a while"


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b"<html>garbage</html>"),
        (200, b"\xff\x00"),
        (200, b""),
        (200, b'{"code": "NoRoute", "routes": []}'),
        (200, b"[]"),
        (200, b'{"routes": [{"distance": null}]}'),
        (200, b'{"routes": [{"distance": NaN}]}'),
        (200, osrm(-5)),
        (200, osrm(12)),
        (200, osrm(10**30)),
        (500, osrm(683_400)),
        (404, b""),
        (302, b""),
    ],
)
def test_garbage_is_no_distance(service: Service, status: int, body: bytes) -> None:
    service.status = status
    service.body = body
    way = roads.between(at("Бишкек"), at("Ош"))
    assert (way.km, way.how) == (670, How.ROADS)


def test_service_that_is_down_is_no_hindrance(service: Service, settings: Any) -> None:
    settings.ROUTING_URL = "http://127.0.0.1:9"
    way = roads.between(at("Бишкек"), at("Ош"))
    assert (way.km, way.how) == (670, How.ROADS)
