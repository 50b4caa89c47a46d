"""What of a payment the platform's fee is counted from, in the reseller's currency.

It stands on the office's rate of the day of payment, never on one typed with the payment (SPEC
T-10). Receipts of one invoice are rounded together, so that many small ones cost as much as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, F, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from finance.models import FeeCharge, Payment
from tenants.kit import formats
from tenants.kit.money import ZERO, rounded
from tenants.office import rates

ONE = Decimal(1)
EXACT = DecimalField(max_digits=38, decimal_places=8)
Kind = FeeCharge.Kind


class NoRate(Exception):
    """The office has no rate of the day of payment; the text says who enters one and where."""


@dataclass(frozen=True, slots=True)
class Base:
    """What a receipt adds, the rate it stands on, and per cent by which that one is far off."""

    paid: Decimal
    fx: Decimal
    off: Decimal | None = None


def of_receipt(payment: Payment, home: str) -> Base:
    """What this receipt adds to the base of its invoice. Raises NoRate."""
    fx, off = _rate(payment, home)
    before = _paid_before(payment)
    paid = rounded(before + payment.amount * fx) - rounded(before)
    return Base(paid, fx, off)


def _rate(payment: Payment, home: str) -> tuple[Decimal, Decimal | None]:
    """The rate of the day, and how far off it is. Raises NoRate."""
    if payment.currency == home:
        return ONE, None
    row = rates.rate_on(payment.currency, payment.paid_on)
    if row is None:
        text = _(
            "There is no rate of %(currency)s for %(day)s nor for the week before it. The head"
            " enters it first under Finance → Exchange rates."
        )
        day = formats.day(payment.paid_on)
        raise NoRate(text % {"currency": payment.currency, "day": day})
    return row.rate, row.off


def _paid_before(payment: Payment) -> Decimal:
    """Earlier receipts of the invoice at home, exact; the oldest ones stand on its own rate."""
    charges = FeeCharge.objects.filter(invoice=payment.invoice_id, kind=Kind.RECEIPT)
    usual = Value(payment.invoice.fx, output_field=EXACT)
    exact = F("payment__amount") * Coalesce("fx", usual, output_field=EXACT)
    sums = charges.aggregate(sum=Sum(exact, output_field=EXACT))
    return sums["sum"] or ZERO


def of_refund(refund: Payment, receipt: Payment) -> Decimal:
    """The refund's share of what its receipt was charged on. Refunds of the whole receipt come to
    the whole of it.
    """
    charges = FeeCharge.objects.filter(payment=receipt, kind=Kind.RECEIPT)
    base = charges.values_list("paid", flat=True).first() or ZERO
    refunds = Payment.objects.filter(refund_of=receipt).exclude(pk=refund.pk)
    before = refunds.aggregate(before=Sum("amount"))["before"] or ZERO
    after = before + refund.amount
    return rounded(base * after / receipt.amount) - rounded(base * before / receipt.amount)
