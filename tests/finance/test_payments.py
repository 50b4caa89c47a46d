"""Receiving money and giving it back: once, never too much, and the books follow."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from finance import invoices, payments, settlement
from finance.models import (
    Entry,
    FeeCharge,
    Invoice,
    Line,
    MonthSum,
    Payable,
    Payment,
)
from finance.verify import differences
from tenants.office.models import AuditEvent
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
from tests.world import Cast


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own()
    return in_alpha


def _state(bill: Invoice) -> tuple[str, str]:
    bill.refresh_from_db()
    return bill.status, str(bill.paid)


def _lines(kind: str) -> list[tuple[str, str, str]]:
    return [
        (x.debit, x.credit, str(x.amount))
        for x in Line.objects.filter(entry__kind=kind).order_by("id")
    ]


def test_a_receipt_is_booked_on_the_invoice_and_in_the_ledger(
    cast: Cast,
) -> None:
    bill = invoice(cast, "500.00")
    payment = pay(cast, bill, "200.00", "2026-03-10", reference="PO 17")
    assert _state(bill) == ("part_paid", "200.00")
    assert (payment.month, payment.entered_name) == (
        MARCH,
        "accountant of alpha",
    )
    assert _lines("receipt") == [("bank", "receivable", "200.00")]
    assert _lines("platform_fee") == [("platform_fee", "fee_payable", "20.00")]
    pay(cast, bill, "300.00", "2026-03-11")
    assert _state(bill) == ("paid", "500.00")
    event = AuditEvent.objects.get(action="payment.receive", after__amount="200.00")
    assert (event.title, event.by_name) == (
        bill.number,
        "accountant of alpha",
    )


@pytest.mark.parametrize(
    ("amount", "on", "field"),
    [
        ("500.01", "2026-03-10", "amount"),
        ("0.00", "2026-03-10", "amount"),
        ("-1.00", "2026-03-10", "amount"),
        ("1.005", "2026-03-10", "amount"),
        ("1.00", "2026-03-13", "paid_on"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    cast: Cast, amount: str, on: str, field: str
) -> None:
    bill = invoice(cast, "500.00")
    with pytest.raises(payments.CannotPay) as refused:
        pay(cast, bill, amount, on, at=noon("2026-03-11"))
    assert refused.value.field == field
    assert _state(bill) == ("issued", "0.00")
    assert not Payment.objects.exists() and not FeeCharge.objects.exists()
    assert not Entry.objects.filter(kind="receipt").exists()


def test_a_form_sent_twice_is_booked_once(cast: Cast) -> None:
    bill = invoice(cast, "500.00")
    once = uuid4()
    first = pay(cast, bill, "200.00", "2026-03-10", once=once)
    assert pay(cast, bill, "200.00", "2026-03-10", once=once) == first
    back = uuid4()
    assert give_back(cast, first, "50.00", "2026-03-11", once=back) == give_back(
        cast, first, "50.00", "2026-03-11", once=back
    )
    assert _state(bill) == ("part_paid", "150.00")
    assert FeeCharge.objects.count() == 2


def test_a_refund_opens_the_invoice_again_and_takes_the_fee_back(
    cast: Cast,
) -> None:
    bill = invoice(cast, "100.00")
    payment = pay(cast, bill, "100.00", "2026-03-10")
    give_back(cast, payment, "33.33", "2026-03-11")
    assert _state(bill) == ("part_paid", "66.67")
    give_back(cast, payment, "66.67", "2026-03-12")
    assert _state(bill) == ("issued", "0.00")
    assert _lines("refund") == [
        ("receivable", "bank", "33.33"),
        ("receivable", "bank", "66.67"),
    ]
    assert sum(charge.fee for charge in FeeCharge.objects.all()) == 0
    assert list(differences()) == []


@pytest.mark.parametrize(
    ("amount", "on"),
    [
        ("100.01", "2026-03-12"),
        ("1.00", "2026-03-09"),
        ("0.00", "2026-03-12"),
    ],
)
def test_a_refund_that_does_not_fit_is_refused(cast: Cast, amount: str, on: str) -> None:
    payment = pay(cast, invoice(cast, "100.00"), "100.00", "2026-03-10")
    with pytest.raises(payments.CannotPay):
        give_back(cast, payment, amount, on)
    assert Payment.objects.count() == 1


def test_a_refund_is_not_refunded(cast: Cast) -> None:
    refund = give_back(
        cast,
        pay(cast, invoice(cast, "100.00"), "100.00", "2026-03-10"),
        "10.00",
        "2026-03-11",
    )
    with pytest.raises(payments.CannotPay):
        give_back(cast, refund, "1.00", "2026-03-12")


def test_a_cancelled_invoice_takes_no_money_and_a_paid_one_is_not_cancelled(
    cast: Cast,
) -> None:
    head = cast.actor("head")
    paid = invoice(cast, "100.00")
    open_ = invoice(cast, "200.00")
    pay(cast, paid, "1.00", "2026-03-10")
    with pytest.raises(invoices.CannotCancel):
        invoices.cancel(
            invoice=paid,
            reason="mistake",
            by=head,
            at=noon("2026-03-11"),
        )
    invoices.cancel(invoice=open_, reason="mistake", by=head, at=noon("2026-03-11"))
    with pytest.raises(payments.CannotPay):
        pay(cast, open_, "1.00", "2026-03-12")
    assert _lines("correction") == [("revenue", "receivable", "200.00")]
    assert list(differences()) == []


def test_cash_goes_to_the_cash_box(cast: Cast) -> None:
    from finance.models import Method

    pay(
        cast,
        invoice(cast, "100.00"),
        "100.00",
        "2026-03-10",
        method=Method.CASH,
    )
    assert _lines("receipt") == [("cash", "receivable", "100.00")]


def test_a_receipt_dated_into_a_closed_month_keeps_its_true_date(
    cast: Cast,
) -> None:
    from finance.close import close_fee_month

    completed(cast, 31, "2026-03-05")
    close_fee_month(month=MARCH, by=cast.actor("head"), at=noon("2026-04-02"))
    payment = pay(
        cast,
        invoice(cast, "100.00"),
        "100.00",
        "2026-03-31",
        at=noon("2026-04-03"),
    )
    assert (payment.paid_on, payment.month) == (
        date(2026, 3, 31),
        date(2026, 4, 1),
    )
    charge = payment.fee_charges.get()
    assert (charge.on, charge.month, charge.fee) == (
        date(2026, 3, 31),
        date(2026, 4, 1),
        Decimal("10.00"),
    )


def test_the_sums_of_the_months_follow_the_lines(cast: Cast) -> None:
    bill = invoice(cast, "1000.00")
    for on in ("2026-03-10", "2026-03-11", "2026-04-01"):
        pay(cast, bill, "100.00", on)
    sums = {
        (x.month.month, x.debit): x.amount for x in MonthSum.objects.filter(credit="receivable")
    }
    assert sums == {
        (3, "bank"): Decimal("200.00"),
        (4, "bank"): Decimal("100.00"),
    }


def test_verify_names_what_differs(cast: Cast) -> None:
    pay(cast, invoice(cast, "1000.00"), "100.00", "2026-03-10")
    MonthSum.objects.filter(credit="receivable").update(amount=Decimal("99.99"))
    assert list(differences()) == [
        "month sum 2026-03 bank ← receivable KGS: lines 100.00, kept 99.99"
    ]


def test_a_settled_order_is_settled_once(cast: Cast) -> None:
    facts = {
        "carrier_rate": Decimal("80000.00"),
        "carrier_name": "Tulpar",
        "stage": "completed",
    }
    done = order(cast, completed_at=noon("2026-03-10"), **facts)
    first = settlement.settle(order=done, by=None, at=noon("2026-03-10"))
    again = settlement.settle(order=done, by=None, at=noon("2026-03-11"))
    assert (
        (again.pk, again.act_id) == (first.pk, first.act_id) and first.act_id and first.document_id
    )
    payable = Payable.objects.get(order=done)
    assert (payable.amount, payable.payee, payable.due_on) == (
        Decimal("80000.00"),
        "Tulpar",
        date(2026, 3, 20),
    )
    assert _lines("cost") == [("cost", "payable", "80000.00")]
