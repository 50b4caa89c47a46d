"""A bad debt is given up: it leaves the receivables, is a loss, and comes back when it is paid."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finance import credit_notes, invoices, write_offs
from finance.models import (
    Account,
    Entry,
    EntryKind,
    FeeCharge,
    Invoice,
    Line,
    Payment,
    Status,
    WriteOff,
)
from finance.months import BOOKS, hold_alone
from finance.payments import CannotPay
from finance.queries import ageing, pnl
from finance.queries.balances import trial_balance
from finance.queries.dashboard import figures
from finance.settlement import settle
from finance.verify import differences
from finance.write_offs import CannotWriteOff
from tenants.context import inside
from tenants.kit.doubts import Answers, Doubt
from tenants.office.models import AuditEvent
from tests.finance.money_doc import table
from tests.finance.money_samples import (
    accepted,
    give_back,
    invoice,
    invoice_ahead,
    noon,
    order,
    own,
    pay,
    rate,
)
from tests.finance.test_recognition import DAY, REGIMES, Desk, firm
from tests.tools import clocks_stand_at
from tests.world import Cast

LATE = "2026-04-20"
LEFT = (
    Account.RECEIVABLE,
    Account.REVENUE,
    Account.TAX,
    Account.UNDUE_REVENUE,
    Account.UNDUE_TAX,
    Account.BAD_DEBTS,
    Account.EXCHANGE,
)
OF_DEBIT = (Account.RECEIVABLE, Account.BAD_DEBTS)


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(country="KG", vat_payer=True)
    return in_alpha


def give_up(
    cast: Cast,
    bill: Invoice,
    amount: str,
    *,
    on: str = LATE,
    sure: Answers = None,
    once: UUID | None = None,
    reason: str = "ликвидирован",
    at: datetime | None = None,
) -> WriteOff:
    return write_offs.make(
        invoice=bill,
        amount=Decimal(amount),
        on=date.fromisoformat(on),
        reason=reason,
        once=once or uuid4(),
        by=cast.actor("accountant"),
        at=at or noon(LATE),
        sure=sure,
    )


def take_back(cast: Cast, write_off: WriteOff, reason: str = "нашёлся") -> WriteOff:
    return write_offs.reverse(
        write_off=write_off,
        reason=reason,
        once=uuid4(),
        by=cast.actor("accountant"),
        at=noon(LATE),
    )


def at_home() -> list[Decimal]:
    """The accounts of the table."""
    sums: defaultdict[str, Decimal] = defaultdict(Decimal)
    for debit, credit, home in Line.objects.values_list("debit", "credit", "home_amount"):
        assert home is not None
        sums[debit] -= home
        sums[credit] += home
    return [-sums[one] if one in OF_DEBIT else sums[one] for one in LEFT]


class LateDesk(Desk):
    """Acts of the table, those of money long after the due day."""

    def pay(self, rest: str) -> None:
        amount, _, fx = rest.partition(" at ")
        more = {"fx": Decimal(fx)} if fx else {}
        assert self.bill
        pay(self.cast, self.bill, amount, LATE, by=self.cast.actor("head"), **more)

    def refund(self, amount: str) -> None:
        receipt = Payment.objects.get(invoice=self.bill, refund_of=None)
        give_back(self.cast, receipt, amount, LATE)

    def write_off(self, amount: str) -> None:
        assert self.bill
        give_up(self.cast, self.bill, amount)

    def reverse(self, _rest: str) -> None:
        take_back(self.cast, WriteOff.objects.get(invoice=self.bill, reverses=None))

    def credit(self, amount: str) -> None:
        assert self.bill
        credit(self.cast, self.bill, Decimal(amount))


def credit(cast: Cast, bill: Invoice, amount: Decimal) -> None:
    credit_notes.issue(
        invoice=bill,
        amount=amount,
        reason="недостача",
        once=uuid4(),
        by=cast.actor("accountant"),
        at=noon(LATE),
    )


def test_the_books_hold_what_the_table_says(in_alpha: Cast) -> None:
    desk = LateDesk(in_alpha)
    before = [Decimal(0)] * len(LEFT)
    for regime, act, *expected in table("Bad debts"):
        if act.startswith("issue"):
            rate(DAY, "80.00")
            rate(LATE, "90.00")
            firm(*regime.split())
            before = at_home()
        desk.play(act)
        moved = [now - then for now, then in zip(at_home(), before, strict=True)]
        assert moved == [Decimal(amount) for amount in expected], (regime, act)


def test_what_is_given_up_leaves_every_list(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    before = figures(today=date(2026, 4, 20))
    assert (before.open, before.overdue) == (Decimal("112000.00"),) * 2
    give_up(cast, bill, "112000.00")
    bill.refresh_from_db()
    assert (bill.status, bill.rest, bill.unpaid) == (Status.WRITTEN_OFF, 0, Decimal("112000.00"))
    after = figures(today=date(2026, 4, 20))
    assert (after.open, after.overdue) == (0, 0)
    assert ageing(on=date(2026, 4, 20)).receivable.total == 0
    assert ageing(on=date(2026, 4, 19)).receivable.total == Decimal("112000.00")
    assert not FeeCharge.objects.exists()
    (month,) = pnl([date(2026, 4, 1)], "KGS").at_home
    assert (month.bad_debts, month.profit) == (Decimal("112000.00"), Decimal("-112000.00"))
    row = AuditEvent.objects.get(action="write_off.make")
    assert (row.reason, row.by) == ("ликвидирован", cast.actor("accountant").member_id)


def test_the_commission_is_only_on_what_was_paid(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    pay(cast, bill, "50000.00", "2026-03-05")
    give_up(cast, bill, "62000.00")
    bill.refresh_from_db()
    assert (bill.status, bill.rest) == (Status.WRITTEN_OFF, 0)
    assert sum(charge.fee for charge in FeeCharge.objects.all()) == Decimal("5000.00")
    assert list(differences()) == []


def test_a_part_leaves_the_rest_open(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    give_up(cast, bill, "12000.00")
    bill.refresh_from_db()
    assert (bill.status, bill.rest) == (Status.ISSUED, Decimal("100000.00"))
    pay(cast, bill, "100000.00", LATE)  # as much as is left: the write-off stands
    bill.refresh_from_db()
    assert (bill.status, bill.written_off) == (Status.WRITTEN_OFF, Decimal("12000.00"))
    with pytest.raises(CannotPay):
        pay(cast, bill, "12000.01", LATE)
    pay(cast, bill, "12000.00", LATE)
    bill.refresh_from_db()
    assert (bill.status, bill.written_off, bill.written_off_home) == (Status.PAID, 0, 0)
    assert list(differences()) == []


def test_the_latest_write_off_comes_back_first(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    first = give_up(cast, bill, "100000.00")
    second = give_up(cast, bill, "12000.00", at=noon(LATE) + timedelta(minutes=1))
    pay(cast, bill, "15000.00", LATE)
    assert write_offs.left_of(second).amount == 0
    assert write_offs.left_of(first).amount == Decimal("97000.00")
    kinds = Entry.objects.filter(kind=EntryKind.WRITE_OFF_BACK)
    assert kinds.count() == 2


@pytest.mark.parametrize("amount", ["0", "-1", "1.005", "112000.01", "1000000"])
def test_an_amount_that_does_not_fit_is_refused(cast: Cast, amount: str) -> None:
    bill = invoice(cast, "100000.00")
    with pytest.raises(CannotWriteOff) as refused:
        give_up(cast, bill, amount)
    assert refused.value.field == "amount"
    assert not WriteOff.objects.exists()


def test_only_what_is_past_due_and_accepted_is_given_up(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    with pytest.raises(CannotWriteOff) as early:
        give_up(cast, bill, "1.00", on=bill.due_on.isoformat())
    assert early.value.field == "on"
    with pytest.raises(CannotWriteOff):
        give_up(cast, invoice_ahead(cast, "100.00"), "1.00")
    with pytest.raises(CannotWriteOff) as silent:
        give_up(cast, bill, "1.00", reason="  ")
    assert silent.value.field == "reason"


def test_a_closed_month_and_a_day_to_come_are_refused(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    with transaction.atomic():
        closed = hold_alone(date(2026, 3, 1), BOOKS)
        closed.closed_at = noon("2026-04-05")
        closed.save()
    for day in ("2026-03-31", "2026-04-25", "2019-01-01"):
        with pytest.raises(CannotWriteOff) as refused:
            give_up(cast, bill, "1.00", on=day)
        assert refused.value.field == "on"
    assert not WriteOff.objects.exists()


def test_a_day_long_past_is_asked_about(cast: Cast) -> None:
    bill = invoice(cast, "100.00", on="2026-01-02")
    with pytest.raises(Doubt) as doubt:
        give_up(cast, bill, "1.00", on="2026-02-15", sure=frozenset())
    assert give_up(cast, bill, "1.00", on="2026-02-15", sure={doubt.value.key}).on.month == 2


def test_one_key_is_one_write_off_and_it_is_reversed_once(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    once = uuid4()
    row = give_up(cast, bill, "10.00", once=once)
    assert give_up(cast, bill, "10.00", once=once).pk == row.pk
    assert Entry.objects.filter(kind=EntryKind.WRITE_OFF).count() == 1
    take_back(cast, row)
    with pytest.raises(CannotWriteOff):
        take_back(cast, row)
    bill.refresh_from_db()
    assert (bill.written_off, bill.rest) == (0, Decimal("112000.00"))


def test_a_cancelled_invoice_is_no_loss(cast: Cast) -> None:
    bill = invoice(cast, "100000.00")
    give_up(cast, bill, "500.00")
    invoices.cancel(invoice=bill, reason="wrong", by=cast.actor("head"), at=noon(LATE))
    assert at_home() == [0] * len(LEFT)
    assert list(differences()) == []


def test_the_database_holds_an_invoice_to_what_it_asks_for(cast: Cast) -> None:
    bill = invoice(cast, "100.00")
    for wrong in (
        {"written_off": Decimal("112.01"), "written_off_home": 1},
        {"written_off": Decimal("112.00"), "written_off_home": 1},  # the status says issued
        {"written_off": 0, "written_off_home": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Invoice.objects.filter(pk=bill.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE finance_invoice SET status = 'written_off'")


def test_the_page_shows_it_and_keeps_what_was_typed(alpha: Cast, browse: Any) -> None:
    with inside(alpha.scope):
        own(country="KG", vat_payer=True)
        bill = invoice(alpha, "1000.00")
    with clocks_stand_at(noon(LATE)):
        browser = browse(alpha, "accountant")
        address = f"/finance/invoices/{bill.number}/write-off/"
        card = browser.get(f"/finance/invoices/{bill.number}/").content.decode()
        assert f'href="{address}"' in card
        typed = {"amount": "2000", "on": "20.04.2026", "reason": "ликвидирован"}
        typed["once"] = str(uuid4())
        refused = browser.post(address, typed)
        assert refused.status_code == 422 and "ликвидирован" in refused.content.decode()
        assert browser.post(address, typed | {"amount": "1120"}).status_code == 302
        card = browser.get(f"/finance/invoices/{bill.number}/").content.decode()
        assert "ликвидирован" in card
        with inside(alpha.scope):
            row = WriteOff.objects.get()
        back = f"/finance/write-offs/{row.pk}/reverse/"
        assert f'href="{back}"' in card
        sent = {"reason": "нашёлся", "once": str(uuid4())}
        assert browser.post(back, sent).status_code == 302
        with inside(alpha.scope):
            assert Invoice.objects.get(pk=bill.pk).rest == Decimal("1120.00")
        assert (
            f'href="{back}"'
            not in browser.get(f"/finance/invoices/{bill.number}/").content.decode()
        )


def test_the_api_takes_it_once_under_a_key(alpha: Cast, call: Any) -> None:
    with inside(alpha.scope):
        own(country="KG", vat_payer=True)
        bill = invoice(alpha, "1000.00")
    with clocks_stand_at(noon(LATE)):
        api = call(alpha, "accountant")
        body = {"reason": "bankrupt"}
        address = f"invoices/{bill.pk}/write-offs"
        assert api.send("post", address, body).status_code == 400
        key = {"Idempotency-Key": "gone-1"}
        first = api.send("post", address, body, **key)
        assert (first.status_code, first.json()["amount"]) == (201, "1120.00")
        assert api.send("post", address, body, **key).content == first.content
        shown = api.send("get", f"invoices/{bill.number}").json()
        assert (shown["written_off"], shown["rest"], shown["status"]) == (
            "1120.00",
            "0.00",
            "written_off",
        )
        assert call(alpha, "dispatcher").send("post", address, body, **key).status_code == 403
        back = f"write-offs/{first.json()['id']}/reverse"
        answer = api.send("post", back, body, **{"Idempotency-Key": "back-1"})
        assert (answer.status_code, answer.json()["reverses"]) == (201, first.json()["id"])
        again = api.send("post", back, body, **{"Idempotency-Key": "back-2"})
        assert (again.status_code, again.json()["title"]) == (422, "cannot_reverse")
        assert call(alpha, "client").send("post", back, body, **key).status_code == 404


ACTS = st.lists(
    st.tuples(
        st.sampled_from(["pay", "refund", "give_up", "give_up", "take_back", "credit"]),
        st.integers(1, 120),
        st.sampled_from(["79.13", "80.00", "91.77"]),
    ),
    min_size=1,
    max_size=8,
)


@given(
    regime=REGIMES,
    price=st.integers(1, 100_000),
    tax=st.sampled_from(["included", "on_top", "none"]),
    ahead=st.integers(0, 100),
    acts=ACTS,
)
@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_after_every_step_the_books_agree_and_balance(
    cast: Cast,
    regime: tuple[str, str],
    price: int,
    tax: str,
    ahead: int,
    acts: list[tuple[str, int, str]],
) -> None:
    """Advance, act, then payments, refunds, write-offs, reversals and credit notes in any order; in
    the end all is paid and nothing is lost.
    """
    with transaction.atomic():
        firm(*regime)
        rate(DAY, "80.00")
        rate(LATE, "81.37")
        sum_ = str(Decimal(price) / 100)
        facts = {"currency": "USD", "client_fx": Decimal(80), "price_tax": tax}
        bill = invoice_ahead(cast, sum_, on=DAY, **facts)
        first = (bill.gross * ahead / 100).quantize(Decimal("0.01"))
        if first:
            pay(cast, bill, str(first), DAY, fx=Decimal("79.11"), by=cast.actor("head"))
        accepted(cast, bill, DAY)
        for verb, percent, fx in acts:
            _do(cast, bill, verb, percent, fx)
            _holds(bill)
        bill.refresh_from_db()
        if bill.unpaid:
            pay(cast, bill, str(bill.unpaid), LATE, fx=Decimal("77.77"), by=cast.actor("head"))
        bill.refresh_from_db()
        assert (bill.status, bill.written_off, bill.written_off_home) == (Status.PAID, 0, 0)
        _holds(bill)
        left = dict(zip(LEFT, at_home(), strict=True))
        for account in (Account.RECEIVABLE, Account.UNDUE_REVENUE, Account.UNDUE_TAX):
            assert left[account] == 0
        assert left[Account.BAD_DEBTS] == 0
        transaction.set_rollback(True)


def _holds(bill: Invoice) -> None:
    """Nothing differs, debit is credit in every currency, and the loss is what was given up."""
    bill.refresh_from_db()
    assert list(differences()) == []
    sheets = trial_balance(first=date(2026, 1, 1), last=date(2026, 12, 31), home="KGS")
    for sheet in (sheets.at_home, *sheets.by_currency):
        assert sheet.difference == 0
    left = dict(zip(LEFT, at_home(), strict=True))
    assert left[Account.BAD_DEBTS] <= bill.written_off_home
    if bill.revenue_when == "act" and bill.tax_when != "money":
        assert left[Account.BAD_DEBTS] == bill.written_off_home


def _do(cast: Cast, bill: Invoice, verb: str, percent: int, fx: str) -> None:
    """An act over a share of what it may take, where the books take it."""
    bill.refresh_from_db()
    most = bill.rest if verb == "give_up" else bill.unpaid
    amount = min((bill.gross * percent / 100).quantize(Decimal("0.01")), most)
    head = cast.actor("head")
    if verb == "pay" and amount:
        pay(cast, bill, str(amount), LATE, fx=Decimal(fx), by=head)
    elif verb == "give_up" and amount:
        give_up(cast, bill, str(amount))
    elif verb == "credit" and 0 < amount < bill.payable:
        credit(cast, bill, amount)
    elif verb == "take_back":
        row = WriteOff.objects.filter(invoice=bill, reverses=None).last()
        if row and write_offs.left_of(row):
            take_back(cast, row)
    elif verb == "refund":
        _refund(cast, bill)


def _refund(cast: Cast, bill: Invoice) -> None:
    receipt = Payment.objects.filter(invoice=bill, refund_of=None).first()
    if receipt is None:
        return
    try:
        give_back(cast, receipt, str((receipt.amount / 2).quantize(Decimal("0.01"))), LATE)
    except CannotPay:
        return


def test_the_result_of_an_order_takes_the_loss(cast: Cast, call: Any) -> None:
    row = order(cast, price="100000.00", carrier_rate=Decimal(70000))
    bill = settle(order=row, by=cast.actor("accountant"), at=noon("2026-03-05"))
    give_up(cast, bill, "112000.00")
    shown = call(cast, "head").send("get", f"orders/{row.ref}").json()
    assert shown["result"] == "-82000.00"
