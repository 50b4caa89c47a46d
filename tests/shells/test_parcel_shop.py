"""The head of a shop whose main business are parcels begins with them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from commission.cargo.models import Customer, GoodsType, MonthLock, Shipment
from commission.cargo.queries import dashboard
from tenants.context import PLATFORM, inside
from tenants.kit import clock
from tenants.platform.models import Reseller
from tests.world import Cast, load


@pytest.fixture
def shop(in_alpha: Cast) -> Cast:
    with inside(PLATFORM):
        Reseller.objects.filter(pk=in_alpha.info.id).update(cargo_first=True)
    return load("alpha")


def test_the_head_lands_on_the_parcels_and_is_called_admin(shop: Cast, browse: Any) -> None:
    browser = browse(shop, "head")
    assert shop.actor("head").home == "/cargo/"
    answer = browser.get("/")
    assert (answer.status_code, answer["Location"]) == (302, "/cargo/")
    shown = browser.get("/cargo/").content.decode()
    assert ">ADMIN<" in shown
    assert shown.index('href="/cargo/shipments/"') < shown.index('href="/orders/"')
    for step in ("/cargo/rate-cards/", "/cargo/salespeople/"):
        assert f'href="{step}"' in shown
    assert browser.get("/dashboard/").status_code == 200
    assert 'href="/dashboard/"' in shown


def test_others_land_where_they_did(in_alpha: Cast, browse: Any) -> None:
    assert in_alpha.actor("head").home == "/"
    assert browse(in_alpha, "head").get("/").status_code == 200
    assert ">ADMIN<" not in browse(in_alpha, "head").get("/").content.decode()


def test_a_dispatcher_of_the_shop_keeps_the_freight(shop: Cast, browse: Any) -> None:
    assert shop.actor("dispatcher").home == "/"
    assert browse(shop, "dispatcher").get("/").status_code == 200


def test_losses_of_all_open_months_come_before_those_without_a_salesperson(shop: Cast) -> None:
    head = shop.actor("head")
    today = clock.now().astimezone(shop.info.zone).date()
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    closed = (last_month - timedelta(days=1)).replace(day=1)
    customer = Customer.objects.create(code="PR-001", created_at=clock.now())
    kind = GoodsType.objects.first() or GoodsType.objects.create(code="GENERAL", position=1)

    def add(day: Any, number: str, *, loss: bool) -> None:
        Shipment.objects.create(
            received_on=day,
            customer=customer,
            tracking_number=number,
            goods_type=kind,
            transport="truck",
            weight_kg=Decimal(1),
            volume_cbm=Decimal(1),
            price=Decimal(10),
            cost_mode="MANUAL",
            cost=Decimal(20 if loss else 5),
            commission=Decimal(-10 if loss else 5),
            commission_method="DIFF",
            status="loss" if loss else "normal",
            entered_at=clock.now(),
        )

    add(last_month, "LOSS-OPEN", loss=True)
    add(closed, "LOSS-CLOSED", loss=True)
    for number in range(dashboard.SHOWN):
        add(today, f"PLAIN-{number}", loss=False)
    MonthLock.objects.create(month=closed, locked_at=clock.now(), totals={})
    assert dashboard.to_check(head, month).loss == 1
    rows = [row.tracking_number for row in dashboard.worst(head, month)]
    assert rows[0] == "LOSS-OPEN"
    assert len(rows) == dashboard.SHOWN
    assert "LOSS-CLOSED" not in rows[:1]
