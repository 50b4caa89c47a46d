"""Paste, look, mend, confirm once, undo; the golden pastes; hostile ones."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest

from commission.cargo.imports import confirm as confirming
from commission.cargo.imports import edit_line, start
from commission.cargo.imports.lines import NotATable
from commission.cargo.models import Customer, ImportRow, Shipment
from commission.cargo.months import closing
from commission.cargo.queries import imports
from tenants.office.models import AuditEvent, Notification
from tests.cargo.conftest import NOW, Shop

GOLDEN = Path(__file__).parents[1] / "golden"
EXPECTED = json.loads((GOLDEN / "paste_expected.json").read_text())
GOOD = "18/01/2026\tPR-001\t{}\tGENERAL\tทางบก\t15.5\t0.125\t2,500\tAUTO"


def look(batch: Any, **more: Any) -> list[imports.PreviewLine]:
    return imports.rows(batch, zone="Asia/Bangkok", limit=60_000, **more)


def paste(shop: Shop, text: str) -> Any:
    return start.of_paste(text=text, by=shop.actor("cargo_staff"), at=NOW)


def confirm(shop: Shop, batch: Any, **more: Any) -> Any:
    return confirming.confirm(batch=batch, by=shop.actor("cargo_staff"), at=NOW, **more)


@pytest.fixture
def ready(shop: Shop) -> Shop:
    shop.card()
    shop.customer(of=shop.salesperson())
    return shop


@pytest.mark.parametrize("name", ["paste_seed.tsv", "paste_thai_messy.tsv"])
def test_paste_is_read_as_the_golden_file_says(ready: Shop, name: str) -> None:
    expected = EXPECTED[name]
    batch = paste(ready, (GOLDEN / name).read_bytes().decode())
    assert (batch.rows - batch.bad, batch.bad) == (
        expected["ok"],
        expected["bad"],
    )
    assert batch.has_heading == expected.get("heading", False)
    seen = {row.line: row for row in look(batch)}
    assert sorted(seen) == [row["line"] for row in expected["rows"]]
    for row in expected["rows"]:
        staged = seen[row["line"]]
        assert sorted(staged.errors) == sorted(row.get("errors", []))
        for key in {
            "received_on",
            "cost",
            "cost_rule",
            "commission",
            "commission_method",
            "status",
        } & row.keys():
            value = getattr(staged, key)
            assert (None if value is None else str(value)) == row[key], (
                name,
                row["line"],
                key,
            )
        assert staged.is_new_customer == ("new customer" in row.get("note", ""))


def test_confirming_saves_what_the_preview_showed(ready: Shop) -> None:
    batch = paste(ready, (GOLDEN / "paste_thai_messy.tsv").read_bytes().decode())
    with pytest.raises(confirming.RowsAreBad):
        confirm(ready, batch)
    assert Shipment.objects.count() == 0
    shown = {
        row.cells[2]: (
            row.cost,
            row.cost_rule,
            row.commission,
            row.status,
        )
        for row in look(batch)
        if not row.errors
    }
    assert confirm(ready, batch, skip_bad=True).saved == 2
    stored = {
        s.tracking_number: (s.cost, s.cost_rule, s.commission, s.status)
        for s in Shipment.objects.all()
    }
    assert stored == shown
    first = Shipment.objects.get(tracking_number="TH-A-1")
    assert (
        first.salesperson.code,
        first.card_version,
        first.rate_kg,
    ) == ("S-01", 1, D(25))
    manual = Shipment.objects.get(tracking_number="TH-A-2")
    assert (
        manual.card,
        manual.rate_kg,
        manual.customer.code,
        manual.salesperson,
    ) == (None, None, "PR-404", None)
    (event,) = AuditEvent.objects.filter(action="cargo.import_confirm")
    assert (
        event.after["saved"],
        event.after["left_out"],
        event.after["new_customers"],
    ) == (2, 2, 1)
    assert ImportRow.objects.filter(batch=batch, is_saved=True).count() == 2


def test_pressing_twice_saves_once(ready: Shop) -> None:
    batch = paste(ready, GOOD.format("A"))
    assert (
        confirm(ready, batch).saved == confirm(ready, batch).saved == Shipment.objects.count() == 1
    )


def test_a_double_is_saved_when_its_line_is_ticked(ready: Shop) -> None:
    batch = paste(ready, "\n".join([GOOD.format("A"), GOOD.format("a")]))
    assert [sorted(row.errors) for row in look(batch)] == [
        [],
        ["tracking_number"],
    ]
    assert confirm(ready, batch, allow_doubles=[2]).saved == 2
    again = paste(ready, GOOD.format("A"))
    assert look(again)[0].errors == {
        "tracking_number": "The tracking number has been saved before."
    }


def test_what_another_import_saved_meanwhile_is_double(
    ready: Shop,
) -> None:
    one = paste(ready, GOOD.format("A"))
    two = paste(ready, GOOD.format("A"))
    confirm(ready, one)
    with pytest.raises(confirming.RowsAreBad):
        confirm(ready, two)
    assert Shipment.objects.count() == 1


def test_a_line_is_mended_in_the_grid(ready: Shop) -> None:
    batch = paste(ready, (GOLDEN / "paste_thai_messy.tsv").read_bytes().decode())
    fixed = edit_line.fix(
        batch=batch,
        line=4,
        values={"received_on": "31/01/2569", "weight_kg": "12"},
    )
    assert fixed.bad == 1
    (row,) = look(batch, line=4)
    assert (row.errors, row.cost, row.cost_rule, row.status) == (
        {},
        D("960.00"),
        "KG",
        "loss",
    )
    fixed = edit_line.fix(batch=batch, line=5, values={"tracking_number": "TH-A-9"})
    assert fixed.bad == 0 and confirm(ready, batch).saved == 4


def test_undo_takes_all_back_until_a_month_is_locked(
    ready: Shop,
) -> None:
    batch = confirm(
        ready,
        paste(ready, "\n".join(GOOD.format(f"T-{n}") for n in range(3))),
    )
    assert confirming.undo(batch=batch, by=ready.actor(), at=NOW) == 3
    assert Shipment.objects.count() == 0
    with pytest.raises(confirming.CannotUndo):
        confirming.undo(batch=batch, by=ready.actor(), at=NOW)
    with pytest.raises(confirming.NotReady):
        confirm(ready, batch)
    other = confirm(ready, paste(ready, GOOD.format("B")))
    closing.lock(
        month=date(2026, 1, 1),
        by=ready.actor(),
        at=NOW + timedelta(days=20),
    )
    with pytest.raises(confirming.CannotUndo):
        confirming.undo(batch=other, by=ready.actor(), at=NOW)
    late = paste(ready, GOOD.format("C"))
    assert look(late)[0].errors == {"received_on": "This month is closed."}


READABLE = {
    "18/01/2569": "2026-01-18",
    "18/1/26": "2026-01-18",
    "18-01-69": "2026-01-18",
    "18.01.2026": "2026-01-18",
    "2026-01-18": "2026-01-18",
    "18 ม.ค. 2569": "2026-01-18",
    "๑๘/๐๑/๒๕๖๙": "2026-01-18",
    "18/01/2026 09:30": "2026-01-18",
    "29/02/2567": "2024-02-29",
    "18/01/59": "2059-01-18",
    "18/01/60": "2017-01-18",
}


@pytest.mark.parametrize(("text", "expected"), READABLE.items())
def test_days_as_people_write_them(text: str, expected: str) -> None:
    from commission.cargo.imports import cells

    assert cells.day(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "32/01/2026",
        "29/02/2569",
        "",
        "yesterday",
        "18/13/2026",
        "18/01/1999",
        "18/01/9999",
        "1/1/1",
    ],
)
def test_days_nobody_can_mean(text: str) -> None:
    from commission.cargo.imports import cells

    with pytest.raises(cells.Unreadable):
        cells.day(text)


NUMBERS = {
    "2,500": "2500",
    "1,015.50": "1015.5",
    ".5": "0.5",
    "15.": "15",
    "฿2,500.00": "2500",
    "๑๕.๕": "15.5",
    "0": "0",
    "007": "007",
}


@pytest.mark.parametrize(("text", "expected"), NUMBERS.items())
def test_numbers_as_people_write_them(text: str, expected: str) -> None:
    from commission.cargo.imports import cells

    assert cells.number(text, whole=10, places=2) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-1", "negative"),
        ("1e309", "cut_number"),
        ("NaN", "not_a_number"),
        ("2,50", "not_a_number"),
        ("99999999999", "too_large"),
        ("1.001", "too_many_places"),
        ("", "required"),
        ("Infinity", "not_a_number"),
        (".", "not_a_number"),
        ("9" * 500, "too_large"),
        ("=1+1", "not_a_number"),
        ("--5", "not_a_number"),
    ],
)
def test_numbers_nobody_can_mean(text: str, why: str) -> None:
    from commission.cargo.imports import cells

    with pytest.raises(cells.Unreadable, match=why):
        cells.number(text, whole=10, places=2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a\x00b", "nul"),
        ("x\t" * 10_001, "too_wide"),
        ("", "empty"),
        ("\r\n\t\t\r\n", "empty"),
        ("ก" * (4 * 1024 * 1024), "too_big"),
        ("x" * (50 * 1024 * 1024), "too_big"),
        ("1\t\n" * 50_001, "too_many_rows"),
        ('"' + "x" * 1_000_001, "not_a_table"),
    ],
    ids=[
        "nul",
        "wide",
        "nothing",
        "blank",
        "10 MB of Thai",
        "50 MB",
        "rows",
        "one cell",
    ],
)
def test_a_hostile_paste_is_refused_whole(ready: Shop, text: str, why: str) -> None:
    with pytest.raises(NotATable, match=f"^{why}$"):
        paste(ready, text)
    assert ImportRow.objects.count() == 0


@pytest.mark.parametrize(
    "tracking",
    [
        "=cmd|' /C calc'!A0",
        "+1",
        "@SUM(A1)",
        "-2",
        "📦📦",
        "TH\u202e123",
        "a\u200bb",
        "x" * 61,
        "a\\N",
        "a{b}",
        "a;b\"'",
    ],
)
def test_hostile_tracking_numbers_are_told(ready: Shop, tracking: str) -> None:
    batch = paste(ready, GOOD.format(tracking))
    (row,) = look(batch)
    assert list(row.errors) == ["tracking_number"]


def test_excels_quoting_and_what_pages_leave_around(
    ready: Shop,
) -> None:
    text = '\ufeff"18/01/2026"\t\u00a0PR-001 \t"TH 1"\tgeneral\tTRUCK\t"1,015.50"\t2.5\t45,000.00\tauto\t\t\t\r\n\r\n'
    (row,) = look(paste(ready, text))
    assert (row.errors, row.cells[1], row.cells[2], row.cost) == (
        {},
        "PR-001",
        "TH 1",
        D("60930.00"),
    )


def test_a_cost_without_a_mode_is_asked_about(ready: Shop) -> None:
    base = "18/01/2026\tPR-001\tA\tGENERAL\tรถ\t1\t1\t100\t"
    assert look(paste(ready, base + "\t50"))[0].errors == {
        "cost_mode": "A cost is given: set the mode to AUTO or MANUAL."
    }
    assert look(paste(ready, base + "MANUAL"))[0].errors == {"cost": "Must be filled in."}
    assert look(paste(ready, base))[0].errors == {}


@pytest.mark.parametrize("kind", ["csv", "semicolons", "cp874", "xlsx"])
def test_files_say_the_same_as_a_paste(ready: Shop, kind: str) -> None:
    row = [
        "18/01/2569",
        "PR-001",
        "123456789012",
        "สินค้าทั่วไป",
        "รถ",
        "15.5",
        "0.125",
        "2500",
        "AUTO",
    ]
    heading = ["วันที่นำเข้า", "รหัสลูกค้า", "เลขพัสดุ"]
    content = {
        "csv": lambda: ("\ufeff" + ",".join(heading) + "\r\n" + ",".join(row)).encode(),
        "semicolons": lambda: (";".join(heading + [""] * 6) + "\n" + ";".join(row)).encode(),
        "cp874": lambda: ("\n".join(",".join(one) for one in (heading, row))).encode("cp874"),
        "xlsx": lambda: _workbook(
            [
                heading,
                [
                    date(2026, 1, 18),
                    "PR-001",
                    123456789012,
                    "สินค้าทั่วไป",
                    "รถ",
                    15.5,
                    0.125,
                    2500,
                    "AUTO",
                ],
            ]
        ),
    }[kind]()
    name = "a.xlsx" if kind == "xlsx" else "a.csv"
    batch = start.of_file(name=name, content=content, by=ready.actor(), at=NOW)
    (seen,) = look(batch)
    assert batch.has_heading and (
        seen.errors,
        seen.cells[2],
        seen.cost,
    ) == ({}, "123456789012", D("930.00"))


def _workbook(rows: list[list[Any]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    out = io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("content", [b"not a zip", b"PK\x03\x04broken", b""])
def test_a_broken_workbook_is_told(ready: Shop, content: bytes) -> None:
    with pytest.raises(NotATable):
        start.of_file(name="a.xlsx", content=content, by=ready.actor(), at=NOW)


def test_a_large_file_is_read_by_the_worker(ready: Shop) -> None:
    from tenants.kit.outbox import work_off

    content = "\n".join(GOOD.format(f"T-{n}") for n in range(60_000)).encode()
    batch = start.of_file(name="big.tsv", content=content, by=ready.actor(), at=NOW)
    assert (batch.state, batch.rows) == ("reading", 0)
    work_off()
    batch.refresh_from_db()
    assert (batch.state, batch.rows, batch.bad) == (
        "preview",
        60_000,
        0,
    )
    (notification,) = Notification.objects.all()
    assert (notification.member_id, notification.url) == (
        ready.actor().member_id,
        f"/cargo/import/{batch.pk}/",
    )


def test_a_customer_in_two_spellings_is_made_once(ready: Shop) -> None:
    rows = [
        GOOD.format("A").replace("PR-001", "pr-9"),
        GOOD.format("B").replace("PR-001", "PR-9"),
    ]
    confirm(ready, paste(ready, "\n".join(rows)))
    assert list(Customer.objects.filter(code__iexact="pr-9").values_list("code", flat=True)) == [
        "pr-9"
    ]
