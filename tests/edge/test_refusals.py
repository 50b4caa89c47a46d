"""What the database would refuse is refused at the field, and no answer of the API is a broken one
(FAULTS C1, C2, C5).
"""

from __future__ import annotations

import json
from typing import Any
from uuid import uuid4

import pytest

from companies.models import Company
from orders import market
from orders.drafts import MOST_CARGO, MOST_STOPS
from orders.models import Order
from tenants.context import inside
from tests.api.walk import wish
from tests.browser_client import ApiClient
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.page_forms import form_with
from tests.world import Cast

TON = {"name": "Лук", "weight_kg": "999999999"}
STOP = {"kind": "loading", "place": "Бишкек"}
PROBLEM = "application/problem+json"
REFUSED = [
    ({"temperature_from": "10", "temperature_to": "-5"}, "temperature_to"),
    ({"client_price": "0"}, "client_price"),
    ({"cargo": [TON] * 5}, "cargo"),
    ({"stops": [STOP | {"date": "9999-12-31"}]}, "stops.0.date"),
    ({"stops": [STOP | {"date": "0026-11-29"}]}, "stops.0.date"),
    ({"stops": [STOP | {"lat": 42.8}]}, "stops.0.lon"),
    ({"stops": [STOP | {"lat": "NaN", "lon": "NaN"}]}, "stops.0.lat"),
    ({"stops": [STOP] * (MOST_STOPS + 1)}, "stops"),
    ({"cargo": [{"name": "Лук"}] * (MOST_CARGO + 1)}, "cargo"),
    ({"stops": [{"address": "Чуй 1"}]}, "stops.0.place"),
    ({"note": "\ud800"}, "note"),
    ({"stops": [STOP | {"phone": "позвоните"}]}, "stops.0.phone"),
]


@pytest.mark.parametrize(("change", "field"), REFUSED)
def test_a_constraint_speaks_at_its_field(
    alpha: Cast, call: Any, change: dict[str, Any], field: str
) -> None:
    caller: ApiClient = call(alpha)
    ref = caller.send("post", "orders", wish()).json()["ref"]
    for method, path, body in (
        ("post", "orders", wish() | change),
        ("patch", f"orders/{ref}", change),
    ):
        answer = caller.send(method, path, body)
        assert answer.status_code == 422, answer.content
        assert field in answer.json()["errors"], answer.content
        assert answer.json()["errors"][field][0]


def test_an_answer_to_an_offer_of_an_order_off_the_exchange(in_alpha: Cast, call: Any) -> None:
    order_samples.sign_platform_contract(in_alpha)
    order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    market.publish(order=order, by=in_alpha.actor("head"), at=NOW)
    order.refresh_from_db()
    partner = call(in_alpha, "partner")
    threads = f"exchange/listings/{order.listing_id}/offers"
    offer = partner.send("post", threads, {"price": "85000"}).json()["id"]
    market.unpublish(order=Order.objects.get(pk=order.pk), by=in_alpha.actor("head"), at=NOW)
    for name, body in (("counter", {"price": "81000"}), ("accept", {}), ("reject", None)):
        answer = call(in_alpha).send("post", f"exchange/offers/{offer}/{name}", body)
        assert (answer.status_code, answer["Content-Type"]) == (409, PROBLEM), answer.content
    for name, body in (("accept", {"price": "85000"}), ("withdraw", None)):
        answer = partner.send("post", f"exchange/offers/{offer}/{name}", body)
        assert (answer.status_code, answer["Content-Type"]) == (409, PROBLEM), answer.content


@pytest.mark.parametrize("depth", [5_000, 100_000, 30])
def test_json_too_deep_is_a_problem(alpha: Cast, call: Any, depth: int) -> None:
    for path in ("orders", "companies", "cargo/shipments", "cargo/rate-cards"):
        answer = call(alpha).generic("POST", f"/api/v1/{path}", "[" * depth + "]" * depth)
        assert (answer.status_code, answer["Content-Type"]) == (400, PROBLEM), answer.content[:200]


def test_more_than_can_be_sent_under_a_key(alpha: Cast, call: Any) -> None:
    paste = json.dumps({"text": "x" * 2_700_000})
    for path in ("cargo/imports", "companies"):
        for key in ({}, {"Idempotency-Key": uuid4().hex}):
            if path == "cargo/imports" and not key:
                continue  # a paste of up to ten megabytes is taken
            answer = call(alpha).generic("POST", f"/api/v1/{path}", paste, headers=key)
            assert (answer.status_code, answer["Content-Type"]) == (413, PROBLEM), path


def test_the_form_says_what_is_too_many(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    address = "/orders/new/?face=detailed"
    form = form_with(browser.get(address).content, address, "stop-0-place")
    stops = {"stop-TOTAL_FORMS": str(MOST_STOPS + 1), "cargo-TOTAL_FORMS": str(MOST_CARGO + 1)}
    answer = browser.post("/orders/new/", {**form.fields, **stops})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert str(MOST_STOPS) in page and str(MOST_CARGO) in page
    assert page.count('class="notice notice-bad') >= 2
    with inside(in_alpha.scope):
        assert not Order.objects.exists()


def test_the_form_takes_as_many_as_there_may_be(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha)
    address = "/orders/new/?face=detailed"
    fields = form_with(browser.get(address).content, address, "stop-0-place").fields
    fields |= {"stop-TOTAL_FORMS": str(MOST_STOPS), "cargo-TOTAL_FORMS": str(MOST_CARGO)}
    for place in range(MOST_STOPS):
        fields |= {f"stop-{place}-kind": "loading", f"stop-{place}-place": f"Село {place}"}
        fields |= {f"stop-{place}-{name}": "" for name in ("address", "company", "on", "phone")}
    for line in range(MOST_CARGO):
        fields |= {f"cargo-{line}-name": f"Груз {line}", f"cargo-{line}-weight_kg": "1"}
        fields |= {f"cargo-{line}-{name}": "" for name in ("packing", "value", "adr", "packages")}
    answer = browser.post("/orders/new/", fields)
    assert answer.status_code == 302
    order = Order.objects.get()
    assert (order.stops.count(), order.cargo.count()) == (MOST_STOPS, MOST_CARGO)


def test_an_invisible_company_is_none(alpha: Cast, call: Any) -> None:
    answer = call(alpha).send("post", "companies", {"kind": "client", "name": "\u200b\u202e"})
    assert answer.status_code == 422 and "name" in answer.json()["errors"]
    same = {"kind": "client", "name": "Алга\u200b", "inn": "\ufeff02705201910356\u200e"}
    company = call(alpha).send("post", "companies", same).json()
    assert (company["name"], company["inn"]) == ("Алга", "02705201910356")
    with inside(alpha.scope):
        assert Company.objects.filter(name="Алга").count() == 1


def test_a_nul_in_an_address_is_a_problem_of_the_api(in_alpha: Cast, call: Any) -> None:
    for address in ("/api/v1/companies?contract=%00", "/api/v1/orders/%00"):
        answer = call(in_alpha).get(address)
        assert (answer.status_code, answer["Content-Type"]) == (400, "application/problem+json")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("responsible", True),
        ("responsible", 0),
        ("responsible", "00000000-0000-4000-8000-000000000001"),
        ("client", 1),
        ("client_fx", "0"),
        ("carrier_fx", -1),
    ],
)
def test_what_is_no_such_value_is_refused_at_its_field(
    in_alpha: Cast, call: Any, field: str, value: object
) -> None:
    """The library reads `true` as an id; nobody is 0000-…-0001."""
    answer = call(in_alpha).send("post", "orders", {field: value})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, [field])


def test_a_time_of_a_stop_has_no_zone_of_its_own(in_alpha: Cast, call: Any) -> None:
    stop = {"kind": "loading", "place": "Бишкек", "time_from": "08:00+14:00"}
    answer = call(in_alpha).send("post", "orders", {"stops": [stop]})
    assert answer.status_code == 422


def test_a_colleague_may_be_responsible(in_alpha: Cast, call: Any) -> None:
    member = str(in_alpha.actor("dispatcher").member_id)
    answer = call(in_alpha).send("post", "orders", {"responsible": member})
    assert (answer.status_code, answer.json()["responsible"]) == (201, member)
