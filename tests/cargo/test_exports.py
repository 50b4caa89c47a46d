"""Every export of the module, filled with texts that a spreadsheet would run: none becomes a
formula.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from openpyxl import load_workbook

from commission.cargo.models import Customer, Salesperson, Shipment
from tests.cargo.conftest import Shop

EXPORTS = (
    "/cargo/shipments/export/?format={kind}",
    "/cargo/shipments/export/?format={kind}&cols=price",
    "/cargo/reports/?month=2026-01&format={kind}",
)
API = ("cargo/reports/summary?month=2026-01&format={kind}",)
EVIL = (
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
)


@pytest.fixture
def poisoned(shop: Shop) -> Shop:
    """Texts that no form lets in, put past the forms: an export must not trust the data either."""
    shop.card()
    for number, text in enumerate(EVIL):
        who = shop.salesperson(f"S-{number}")
        shop.customer(f"C-{number}", of=who)
        row = shop.shipment(tracking_number=f"T-{number}", customer_code=f"C-{number}")
        Shipment.objects.filter(pk=row.pk).update(tracking_number=text, note=text)
        Customer.objects.filter(pk=row.customer_id).update(code=text, name=text)
        Salesperson.objects.filter(pk=who.pk).update(code=text, name=text)
    return shop


def runs(cell: str) -> bool:
    """A spreadsheet would take it for a formula; a negative sum is a number."""
    return cell.startswith(("=", "+", "-", "@", "\t", "\r")) and not re.fullmatch(
        r"-\d+(\.\d+)?", cell
    )


def answers(shop: Shop, browse: Any, call: Any, kind: str) -> list[bytes]:
    browser = browse(shop.cast, "cargo_manager")
    api = call(shop.cast, "cargo_manager")
    answers = [browser.get(path.format(kind=kind)) for path in EXPORTS] + [
        api.send("get", path.format(kind=kind)) for path in API
    ]
    assert {answer.status_code for answer in answers} == {200}
    return [answer.content for answer in answers]


def test_csv_holds_no_formula(poisoned: Shop, browse: Any, call: Any) -> None:
    for content in answers(poisoned, browse, call, "csv"):
        cells = [
            cell
            for row in csv.reader(
                io.StringIO(content.decode("utf-8-sig"), newline=""),
                delimiter=";",
            )
            for cell in row
        ]
        assert any("cmd|" in cell for cell in cells) and not [cell for cell in cells if runs(cell)]


def test_xlsx_holds_no_formula(poisoned: Shop, browse: Any, call: Any) -> None:
    for content in answers(poisoned, browse, call, "xlsx"):
        cells = [
            cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row
        ]
        assert any("cmd|" in str(cell.value) for cell in cells) and not [
            cell for cell in cells if cell.data_type == "f"
        ]
        assert not [
            cell.value for cell in cells if isinstance(cell.value, str) and runs(cell.value)
        ]
