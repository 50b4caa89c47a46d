"""The client paid the driver at unloading: money in and out in one act, through the cash box."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext as _

from finance import doubles, locks, payables, payments
from finance.models import Invoice, Method, Payable, Payment
from tenants.actor import Actor
from tenants.kit.doubts import Answers
from tenants.kit.tries import tried_again


def payable_of(invoice: Invoice) -> Payable | None:
    """The open debt to the carrier of the same order, when it is in the invoice's currency."""
    open_debts = Payable.objects.filter(order=invoice.order_id, currency=invoice.currency)
    return next((debt for debt in open_debts if debt.rest > 0), None)


@tried_again
def client_paid_carrier(
    *,
    invoice: Invoice,
    amount: Decimal,
    paid_on: date,
    once: UUID,
    by: Actor | None,
    at: datetime,
    fx: Decimal | None = None,
    reference: str = "",
    sure: Answers = None,
) -> Payment:
    """A receipt and a payout of the same cash. Raises payments.CannotPay, Doubt, and neither is
    booked then.
    """
    if earlier := Payment.objects.filter(invoice=invoice, once=once).first():
        return doubles.repeated(earlier, {"refund_of": None}, payments.CannotPay)
    locks.all_of(invoice.order_id)
    payable = payable_of(invoice)
    if payable is None:
        raise payments.CannotPay(
            _("Nothing is owed to the carrier of this order."),
            "to_carrier",
        )
    payment = payments.receive(
        invoice=invoice,
        amount=amount,
        paid_on=paid_on,
        method=Method.CASH,
        once=once,
        by=by,
        at=at,
        fx=fx,
        reference=reference,
        sure=sure,
    )
    try:
        payables.pay_out(
            payable=payable,
            amount=amount,
            paid_on=paid_on,
            method=Method.CASH,
            once=once,
            by=by,
            at=at,
            fx=fx,
            reference=reference,
            sure=sure,
        )
    except payables.CannotPayOut as refused:
        raise payments.CannotPay(str(refused), refused.field) from refused
    return payment
