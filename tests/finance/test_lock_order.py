"""Acts of the books lock rows in one order: order, invoice, debt, months; then numbers and sums."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from finance import at_unloading, invoices, payables, settlement
from finance.close import close_fee_month
from finance.close_books import close_books
from finance.models import Invoice, Method, Payable
from orders.models import Order
from tests.finance.money_samples import (
    MARCH,
    completed,
    give_back,
    invoice,
    noon,
    order,
    own,
    pay,
)
from tests.finance.test_write_offs import LATE, give_up, take_back
from tests.world import Cast

RANKS = (
    "orders_order",
    "finance_invoice",
    "finance_payable",
    "finance_monthclose:fee",
    "finance_monthclose:books",
    "last",
)
LAST = ("documents_numbercounter", "finance_monthsum")
LOCKING = re.compile(
    r"^SELECT .*? FROM \"?(?P<read>\w+)\"? .*FOR (?:NO KEY UPDATE|UPDATE|SHARE)"
    r"|^UPDATE \"?(?P<update>orders_order|finance_payable)\"?"
    r"|^\s*INSERT INTO \"?(?P<upsert>finance_monthsum)\"?",
    re.DOTALL,
)
PAID = "2026-03-10"
LATER = noon("2026-04-05")


def locked(act: Callable[[], Any]) -> list[str]:
    """The kinds of rows in the order in which the act first locked one of each."""
    with CaptureQueriesContext(connection) as queries:
        act()
    first: list[str] = []
    for query in queries.captured_queries:
        match = LOCKING.match(query["sql"])
        table = match and (match["read"] or match["update"] or match["upsert"])
        if table == "finance_monthclose":
            table += ":books" if "'books'" in query["sql"] else ":fee"
        if table in LAST:
            table = "last"
        if table in RANKS and table not in first:
            first.append(table)
    return first


def done_order(cast: Cast) -> Order:
    """Completed, with a carrier to pay."""
    facts = {"carrier_rate": Decimal("800.00"), "completed_at": noon(PAID)}
    return order(cast, price="1000.00", stage="completed", **facts)


def settled(cast: Cast) -> Invoice:
    return settlement.settle(order=done_order(cast), by=None, at=noon(PAID))


def settling(cast: Cast) -> Callable[[], Any]:
    standing = done_order(cast)
    return lambda: settlement.settle(order=standing, by=None, at=noon(PAID))


def settling_what_was_invoiced(cast: Cast) -> Callable[[], Any]:
    standing = done_order(cast)
    invoices.issue_for_order(order=standing, by=None, at=noon(PAID))
    return lambda: settlement.settle(order=standing, by=None, at=noon(PAID))


def issuing(cast: Cast) -> Callable[[], Any]:
    standing = order(cast)
    return lambda: invoices.issue_for_order(order=standing, by=None, at=noon(PAID))


def cancelling(cast: Cast) -> Callable[[], Any]:
    bill = invoice(cast, "100.00")
    return lambda: invoices.cancel(invoice=bill, reason="wrong", by=None, at=noon(PAID))


def paying(cast: Cast) -> Callable[[], Any]:
    bill = settled(cast)
    return lambda: pay(cast, bill, "10.00", PAID)


def giving_back(cast: Cast) -> Callable[[], Any]:
    payment = pay(cast, settled(cast), "10.00", PAID)
    return lambda: give_back(cast, payment, "5.00", PAID)


def giving_up(cast: Cast) -> Callable[[], Any]:
    bill = settled(cast)
    return lambda: give_up(cast, bill, "10.00")


def taking_a_write_off_back(cast: Cast) -> Callable[[], Any]:
    write_off = give_up(cast, settled(cast), "10.00")
    return lambda: take_back(cast, write_off)


def paying_what_was_given_up(cast: Cast) -> Callable[[], Any]:
    bill = settled(cast)
    give_up(cast, bill, str(bill.gross))
    return lambda: pay(cast, bill, "10.00", LATE)


def paying_out(cast: Cast) -> Callable[[], Any]:
    settled(cast)
    return lambda: payables.pay_out(payable=Payable.objects.get(), **money())


def paying_the_driver(cast: Cast) -> Callable[[], Any]:
    bill = settled(cast)
    facts = money()
    del facts["method"]
    return lambda: at_unloading.client_paid_carrier(invoice=bill, **facts)


def money() -> dict[str, Any]:
    return {
        "amount": Decimal("10.00"),
        "paid_on": noon(PAID).date(),
        "method": Method.BANK,
        "once": uuid4(),
        "by": None,
        "at": noon(PAID),
    }


def closing_the_fee(cast: Cast) -> Callable[[], Any]:
    pay(cast, invoice(cast, "100.00"), "50.00", PAID)
    completed(cast, 31, PAID)
    return lambda: close_fee_month(month=MARCH, by=None, at=LATER)


def closing_the_books(cast: Cast) -> Callable[[], Any]:
    invoice(cast, "100.00")
    return lambda: close_books(month=MARCH, by=None, at=LATER)


ACTS = {
    settling: (0, 4, 5),
    settling_what_was_invoiced: (0, 1, 4, 5),
    issuing: (0, 4, 5),
    cancelling: (0, 1, 4, 5),
    paying: (0, 1, 3, 4, 5),
    giving_back: (0, 1, 3, 4, 5),
    giving_up: (0, 1, 4, 5),
    taking_a_write_off_back: (0, 1, 4, 5),
    paying_what_was_given_up: (0, 1, 3, 4, 5),
    paying_out: (2, 4, 5),
    paying_the_driver: (0, 1, 2, 3, 4, 5),
    closing_the_fee: (0, 3, 4, 5),
    closing_the_books: (4,),
}


@pytest.mark.parametrize("prepared", ACTS, ids=lambda act: act.__name__)
def test_every_act_locks_in_the_one_order(
    in_alpha: Cast, prepared: Callable[[Cast], Callable[[], Any]]
) -> None:
    own()
    act = prepared(in_alpha)
    expected = [RANKS[rank] for rank in ACTS[prepared]]
    kinds = locked(act)
    assert [kind for kind in kinds if kind in expected] == expected
    assert kinds == sorted(kinds, key=RANKS.index)
