"""Days of parcels, lots and payments keep to the window of their use (FAULTS C2)."""

from __future__ import annotations

from datetime import date
from typing import Any

from commission.cargo.models import CommissionPayment, Lot, Shipment
from tests.cargo.conftest import Shop

AHEAD = "31/12/2090"
PARCEL = {
    "received_on": AHEAD,
    "customer_code": "PR-001",
    "tracking_number": "AHEAD1",
    "goods_type": "GENERAL",
    "transport": "truck",
    "weight_kg": "1",
    "volume_cbm": "0.1",
    "price": "100",
    "cost_mode": "AUTO",
}


def test_a_parcel_is_not_received_in_years_to_come(shop: Shop, browse: Any, call: Any) -> None:
    browser = browse(shop.cast, "head")
    assert browser.post("/cargo/shipments/new/", PARCEL).status_code == 422
    client = call(shop.cast, "head")
    answer = client.send("post", "cargo/shipments", PARCEL)
    assert answer.status_code == 422 and "received_on" in answer.content.decode()
    assert not Shipment.objects.exists()


def test_a_day_ahead_that_stands_is_no_hindrance(shop: Shop, browse: Any, call: Any) -> None:
    row = shop.shipment(received_on=date(2090, 12, 31), tracking_number="AHEAD1")
    client = call(shop.cast, "head")
    answer = client.send("patch", f"cargo/shipments/{row.pk}", {"note": "one"})
    assert answer.status_code == 200, answer.content.decode()
    browser = browse(shop.cast, "head")
    address = f"/cargo/shipments/{row.pk}/edit/"
    assert browser.post(address, PARCEL | {"note": "two"}).status_code == 302
    row.refresh_from_db()
    assert (row.note, row.received_on) == ("two", date(2090, 12, 31))


def test_commission_is_not_paid_and_a_lot_not_moved_in_years_to_come(
    shop: Shop, browse: Any
) -> None:
    shop.card()
    who = shop.salesperson()
    shop.customer(of=who)
    row = shop.shipment()
    browser = browse(shop.cast, "head")
    page = f"/cargo/months/2026-01/pay/{who.pk}/"
    for day in (AHEAD, "01/01/2001"):
        assert browser.post(page, {"amount": "10", "paid_on": day}).status_code == 422
    assert not CommissionPayment.objects.exists()
    browser.post("/cargo/lots/", {"code": "L-1", "transport": "truck"})
    row.refresh_from_db()
    lot = Lot.objects.get()
    moved = browser.post(f"/cargo/lots/{lot.pk}/move/", {"stage": "customs", "on": AHEAD})
    assert moved.status_code == 422
