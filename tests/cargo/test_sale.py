"""A SALE login sees only shipments stamped with the own code: every address it may open, every
total, chart, export, suggestion.

The shop has data of others that would show: the marks below stand nowhere in what SALE gets, and
everywhere for a manager.
"""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal as D
from typing import Any

import pytest

from commission.cargo.models import Customer, Salesperson, Shipment
from commission.cargo.months import closing
from commission.cargo.people import customers
from commission.cargo.queries import (
    customers_for,
    dashboard,
    report,
    salespeople_for,
    shipment_list,
)
from commission.cargo.queries.shipment_list import ShipmentFilter
from commission.cargo.urls import urlpatterns
from tests.cargo.conftest import NOW, Shop
from tests.cargo.test_pages import API, PAGES, VIEW

MARKS = (
    "SECRET",
    "PR-HID",
    "PR-LOST",
    "S-02",
    "7,777",
    "7777",
    "8,888",
    "8888",
    "ร้านลับ",
)  # others' numbers, codes, sums, names
MADE_BY_CHANCE = re.compile(r"[A-Za-z0-9+/=_-]{22,}")  # ids and tokens hold any digits
MONTH = date(2026, 1, 1)
FILTERS = (
    "month=2026-01",
    "status=normal",
    "status=awaiting_rate",
    "salesperson=S-02",
    "salesperson=none",
    "customer=PR-HID",
    "q=SECRET",
    "q=PR-HID",
    "q=ร้านลับ",
    "goods_type=FDA",
    "transport=ship",
    "date_from=01/01/2026",
    "sort=-price",
    "sort=commission",
    "page=2",
    "cols=salesperson&cols=customer",
)


@pytest.fixture
def divided(shop: Shop) -> Shop:
    """One shipment of SALE's own, one of another salesperson, one of nobody; corrections of a
    closed month on both sides.
    """
    shop.card()
    mine = shop.salesperson(login="cargo_sale")
    other = shop.salesperson("S-02")
    shop.customer("PR-001", of=mine)
    shop.customer("PR-HID", of=other, name="ร้านลับ")
    shop.shipment()
    shop.shipment(
        tracking_number="SECRET-1",
        customer_code="PR-HID",
        price=D("7777"),
    )
    shop.shipment(
        tracking_number="SECRET-2",
        customer_code="PR-LOST",
        price=D("8888"),
        weight_kg=D(0),
        volume_cbm=D(0),
    )
    return shop


def seen(text: str) -> list[str]:
    """The marks that stand in a text, with what stands around them."""
    text = MADE_BY_CHANCE.sub("", text)
    plain = text.replace("\xa0", "").replace("\u202f", "")
    return [
        side[max(0, side.find(mark) - 60) : side.find(mark) + 20]
        for mark in MARKS
        for side in (text, plain)
        if mark in side
    ]


def test_the_marks_would_show(divided: Shop, browse: Any) -> None:
    text = (
        browse(divided.cast, "cargo_manager")
        .get("/cargo/shipments/")
        .content.decode()
        .replace("\xa0", "")
    )
    assert all(
        mark in text
        for mark in (
            "SECRET-1",
            "SECRET-2",
            "PR-HID",
            "PR-LOST",
            "S-02",
            "7777",
            "8888",
            "ร้านลับ",
        )
    )


@pytest.mark.parametrize("language", ["th", "ru"])
def test_no_address_shows_what_is_others(divided: Shop, browse: Any, language: str) -> None:
    browser = browse(divided.cast, "cargo_sale")
    ours = Shipment.objects.get(tracking_number="TH12345678")
    browser.cookies["language"] = language
    lists = [f"/cargo/shipments/{part}?{query}" for part in ("", "export/") for query in FILTERS]
    pages = [page.format(shipment=ours.pk) for page, who in PAGES.items() if "cargo_sale" in who]
    for page in [*pages, *lists]:
        answer = browser.get(page)
        text = re.sub(
            r'(?:name="q" |name="query" |name="customer" |name="next" )[^>]*|href="[^"]*"',
            "",
            answer.content.decode(errors="ignore"),
        )
        asked_back = re.sub(
            r'<div class="(?:chips|invalid-feedback)">.*?</div>',
            "",
            text,
            flags=re.S,
        )  # what was asked for is said back
        assert (answer.status_code, seen(asked_back)) == (200, []), page


def test_each_address_of_the_module_is_known_to_this_walk() -> None:
    """A new GET page is added to PAGES, or it is not walked."""
    addresses = {re.sub(r"\{\w+\}|2026-01", "<>", page.split("?")[0]) for page in PAGES}
    posts = {
        "price",
        "views",
        "delete",
        "copy",
        "goods-types",
        "take",
        "customers",
        "login",
        "act",
        "fill",
        "move",
        "take-out",
        "confirm",
        "undo",
        "fix",
        "pay",
        "lines",
        "adjust",
        "into-lot",
        "read",
        "bills",
    }
    served = {f"/{re.sub(r'<[^>]+>', '<>', str(one.pattern))}" for one in urlpatterns}
    left = {
        path
        for path in served - addresses
        if not posts & set(path.split("/")) and not path.startswith("/p/")
    }
    assert left == {
        "/cargo/users/<>/<>/",
        "/cargo/shipments/labels/",
    }  # these two are only posted to


def test_the_api_shows_nothing_of_others(divided: Shop, call: Any) -> None:
    api = call(divided.cast, "cargo_sale")
    ours = Shipment.objects.get(tracking_number="TH12345678")
    for path in (path.format(shipment=ours.pk) for path, who in API.items() if who == VIEW):
        for query in ("", *FILTERS):
            answer = api.send("get", f"{path}?{query}").json()
            answer.pop("next", None)
            assert seen(json.dumps(answer, ensure_ascii=False)) == [], (
                path,
                query,
            )


def test_totals_and_the_chart_are_of_the_own_shipments(
    divided: Shop,
) -> None:
    sale = divided.actor("cargo_sale")
    own = report.Totals(1, D("2500.00"), D("930.00"), D("1570.00"), 0, 0)
    assert report.totals(sale, MONTH) == report.summary(sale, MONTH).totals == own
    assert [totals for _month, totals in dashboard.six_months(sale, MONTH)][-1] == own
    assert dashboard.count_all(sale) == dashboard.Count(1, True)
    assert (
        dashboard.to_check(sale, MONTH) == dashboard.ToCheck(0, 0, 0)
        and dashboard.worst(sale, MONTH) == []
    )
    own_sums = shipment_list.sums(shipment_list.filtered(sale, ShipmentFilter()))
    assert (own_sums.count, own_sums.sales, own_sums.commission) == (
        1,
        own.sales,
        own.commission,
    )
    assert [row.code for row in customers_for(sale)] == ["PR-001"] and [
        row.code for row in salespeople_for(sale)
    ] == ["S-01"]


def test_a_closed_month_is_not_told_from_the_sums_kept_for_the_shop(
    divided: Shop,
) -> None:
    """The lock keeps everybody's totals: SALE gets its own, and only its own corrections."""
    later = NOW.replace(month=2, day=10)
    closing.lock(month=MONTH, by=divided.actor(), at=later)
    for number, price in (
        ("SECRET-1", D("7000")),
        ("TH12345678", D("2600")),
    ):
        row = Shipment.objects.get(tracking_number=number)
        closing.adjust(
            shipment=row,
            price=price,
            cost=D("930"),
            reason="typed wrong",
            by=divided.actor(),
            at=later,
        )
    kept = dict(dashboard.six_months(divided.actor("cargo_sale"), date(2026, 2, 1)))
    assert kept[MONTH].sales == D("2500.00") and kept[date(2026, 2, 1)].sales == D("100.00")
    assert dict(dashboard.six_months(divided.actor(), date(2026, 2, 1)))[
        date(2026, 2, 1)
    ].sales == D("-677.00")


def test_suggestions_and_the_form_s_price_are_for_those_who_enter(
    divided: Shop, browse: Any
) -> None:
    browser = browse(divided.cast, "cargo_sale")
    assert browser.get("/cargo/shipments/customers/?customer_code=PR").status_code == 403
    assert browser.post("/cargo/shipments/price/", {"customer_code": "PR-HID"}).status_code == 403


def test_a_moved_customer_takes_no_stamped_shipment_along(divided: Shop, browse: Any) -> None:
    """SALE keeps what was stamped; the customer's later shipments are the other's."""
    customers.give(
        salesperson=Salesperson.objects.get(code="S-02"),
        codes=["PR-001"],
        by=divided.actor(),
        at=NOW,
    )
    divided.shipment(tracking_number="SECRET-3")
    text = (
        browse(divided.cast, "cargo_sale")
        .get("/cargo/shipments/export/?format=csv")
        .content.decode("utf-8-sig")
    )
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert [row[2] for row in rows[1:]] == ["TH12345678"] and Customer.objects.count() == 3
