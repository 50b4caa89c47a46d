"""Nothing is cut: bills, labels, lots and searches have all parcels, or say why not."""

from __future__ import annotations

import re
from decimal import Decimal as D
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from pypdf import PdfReader

from commission.cargo.models import Bill, ImportWord, Lot, Shipment
from commission.cargo.queries import shipment_list
from commission.cargo.queries.shipment_list import ShipmentFilter
from commission.cargo.reports import papers
from commission.cargo.shipments import billing, lots
from tenants.kit.outbox import work_off
from tenants.office.models import AuditEvent, PreparedFile
from tests.cargo.conftest import NOW, Shop

MANY = 2_100
PARCELS = """
INSERT INTO cargo_shipment (id, received_on, customer_id, tracking_number, goods_type_id, transport,
  weight_kg, volume_cbm,
  price, cost_mode, status, note, entered_at, lot_id)
SELECT gen_random_uuid(), '2026-01-18', %s, 'TH-' || n, 'GENERAL', 'truck',
  1, 0.01, 1, 'AUTO', 'awaiting_rate', '', '2026-01-20', %s
FROM generate_series(1, %s) n
"""
PERIOD = {"first": "01/01/2026", "last": "31/01/2026", "customer_code": "PR-001"}


def parcels(shop: Shop, count: int = MANY, lot: Any = None) -> Any:
    from commission.cargo.rates import defaults

    defaults.ensure()
    customer = shop.customer()
    with connection.cursor() as cursor:
        cursor.execute(PARCELS, [customer.pk, lot.pk if lot else None, count])
    return customer


def body(answer: Any) -> bytes:
    return b"".join(answer) if answer.streaming else answer.content


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)


@pytest.mark.slow
def test_a_bill_has_every_parcel_and_the_sum_of_all(shop: Shop, browse: Any) -> None:
    parcels(shop)
    browser = browse(shop.cast, "head")
    answer = browser.post("/cargo/billing/", PERIOD)
    bill = Bill.objects.get()
    assert (answer.status_code, bill.total, len(bill.shipments)) == (302, D(MANY), MANY)
    waiting = browser.get(answer["Location"])
    assert waiting["Location"].startswith("/prepared/")
    work_off()
    paper = text_of(body(browser.get(f"{waiting['Location']}file/")))
    numbers = set(re.findall(r"TH-\d+", paper))
    assert len(numbers) == MANY
    assert "2,100.00" in paper or "2 100,00" in paper.replace("\u00a0", " ")
    (event,) = AuditEvent.objects.filter(action="cargo.bill")
    assert event.after["shipments"] == MANY


def test_a_short_bill_comes_at_once(shop: Shop, browse: Any) -> None:
    parcels(shop, 3)
    answer = browse(shop.cast, "head").post("/cargo/billing/", PERIOD, follow=True)
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert not PreparedFile.objects.exists()


def test_a_bill_that_is_too_long_is_refused_in_words(
    shop: Shop, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    parcels(shop, 4)
    monkeypatch.setattr(billing, "MOST", 3)
    answer = browse(shop.cast, "head").post("/cargo/billing/", PERIOD)
    assert answer.status_code == 422 and "field-error" in answer.content.decode()
    assert not Bill.objects.exists() and not Shipment.objects.exclude(bill="").exists()


def test_parcels_are_billed_once_unless_it_is_meant(shop: Shop, browse: Any) -> None:
    parcels(shop, 3)
    browser = browse(shop.cast, "head")
    browser.post("/cargo/billing/", PERIOD)
    first = Bill.objects.get()
    assert set(Shipment.objects.values_list("bill", flat=True)) == {first.number}
    again = browser.post("/cargo/billing/", PERIOD)
    assert again.status_code == 422 and first.number in again.content.decode()
    assert Bill.objects.count() == 1
    assert browser.post("/cargo/billing/", PERIOD | {"billed": "only_new"}).status_code == 422
    shop.shipment(tracking_number="NEW", price=D(7))
    browser.post("/cargo/billing/", PERIOD | {"billed": "only_new"})
    second = Bill.objects.exclude(pk=first.pk).get()
    assert second.total == D(7)
    browser.post("/cargo/billing/", PERIOD | {"billed": "all"})
    assert [len(bill.shipments) for bill in Bill.objects.order_by("number")] == [3, 1, 4]


def test_the_paper_of_a_bill_whose_parcels_changed_is_not_printed(shop: Shop, browse: Any) -> None:
    parcels(shop, 2)
    browser = browse(shop.cast, "head")
    browser.post("/cargo/billing/", PERIOD)
    bill = Bill.objects.get()
    address = f"/cargo/bills/{bill.number}/"
    assert browser.get(address)["Content-Type"] == "application/pdf"
    Shipment.objects.filter(tracking_number="TH-1").update(price=D(9))
    assert browser.get(address)["Location"] == "/cargo/billing/"


@pytest.mark.slow
def test_labels_of_a_lot_are_all_of_them(shop: Shop, browse: Any) -> None:
    lot = lots.create(code="LOT-1", transport="truck", by=shop.actor(), at=NOW)
    parcels(shop, 501, lot)
    browser = browse(shop.cast, "cargo_staff")
    waiting = browser.get(f"/cargo/labels/?lot={lot.pk}")
    work_off()
    content = body(browser.get(f"{waiting['Location']}file/"))
    assert len(PdfReader(BytesIO(content)).pages) == 501


def test_too_many_labels_are_refused_in_words(
    shop: Shop, browse: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "MOST_LABELS", 2)
    lot = lots.create(code="LOT-1", transport="truck", by=shop.actor(), at=NOW)
    parcels(shop, 3, lot)
    browser = browse(shop.cast, "cargo_staff")
    assert browser.get(f"/cargo/labels/?lot={lot.pk}")["Location"] == "/cargo/shipments/"


def test_the_page_of_a_lot_adds_up_all_of_it(shop: Shop, browse: Any) -> None:
    lot = lots.create(code="LOT-1", transport="truck", by=shop.actor(), at=NOW)
    parcels(shop, 1_001, lot)
    browser = browse(shop.cast, "cargo_staff")
    browser.cookies["language"] = "en"
    page = browser.get(f"/cargo/lots/{lot.pk}/").content.decode()
    assert "1,001 · 1001 kg · 10.01 CBM" in page
    assert f"/cargo/shipments/?lot={lot.pk}" in page
    assert Lot.objects.get().shipments.count() == 1_001


def test_a_search_finds_the_parcels_of_every_customer(shop: Shop) -> None:
    """1,200 customers share the word; each has one parcel."""
    from commission.cargo.rates import defaults

    defaults.ensure()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cargo_customer (id, code, name, phone, line, created_at)"
            " SELECT gen_random_uuid(), 'C-' || n, 'Shared word', '', '', '2026-01-20' FROM generate_series(1, 1200) n"
        )
        cursor.execute(
            PARCELS.replace("%s, 'TH-'", "c.id, 'TH-'", 1)
            .replace("generate_series(1, %s) n", "(SELECT id, code AS n FROM cargo_customer) c")
            .replace("'2026-01-20', %s", "'2026-01-20', NULL"),
        )
    rows = shipment_list.filtered(shop.actor(), ShipmentFilter(search="Shared word"))
    assert rows.count() == 1_200


def test_a_parcel_is_found_by_its_last_figures(shop: Shop) -> None:
    for number in ("TH0012345678", "TH0012349999"):
        shop.shipment(tracking_number=number)
    rows = shipment_list.filtered(shop.actor(), ShipmentFilter(search="5678"))
    assert [row.tracking_number for row in rows] == ["TH0012345678"]


def test_own_words_are_kept_by_the_shop(shop: Shop, browse: Any) -> None:
    browser = browse(shop.cast, "cargo_staff")
    browser.post("/cargo/import/words/", {"word": "ของเล่น", "meaning": "goods_type:TISI"})
    browser.post("/cargo/import/words/", {"word": "Odd", "meaning": "goods_type:NONE"})
    word = ImportWord.objects.get()
    assert (word.kind, word.word, word.meaning) == ("goods_type", "ของเล่น", "TISI")
    assert "ของเล่น" in browser.get("/cargo/import/words/").content.decode()
    browser.post(f"/cargo/import/words/{word.pk}/delete/")
    assert not ImportWord.objects.exists()
    events = AuditEvent.objects.filter(action="cargo.import_words")
    assert events.count() == 2


def test_older_imports_can_be_reached(shop: Shop, browse: Any) -> None:
    from datetime import timedelta

    from commission.cargo.imports import start

    for number in range(45):
        row = f"18/01/2026\tPR-001\tTH-{number}\tGENERAL\tรถ\t1\t1\t1"
        start.of_paste(text=row, by=shop.actor(), at=NOW + timedelta(minutes=number))
    browser = browse(shop.cast, "cargo_staff")
    address = "/cargo/import/"
    seen = set[str]()
    while address:
        page = browser.get(address).content.decode()
        seen |= set(re.findall(r"/cargo/import/[0-9a-f-]{36}/", page))
        older = re.search(r'href="(\?before=[^"]+)"', page)
        address = f"/cargo/import/{older[1]}" if older else ""
    assert len(seen) == 45
