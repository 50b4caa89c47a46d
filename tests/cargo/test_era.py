"""Years of the Buddhist era by the reseller's choice: on Thai pages, in exports and on papers;
typed dates are read either way.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.utils import translation
from openpyxl import load_workbook
from pypdf import PdfReader

from commission.cargo.shipments import parcels
from tenants.context import GATE, inside
from tenants.kit import formats
from tenants.office.models import AuditEvent
from tenants.platform.models import Reseller
from tests.cargo.conftest import Shop


def thai(browser: Any) -> Any:
    browser.cookies["language"] = "th"
    return browser


def choose(shop: Shop, browse: Any, era: str) -> None:
    assert browse(shop.cast, "head").post("/my-company/dates/", {"era": era}).status_code == 302


@pytest.fixture
def chosen(shop: Shop, browse: Any) -> Shop:
    shop.card()
    shop.customer(phone="+66 81 234 5678")
    shop.shipment()
    choose(shop, browse, "buddhist")
    return shop


def test_the_choice_is_the_own_reseller_s_and_audited(chosen: Shop, browse: Any) -> None:
    with inside(GATE):
        assert dict(Reseller.objects.values_list("slug", "buddhist_era")) == {
            "alpha": True,
            "beta": False,
        }
    event = AuditEvent.objects.get(action="own.era")
    assert (event.before, event.after) == (
        {"buddhist_era": False},
        {"buddhist_era": True},
    )
    choose(chosen, browse, "common")
    assert (
        "18/01/2026"
        in thai(browse(chosen.cast, "cargo_staff")).get("/cargo/shipments/").content.decode()
    )
    assert (
        browse(chosen.cast, "head").post("/my-company/dates/", {"era": "lunar"}).status_code == 422
    )


def test_thai_pages_say_2569_and_others_2026(chosen: Shop, browse: Any) -> None:
    (row,) = _shipments()
    pages = (
        "/cargo/shipments/?month=2026-01",
        f"/cargo/shipments/{row.pk}/",
        "/cargo/reports/?month=2026-01",
        "/cargo/months/2026-01/",
    )
    for page in pages:
        text = thai(browse(chosen.cast, "cargo_manager")).get(page).content.decode()
        assert "2569" in text and "18/01/2026" not in text, page
    plain = browse(chosen.cast, "cargo_manager")
    assert "18.01.2026" in plain.get("/cargo/shipments/").content.decode()


def test_a_form_shows_2569_and_takes_both(chosen: Shop, browse: Any) -> None:
    (row,) = _shipments()
    browser = thai(browse(chosen.cast, "cargo_staff"))
    at = f"/cargo/shipments/{row.pk}/edit/"
    assert 'value="18/01/2569"' in browser.get(at).content.decode()
    entry = {
        "customer_code": "PR-001",
        "tracking_number": "TH12345678",
        "goods_type": "GENERAL",
        "transport": "truck",
        "weight_kg": "15.5",
        "volume_cbm": "0.125",
        "price": "2,500",
        "cost_mode": "AUTO",
    }
    for day in ("19/01/2569", "20/01/2026"):
        assert browser.post(at, entry | {"received_on": day}).status_code == 302
        row.refresh_from_db()
        assert f"{row.received_on:%d/%m}" == day[:5] and row.received_on.year == 2026


def test_exports_and_papers_follow(chosen: Shop, browse: Any) -> None:
    browser = thai(browse(chosen.cast, "cargo_manager"))
    assert "18/01/2569" in browser.get("/cargo/shipments/export/?format=csv").content.decode()
    sheet = load_workbook(
        BytesIO(browser.get("/cargo/shipments/export/?format=xlsx").content)
    ).active
    cell = sheet["A2"]
    assert (cell.value.date(), cell.number_format) == (
        date(2026, 1, 18),
        "dd/mm/bbbb",
    )
    bill = browser.post(
        "/cargo/billing/",
        {
            "customer_code": "PR-001",
            "first": "01/01/2569",
            "last": "31/01/2569",
        },
        follow=True,
    )
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(bill.content)).pages)
    assert "18/01/2569" in text and "18/01/2026" not in text


def test_the_public_look_up_follows(chosen: Shop, browse: Any) -> None:
    browser = thai(browse())
    at = f"/p/{parcels.token_of(chosen.cast.info)}/"
    text = browser.post(
        at,
        {"tracking_number": "TH12345678", "phone_tail": "5678"},
        REMOTE_ADDR="10.1.1.2",
    ).content.decode()
    assert "18/01/2569" in text


@pytest.mark.parametrize(
    ("language", "buddhist", "expected"),
    [
        ("th", True, "13/03/2569"),
        ("th", False, "13/03/2026"),
        ("en", True, "13/03/2026"),
        ("ru", True, "13.03.2026"),
    ],
)
def test_one_filter_decides(language: str, buddhist: bool, expected: str) -> None:
    with translation.override(language), formats.era(buddhist=buddhist):
        assert formats.day(date(2026, 3, 13)) == expected
    assert not formats.counts_buddhist()


def _shipments() -> Any:
    from commission.cargo.models import Shipment

    return Shipment.objects.all()
