"""What an order brought is its row of the P&L, from its act on; before, what is expected."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from finance.queries.pnl_by import ORDER, pnl_by
from finance.settlement import settle
from tests.finance.money_samples import noon, order, own, pay, rate
from tests.finance.test_credit_notes import credit
from tests.world import Cast

YEAR = {"first": date(2026, 1, 1), "last": date(2026, 12, 31)}


def of_pnl(pk: object) -> Decimal:
    (row,) = [part for part in pnl_by(ORDER, **YEAR) if part.key == str(pk)]
    return row.profit


def test_the_golden_case_from_expected_to_booked(in_alpha: Cast, call: Any) -> None:
    """1 000 USD at 87.50, carrier 70 000 KGS, paid at 85.00: 6 500."""
    own(country="KG")
    rate("2026-03-05", "87.50")
    rate("2026-03-10", "85.00")
    row = order(
        in_alpha,
        price="1000.00",
        price_tax="none",
        currency="USD",
        client_fx=Decimal("87.50"),
        carrier_rate=Decimal(70000),
    )
    office = call(in_alpha, "head")

    def sums() -> tuple[str | None, str | None]:
        answer = office.send("get", f"orders/{row.ref}").json()
        return answer["result"], answer["expected_result"]

    assert sums() == (None, "8750.00")  # 87 500 − 70 000 − 10 % of the price
    bill = settle(order=row, by=in_alpha.actor("accountant"), at=noon("2026-03-05"))
    assert sums() == ("17500.00", None)
    pay(in_alpha, bill, "1000.00", "2026-03-10")
    assert sums() == ("6500.00", None)
    assert of_pnl(row.pk) == Decimal("6500.00")


def test_a_credit_note_and_a_refund_move_it_with_the_p_and_l(in_alpha: Cast, call: Any) -> None:
    own(country="KG", vat_payer=True)
    rows = [order(in_alpha, price="100000.00", carrier_rate=Decimal(70000)) for _ in range(2)]
    bills = [
        settle(order=row, by=in_alpha.actor("accountant"), at=noon("2026-03-05")) for row in rows
    ]
    pay(in_alpha, bills[0], "112000.00", "2026-03-06")
    credit(in_alpha, bills[0], "11200.00")
    listed = call(in_alpha, "head").send("get", "orders").json()["results"]
    by_ref = {one["ref"]: one["result"] for one in listed}
    assert {ref: Decimal(amount) for ref, amount in by_ref.items()} == {
        row.ref: of_pnl(row.pk) for row in rows
    }


def test_who_sees_no_margin_sees_no_result(in_alpha: Cast, call: Any) -> None:
    own(country="KG")
    row = order(in_alpha, price="1000.00", carrier_rate=Decimal(700), stage="published")
    answer = call(in_alpha, "accountant").send("get", f"orders/{row.ref}").json()
    assert (answer["margin"], answer["result"], answer["expected_result"]) == (None, None, None)
    assert "result" not in call(in_alpha, "client").send("get", f"orders/{row.ref}").json()
