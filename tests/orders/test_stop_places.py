"""A stop stores the place that the picker showed, on pages and by the API; other texts stay texts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from orders.models import Order, Stop
from orders.stop_places import spot_of_text
from tenants.drivers.models import Driver
from tenants.kit import places
from tests.orders import order_samples
from tests.orders.test_api import body
from tests.world import Cast

PICKED = ("Бишкек", "Железногорск", "Аксу", "Ставрополь", "Хоргос", "เชียงใหม่", "Россошь", "Дордой")
FORM = {
    "face": "simple",
    "stop-TOTAL_FORMS": "2",
    "stop-INITIAL_FORMS": "2",
    "stop-0-kind": "loading",
    "stop-0-on": "2026-12-01",
    "stop-1-kind": "unloading",
    "cargo-TOTAL_FORMS": "1",
    "cargo-INITIAL_FORMS": "0",
    "cargo-0-name": "Лук",
    "currency": "KGS",
    "carrier_currency": "KGS",
}


def stored(stop: Stop) -> tuple[object, ...]:
    return stop.place_id, stop.country, stop.lat, stop.lon


def meant(place: places.Place) -> tuple[object, ...]:
    return place.id, place.country, place.lat, place.lon


@pytest.mark.parametrize("text", PICKED)
def test_form_stores_what_the_picker_showed(in_alpha: Cast, browse: Any, text: str) -> None:
    browser = browse(in_alpha, "dispatcher")
    listed = browser.get("/places/", {"q": text}).json()
    assert listed and len({one["value"] for one in listed}) == len(listed)
    for one, place in zip(listed, places.resolve(text, "KG").candidates, strict=False):
        assert (one["text"], one["value"]) == (place.name("ru"), places.label(place, "ru"))
        assert one["note"] == places.whereabouts(place, "ru")
        answer = browser.post(
            "/orders/new/", FORM | {"stop-0-place": one["value"], "stop-1-place": "Ош"}
        )
        assert answer.status_code == 302
        stop = Order.objects.latest("created_at").stops.get(position=1)
        assert (stop.place, *stored(stop)) == (one["value"], *meant(place))


@pytest.mark.parametrize("text", PICKED)
def test_call_stores_what_the_picker_showed(in_alpha: Cast, call: Any, text: str) -> None:
    api = call(in_alpha, "dispatcher")
    for one in api.send("get", f"places/resolve?text={text}").json()["candidates"]:
        first = {"kind": "loading", "place_id": one["id"]}
        sent = body(in_alpha, stops=[first, {"kind": "unloading", "place": "Osh"}])
        answer = api.send("post", "orders", sent)
        assert answer.status_code == 201, answer.content
        stop, last = answer.json()["stops"]
        keys = ("country", "lat", "lon")
        assert [stop[key] for key in keys] == [one[key] for key in keys]
        assert (stop["place_id"], last["place_id"]) == (one["id"], "kg-osh")
        assert places.find(stop["place"]) is places.by_id(one["id"])
        again = api.send("patch", f"orders/{answer.json()['ref']}", {"stops": [stop, last]})
        assert again.json()["stops"] == [stop, last]


@pytest.mark.parametrize("language", ["ru", "th", "en", "ky"])
def test_every_value_of_the_picker_means_its_place(in_alpha: Cast, language: str) -> None:
    for place in places.everything():
        value = places.label(place, language)
        assert len(value) <= 120
        assert spot_of_text(value).place_id == place.id


@pytest.mark.parametrize("text", ["Аксу", "Нетоград", "Кар", "ул. Ленина 5"])
def test_text_of_no_one_place_stays_a_text(
    in_alpha: Cast, browse: Any, call: Any, text: str
) -> None:
    browser = browse(in_alpha, "dispatcher")
    browser.post("/orders/new/", FORM | {"stop-0-place": text, "stop-1-place": "Ош"})
    order = Order.objects.get()
    stop = order.stops.get(position=1)
    assert (stop.place, *stored(stop)) == (text, None, "", None, None)
    assert "Нет на карте" in browser.get(f"/orders/{order.ref}/").content.decode()
    answer = call(in_alpha, "dispatcher").send("get", f"orders/{order.ref}").json()
    assert [one["place_id"] for one in answer["stops"]] == [None, "kg-osh"]


def test_another_text_forgets_the_place_and_its_point(in_alpha: Cast, call: Any) -> None:
    api = call(in_alpha, "dispatcher")
    order = api.send("post", "orders", body(in_alpha)).json()
    stops = [{"kind": "loading", "place": "Нетоград"}, {"kind": "unloading", "place": "Osh"}]
    answer = api.send("patch", f"orders/{order['ref']}", {"stops": stops}).json()
    first = answer["stops"][0]
    assert [first[key] for key in ("place_id", "country", "lat")] == [None, "", None]


@pytest.mark.parametrize(
    ("sent", "place_id"),
    [
        ({"place": "Хоргос"}, "kz-khorgos"),
        ({"place": "Хоргос", "country": "CN"}, None),
        ({"place": "Аксу", "country": "CN"}, "cn-aqsu"),
        ({"place": "Железногорск", "lat": 56.25, "lon": 93.53}, "ru-zheleznogorsk-kya"),
        ({"place": "Бишкек", "lat": 42.83, "lon": 74.7}, "kg-bishkek"),
        ({"place": "Бишкек", "lat": 55.7, "lon": 37.6}, None),
        ({"place": "Склад на Дордое", "place_id": "kg-dordoi"}, "kg-dordoi"),
        ({"place": "МСК", "place_id": "ru-moscow"}, "ru-moscow"),
        ({"place": "Москва", "place_id": None}, "ru-moscow"),
    ],
)
def test_country_and_point_beside_a_text_decide(
    in_alpha: Cast, call: Any, sent: dict[str, object], place_id: str | None
) -> None:
    stops = [{"kind": "loading", **sent}, {"kind": "unloading", "place": "Osh"}]
    answer = call(in_alpha, "dispatcher").send("post", "orders", body(in_alpha, stops=stops))
    stop = answer.json()["stops"][0]
    assert stop["place_id"] == place_id
    kept = {name: stop[name] for name in sent if name != "place_id"}
    assert kept == {name: value for name, value in sent.items() if name != "place_id"}


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"place_id": "kg-nowhere"}, "stops.1.place_id"),
        ({"place_id": ""}, "stops.1.place_id"),
        ({"place_id": 5}, "stops.1.place_id"),
        ({"place_id": "x" * 81}, "stops.1.place_id"),
        ({"place_id": "kg-osh", "place": "Бишкек"}, "stops.1.place"),
        ({"place": ""}, "stops.1.place"),
        ({}, "stops.1.place"),
    ],
)
def test_wrong_place_is_refused_by_its_field(
    in_alpha: Cast, call: Any, sent: dict[str, object], field: str
) -> None:
    stops = [{"kind": "loading", "place": "Ош"}, {"kind": "unloading", **sent}]
    answer = call(in_alpha, "dispatcher").send("post", "orders", body(in_alpha, stops=stops))
    assert answer.status_code == 422
    assert list(answer.json()["errors"]) == [field]
    assert not Order.objects.exists()


def test_older_stops_are_read_by_text_and_point(in_alpha: Cast, call: Any) -> None:
    order = order_samples.order(in_alpha)
    first = order.stops.get(position=1)
    api = call(in_alpha, "dispatcher")
    tolyatti = places.by_id("ru-tolyatti")
    assert tolyatti
    for text, point, expected in (
        ("Бишкек", (42.87, 74.59), "kg-bishkek"),
        ("Ставрополь", (tolyatti.lat, tolyatti.lon), None),
        ("Бишкек", (None, None), None),
    ):
        Stop.objects.filter(pk=first.pk).update(
            place=text, place_id=None, lat=point[0], lon=point[1]
        )
        answer = api.send("get", f"orders/{order.ref}").json()
        assert answer["stops"][0]["place_id"] == expected


def test_clients_request_stores_the_place(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "client")
    values = {"origin": "г. Бишкек", "destination": "Аксу, Павлодарская область", "cargo": "Лук"}
    browser.post("/cabinet/orders/new/", values)
    stops = Order.objects.get().stops.order_by("position")
    assert [stop.place_id for stop in stops] == ["kg-bishkek", "kz-aksu-55"]


@pytest.mark.parametrize("sample", [order_samples.own_driver, order_samples.pool_driver])
def test_a_driver_of_any_fleet_looks_places_up(
    in_alpha: Cast, driver_browser: Any, sample: Callable[[], Driver]
) -> None:
    """The pool's drivers belong to no reseller whose country would come first."""
    listed = driver_browser(sample()).get("/places/", {"q": "Бишкек"})
    assert listed.status_code == 200
    assert listed.json()[0]["text"] == "Бишкек"
