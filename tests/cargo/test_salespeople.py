"""The list of salespeople: search, tabs, export, one statement whatever its length."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from commission.cargo.people import salespeople
from tests.cargo.conftest import NOW, Shop

AT = "/cargo/salespeople/"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(shop: Shop, browse: Any, rows: int) -> None:
    for number in range(rows):
        shop.salesperson(f"S-{number}")
    browser = browse(shop.cast, "cargo_manager")
    with CaptureQueriesContext(connection) as captured:
        page = browser.get(AT).content.decode()
    assert page.count("<tr data-href") == rows
    asked_for = sum('FROM "cargo_salesperson"' in query["sql"] for query in captured)
    assert asked_for == 2  # the rows, their count


def test_who_left_has_a_mark_and_a_tab(shop: Shop, browse: Any) -> None:
    shop.salesperson("S-07")
    salespeople.change(
        salesperson=shop.salesperson("S-08"),
        name="Gone",
        phone="",
        email="",
        is_active=False,
        by=shop.actor(),
        at=NOW,
    )
    browser = browse(shop.cast, "cargo_manager")
    browser.cookies["language"] = "en"
    everybody = browser.get(AT).content.decode()
    assert "S-07" in everybody and "S-08" in everybody and "user-off" in everybody
    left = browser.get(f"{AT}?left=1").content.decode()
    assert "S-08" in left and "S-07" not in left
    assert "S-07" not in browser.get(f"{AT}?q=gone").content.decode()


def test_export_has_customers_and_the_login(shop: Shop, browse: Any) -> None:
    mine = shop.salesperson("S-01", login="cargo_sale")
    shop.customer("PR-001", of=mine)
    shop.customer("PR-002", of=mine)
    table = browse(shop.cast, "cargo_manager").get(f"{AT}export/?format=csv").content.decode()
    assert '"S-01";"Person S-01";"";"";2;' in table
    assert shop.actor("cargo_sale").name in table
    assert browse(shop.cast, "cargo_staff").get(f"{AT}export/").status_code == 403
