"""Money from clients: receiving it, and giving it back."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from django.db.models import Sum
from django.utils.translation import gettext as _

from finance import (
    doubles,
    exchange,
    fee_base,
    ledger,
    locks,
    months,
    notifications,
    platform_fee,
    recognition,
    write_offs,
)
from finance.ledger import Move
from finance.models import (
    Account,
    ClientAdvance,
    EntryKind,
    Invoice,
    Method,
    Payment,
    Status,
)
from finance.typed_money import CannotBook, DayTyped, check_amount, check_day, rate_of_day
from tenants.actor import Actor
from tenants.kit import formats
from tenants.kit.doubts import Answers
from tenants.kit.money import ZERO, rounded
from tenants.kit.tries import tried_again
from tenants.office import audit


class CannotPay(CannotBook):
    """The payment does not fit the invoice; `field` of the form is at fault, the text says why."""


@tried_again
def receive(
    *,
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    method: Method,
    once: UUID,
    by: Actor | None,
    at: datetime,
    fx: Decimal | None = None,
    reference: str = "",
    sure: Answers = None,
) -> Payment:
    """Book a receipt: invoice, ledger, and the platform's fee on it. Raises CannotPay, Doubt.

    The invoice's row is locked, so two clerks never take more than its rest. A repeated `once`
    finds the first payment. `fx` is what one unit of the invoice's currency was worth on the day,
    asked for foreign ones alone: by itself the office's rate of the day, else that of the invoice.
    """
    row = locks.invoice(invoice.pk)
    if earlier := Payment.objects.filter(invoice=row, once=once).first():
        return doubles.repeated(earlier, {"refund_of": None}, CannotPay)
    rate = rate_of_day(
        fx,
        row.currency,
        usual=exchange.usual_rate(row.currency, paid_on, row.fx),
        by=by,
        refusal=CannotPay,
    )
    _check_receipt(row, amount, DayTyped(paid_on, "paid_on", by, at, sure))
    receipts = Payment.objects.filter(invoice=row, refund_of=None)
    doubles.ask(receipts, doubles.Sum(amount, row.currency, paid_on, reference), sure)
    payment = Payment.objects.create(
        invoice=row,
        amount=amount,
        currency=row.currency,
        fx=rate,
        home_amount=rounded(amount * rate),
        paid_on=paid_on,
        month=months.hold_open(paid_on),
        method=method,
        reference=reference,
        once=once,
        entered_at=at,
        entered_by=by.member_id if by else None,
        entered_name=by.name if by else "",
    )
    enter(payment, by=by, at=at)
    return payment


def enter(payment: Payment, *, by: Actor | None, at: datetime) -> None:
    """Book a receipt and the platform's fee on it. The caller holds invoice and month. Raises
    CannotPay.
    """
    _book(payment, payment.amount, by=by, at=at)
    try:
        platform_fee.charge_receipt(payment=payment, by=by, at=at)
    except fee_base.NoRate as missing:
        raise CannotPay(str(missing), "fx") from missing
    _record("payment.receive", payment, by=by, at=at)
    notifications.of_payment("payment.received", payment, by=by, at=at)


@tried_again
def refund(
    *,
    payment: Payment,
    amount: Decimal,
    on: date,
    once: UUID,
    by: Actor | None,
    at: datetime,
    reason: str = "",
    sure: Answers = None,
    keep: bool = False,
) -> Payment:
    """Give back a receipt or a part of it; what it cost in platform's fee comes back too. With `keep`
    the money stays as the client's, on no invoice. Raises CannotPay, Doubt.
    """
    row = locks.invoice(payment.invoice_id)
    if earlier := Payment.objects.filter(invoice=row, once=once).first():
        return doubles.repeated(earlier, {"refund_of": payment}, CannotPay)
    back = refunded(payment)
    day = DayTyped(on, "on", by, at, sure)
    _check_refund(payment, amount, back, day)
    months.hold(payment.month)
    repayment = Payment(
        invoice=row,
        refund_of=payment,
        amount=amount,
        currency=row.currency,
        fx=payment.fx,
        home_amount=_worth_of(payment, back + amount) - _worth_of(payment, back),
        paid_on=on,
        month=months.hold_open(on),
        method=payment.method,
        reason=reason.strip(),
        once=once,
        entered_at=at,
        entered_by=by.member_id if by else None,
        entered_name=by.name if by else "",
    )
    if keep:
        repayment.advance = _kept(repayment, row)
    repayment.save(force_insert=True)
    _book(repayment, -amount, by=by, at=at)
    platform_fee.charge_refund(refund=repayment, by=by, at=at)
    _record("payment.refund", repayment, by=by, at=at)
    notifications.of_payment("payment.refunded", repayment, by=by, at=at)
    return repayment


def _worth_of(
    payment: Payment,
    part: Decimal,
) -> Decimal:
    """What a part of a receipt is worth at home; all of it what all of it is worth."""
    return rounded(payment.home_amount * part / payment.amount)


def _kept(repayment: Payment, invoice: Invoice) -> ClientAdvance:
    """The money of a refund that stays with us."""
    return ClientAdvance.objects.create(
        company=invoice.company,
        amount=repayment.amount,
        currency=repayment.currency,
        fx=repayment.fx,
        home_amount=repayment.home_amount,
        paid_on=repayment.paid_on,
        method=repayment.method,
        reference=invoice.number,
        reason=repayment.reason,
        once=repayment.once,
        entered_at=repayment.entered_at,
        entered_by=repayment.entered_by,
        entered_name=repayment.entered_name,
    )


def give_back(
    *,
    invoice: Invoice,
    amount: Decimal,
    on: date,
    reason: str,
    by: Actor,
    at: datetime,
) -> None:
    """Refund an amount of what was paid on an invoice, each receipt the way it came, the latest
    first. Raises CannotPay.
    """
    receipts = invoice.payments.filter(refund_of=None).order_by("-entered_at", "-pk")
    for receipt in receipts:
        part = min(amount, receipt.amount - refunded(receipt))
        if part:
            refund(
                payment=receipt,
                amount=part,
                on=on,
                once=uuid4(),
                by=by,
                at=at,
                reason=reason,
            )
            amount -= part


def refunded(payment: Payment) -> Decimal:
    """What was given back of a receipt so far."""
    return Payment.objects.filter(refund_of=payment).aggregate(sum=Sum("amount"))["sum"] or ZERO


def _check_receipt(invoice: Invoice, amount: Decimal, day: DayTyped) -> None:
    """Raises CannotPay, Doubt."""
    if invoice.status == Status.CANCELLED:
        raise CannotPay(_("This invoice is cancelled."))
    check_amount(amount, CannotPay)
    if amount > invoice.unpaid:
        raise CannotPay(
            _("More than is left to pay: %(rest)s.")
            % {"rest": formats.money(invoice.unpaid, invoice.currency)}
        )
    check_day(day, CannotPay)


def _check_refund(payment: Payment, amount: Decimal, back: Decimal, day: DayTyped) -> None:
    """Raises CannotPay, Doubt."""
    if payment.refund_of_id:
        raise CannotPay(_("A refund is not refunded. Enter a new payment."))
    check_amount(amount, CannotPay)
    if amount > payment.amount - back:
        rest = formats.money(payment.amount - back, payment.currency)
        raise CannotPay(_("More than is left of this payment: %(rest)s.") % {"rest": rest})
    if day.on < payment.paid_on:
        raise CannotPay(_("A refund cannot come before its payment."), day.field)
    check_day(day, CannotPay)


def _book(payment: Payment, part: Decimal, *, by: Actor | None, at: datetime) -> None:
    """A receipt, or with a `part` below zero a refund. After the act of the invoice it settles what
    is owed; before it, it is an advance of the client. A receipt beyond what is left takes a
    write-off back first.
    """
    invoice = payment.invoice
    write_offs.make_room(
        invoice,
        part - invoice.rest,
        reason=_("A payment came in"),
        on=payment.paid_on,
        by=by,
        at=at,
    )
    before = recognition.booked(invoice)
    owed = recognition.receivable(invoice)
    money = _move_of(payment)
    lines = exchange.settling(owed, part, money) if invoice.earned_on else [money]
    _paid(invoice, part, payment.home_amount)
    lines += recognition.money_moved(invoice, before)
    ledger.post(
        kind=_kind_of(payment),
        lines=lines,
        subject=invoice.subject,
        on=payment.paid_on,
        by=by,
        at=at,
        memo=payment.reference,
    )


def _kind_of(payment: Payment) -> EntryKind:
    """What an entry is called: money that came from another invoice moves no money."""
    if payment.advance_id:
        return EntryKind.ALLOCATION
    return EntryKind.REFUND if payment.refund_of_id else EntryKind.RECEIPT


def _move_of(payment: Payment) -> Move:
    """The money itself, against what the client owes or against its advance."""
    invoice = payment.invoice
    debit = payment.account
    credit = Account.RECEIVABLE if invoice.earned_on else Account.ADVANCE
    if payment.refund_of_id:
        debit, credit = credit, debit
    return Move(
        debit,
        credit,
        payment.amount,
        payment.currency,
        payment.home_amount,
        invoice.company_id,
        invoice.order_id,
        invoice.pk,
    )


def _paid(
    invoice: Invoice,
    part: Decimal,
    home: Decimal,
) -> None:
    """Only here is `paid` written; the status follows from it, and before the act the advance."""
    invoice.paid += part
    invoice.settle_status()
    if not invoice.earned_on:
        invoice.advance = invoice.paid
        invoice.advance_home += home if part > ZERO else -home
    invoice.save(update_fields=["paid", "status", "advance", "advance_home"])


def _far_rate(payment: Payment) -> dict[str, Decimal]:
    """A rate far off the invoice's is written down."""
    is_far = exchange.is_far_off(payment.fx, payment.invoice.fx)
    return {"fx": payment.fx} if is_far else {}


def _record(action: str, payment: Payment, *, by: Actor | None, at: datetime) -> None:
    audit.record(
        action=action,
        subject=payment.invoice.subject,
        title=payment.invoice.number,
        by=by,
        at=at,
        reason=payment.reason,
        after={
            "amount": payment.amount,
            "currency": payment.currency,
            "on": payment.paid_on,
            "method": payment.method,
            **_far_rate(payment),
        },
    )
