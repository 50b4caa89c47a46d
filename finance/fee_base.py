"""What of a payment the platform's fee is counted from, in the reseller's currency.

A rate typed with a payment never moves it: the base stands on the invoice's own rate. Receipts of
one invoice are rounded together, so that many small ones cost as much as one.
"""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Sum

from finance.exchange import is_far_off, off
from finance.models import FeeCharge, Payment
from tenants.kit.money import ZERO, rounded

MOST_SHOWN = Decimal("9999999999.99")


def of_receipt(payment: Payment) -> Decimal:
    """What this receipt adds to the base of its invoice."""
    receipts = Payment.objects.filter(invoice=payment.invoice_id, refund_of=None)
    sums = receipts.exclude(pk=payment.pk).aggregate(before=Sum("amount"))
    before = sums["before"] or ZERO
    fx = payment.invoice.fx
    return rounded((before + payment.amount) * fx) - rounded(before * fx)


def of_refund(refund: Payment, receipt: Payment) -> Decimal:
    """The refund's share of what its receipt was charged on. Refunds of the whole receipt come to
    the whole of it.
    """
    charges = FeeCharge.objects.filter(payment=receipt, kind=FeeCharge.Kind.RECEIPT)
    base = charges.values_list("paid", flat=True).first() or ZERO
    refunds = Payment.objects.filter(refund_of=receipt).exclude(pk=refund.pk)
    before = refunds.aggregate(before=Sum("amount"))["before"] or ZERO
    after = before + refund.amount
    return rounded(base * after / receipt.amount) - rounded(base * before / receipt.amount)


def rate_off(payment: Payment) -> Decimal | None:
    """How far the payment's rate is off, for the platform; None within the usual."""
    usual = payment.invoice.fx
    if not is_far_off(payment.fx, usual):
        return None
    return min(rounded(off(payment.fx, usual)), MOST_SHOWN)
