"""Home amounts of the ledger: what is settled leaves zero in its currency and at home, and the
difference of exchange is a line of its own.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from finance import invoices, payables
from finance.exchange import Item, settling
from finance.ledger import Move
from finance.models import Account, Invoice, Line, Method, MonthSum, Payable, Payment
from finance.payables import CannotPayOut
from finance.payments import CannotPay
from finance.queries import pnl
from finance.settlement import settle
from finance.verify import differences
from tests.finance.money_doc import table
from tests.finance.money_samples import MARCH, give_back, invoice, noon, order, own, pay, rate
from tests.world import Cast

FX = Decimal("87.50")


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own()
    rate("2026-03-05", "87.50")
    return in_alpha


def balances() -> dict[str, tuple[Decimal, Decimal]]:
    """Of each account: in the currencies' own units, and at home."""
    sums: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for line in Line.objects.all():
        assert line.home_amount is not None
        for account, sign in ((line.debit, 1), (line.credit, -1)):
            sums[account][0] += sign * line.amount
            sums[account][1] += sign * line.home_amount
    return {account: (own_units, home) for account, (own_units, home) in sums.items()}


def in_dollars(cast: Cast, price: str = "1000.00", **more: Any) -> Invoice:
    return invoice(cast, price, currency="USD", client_fx=FX, **more)


def accrued(cast: Cast, rate: str, currency: str = "USD", fx: str = "87.50") -> Payable:
    row = order(cast, carrier_rate=Decimal(rate), carrier_currency=currency, carrier_fx=Decimal(fx))
    debt = payables.accrue(order=row, by=cast.actor("accountant"), at=noon("2026-03-05"))
    assert debt is not None
    return debt


def pay_out(cast: Cast, debt: Payable, amount: str, fx: str | None = None, **more: Any) -> None:
    payables.pay_out(
        payable=debt,
        amount=Decimal(amount),
        paid_on=date(2026, 3, 10),
        method=Method.BANK,
        once=uuid4(),
        by=more.get("by", cast.actor("accountant")),
        at=noon("2026-03-10"),
        fx=Decimal(fx) if fx else None,
    )


def test_a_settled_invoice_leaves_nothing_and_the_difference_stands_apart(cast: Cast) -> None:
    bill = in_dollars(cast)
    pay(cast, bill, "1000.00", "2026-03-10", fx=Decimal("85.00"))
    left = balances()
    assert left["receivable"] == (0, 0)
    assert left["revenue"] == (Decimal("-1000.00"), Decimal("-87500.00"))
    assert left["bank"] == (Decimal("1000.00"), Decimal("85000.00"))
    assert left["exchange"] == (0, Decimal("2500.00"))
    assert list(differences()) == []


def test_the_golden_case(cast: Cast) -> None:
    """1 000 USD at 87.50, carrier 70 000 KGS, paid at 85.00: result 6 500."""
    rate("2026-03-10", "85.00")
    row = order(
        cast,
        price="1000.00",
        currency="USD",
        client_fx=FX,
        carrier_rate=Decimal("70000"),
    )
    accountant = cast.actor("accountant")
    bill = settle(order=row, by=accountant, at=noon("2026-03-05"))
    pay(cast, bill, "1000.00", "2026-03-10")
    (month,) = pnl([MARCH], "KGS").at_home
    assert (month.revenue, month.cost, month.exchange, month.fee, month.profit) == (
        Decimal("87500.00"),
        Decimal("70000.00"),
        Decimal("-2500.00"),
        Decimal("8500.00"),
        Decimal("6500.00"),
    )


def test_the_rate_of_the_day_is_taken_where_none_is_typed(cast: Cast) -> None:
    rate("2026-03-09", "88.00")
    assert pay(cast, in_dollars(cast), "100.00", "2026-03-10").fx == Decimal("88.00")
    debt = accrued(cast, "800.00")
    pay_out(cast, debt, "100.00")
    assert debt.payouts.get().home_amount == Decimal("8800.00")


def test_a_better_rate_is_a_gain(cast: Cast) -> None:
    bill = in_dollars(cast)
    pay(cast, bill, "400.00", "2026-03-10", fx=Decimal("90.00"))
    assert balances()["exchange"] == (0, Decimal("-1000.00"))
    assert balances()["receivable"] == (Decimal("600.00"), Decimal("52500.00"))


def test_at_the_same_rate_there_is_no_line_of_difference(cast: Cast) -> None:
    pay(cast, in_dollars(cast), "1000.00", "2026-03-10", fx=FX)
    assert not Line.objects.filter(debit="exchange").exists()
    assert not Line.objects.filter(credit="exchange").exists()


def test_a_refund_opens_the_invoice_at_its_own_rate(cast: Cast) -> None:
    bill = in_dollars(cast)
    payment = pay(cast, bill, "1000.00", "2026-03-10", fx=Decimal("85.00"))
    give_back(cast, payment, "1000.00", "2026-03-11")
    left = balances()
    assert left["receivable"] == (Decimal("1000.00"), Decimal("87500.00"))
    assert (left["bank"], left["exchange"]) == ((0, 0), (0, 0))
    bill.refresh_from_db()
    accountant = cast.actor("accountant")
    invoices.cancel(invoice=bill, reason="wrong", by=accountant, at=noon("2026-03-12"))
    assert {account: sums for account, sums in balances().items() if any(sums)} == {}
    assert list(differences()) == []


def test_taxes_and_revenue_are_together_what_the_client_owes_at_home(cast: Cast) -> None:
    own(vat_payer=True)
    in_dollars(cast, "333.33")  # 40.00 of tax
    left = balances()
    assert left["tax"] == (Decimal("-40.00"), Decimal("-3500.00"))
    assert left["receivable"][1] == Decimal("32666.38")  # 373.33 at 87.50
    assert left["revenue"][1] == Decimal("-29166.38")


def test_a_carrier_paid_at_another_rate(cast: Cast) -> None:
    debt = accrued(cast, "800.00")
    pay_out(cast, debt, "300.00", "90.00")
    pay_out(cast, debt, "500.00", "85.00")
    left = balances()
    assert left["payable"] == (0, 0)
    assert left["cost"] == (Decimal("800.00"), Decimal("70000.00"))
    assert left["bank"] == (Decimal("-800.00"), Decimal("-69500.00"))
    assert left["exchange"] == (0, Decimal("-500.00"))
    assert list(differences()) == []


def test_a_payout_far_off_the_rate_is_for_the_head(cast: Cast) -> None:
    debt = accrued(cast, "800.00")
    with pytest.raises(CannotPayOut) as refused:
        pay_out(cast, debt, "10.00", "60")
    assert refused.value.field == "fx"
    pay_out(cast, debt, "10.00", "60", by=cast.actor("head"))
    assert balances()["exchange"] == (0, Decimal("-275.00"))


def test_in_the_own_currency_there_is_no_rate(cast: Cast) -> None:
    with pytest.raises(CannotPay) as refused:
        pay(cast, invoice(cast, "500.00"), "100.00", "2026-03-10", fx=Decimal(2))
    assert refused.value.field == "fx"
    assert Payment.objects.count() == 0
    debt = accrued(cast, "800.00", "KGS", "1")
    with pytest.raises(CannotPayOut):
        pay_out(cast, debt, "10.00", "2")


def test_profit_at_home_holds_every_currency(cast: Cast) -> None:
    pay(cast, in_dollars(cast), "1000.00", "2026-03-10", fx=Decimal("85.00"))
    invoice(cast, "1234.00")
    pay_out(cast, accrued(cast, "800.00"), "800.00", "87.50")
    results = pnl([MARCH], "KGS")
    (month,) = results.at_home
    assert (month.revenue, month.cost, month.exchange) == (
        Decimal("88734.00"),
        Decimal("70000.00"),
        Decimal("-2500.00"),
    )
    assert month.profit == month.revenue - month.cost - month.fee - Decimal("2500.00")
    (dollars,) = results.others
    assert (dollars.currency, dollars.revenue, dollars.cost) == (
        "USD",
        Decimal("1000.00"),
        Decimal("800.00"),
    )


def test_over_the_api_profit_says_the_difference(cast: Cast, call: Any) -> None:
    pay(cast, in_dollars(cast), "1000.00", "2026-03-10", fx=Decimal("85.00"))
    body = call(cast, "accountant").send("get", "finance/pnl?month=2026-03").json()
    assert (body["revenue"], body["exchange_difference"]) == ("87500.00", "-2500.00")
    assert body["others"][0]["currency"] == "USD"


@pytest.mark.parametrize("values", ["0, 0", "0, -1", "0, NULL", "1, -1"])
def test_the_database_refuses_a_line_that_moves_nothing(cast: Cast, values: str) -> None:
    in_dollars(cast)
    with (
        pytest.raises(IntegrityError, match="line_amount"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO finance_line (entry_id, debit, credit, currency, amount, home_amount)"
            f" SELECT id, 'bank', 'exchange', 'USD', {values} FROM finance_entry LIMIT 1"
        )


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (lambda: MonthSum.objects.filter(debit="exchange").update(home_amount=1), "at home"),
        (lambda: Invoice.objects.update(fx=Decimal("80")), ""),
    ],
)
def test_the_check_of_the_books_sees_a_wrong_home_sum(
    cast: Cast, harm: Callable[[], object], words: str
) -> None:
    pay(cast, in_dollars(cast), "1000.00", "2026-03-10", fx=Decimal("85.00"))
    harm()
    faults = list(differences())
    assert bool(faults) == bool(words) and all(words in text for text in faults)


CENTS = st.integers(1, 10**7).map(lambda cents: Decimal(cents) / 100)
RATES = st.integers(1, 10**9).map(lambda millionths: Decimal(millionths) / 10**6)


@given(CENTS, RATES, st.lists(st.tuples(CENTS, RATES, st.booleans()), max_size=8))
def test_any_parts_leave_what_is_still_owed(
    amount: Decimal, fx: Decimal, parts: list[tuple[Decimal, Decimal, bool]]
) -> None:
    """Receipts and refunds in any order: the item at home is always its share, to the hundredth,
    and all of it gone at the end.
    """
    whole = Item(Account.RECEIVABLE, amount, round(amount * fx, 2), Decimal(0))
    settled = left = Decimal(0)
    left = whole.home_amount
    for size, day_rate, is_refund in [*parts, (amount, fx, False)]:
        part = min(size, settled) if is_refund else min(size, amount - settled)
        if not part:
            continue
        sides = (
            (Account.RECEIVABLE, Account.BANK) if is_refund else (Account.BANK, Account.RECEIVABLE)
        )
        item = Item(whole.account, amount, whole.home_amount, settled)
        money = Move(*sides, part, "USD", round(part * day_rate, 2))
        signed = -part if is_refund else part
        for move in settling(item, signed, money):
            left += move.home_amount * (
                (move.debit is item.account) - (move.credit is item.account)
            )
        settled += signed
    assert settled == amount
    assert left == 0


@pytest.mark.parametrize(
    ("owed", "owed_at", "amount", "paid_at", "difference"),
    table("Exchange"),
)
def test_the_document_says_the_same(
    cast: Cast, owed: str, owed_at: str, amount: str, paid_at: str, difference: str
) -> None:
    side, sum_owed = owed.split()
    head = cast.actor("head")
    rate("2026-03-10", owed_at)
    if side == "client":
        bill = invoice(cast, sum_owed, currency="USD", client_fx=Decimal(owed_at))
        pay(cast, bill, amount, "2026-03-10", fx=Decimal(paid_at), by=head)
    else:
        pay_out(cast, accrued(cast, sum_owed, fx=owed_at), amount, paid_at, by=head)
    (month,) = pnl([MARCH], "KGS").at_home
    assert str(month.exchange) == difference
