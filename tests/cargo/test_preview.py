"""The preview of an import: columns by heading, lights, totals, every cell, files around it."""

from __future__ import annotations

import io
from datetime import timedelta
from decimal import Decimal as D
from typing import Any

import pytest
from openpyxl import load_workbook

from commission.cargo.imports import confirm, reading, start
from commission.cargo.models import ImportBatch, ImportWord, Shipment
from commission.cargo.queries import imports
from tenants.kit import clock
from tenants.kit.outbox import work_off
from tests.cargo.conftest import Shop

DAY = "18/01/2026"


def paste(shop: Shop, *rows: str) -> ImportBatch:
    return start.of_paste(text="\n".join(rows), by=shop.actor(), at=clock.now())


def look(batch: ImportBatch, **more: Any) -> list[imports.PreviewLine]:
    return imports.rows(batch, zone="Asia/Bangkok", **more)


def test_columns_are_read_by_their_heading(shop: Shop) -> None:
    """kg and CBM in another order, and a column of the shop's own."""
    shop.card()
    heading = "Tracking\tDate\tCBM\tKG\tNote\tCustomer\tGoods type\tTransport\tSelling price"
    row = f"TH-1\t{DAY}\t0.125\t15.5\tred box\tPR-001\tGENERAL\ttruck\t2500"
    (line,) = look(paste(shop, "Parcels of January", "", heading, row, heading, "Total\t\t0.125"))
    assert line.errors == {} and line.lights == {}
    assert (line.cells[5], line.cells[6], line.cost) == ("15.5", "0.125", D("930.00"))


def test_unknown_headings_are_asked_and_remembered(shop: Shop, browse: Any) -> None:
    heading = "no\tday\tcustomer\ttracking\tkind\tway\tkg\tcbm\tprice"
    row = f"1\t{DAY}\tPR-001\tTH-1\tGENERAL\ttruck\t15.5\t0.125\t2500"
    batch = paste(shop, heading, row)
    assert (batch.state, reading.of(batch).asks) == ("choosing", "columns")
    browser = browse(shop.cast, "cargo_staff")
    address = f"/cargo/import/{batch.pk}/"
    page = browser.get(address).content.decode()
    assert page.count('name="field"') == 9
    assert page.count(" selected>") == 5  # customer, tracking, kg, cbm and price are recognised
    fields = ["", "received_on", "customer_code", "tracking_number", "goods_type", "transport"]
    fields += ["weight_kg", "volume_cbm", "price"]
    browser.post(f"{address}read/", {"heading": heading.split("\t"), "field": fields})
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.bad, batch.rows) == ("preview", 0, 1)
    assert ImportWord.objects.get(word="way").meaning == "transport"
    again = paste(shop, heading, row.replace("TH-1", "TH-2"))
    assert (again.state, again.bad, again.rows) == ("preview", 0, 1)


LIGHTS = {
    "light as air": ("15.5\t2\t90000", "volume_cbm"),
    "heavy as lead": ("155\t0.01\t90000", "volume_cbm"),
    "no volume": ("15.5\t0\t90000", "volume_cbm"),
    "far below the cost": ("15.5\t0.125\t100", "price"),
    "nothing odd": ("15.5\t0.125\t2500", ""),
}


@pytest.mark.parametrize("case", LIGHTS)
def test_a_light_shows_what_looks_wrong(shop: Shop, case: str) -> None:
    shop.card()
    values, field = LIGHTS[case]
    batch = paste(shop, f"{DAY}\tPR-001\tTH-1\tGENERAL\ttruck\t{values}")
    (line,) = look(batch)
    assert line.errors == {} and sorted(line.lights) == ([field] if field else [])
    assert len(look(batch, show="lights")) == bool(field)
    assert imports.totals(batch, zone="Asia/Bangkok").lights == bool(field)


def test_a_day_in_the_future_is_shown(shop: Shop) -> None:
    day = clock.now() + timedelta(days=3)
    (line,) = look(paste(shop, f"{day:%d/%m/%Y}\tPR-001\tTH-1\tGENERAL\ttruck\t15.5\t0.125\t2500"))
    assert list(line.lights) == ["received_on"]


def test_a_cost_beside_auto_is_shown_where_it_differs(shop: Shop) -> None:
    shop.card()
    row = f"{DAY}\tPR-001\tTH-{{}}\tGENERAL\ttruck\t15.5\t0.125\t2500\tAUTO\t{{}}"
    batch = paste(shop, row.format(1, "930"), row.format(2, "931"))
    assert [sorted(line.lights) for line in look(batch)] == [[], ["cost"]]
    confirm.confirm(batch=batch, by=shop.actor(), at=clock.now())
    assert set(Shipment.objects.values_list("cost", flat=True)) == {D("930.00")}


def test_totals_are_those_that_are_saved(shop: Shop, browse: Any) -> None:
    shop.card()
    row = f"{DAY}\tPR-{{0}}\tTH-{{0}}\tGENERAL\ttruck\t15.5\t0.125\t{{1}}"
    rows = [row.format(1, 2500), row.format(2, 800), "bad", row.format(3, "nothing")]
    batch = paste(shop, *rows)
    before = imports.totals(batch, zone="Asia/Bangkok")
    assert (before.sales, before.loss, before.new_customers) == (D("3300.00"), 1, 2)
    assert [line.line for line in look(batch, show="loss")] == [2]
    page = browse(shop.cast, "cargo_staff")
    page.cookies["language"] = "en"
    assert "3,300.00" in page.get(f"/cargo/import/{batch.pk}/totals/").content.decode()
    confirm.confirm(batch=batch, skip_bad=True, by=shop.actor(), at=clock.now())
    stored = Shipment.objects.all()
    assert before.sales == sum(one.price for one in stored)
    assert before.cost == sum(one.cost for one in stored)
    assert before.commission == sum(one.commission for one in stored)


def test_every_cell_of_a_good_line_can_be_changed(shop: Shop, browse: Any) -> None:
    batch = paste(shop, f"{DAY}\tPR-001\tTH-1\tGENERAL\ttruck\t15.5\t0.125\t2500")
    browser = browse(shop.cast, "cargo_staff")
    address = f"/cargo/import/{batch.pk}/lines/1/"
    opened = browser.get(address).content.decode()
    assert opened.count("<input") == 10
    browser.post(address, {"price": "2600", "customer_code": "PR-002"})
    (line,) = look(batch)
    assert (line.cells[1], line.cells[7]) == ("PR-002", "2600")
    confirm.confirm(batch=batch, by=shop.actor(), at=clock.now())
    assert browser.get(address).status_code == 404


def test_bad_rows_come_back_with_their_reason_and_can_be_mended_there(
    shop: Shop, browse: Any
) -> None:
    good = f"{DAY}\tPR-001\tTH-1\tGENERAL\ttruck\t15.5\t0.125\t2500"
    batch = paste(shop, good, good.replace("0.125", "0,125").replace("TH-1", "TH-2"))
    browser = browse(shop.cast, "cargo_staff")
    browser.cookies["language"] = "en"
    content = browser.get(f"/cargo/import/{batch.pk}/bad/").content
    book = load_workbook(io.BytesIO(content))
    heading, row = book.active.iter_rows(values_only=True)
    assert heading[-1] == "Reason" and row[2] == "TH-2" and "0.125" in row[-1]
    book.active["G2"] = 0.125
    mended = io.BytesIO()
    book.save(mended)
    again = start.of_file(
        name="mended.xlsx", content=mended.getvalue(), by=shop.actor(), at=clock.now()
    )
    assert (again.state, again.rows, again.bad) == ("preview", 1, 0)


@pytest.mark.parametrize("language", ["th", "ru", "en", "ky"])
def test_the_empty_table_is_read_as_it_is(shop: Shop, browse: Any, language: str) -> None:
    browser = browse(shop.cast, "cargo_staff")
    browser.cookies["language"] = language
    content = browser.get("/cargo/import/template/").content
    batch = start.of_file(name="a.xlsx", content=content, by=shop.actor(), at=clock.now())
    assert (batch.state, batch.rows, batch.bad) == ("preview", 1, 0)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
@pytest.mark.parametrize("language", ["th", "ru", "en", "ky"])
def test_the_own_export_is_read_back_unchanged(
    shop: Shop, browse: Any, kind: str, language: str
) -> None:
    """Every value of an import survives; the tracking numbers are doubles, and nothing else is wrong."""
    shop.card()
    shop.shipment(
        tracking_number="TH-1",
        weight_kg=D("15.123456789"),
        volume_cbm=D("0.201"),
        price=D("1234.50"),
    )
    shop.shipment(tracking_number="TH-2", cost_mode="MANUAL", cost=D("99.99"), transport="ship")
    browser = browse(shop.cast, "cargo_staff")
    browser.cookies["language"] = language
    content = browser.get(f"/cargo/shipments/export/?format={kind}").content
    batch = start.of_file(name=f"a.{kind}", content=content, by=shop.actor(), at=clock.now())
    assert batch.state == "preview", batch.reading
    lines = {line.cells[2]: line for line in look(batch)}
    assert all(list(line.errors) == ["tracking_number"] for line in lines.values())
    for stored in Shipment.objects.select_related("customer"):
        line = lines[stored.tracking_number]
        assert line.received_on == stored.received_on and line.lights == {}
        assert line.cells[1] == stored.customer.code
        assert line.cells[3:5] == [stored.goods_type_id, stored.transport]
        assert [D(text) for text in line.cells[5:8]] == [
            stored.weight_kg,
            stored.volume_cbm,
            stored.price,
        ]
        assert (line.cells[8], line.cost) == (stored.cost_mode, stored.cost)


CUT = ["1.23E+15", "1,23E+15", "1.23457E+11", "1234567890123456.0", "123456789012.00"]


@pytest.mark.parametrize("number", CUT)
def test_a_number_that_a_spreadsheet_cut_is_refused_everywhere(
    shop: Shop, browse: Any, call: Any, number: str
) -> None:
    (line,) = look(paste(shop, f"{DAY}\tPR-001\t{number}\tGENERAL\ttruck\t1\t1\t1"))
    assert line.errors == {
        "tracking_number": "The spreadsheet has cut this number. Format the column as text."
    }
    sent = {
        "received_on": "2026-01-18",
        "customer_code": "PR-001",
        "tracking_number": number,
        "goods_type": "GENERAL",
        "transport": "truck",
        "weight_kg": "1",
        "volume_cbm": "0.01",
        "price": "1",
    }
    answer = call(shop.cast, "cargo_staff").send("post", "cargo/shipments", sent)
    assert answer.status_code == 422 and list(answer.json()["errors"]) == ["tracking_number"]
    form = browse(shop.cast, "cargo_staff").post(
        "/cargo/shipments/new/", sent | {"cost_mode": "AUTO"}
    )
    assert form.status_code == 422 and not Shipment.objects.exists()


@pytest.mark.parametrize("language", ["th", "en"])
def test_a_volume_of_0_125_with_a_comma_is_never_125(
    shop: Shop, browse: Any, call: Any, language: str
) -> None:
    (line,) = look(paste(shop, f"{DAY}\tPR-001\tTH-1\tGENERAL\ttruck\t15.5\t0,125\t2500"))
    assert list(line.errors) == ["volume_cbm"] and line.cells[6] == "0,125"
    sent = {
        "received_on": "2026-01-18",
        "customer_code": "PR-001",
        "tracking_number": "TH-1",
        "goods_type": "GENERAL",
        "transport": "truck",
        "weight_kg": "15.5",
        "volume_cbm": "0,125",
        "price": "2500",
    }
    api = call(shop.cast, "cargo_staff")
    answer = api.send("post", "cargo/shipments", sent)
    assert answer.status_code == 201 and answer.json()["volume_cbm"] == "0.125"  # she reads Russian
    Shipment.objects.all().delete()
    browser = browse(shop.cast, "cargo_staff")
    browser.cookies["language"] = language
    form = browser.post("/cargo/shipments/new/", sent | {"cost_mode": "AUTO"})
    assert form.status_code == 422 and not Shipment.objects.exists()


DIALECTS = {
    "18-ม.ค.-69": "2026-01-18",
    "18-Jan-26": "2026-01-18",
    "18 January 2026": "2026-01-18",
    "18 มกราคม พ.ศ. 2569": "2026-01-18",
    "18/01/2026 2:30 PM": "2026-01-18",
    "18/01/2026 14:30:59 น.": "2026-01-18",
    "2026-01-17T20:30:00Z": "2026-01-18",
    "2026-01-18T09:30:00+07:00": "2026-01-18",
    "46040": "2026-01-18",
    "2026/01/18": "2026-01-18",
}


@pytest.mark.parametrize("text", DIALECTS)
def test_days_as_spreadsheets_paste_them(shop: Shop, text: str) -> None:
    (line,) = look(paste(shop, f"{text}\tPR-001\tTH-1\tGENERAL\ttruck\t15.5\t0.125\t2500"))
    assert (line.errors, str(line.received_on)) == ({}, DIALECTS[text])


MEASURES = {
    "15.5 กก": "15.5",
    "15.5กก.": "15.5",
    "15.5 KG.": "15.5",
    "0.125 คิว": "0.125",
    "0.125 m3": "0.125",
    "0.125 m³": "0.125",
    "2,500.-": "2500",
    "฿ 2,500": "2500",
    "2,500 บาท": "2500",
}


@pytest.mark.parametrize("text", MEASURES)
def test_units_around_a_number(text: str) -> None:
    from commission.cargo.imports import cells

    assert cells.number(text, whole=10, places=9) == MEASURES[text]


WAYS = {"EK/陆运": "truck", "M/海运": "ship", "EK": "truck", "ทาง  เรือ": None, "ทางเรือ": "ship"}


@pytest.mark.parametrize("text", WAYS)
def test_words_for_transports(shop: Shop, text: str) -> None:
    (line,) = look(paste(shop, f"{DAY}\tPR-001\tTH-1\tGENERAL\t{text}\t15.5\t0.125\t2500"))
    if WAYS[text]:
        assert (line.errors, line.cells[4]) == ({}, WAYS[text])
    else:
        assert list(line.errors) == ["transport"]


def test_the_shop_s_own_words_are_understood(shop: Shop) -> None:
    ImportWord.objects.create(kind="goods_type", word="ของเล่น", meaning="TISI")
    ImportWord.objects.create(kind="transport", word="ด่วน", meaning="truck")
    (line,) = look(paste(shop, f"{DAY}\tPR-001\tTH-1\tของเล่น\tด่วน\t15.5\t0.125\t2500"))
    assert (line.errors, line.cells[3:5]) == ({}, ["TISI", "truck"])
