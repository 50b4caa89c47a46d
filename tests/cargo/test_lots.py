"""Lots and whereabouts, ใบวางบิล with its PromptPay code: each by its page."""

from __future__ import annotations

from datetime import date
from decimal import Decimal as D
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from commission.cargo.models import Lot, Stage
from commission.cargo.reports import promptpay
from commission.cargo.shipments import lots, parcels
from companies import own
from tenants.office.models import AuditEvent
from tests.cargo.conftest import NOW, Shop


def test_a_lot_is_made_filled_and_moved_by_its_pages(shop: Shop, browse: Any) -> None:
    shop.customer(phone="0812345678")
    rows = [shop.shipment(tracking_number=number) for number in ("TH-1", "TH-2")]
    browser = browse(shop.cast, "cargo_staff")
    answer = browser.post("/cargo/lots/", {"code": "L-2601", "transport": "ship"})
    lot = Lot.objects.get()
    at = f"/cargo/lots/{lot.pk}/"
    assert (
        answer["Location"] == at
        and browser.post("/cargo/lots/", {"code": "l-2601", "transport": "ship"}).status_code == 422
    )
    unknown = browser.post(f"{at}fill/", {"numbers": "th-1\nTH-2\nTH-404"}, follow=True)
    assert (
        unknown.status_code == 200
        and "TH-404" in unknown.content.decode()
        and lot.shipments.count() == 2
    )
    assert (
        browser.post(f"{at}move/", {"stage": "left_china", "on": "20/01/2569"}).status_code == 302
    )
    assert (
        browser.post(f"{at}move/", {"stage": "customs", "on": "19/01/2026"}).status_code == 422
    )  # before it left
    assert browser.post(f"{at}move/", {"stage": "customs", "on": "25/01/2026"}).status_code == 302
    lot.refresh_from_db()
    assert (lot.stage, lot.left_china_on, lot.customs_on) == (
        Stage.CUSTOMS,
        date(2026, 1, 20),
        date(2026, 1, 25),
    )
    assert browser.post(f"{at}take-out/{rows[0].pk}/").status_code == 302 and list(
        lot.shipments.all()
    ) == [rows[1]]


def test_the_look_up_shows_the_stages_of_the_whole_lot(shop: Shop, browse: Any) -> None:
    shop.customer(phone="081-234-5678")
    shop.shipment()
    lot = lots.create(code="L-1", transport="ship", by=shop.actor(), at=NOW)
    lots.fill(
        lot=lot,
        tracking_numbers=["TH12345678"],
        by=shop.actor(),
        at=NOW,
    )
    lots.move(
        lot=lot,
        stage=Stage.LEFT_CHINA,
        on=date(2026, 1, 20),
        by=shop.actor(),
        at=NOW,
    )
    page = browse().post(
        f"/p/{parcels.token_of(shop.cast.info)}/",
        {"tracking_number": "TH12345678", "phone_tail": "5678"},
        REMOTE_ADDR="10.1.1.1",
    )
    text = page.content.decode()
    assert (
        "20.01.2026" in text
        and text.count("circle-dashed") == 4
        and text.count("circle-check-filled") == 1
    )


def test_going_back_a_stage_takes_the_later_days_away(
    shop: Shop,
) -> None:
    lot = lots.create(code="L-1", transport="ship", by=shop.actor(), at=NOW)
    for stage, day in (
        (Stage.LEFT_CHINA, 20),
        (Stage.CUSTOMS, 25),
        (Stage.LEFT_CHINA, 21),
    ):
        lot = lots.move(
            lot=lot,
            stage=stage,
            on=date(2026, 1, day),
            by=shop.actor(),
            at=NOW,
        )
    assert (lot.stage, lot.left_china_on, lot.customs_on) == (
        Stage.LEFT_CHINA,
        date(2026, 1, 21),
        None,
    )


def test_a_bill_holds_the_period_and_a_code_for_its_sum(shop: Shop, browse: Any) -> None:
    shop.card()
    shop.customer(name="ร้านสวัสดี")
    shop.shipment(tracking_number="IN-1", price=D("2500"))
    shop.shipment(
        tracking_number="IN-2",
        price=D("1000.50"),
        received_on=date(2026, 1, 31),
    )
    shop.shipment(
        tracking_number="OUT",
        price=D("9"),
        received_on=date(2026, 2, 1),
    )
    own.save_details(
        values={"name": "PR Cargo", "phone": "0899999999"},
        by=shop.actor(),
        at=NOW,
    )
    browser = browse(shop.cast, "cargo_manager")
    browser.cookies["language"] = "th"
    period = {
        "customer_code": "pr-001",
        "first": "01/01/2569",
        "last": "31/01/2026",
    }
    text = "".join(
        page.extract_text()
        for page in PdfReader(
            BytesIO(browser.post("/cargo/billing/", period, follow=True).content)
        ).pages
    )
    assert (
        "ร้านสวัสดี" in text
        and "IN-1" in text
        and "IN-2" in text
        and "OUT" not in text
        and "3,500.50" in text
    )
    event = AuditEvent.objects.get(action="cargo.bill")
    assert (
        event.after["sum"] == "3500.50"
        and event.after["number"].startswith("BN-")
        and event.after["number"] in text
    )
    assert (
        browser.post(
            "/cargo/billing/",
            period | {"first": "01/01/2025", "last": "31/01/2025"},
        ).status_code
        == 422
    )


def test_promptpay_speaks_as_banks_read_it() -> None:
    """The checksum of a code that is known to work (a phone, no sum), and our own code's fields."""
    payload = b"00020101021129370016A000000677010111011300668999999995802TH53037646304"
    assert f"{promptpay.crc(payload):04X}" == "FE29"
    code = promptpay.payload(promptpay.target("", "+66 89 999 9999"), D("4.22"))
    assert (
        "01130066899999999" in code
        and "54044.22" in code
        and code[-4:] == f"{promptpay.crc(code[:-4].encode()):04X}"
    )


@pytest.mark.parametrize(
    ("tax_id", "phone", "expected"),
    [
        ("0-1055-56000-00-1", "0812345678", "0105556000001"),
        ("", "+66 81 234 5678", "0812345678"),
        ("123", "12", ""),
        ("", "", ""),
    ],
)
def test_money_goes_to_the_tax_number_or_the_phone(tax_id: str, phone: str, expected: str) -> None:
    assert promptpay.target(tax_id, phone) == expected


@pytest.mark.parametrize("rows", [1, 3])
def test_lots_ask_the_same_number_of_questions(shop: Shop, browse: Any, rows: int) -> None:
    for number in range(rows):
        lots.create(code=f"L-{number}", transport="ship", by=shop.actor(), at=NOW)
    browser = browse(shop.cast, "cargo_staff")
    with CaptureQueriesContext(connection) as captured:
        page = browser.get("/cargo/lots/").content.decode()
    assert page.count("<tr data-href") == rows
    assert sum('"cargo_lot"' in query["sql"] for query in captured) == 2  # the rows, their count


def test_lots_are_found_by_code_and_stage_and_exported(shop: Shop, browse: Any) -> None:
    lots.create(code="L-SEA", transport="ship", by=shop.actor(), at=NOW)
    away = lots.create(code="L-ROAD", transport="truck", by=shop.actor(), at=NOW)
    day = date(2026, 1, 20)
    lots.move(lot=away, stage=Stage.LEFT_CHINA, on=day, by=shop.actor(), at=NOW)
    browser = browse(shop.cast, "cargo_staff")
    by_code = browser.get("/cargo/lots/?q=sea").content.decode()
    assert "L-SEA" in by_code and "L-ROAD" not in by_code
    by_stage = browser.get("/cargo/lots/?stage=left_china").content.decode()
    assert "L-ROAD" in by_stage and "L-SEA" not in by_stage
    table = browser.get("/cargo/lots/export/?format=csv&sort=code").content.decode()
    assert table.index("L-ROAD") < table.index("L-SEA") and ";0;" in table
