"""One long name may not widen a list: two lines, the whole text on hover and on the page of the
record (FAULTS C6).
"""

from __future__ import annotations

from typing import Any

from lxml import html

from orders.drafts import CargoData
from tests.orders import order_samples
from tests.world import Cast

LONG = "Оборудование" * 16


def test_a_long_cell_is_cut_to_two_lines_and_told_whole(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha, cargo=(CargoData(LONG),))
    browser = browse(in_alpha)
    page = html.fromstring(browser.get("/orders/").content.decode())
    cells = page.find_class("two-lines")
    assert [cell.get("title") for cell in cells] == [LONG]
    assert LONG in browser.get(f"/orders/{order.ref}/").content.decode()


def test_a_short_cell_stays_plain(in_alpha: Cast, browse: Any) -> None:
    order_samples.order(in_alpha)
    page = html.fromstring(browse(in_alpha).get("/orders/").content.decode())
    assert page.find_class("two-lines") == []
