"""One table of limits for forms, calls and rows: what is taken can be read again by everybody."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from finance.models import Invoice
from orders.models import Order
from orders.pricing import Sides, margin_of, margin_percent
from tenants.kit.formats import money
from tenants.kit.money import MOST_FX, MOST_MONEY, rounded
from tenants.kit.serializers import Money
from tests.finance import money_samples
from tests.orders import order_samples
from tests.page_forms import form_with
from tests.world import Cast

SILLY = Decimal("9999999999999999.99")
SILLY_FX = Decimal("999999999999.999999")
ABOVE = MOST_MONEY + Decimal("0.01")
FX_ABOVE = MOST_FX + Decimal("0.000001")


def foreign(price: Decimal, fx: Decimal) -> dict[str, str]:
    return {
        "client_price": str(price),
        "currency": "USD",
        "client_fx": str(fx),
        "carrier_rate": "1.00",
        "carrier_currency": "KGS",
    }


@pytest.mark.parametrize(
    ("price", "fx", "field"),
    [
        (SILLY, SILLY_FX, "client_price"),
        (ABOVE, Decimal(1), "client_price"),
        (Decimal(1), FX_ABOVE, "client_fx"),
    ],
)
def test_a_sum_beyond_the_limit_is_refused_by_name(
    in_alpha: Cast, call: Any, browse: Any, price: Decimal, fx: Decimal, field: str
) -> None:
    answer = call(in_alpha, "dispatcher").send("post", "orders", foreign(price, fx))
    assert (answer.status_code, field in answer.json()["errors"]) == (422, True)
    browser = browse(in_alpha, "dispatcher")
    form = form_with(browser.get("/orders/new/").content, "/orders/new/", "client_price")
    page = browser.post("/orders/new/", form.fields | foreign(price, fx))
    assert page.status_code == 422
    assert Order.objects.count() == 0


def test_what_is_taken_at_the_limit_can_be_read_everywhere(
    in_alpha: Cast, call: Any, browse: Any
) -> None:
    dispatcher = call(in_alpha, "dispatcher")
    body = foreign(MOST_MONEY, MOST_FX) | {"client": str(in_alpha.company_id("client"))}
    answer = dispatcher.send("post", "orders", body)
    assert answer.status_code == 201
    ref = answer.json()["ref"]
    assert dispatcher.send("get", f"orders/{ref}").status_code == 200
    assert dispatcher.send("get", "orders?sort=-margin").status_code == 200
    browser = browse(in_alpha, "dispatcher")
    for address in ("/", "/orders/", f"/orders/{ref}/", f"/orders/{ref}/edit/"):
        assert browser.get(address).status_code == 200, address
    assert browser.get("/orders/export/?format=csv").status_code == 200


def test_the_whole_limit_is_invoiced_and_paid(in_alpha: Cast, browse: Any) -> None:
    money_samples.own(vat_payer=True, country="KG")
    bill = money_samples.invoice(in_alpha, str(MOST_MONEY), currency="USD", client_fx=MOST_FX)
    half = bill.gross / 2
    money_samples.rate("2026-03-10", str(MOST_FX))
    money_samples.pay(in_alpha, bill, str(half.quantize(Decimal("0.01"))), "2026-03-10")
    page = browse(in_alpha, "accountant").get(f"/finance/invoices/{bill.number}/")
    assert page.status_code == 200
    assert Invoice.objects.get().paid > 0


@pytest.mark.parametrize(
    "body",
    [
        {"client_price": None, "carrier_rate": str(MOST_MONEY), "margin": str(MOST_MONEY)},
        {"client_price": None, "carrier_rate": str(MOST_MONEY), "margin_percent": "99.99"},
        {
            "client_price": str(MOST_MONEY),
            "carrier_rate": None,
            "carrier_currency": "USD",
            "carrier_fx": "0.000001",
            "margin_percent": "1",
        },
    ],
)
def test_a_sum_that_is_counted_keeps_to_the_limit(
    in_alpha: Cast, call: Any, body: dict[str, Any]
) -> None:
    order = order_samples.order(in_alpha)
    answer = call(in_alpha, "dispatcher").send("patch", f"orders/{order.ref}", body)
    assert answer.status_code == 422
    order.refresh_from_db()
    assert order.client_price == order_samples.PRICE


def test_no_other_way_leads_past_the_limit(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha)
    for values in (
        {"client_price": ABOVE},
        {"carrier_rate": ABOVE},
        {"client_fx": FX_ABOVE},
        {"carrier_fx": FX_ABOVE},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Order.objects.filter(pk=order.pk).update(**values)


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("payments", {"amount": str(ABOVE)}),
        ("payments", {"amount": "1.00", "fx": str(FX_ABOVE)}),
        ("payouts", {"amount": str(ABOVE)}),
    ],
)
def test_money_calls_know_the_limit(
    in_alpha: Cast, call: Any, address: str, body: dict[str, Any]
) -> None:
    subject = {"payments": {"invoice": "1"}, "payouts": {"order": "ORD-1"}}[address]
    accountant = call(in_alpha, "accountant")
    answer = accountant.send("post", address, body | subject, **{"Idempotency-Key": "limit"})
    named = {"amount", "fx"} & set(answer.json()["errors"])
    assert (answer.status_code, len(named)) == (422, 1)


def test_reading_never_fails_whatever_stands_there() -> None:
    sides = Sides(SILLY, SILLY_FX, Decimal("0.01"), Decimal("0.000001"))
    margin = margin_of(sides)
    assert margin is not None
    assert margin > SILLY
    assert margin_percent(sides) is not None
    assert margin_percent(Sides(Decimal("0.01"), Decimal("0.000001"), Decimal(1))) is None
    assert money(margin, "KGS")
    assert Money().to_representation(margin) == f"{rounded(margin):f}"
