"""The contract's calls: orders, exchange, trips."""

from __future__ import annotations

from typing import Any

import pytest

from orders.models import Order, Stage, Trip
from tenants.kit.outbox import work_off
from tests.orders import order_samples
from tests.world import Cast

WAY = [
    "to_loading",
    "at_loading",
    "loaded",
    "in_transit",
    "at_unloading",
    "unloaded",
    "papers_in",
]


def body(cast: Cast, **more: Any) -> dict[str, Any]:
    return {
        "client": str(cast.company_id("client")),
        "client_price": "100000.00",
        "carrier_rate": "80000.00",
        "currency": "KGS",
        "body": "tent",
        "stops": [
            {
                "kind": "loading",
                "place": "Bishkek",
                "date": order_samples.LOADING.isoformat(),
                "address": "ул. Секретная, 7",
            },
            {"kind": "unloading", "place": "Osh"},
        ],
        "cargo": [{"name": "Лук", "weight_kg": "5000", "volume_m3": "12"}],
        **more,
    }


def test_the_whole_line_by_api(in_alpha: Cast, call: Any, driver_call: Any) -> None:
    order_samples.sign_platform_contract(in_alpha)
    office = call(in_alpha, "dispatcher")
    driver = order_samples.pool_driver()
    creation = office.send("post", "orders", body(in_alpha))
    assert creation.status_code == 201, creation.content
    order = creation.json()
    assert (
        order["stage"],
        order["margin"],
        order["result"],
        order["expected_result"],
        order["client_price"],
    ) == (
        "draft",
        "20000.00",
        None,
        "10000.00",  # less 10 % of the price for the platform
        "100000.00",
    )
    ref = order["ref"]
    assert office.send("post", f"orders/{ref}/publish").json()["stage"] == "published"
    app = driver_call(driver)
    listing = app.send("get", "exchange/listings", None).json()["results"][0]
    assert (
        listing["from"]["place"],
        listing["price"],
        listing["own"],
    ) == ("Bishkek", "80000.00", False)
    offer = app.send(
        "post",
        f"exchange/listings/{listing['id']}/offers",
        {"price": "85000"},
    ).json()
    assert (
        office.send(
            "post",
            f"exchange/offers/{offer['id']}/counter",
            {"price": "81000.00"},
        ).json()["turn"]
        == "carrier"
    )
    assert app.send("post", f"exchange/offers/{offer['id']}/accept").json()["status"] == "accepted"
    work_off()
    assert office.send("get", f"orders/{ref}").json()["stage"] == "assigned"
    trip = app.send("get", "trips").json()["results"][0]
    assert (
        trip["order"],
        trip["rate"],
        trip["stops"][0]["address"],
    ) == (ref, "81000.00", "ул. Секретная, 7")
    for stage in WAY:
        answer = app.send("post", f"trips/{trip['id']}/advance", {"stage": stage})
        assert (answer.status_code, answer.json()["stage"]) == (
            200,
            stage,
        )
    done = office.send("post", f"orders/{ref}/complete").json()
    assert (done["stage"], done["carrier_rate"], done["margin"]) == (
        "completed",
        "81000.00",
        "19000.00",
    )


def test_an_order_is_changed_and_lists_are_filtered(in_alpha: Cast, call: Any) -> None:
    office = call(in_alpha, "dispatcher")
    refs = [office.send("post", "orders", body(in_alpha)).json()["ref"] for _ in range(3)]
    changed = office.send(
        "patch",
        f"orders/{refs[0]}",
        {"client_price": "120000.00", "note": "срочно"},
    ).json()
    assert (
        changed["client_price"],
        changed["margin"],
        changed["note"],
        len(changed["stops"]),
    ) == (
        "120000.00",
        "40000.00",
        "срочно",
        2,
    )
    by_margin = office.send("patch", f"orders/{refs[1]}", {"margin": "30000.00"}).json()
    assert by_margin["carrier_rate"] == "70000.00"
    first = office.send("get", "orders?limit=2&sort=ref").json()
    assert [row["ref"] for row in first["results"]] == refs[:2]
    assert [row["ref"] for row in office.get(first["next"]).json()["results"]] == refs[2:]
    assert office.send("get", f"orders?search={refs[2]}").json()["results"][0]["ref"] == refs[2]
    assert office.send("get", "orders?stage=published").json() == {
        "results": [],
        "next": None,
    }


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"currency": "QQQ"}, "currency"),
        ({"client_price": "abc"}, "client_price"),
        ({"stops": [{"kind": "nowhere", "place": "Osh"}]}, "stops"),
        ({"client": "00000000-0000-0000-0000-000000000000"}, "client"),
        ({"currency": "USD"}, "client_fx"),
        ({"carrier_rate": None, "margin": "100000.00"}, "margin"),
    ],
)
def test_a_fault_is_named_by_its_field(
    in_alpha: Cast, call: Any, change: dict[str, Any], field: str
) -> None:
    answer = call(in_alpha, "dispatcher").send("post", "orders", body(in_alpha, **change))
    assert answer.status_code == 422
    assert any(name.startswith(field) for name in answer.json()["errors"])
    assert not Order.objects.exists()


def test_each_side_in_its_own_currency(in_alpha: Cast, call: Any) -> None:
    money = {
        "currency": "USD",
        "client_fx": "87.5",
        "client_price": "1000.00",
        "carrier_currency": "KGS",
        "carrier_rate": "70000.00",
    }
    order = call(in_alpha, "dispatcher").send("post", "orders", body(in_alpha, **money)).json()
    assert (
        order["margin"],
        order["currency"],
        order["carrier_currency"],
    ) == ("17500.00", "USD", "KGS")


def test_direct_assignment_and_cancelling(in_alpha: Cast, call: Any) -> None:
    office = call(in_alpha, "dispatcher")
    company = order_samples.partner_carrier(in_alpha)
    driver = order_samples.own_driver()
    refs = [office.send("post", "orders", body(in_alpha)).json()["ref"] for _ in range(2)]
    first = office.send(
        "post",
        f"orders/{refs[0]}/assign",
        {"partner": str(company.pk), "rate": "79000"},
    ).json()
    assert (
        first["stage"],
        first["carrier_rate"],
        first["carrier_name"],
    ) == ("assigned", "79000.00", "partner of alpha")
    assert (
        office.send(
            "post",
            f"orders/{refs[0]}/assign",
            {"partner": str(company.pk), "rate": "79000"},
        ).status_code
        == 409
    )
    replaced = office.send(
        "post",
        f"orders/{refs[0]}/assign",
        {
            "driver": str(driver.pk),
            "rate": "78000",
            "reason": "не приехал",
        },
    ).json()
    assert replaced["carrier_rate"] == "78000.00"
    assert office.send("post", f"orders/{refs[1]}/assign", {}).status_code == 422
    assert office.send("post", f"orders/{refs[1]}/cancel", {}).status_code == 422
    assert (
        office.send("post", f"orders/{refs[1]}/cancel", {"reason": "отказ"}).json()["stage"]
        == "cancelled"
    )
    assert (
        office.send("post", f"orders/{refs[1]}/cancel", {"reason": "отказ"}).json()["title"]
        == "already_there"
    )


def test_two_acceptances_make_one_trip(in_alpha: Cast, call: Any, driver_call: Any) -> None:
    order_samples.sign_platform_contract(in_alpha)
    office = call(in_alpha, "dispatcher")
    ref = office.send("post", "orders", body(in_alpha)).json()["ref"]
    office.send("post", f"orders/{ref}/publish")
    listing = office.send("get", "exchange/listings").json()["results"][0]
    apps = [
        driver_call(order_samples.pool_driver(name, phone))
        for name, phone in (
            ("Один", "+996555700001"),
            ("Два", "+996555700002"),
        )
    ]
    offers = [
        app.send(
            "post",
            f"exchange/listings/{listing['id']}/offers",
            {"price": "80000"},
        ).json()["id"]
        for app in apps
    ]
    assert office.send("post", f"exchange/offers/{offers[0]}/accept").status_code == 200
    second = office.send("post", f"exchange/offers/{offers[1]}/accept")
    assert (second.status_code, second.json()["title"]) == (
        409,
        "already_awarded",
    )
    assert Trip.objects.count() == 1
    assert apps[1].send("get", "trips").json()["results"] == []


def test_positions_and_incidents(in_alpha: Cast, call: Any, driver_call: Any) -> None:
    office = call(in_alpha, "dispatcher")
    driver = order_samples.own_driver()
    ref = office.send("post", "orders", body(in_alpha)).json()["ref"]
    job = office.send(
        "post",
        f"orders/{ref}/assign",
        {"driver": str(driver.pk), "rate": "70000"},
    ).json()["trip"]
    app = driver_call(driver)
    points = [
        {
            "at": order_samples.later(hour).isoformat(),
            "lat": 42.8,
            "lon": 74.6 + hour,
        }
        for hour in (1, 2)
    ]
    assert app.send("post", f"trips/{job}/positions", points).json() == {
        "stored": 2,
        "refused": [],
    }
    assert app.send("post", f"trips/{job}/positions", points).json() == {
        "stored": 0,
        "refused": [],
    }
    assert app.send(
        "post",
        f"trips/{job}/positions",
        [
            {
                "at": order_samples.later(1).isoformat(),
                "lat": 142.8,
                "lon": 74,
            }
        ],
    ).json()["refused"] == [{"index": 0, "reason": "off_the_globe"}]
    assert (
        app.send(
            "post",
            f"trips/{job}/incidents",
            {"kind": "breakdown", "text": "колесо"},
        ).status_code
        == 201
    )
    incidents = office.send("get", f"trips/{job}/incidents").json()["results"]
    assert [(one["kind"], one["cost"]) for one in incidents] == [
        ("breakdown", None)
    ]  # what it costs is the office's to say
    office.send(
        "post",
        f"trips/{job}/incidents",
        {
            "kind": "fine",
            "text": "вес",
            "cost": "1000",
            "currency": "KGS",
        },
    )
    assert office.send("get", f"orders/{ref}").json()["expected_result"] == "19000.00"
    other = driver_call(order_samples.pool_driver())
    assert other.send("post", f"trips/{job}/advance", {"stage": "to_loading"}).status_code == 404


def test_who_may_what(in_alpha: Cast, beta: Cast, call: Any) -> None:
    office = call(in_alpha, "dispatcher")
    ref = office.send("post", "orders", body(in_alpha)).json()["ref"]
    assert call(in_alpha, "accountant").send("post", f"orders/{ref}/publish").status_code == 403
    assert (
        call(in_alpha, "accountant").send("get", f"orders/{ref}").json()["carrier_rate"] is None
    )  # bargaining is open
    assert call(in_alpha, "cargo_staff").send("get", "orders").status_code == 403
    assert call(in_alpha, "partner").send("get", "orders").status_code == 404
    assert (
        call(in_alpha, "client").send("get", f"orders/{ref}").status_code == 404
    )  # the office's own draft
    stranger = call(beta, "head")
    for method, address in (
        ("get", f"orders/{ref}"),
        ("post", f"orders/{ref}/publish"),
        ("post", f"orders/{ref}/cancel"),
    ):
        assert (
            stranger.send(
                method,
                address,
                {"reason": "x"} if method == "post" else None,
            ).status_code
            == 404
        )
    assert stranger.send("get", "orders").json()["results"] == []


def test_a_client_asks_and_agrees(in_alpha: Cast, call: Any) -> None:
    client = call(in_alpha, "client")
    office = call(in_alpha, "dispatcher")
    wish = {
        "stops": body(in_alpha)["stops"],
        "cargo": body(in_alpha)["cargo"],
    }
    with_price = client.send("post", "orders", {**wish, "client_price": "1.00"})
    assert (with_price.status_code, list(with_price.json()["errors"])) == (
        422,
        ["client_price"],
    )
    order = client.send("post", "orders", wish).json()
    assert (order["stage"], order["client"], order["client_price"]) == (
        "requested",
        str(in_alpha.company_id("client")),
        None,
    )
    ref = order["ref"]
    assert Order.objects.get(ref=ref).client_price is None
    office.send("patch", f"orders/{ref}", {"client_price": "90000.00"})
    assert office.send("post", f"orders/{ref}/quote").json()["stage"] == "quoted"
    assert call(in_alpha, "client2").send("post", f"orders/{ref}/agree").status_code == 404
    price = {"price": "90000.00"}
    assert client.send("post", f"orders/{ref}/agree", price).json()["agreed_at"]
    assert Order.objects.get(ref=ref).stage == Stage.QUOTED
    assert client.send("post", f"orders/{ref}/publish").status_code == 404
