"""The list of shipments: columns to choose, views kept as tabs, totals that follow a live search."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal as D
from io import BytesIO
from typing import Any

from pypdf import PdfReader

from commission.cargo.shipments import lots
from tenants.office.models import AuditEvent, SavedView
from tests.cargo.conftest import NOW, Shop


def cut(page: str) -> str:
    """What a live search swaps in: #list alone."""
    return page[page.index('<div id="list"') : page.index('<dialog id="save-view"')]


def english(browser: Any) -> Any:
    browser.cookies["language"] = "en"
    return browser


def heads(page: str) -> list[str]:
    headings = re.findall(r'<th scope="col"[^>]*>(?:<a[^>]*>)?([^<]*)', page)
    return [head.strip() for head in headings]


def test_columns_are_chosen_by_the_address(shop: Shop, browse: Any) -> None:
    shop.card()
    shop.shipment()
    browser = english(browse(shop.cast, "cargo_staff"))
    usual, few = (
        browser.get(f"/cargo/shipments/{query}").content.decode()
        for query in ("", "?cols=price&cols=method&cols=nonsense")
    )
    assert "Customer" in heads(usual) and "Method" not in heads(usual) and len(heads(usual)) == 12
    assert heads(few) == [
        "Tracking number",
        "Selling price",
        "Method",
        "Status",
    ]
    assert few.count("<td") == 6 and ">DIFF<" in few  # four columns, the tick and the menu
    assert 'value="price" checked' in few and 'value="customer" checked' not in few


def test_a_view_keeps_filters_and_columns_for_its_owner_alone(shop: Shop, browse: Any) -> None:
    staff = browse(shop.cast, "cargo_staff")
    manager = browse(shop.cast, "cargo_manager")
    query = "status=loss&cols=price&cols=cost&q=&page=3"
    kept = staff.post("/cargo/shipments/views/", {"name": "ขาดทุน", "query": query})
    assert kept["Location"] == "/cargo/shipments/?cols=price&cols=cost&status=loss"
    view = SavedView.objects.get()
    page = staff.get("/cargo/shipments/?status=loss&month=&cols=price&cols=cost").content.decode()
    assert (
        re.search(r'class="view active" aria-current="page">ขาดทุน<', page)
        and page.count('class="view active"') == 1
    )
    assert "ขาดทุน" not in manager.get("/cargo/shipments/").content.decode()
    assert (
        manager.post(f"/cargo/shipments/views/{view.pk}/delete/").status_code == 404
        and SavedView.objects.exists()
    )
    staff.post(f"/cargo/shipments/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_not_kept_and_the_same_name_is_written_over(
    shop: Shop, browse: Any
) -> None:
    browser = browse(shop.cast, "cargo_sale")
    for name, query in (
        (" ", "status=loss"),
        ("A", "status=loss"),
        ("A", "status=normal"),
    ):
        browser.post("/cargo/shipments/views/", {"name": name, "query": query})
    assert list(SavedView.objects.values_list("name", "query")) == [("A", "status=normal")]


def test_a_live_search_swaps_totals_and_the_address_to_keep(shop: Shop, browse: Any) -> None:
    """Both lie inside #list, or a search as one types would leave the old ones standing."""
    shop.card()
    shop.shipment(price=D("2500"))
    shop.shipment(
        tracking_number="OTHER",
        price=D("1000"),
        received_on=date(2026, 1, 19),
    )
    browser = english(browse(shop.cast, "cargo_manager"))
    assert "3,500.00" in cut(browser.get("/cargo/shipments/").content.decode())
    piece = cut(browser.get("/cargo/shipments/?q=OTHER&month=").content.decode())
    assert "1,000.00" in piece and "3,500.00" not in piece
    assert re.search(r'name="query" value="q=OTHER" form="view-form"', piece)


def test_several_are_picked_for_labels_or_a_lot(shop: Shop, browse: Any) -> None:
    one, two, left = (shop.shipment(tracking_number=number) for number in ("A-1", "A-2", "A-3"))
    lot = lots.create(code="L-1", transport="ship", by=shop.actor(), at=NOW)
    browser = browse(shop.cast, "cargo_staff")
    picked = {"pick": [str(one.pk), str(two.pk), "nonsense"]}
    papers = PdfReader(BytesIO(browser.post("/cargo/shipments/labels/", picked).content))
    assert len(papers.pages) == 2
    answer = browser.post("/cargo/shipments/into-lot/", picked)
    assert (
        answer.status_code == 200
        and "L-1" in answer.content.decode()
        and not lot.shipments.exists()
    )
    assert (
        browser.post("/cargo/shipments/into-lot/", picked | {"lot": str(lot.pk)}).status_code == 302
    )
    assert (
        set(lot.shipments.values_list("pk", flat=True)) == {one.pk, two.pk} and left.lot_id is None
    )
    assert AuditEvent.objects.get(action="cargo.lot_fill").after == {"put": 2}
    assert (
        browser.post("/cargo/shipments/labels/", {}).status_code == 302
    )  # nothing picked: back to the list, in words


def test_who_only_reads_picks_nothing(shop: Shop, browse: Any) -> None:
    row = shop.shipment(
        tracking_number="TH12345678",
        customer_code=shop.customer(of=shop.salesperson(login="cargo_sale")).code,
    )
    browser = browse(shop.cast, "cargo_sale")
    page = browser.get("/cargo/shipments/").content.decode()
    assert 'name="pick"' not in page and "TH12345678" in page
    codes = [
        browser.post(f"/cargo/shipments/{act}/", {"pick": str(row.pk)}).status_code
        for act in ("labels", "into-lot")
    ]
    assert codes == [403, 403]
