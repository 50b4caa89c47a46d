"""Revenue and tax are booked by the act, with the money, or with the earlier of the two."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companies.models import OwnFirm, TaxRegime
from finance import invoices, recognition
from finance.models import Account, Entry, EntryKind, Invoice, Line, Payment
from finance.months import BOOKS, hold_alone
from finance.payments import CannotPay
from finance.queries import pnl
from finance.settlement import invoice_order, settle
from finance.verify import differences
from tests.finance.money_doc import table
from tests.finance.money_samples import (
    MARCH,
    accepted,
    give_back,
    invoice_ahead,
    noon,
    order,
    own,
    pay,
    rate,
)
from tests.world import Cast

DAY = "2026-03-10"
LEFT = (
    Account.RECEIVABLE,
    Account.ADVANCE,
    Account.REVENUE,
    Account.TAX,
    Account.UNDUE_REVENUE,
    Account.UNDUE_TAX,
    Account.EXCHANGE,
)
RULES = table("When revenue and tax are booked")


def firm(country: str, regime: str) -> OwnFirm:
    """The own firm, taxed so all year."""
    own(country=country, vat_payer=regime not in ("no_vat", "simplified", "patent"))
    row = OwnFirm.objects.get(pk=1)
    TaxRegime.objects.update_or_create(
        firm=row,
        since=date(2026, 1, 1),
        defaults={"regime": regime, "chosen_at": noon("2026-01-01")},
    )
    return OwnFirm.objects.get(pk=1)


def at_home() -> tuple[Decimal, ...]:
    """The accounts of the table: debit above zero for receivables, credit for the others."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for debit, credit, home in Line.objects.values_list("debit", "credit", "home_amount"):
        assert home is not None
        sums[debit] -= home
        sums[credit] += home
    return (-sums[Account.RECEIVABLE], *(sums[account] for account in LEFT[1:]))


@dataclass
class Desk:
    """Acts as the table writes them."""

    cast: Cast
    bill: Invoice | None = None

    def play(self, act: str) -> None:
        verb, _, rest = act.partition(" ")
        getattr(self, verb)(rest)
        assert list(differences()) == []

    def issue(self, rest: str) -> None:
        price, currency, tax = rest.split()
        self.bill = invoice_ahead(
            self.cast,
            price,
            on=DAY,
            currency=currency,
            price_tax=tax,
            client_fx=Decimal(1 if currency == "KGS" else 80),
        )

    def pay(self, rest: str) -> None:
        amount, *at = re.split(" at ", rest)
        assert self.bill
        more = {"fx": Decimal(at[0])} if at else {}
        pay(self.cast, self.bill, amount, DAY, by=self.cast.actor("head"), **more)

    def accept(self, rest: str) -> None:
        if rest:
            rate(DAY, rest.removeprefix("at "))
        assert self.bill
        accepted(self.cast, self.bill, DAY)

    def refund(self, amount: str) -> None:
        receipt = Payment.objects.get(invoice=self.bill, refund_of=None)
        give_back(self.cast, receipt, amount, DAY)

    def cancel(self, _rest: str) -> None:
        assert self.bill
        head = self.cast.actor("head")
        invoices.cancel(invoice=self.bill, reason="wrong", by=head, at=noon(DAY))


@pytest.mark.parametrize(("regime", "revenue", "tax"), RULES)
def test_the_rule_of_a_regime(in_alpha: Cast, regime: str, revenue: str, tax: str) -> None:
    rule = recognition.rule_of(firm(*regime.split()), date(2026, 3, 1))
    assert (rule.revenue, rule.tax) == (revenue, tax)


def test_the_books_hold_what_the_table_says(in_alpha: Cast) -> None:
    desk = Desk(in_alpha)
    before = (Decimal(0),) * len(LEFT)
    for regime, act, *expected in table("Revenue and tax, act by act"):
        if act.startswith("issue"):
            rate(DAY, "80.00")  # a fee stands on a rate of the day
            firm(*regime.split())
            before = at_home()
        desk.play(act)
        moved = [now - then for now, then in zip(at_home(), before, strict=True)]
        assert moved == [Decimal(amount) for amount in expected], (regime, act)


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(country="KG")
    return in_alpha


def test_an_invoice_before_its_act_is_neither_revenue_nor_debt(cast: Cast) -> None:
    bill = invoice_ahead(cast, "1000.00")
    assert not Entry.objects.exists()
    pay(cast, bill, "400.00", "2026-03-05")
    (month,) = pnl([MARCH], "KGS").at_home
    assert (month.revenue, month.fee) == (0, Decimal("40.00"))  # the commission is on what came in
    assert at_home()[:2] == (0, Decimal("400.00"))


def test_the_act_of_a_completed_order_takes_the_advance_off(cast: Cast) -> None:
    row = order(cast, price="1000.00", price_tax="none")
    accountant = cast.actor("accountant")
    bill = invoice_order(order=row, by=accountant, at=noon("2026-03-01"))
    assert (bill.earned_on, bill.act_id) == (None, None)
    pay(cast, bill, "400.00", "2026-03-05")
    bill = settle(order=row, by=accountant, at=noon("2026-03-10"))
    assert bill.earned_on == date(2026, 3, 10) and bill.act_id
    of_bill = Entry.objects.filter(subject=bill.subject).exclude(kind=EntryKind.PLATFORM_FEE)
    assert sorted(of_bill.values_list("kind", flat=True)) == [
        EntryKind.ACT,
        EntryKind.OFFSET,
        EntryKind.RECEIPT,
    ]
    settle(order=row, by=accountant, at=noon("2026-03-11"))
    assert Entry.objects.filter(kind=EntryKind.ACT).count() == 1
    assert at_home()[:3] == (Decimal("600.00"), 0, Decimal("1000.00"))


def test_an_invoice_of_a_completed_order_comes_with_its_act(cast: Cast) -> None:
    done = order(cast, stage="completed", completed_at=noon("2026-03-02"))
    bill = invoice_order(order=done, by=cast.actor("accountant"), at=noon("2026-03-04"))
    assert bill.earned_on == date(2026, 3, 4) and bill.act_id


def test_an_act_into_a_closed_month_is_booked_on_the_first_day_after_it(cast: Cast) -> None:
    bill = invoice_ahead(cast, "1000.00", on="2026-02-20")
    with transaction.atomic():
        closed = hold_alone(date(2026, 2, 1), BOOKS)
        closed.closed_at = noon("2026-03-01")
        closed.save()
    bill = accepted(cast, bill, "2026-02-27")
    assert bill.earned_on == date(2026, 3, 1)
    assert Entry.objects.get(kind=EntryKind.ACT).on == date(2026, 3, 1)


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "pay", "refund", "accept"]),
        st.integers(1, 100_000),
        st.sampled_from(["79.13", "80.00", "91.77"]),
    ),
    min_size=1,
    max_size=8,
)
REGIMES = st.sampled_from([tuple(row[0].split()) for row in RULES])


@given(
    regime=REGIMES,
    price=st.integers(1, 100_000),
    tax=st.sampled_from(["included", "on_top", "none"]),
    acts=ACTS,
)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_happens_the_books_agree_and_end_at_nothing(
    cast: Cast,
    regime: tuple[str, str],
    price: int,
    tax: str,
    acts: list[tuple[str, int, str]],
) -> None:
    """Payments, refunds and the act in any order; then all is paid and accepted, and later all is
    given back and cancelled.
    """
    with transaction.atomic():
        firm(*regime)
        rate(DAY, "80.00")
        head = cast.actor("head")
        bill = invoice_ahead(
            cast,
            str(Decimal(price) / 100),
            on=DAY,
            currency="USD",
            price_tax=tax,
            client_fx=Decimal(80),
        )
        for verb, cents, fx in acts:
            _do(cast, bill, verb, Decimal(cents) / 100, fx)
            assert list(differences()) == []
        accepted(cast, bill, DAY)
        bill.refresh_from_db()
        if bill.rest:
            pay(cast, bill, str(bill.rest), DAY, fx=Decimal("77.77"), by=head)
        bill.refresh_from_db()
        assert list(differences()) == []
        left = at_home()
        assert (left[0], left[1], left[4], left[5]) == (0, 0, 0, 0)
        amounts = _in_currency()
        assert (amounts[Account.REVENUE], amounts[Account.TAX]) == (bill.net, bill.tax)
        for receipt in Payment.objects.filter(invoice=bill, refund_of=None):
            back = receipt.amount - sum((one.amount for one in receipt.refunds.all()), Decimal(0))
            if back:
                give_back(cast, receipt, str(back), DAY)
        bill.refresh_from_db()
        invoices.cancel(invoice=bill, reason="wrong", by=head, at=noon(DAY))
        assert at_home()[:6] == (0,) * 6
        assert list(differences()) == []
        transaction.set_rollback(True)


def _do(cast: Cast, bill: Invoice, verb: str, amount: Decimal, fx: str) -> None:
    """An act, where the books take it."""
    bill.refresh_from_db()
    if verb == "accept":
        accepted(cast, bill, DAY)
    elif verb == "pay" and bill.rest:
        part = min(amount, bill.rest)
        pay(cast, bill, str(part), DAY, fx=Decimal(fx), by=cast.actor("head"))
    elif receipt := Payment.objects.filter(invoice=bill, refund_of=None).first():
        try:
            give_back(cast, receipt, str(min(amount, receipt.amount)), DAY)
        except CannotPay:
            return


def _in_currency() -> dict[str, Decimal]:
    """Credit less debit of each account, in dollars."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for line in Line.objects.filter(currency="USD"):
        sums[line.debit] -= line.amount
        sums[line.credit] += line.amount
    return sums
