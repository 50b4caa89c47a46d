"""Profit and loss by client, direction, order and manager: each adds up to the months' results."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from finance import payables
from finance.models import Account
from finance.queries import pnl
from finance.queries.pnl_by import SLICES, pnl_by, total_of
from orders.models import Order
from tenants.context import inside
from tests.finance.money_samples import MARCH, invoice, noon, order, own, pay, rate
from tests.finance.raw_books import ENTRIES, RANDOM, Booked, booked, raw_books
from tests.tools import clocks_stand_at
from tests.world import Cast

PAGE = "/finance/pnl/by/"
YEAR = (date(2026, 1, 1), date(2026, 12, 31))
MONTHS = [date(2026, month, 1) for month in (1, 2, 3, 4)]


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clocks_stand_at(noon("2026-03-20")):
        yield


def sold(cast: Cast) -> None:
    """Two clients, one paying in dollars at another rate; a carrier; two managers and none."""
    own()
    rate("2026-03-10", "85.00")
    head = cast.actor("head").member_id
    bill = invoice(cast, "1000.00", on="2026-03-02", responsible=head)
    pay(cast, bill, "1000.00", "2026-03-05")
    dollars = invoice(
        cast,
        "1000.00",
        on="2026-03-02",
        currency="USD",
        client_fx=Decimal("87.50"),
        client="client2",
        place_to="Алматы",
    )
    pay(cast, dollars, "1000.00", "2026-03-10", fx=Decimal("85.00"))
    carried = order(
        cast,
        carrier_rate=Decimal("600.00"),
        carrier_name="Tulpar",
        responsible=head,
    )
    payables.accrue(order=carried, by=None, at=noon("2026-03-05"))


@RANDOM
@given(entries=ENTRIES, by=st.sampled_from(list(SLICES)))
def test_the_rows_add_up_to_the_months_and_to_the_raw_lines(
    in_alpha: Cast, entries: list[Booked], by: str
) -> None:
    with booked(entries):
        sold(in_alpha)
        parts = pnl_by(by, first=MONTHS[0], last=date(2026, 4, 30))
        months = pnl(MONTHS, "KGS").at_home
        raw = raw_books(*YEAR).at_home
    total = total_of(parts)
    assert total.profit == sum(month.profit for month in months)
    assert (total.revenue, total.cost, total.fee, total.exchange) == (
        sum(month.revenue for month in months),
        sum(month.cost for month in months),
        sum(month.fee for month in months),
        sum(month.exchange for month in months),
    )
    revenue = raw[Account.REVENUE]
    assert total.revenue == revenue.credit - revenue.debit
    assert sum(part.profit for part in parts) == total.profit


def test_each_way_to_divide_has_its_rows(in_alpha: Cast) -> None:
    sold(in_alpha)
    rows = {
        by: {part.name: part.profit for part in pnl_by(by, first=MARCH, last=date(2026, 3, 31))}
        for by in SLICES
    }
    month = pnl([MARCH], "KGS").at_home[0]
    assert {sum(parts.values()) for parts in rows.values()} == {month.profit}
    assert len(rows["client"]) == 2
    assert set(rows["direction"]) == {"Бишкек → Ош", "Бишкек → Алматы"}
    assert set(rows["order"]) == set(Order.objects.values_list("ref", flat=True))
    assert set(rows["manager"]) == {in_alpha.actor("head").name, ""}
    # 1 000 − 10 % of 1 000 − 600, and 87 500 − 2 500 lost − 10 % of 85 000
    assert rows["direction"] == {
        "Бишкек → Ош": Decimal("300.00"),
        "Бишкек → Алматы": Decimal("76500.00"),
    }


@RANDOM
@given(entries=ENTRIES)
def test_what_belongs_to_no_order_is_a_row_of_its_own(
    in_alpha: Cast, entries: list[Booked]
) -> None:
    with booked(entries):
        parts = pnl_by("order", first=YEAR[0], last=YEAR[1])
    assert len(parts) <= 1
    assert not any(part.is_of_order for part in parts)


def test_the_page_its_chart_and_its_file_say_the_same(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        sold(alpha)
    browser = browse(alpha, "accountant")
    for by in SLICES:
        page = browser.get(f"{PAGE}?by={by}").content.decode()
        plain = page.replace("\xa0", " ").replace("\u202f", " ")
        assert "76 800,00" in plain.partition("<tfoot>")[2], by
        rows = browser.get(f"{PAGE}?by={by}&format=csv").content.decode("utf-8-sig").splitlines()
        assert rows[-1].startswith('"Всего"') and rows[-1].endswith(";76800.00")
    assert '"data": [76500.0, 300.0]' in browser.get(f"{PAGE}?by=direction").content.decode()
    assert "is-invalid" in browser.get(f"{PAGE}?by=zzz").content.decode()
    assert PAGE in browser.get("/finance/pnl/").content.decode()


def test_profit_by_client_is_of_the_office_alone(alpha: Cast, beta: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        sold(alpha)
    assert browse(alpha, "client").get(PAGE).status_code == 404
    assert "76\xa0800,00" not in browse(beta).get(PAGE).content.decode()


@pytest.mark.parametrize("by", list(SLICES))
def test_profit_asks_the_same_number_of_questions_however_long(
    alpha: Cast, browse: Any, by: str
) -> None:
    browser = browse(alpha, "accountant")
    counts = []
    for _more in (1, 2):
        with inside(alpha.scope):
            sold(alpha)
        browser.get(f"{PAGE}?by={by}")
        with CaptureQueriesContext(connection) as captured:
            browser.get(f"{PAGE}?by={by}")
        counts.append(sum('"finance_' in query["sql"] for query in captured))
    assert counts == [1, 1]


def test_the_api_tells_profit_by_client(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        sold(alpha)
    answer = call(alpha, "accountant").send("get", "finance/pnl-by?by=client").json()
    assert (answer["from"], answer["to"], answer["currency"]) == (
        "2026-03-01",
        "2026-03-31",
        "KGS",
    )
    assert [row["profit"] for row in answer["rows"]] == ["76500.00", "300.00"]
    assert answer["total"]["exchange_difference"] == "-2500.00"
    assert call(alpha, "accountant").send("get", "finance/pnl-by?by=zz").status_code == 400
