"""The report says why it differs from the list: adjustments are lines of their own, linked."""

from __future__ import annotations

import csv
import io
from datetime import date, timedelta
from decimal import Decimal as D
from typing import Any

from commission.cargo.months import closing
from commission.cargo.queries import report, shipment_list
from commission.cargo.queries.shipment_list import ShipmentFilter
from tests.cargo.conftest import NOW, Shop

FEBRUARY = date(2026, 2, 1)


def adjusted(shop: Shop) -> Any:
    """A parcel of January, closed, corrected in February, and one of February."""
    shop.card()
    parcel = shop.shipment(tracking_number="TH-1")
    shop.shipment(tracking_number="TH-2", received_on=date(2026, 2, 3))
    later = NOW + timedelta(days=20)
    closing.lock(month=date(2026, 1, 1), by=shop.actor(), at=later)
    closing.adjust(
        shipment=parcel,
        price=D("2600"),
        cost=D("930"),
        reason="weighed again",
        by=shop.actor(),
        at=later,
    )
    return parcel


def test_shipments_and_adjustments_add_up_to_the_report(shop: Shop) -> None:
    adjusted(shop)
    summary = report.summary(shop.actor(), FEBRUARY)
    rows = shipment_list.filtered(shop.actor(), ShipmentFilter(month=FEBRUARY))
    listed = shipment_list.sums(rows)
    assert (summary.of_shipments.sales, summary.of_shipments.commission) == (
        listed.sales,
        listed.commission,
    )
    assert summary.totals.sales - listed.sales == summary.adjusted.sales == D("100.00")


def test_the_page_links_each_adjustment(shop: Shop, browse: Any) -> None:
    parcel = adjusted(shop)
    page = browse(shop.cast, "head").get("/cargo/reports/?month=2026-02").content.decode()
    assert 'href="#adjustments"' in page and "weighed again" in page
    assert f'href="/cargo/shipments/{parcel.pk}/"' in page
    january = browse(shop.cast, "head").get("/cargo/reports/?month=2026-01").content.decode()
    assert "weighed again" not in january


def test_export_and_api_say_them_too(shop: Shop, browse: Any, call: Any) -> None:
    parcel = adjusted(shop)
    browser = browse(shop.cast, "head")
    browser.cookies["language"] = "en"
    content = browser.get("/cargo/reports/?month=2026-02&format=csv").content
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    sums = {line[0]: D(line[4]) for line in lines[1:] if line[0] not in ("Salesperson", "Customer")}
    assert sums["Shipments"] + sums["Adjustment"] == sums["Total"]
    body = call(shop.cast, "head").get("/api/v1/cargo/reports/summary?month=2026-02").json()
    (line,) = body["adjustments"]
    assert (line["shipment"], line["reason"], line["sales"]) == (
        str(parcel.pk),
        "weighed again",
        "100.00",
    )
