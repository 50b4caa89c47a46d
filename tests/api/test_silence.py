"""What a call carries is used or refused at its field: nothing is dropped in silence."""

from __future__ import annotations

from typing import Any

import pytest

from orders import assignment
from orders.models import Incident, Order, Trip
from tests.api.described import Operation, operations
from tests.api.test_schema import addressed
from tests.api.walk import SHIPMENT, Walk, walk_through
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.world import Cast

SUMS = {"client_price": "100000.00", "carrier_rate": "80000.00"}
REFUSED = [
    ({"client_fx": "2"}, "client_fx"),
    ({"carrier_fx": "2"}, "carrier_fx"),
    ({"rate_date": "2026-01-18"}, "rate_date"),
    (SUMS | {"margin": "30000.00"}, "margin"),
    (SUMS | {"margin_percent": "30"}, "margin_percent"),
    ({"client_price": "100000.00", "margin": "20000", "margin_percent": "30"}, "margin_percent"),
    ({"margin": "20000"}, "margin"),
    ({"margin_percent": "20"}, "margin_percent"),
]


@pytest.mark.parametrize(("body", "field"), REFUSED)
def test_a_sum_that_would_be_dropped_is_refused_at_its_field(
    in_alpha: Cast, call: Any, body: dict[str, str], field: str
) -> None:
    answer = call(in_alpha, "dispatcher").send("post", "orders", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert Order.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [
        SUMS | {"margin": "20000.00", "margin_percent": "20.00"},
        {"client_price": "100000", "margin": "20000"},
        {"carrier_rate": "80000", "margin_percent": "20"},
        SUMS | {"client_fx": "1.000000", "carrier_fx": "1"},
        SUMS
        | {"currency": "USD", "client_fx": "87.5", "carrier_fx": "87.5", "rate_date": "2026-01-18"},
    ],
)
def test_sums_that_agree_are_taken(in_alpha: Cast, call: Any, body: dict[str, str]) -> None:
    answer = call(in_alpha, "dispatcher").send("post", "orders", body)
    assert answer.status_code == 201, answer.content


def test_a_change_is_held_against_what_stands(in_alpha: Cast, call: Any) -> None:
    order = order_samples.order(in_alpha)
    caller = call(in_alpha, "dispatcher")
    for body in ({"client_fx": "2"}, {"carrier_rate": "1000.00", "margin": "1.00"}):
        answer = caller.send("patch", f"orders/{order.ref}", body)
        field = list(body)[-1]
        assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    order.refresh_from_db()
    assert order.version == 1


def test_a_new_order_has_no_version_to_be_of(in_alpha: Cast, call: Any) -> None:
    answer = call(in_alpha, "dispatcher").send("post", "orders", SUMS | {"version": 7})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["version"])


def test_a_reason_without_a_replacement_is_refused(in_alpha: Cast, call: Any) -> None:
    order = order_samples.order(in_alpha)
    body = {"driver": str(order_samples.own_driver().pk), "reason": "сломался"}
    answer = call(in_alpha, "dispatcher").send("post", f"orders/{order.ref}/assign", body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["reason"])
    assert not Trip.objects.exists()


@pytest.fixture
def trip(in_alpha: Cast) -> Trip:
    """The partner drives it."""
    order = order_samples.order(in_alpha)
    company = order_samples.partner_carrier(in_alpha)
    choice = assignment.assignment_to(order=order, rate=None, partner=company)
    return assignment.assign_directly(
        order=order, assignment=choice, by=in_alpha.actor("head"), at=NOW
    )


@pytest.mark.parametrize(
    ("act", "body", "field"),
    [
        ("incidents", {"text": "колесо", "cost": "100"}, "cost"),
        ("incidents", {"text": "колесо", "currency": "KGS"}, "currency"),
        ("advance", {"stage": "to_loading", "reason": "назад"}, "reason"),
    ],
)
def test_a_carrier_is_refused_what_the_office_alone_enters(
    in_alpha: Cast, trip: Trip, call: Any, act: str, body: dict[str, str], field: str
) -> None:
    address = f"trips/{trip.job_id}/{act}"
    answer = call(in_alpha, "partner").send("post", address, body)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])
    assert not Incident.objects.exists()


def test_a_cost_in_mode_auto_is_refused(in_alpha: Cast, call: Any) -> None:
    caller = call(in_alpha, "head")
    caller.send("post", "cargo/customers", {"code": "PR-001"})
    for mode in ({}, {"cost_mode": "AUTO"}):
        answer = caller.send("post", "cargo/shipments", SHIPMENT | {"cost": "12"} | mode)
        assert (answer.status_code, list(answer.json()["errors"])) == (422, ["cost"])
    shipment = caller.send("post", "cargo/shipments", SHIPMENT).json()["id"]
    answer = caller.send("patch", f"cargo/shipments/{shipment}", {"cost": "12"})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["cost"])
    manual = {"cost": "12", "cost_mode": "MANUAL"}
    assert caller.send("patch", f"cargo/shipments/{shipment}", manual).status_code == 200


def test_a_carrier_has_no_offers_as_an_owner(in_alpha: Cast, call: Any) -> None:
    order_samples.partner_carrier(in_alpha)
    answer = call(in_alpha, "partner").send("get", "exchange/offers?side=owner")
    assert (answer.status_code, list(answer.json()["errors"])) == (400, ["side"])


@pytest.fixture
def walk(alpha: Cast) -> Walk:
    return walk_through(alpha)


@pytest.mark.slow
def test_a_parameter_too_many_is_refused_by_name_everywhere(walk: Walk) -> None:
    lenient = []
    ids = walk.ids | {"key": "INV-1"}
    for operation in operations():
        by = "nobody" if operation.path.startswith("auth/") else "head"
        address = f"{addressed(operation, ids)}?strange=1"
        answer = walk.caller(by).send(operation.method, address, body_of(operation))
        if answer.status_code != 400 or list(answer.json()["errors"]) != ["strange"]:
            lenient.append(f"{operation.name}: {answer.status_code}")
    assert lenient == []


def body_of(operation: Operation) -> Any:
    return None if operation.method in ("get", "delete") else {}
