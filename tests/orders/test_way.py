"""Kilometres of an order: on its form while places are chosen, kept with it, on its card, by API."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import pytest

from orders import drafting
from orders.carrier_view import way_of
from orders.drafts import MOST_STOPS, data_of
from orders.models import Order
from tenants.kit import places, roads
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.world import Cast


def between(start: str, end: str) -> roads.Way:
    ends = [places.find(start), places.find(end)]
    way = roads.along([place.point for place in ends if place])
    assert way
    return way


def answer(browser: Any, *names: str) -> Any:
    return browser.get("/places/way/?" + urlencode([("place", name) for name in names]))


def test_the_form_is_told_the_way_by_road(alpha: Cast, browse: Any) -> None:
    way = between("Бишкек", "Ош")
    body = answer(browse(alpha, "dispatcher"), "Бишкек", "Ош").json()
    assert body == {"km": way.km, "how": "roads", "text": f"{way.km} км по дорогам"}
    three = answer(browse(alpha, "dispatcher"), "Бишкек", "Алматы", "Ош").json()
    assert three["km"] > way.km


@pytest.mark.parametrize(
    "names",
    [(), ("Ош",), ("Ош", "Неведомск"), ("Ош", "Бишкек") * MOST_STOPS],
)
def test_nothing_is_told_while_two_places_are_not_known(
    alpha: Cast, browse: Any, names: tuple[str, ...]
) -> None:
    body = answer(browse(alpha, "dispatcher"), *names)
    assert (body.status_code, body.json()) == (200, {"km": None, "how": None, "text": ""})


def test_the_way_is_for_who_enters_orders_or_asks_for_one(alpha: Cast, browse: Any) -> None:
    assert answer(browse(alpha, "client"), "Бишкек", "Ош").json()["how"] == "roads"
    assert answer(browse(alpha, "partner"), "Бишкек", "Ош").status_code == 404
    assert answer(browse(alpha, "accountant"), "Бишкек", "Ош").status_code == 404


def test_the_way_is_kept_with_the_order_and_follows_its_stops(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha)
    first = way_of(order)
    row = Order.objects.get(pk=order.pk)
    assert first and (row.distance_km, row.distance_how) == (first.km, "roads")
    data = data_of(row)
    start, end = data.stops
    moved = order_samples.replace(end, place="Алматы", lat=43.24, lon=76.89)
    drafting.edit(
        order=row,
        data=order_samples.replace(data, stops=(start, moved)),
        by=in_alpha.actor("dispatcher"),
        at=NOW,
    )
    after = Order.objects.get(pk=order.pk)
    assert after.distance_km not in (None, first.km)
    assert way_of(after) == roads.Way(after.distance_km or 0, roads.How.ROADS)


def test_an_order_from_before_is_counted_when_it_is_shown(
    in_alpha: Cast, browse: Any, call: Any
) -> None:
    order = order_samples.order(in_alpha)
    kept = way_of(order)
    Order.objects.filter(pk=order.pk).update(distance_km=None, distance_how="")
    order.refresh_from_db()
    assert way_of(order) == kept
    page = browse(in_alpha, "dispatcher").get(f"/orders/{order.ref}/").content.decode()
    assert kept and f"{kept.km} км по дорогам" in page
    row = call(in_alpha).send("get", f"orders/{order.ref}").json()
    assert (row["distance_km"], row["distance_how"]) == (kept.km, "roads")


def test_a_list_of_the_api_carries_the_way_that_is_kept(in_alpha: Cast, call: Any) -> None:
    order_samples.order(in_alpha)
    row = call(in_alpha).send("get", "orders").json()["results"][0]
    assert (row["distance_how"], type(row["distance_km"])) == ("roads", int)


def test_the_form_names_the_call_that_tells_the_way(alpha: Cast, browse: Any) -> None:
    forms = {"dispatcher": "/orders/new/", "client": "/cabinet/orders/new/"}
    for name, path in forms.items():
        page = browse(alpha, name).get(path).content.decode()
        assert 'data-way="/places/way/"' in page and "js/ways" in page


@pytest.mark.parametrize(
    ("how", "words"),
    [("roads", "612 км по дорогам"), ("estimate", "612 км, оценка")],
)
def test_the_client_sees_the_way_and_how_it_was_counted(
    in_alpha: Cast, browse: Any, how: str, words: str
) -> None:
    client = browse(in_alpha, "client")
    wish = {"origin": "Бишкек", "destination": "Нарын", "cargo": "Мёд"}
    address = client.post("/cabinet/orders/new/", wish)["Location"]
    Order.objects.update(distance_how=how, distance_km=612)
    assert words in client.get(address).content.decode()
