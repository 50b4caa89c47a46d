"""What becomes of the money of an order that is cancelled: no invoice in force stays behind.

An unpaid invoice is cancelled with the order. What came in on it is given back first, each receipt as
it came; the one who cancels is asked before. An advance of the carrier stays as its debt to us.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from finance import invoices, locks, payments
from finance.models import CarrierAdvance, Invoice, Status
from orders.access import sees_rate
from orders.cancelling import MONEY_GOES, Cancellation, add_ending
from orders.errors import Refused
from tenants.kit.calendar import day_of
from tenants.kit.doubts import Doubt, is_answered
from tenants.kit.formats import money
from tenants.office.current import current_reseller
from tenants.permissions import Permission


class MoneyStands(Refused):
    """Money came in for the order, and the one who cancels it may not give it back."""


def take_back(cancellation: Cancellation) -> None:
    """Give back what was paid and cancel the invoice of the order. Raises Doubt, MoneyStands."""
    in_force = Invoice.objects.filter(order=cancellation.order).exclude(status=Status.CANCELLED)
    standing = in_force.first()
    if standing is None:
        return
    invoice = locks.invoice(standing.pk)
    if invoice.paid:
        _ask_about_money(invoice, cancellation)
        _give_back(invoice, cancellation)
    else:
        _ask(
            cancellation,
            f"invoice:{invoice.number}",
            _("Invoice %(number)s is cancelled with the order.") % {"number": invoice.number},
        )
    invoices.cancel(
        invoice=invoice,
        reason=cancellation.reason,
        by=cancellation.by,
        at=cancellation.at,
    )


def _ask_about_money(invoice: Invoice, cancellation: Cancellation) -> None:
    """Only who may book money gives it back, and sees how much it is."""
    if not cancellation.by.can(Permission.FINANCE_EDIT):
        text = _("Money came in on invoice %(number)s. The accountant gives it back first.")
        raise MoneyStands(text % {"number": invoice.number})
    text = _(
        "%(paid)s came in on invoice %(number)s. It is given back today, each receipt the way it"
        " came, and the invoice is cancelled."
    )
    sums = {"paid": money(invoice.paid, invoice.currency), "number": invoice.number}
    _ask(cancellation, f"{MONEY_GOES}{invoice.number}:{invoice.paid}", text % sums)


def _ask(cancellation: Cancellation, key: str, text: str) -> None:
    """Raises Doubt."""
    if not is_answered(cancellation.sure, key):
        raise Doubt(key, text)


def _give_back(invoice: Invoice, cancellation: Cancellation) -> None:
    """All that came in. Raises MoneyStands where it cannot go back."""
    try:
        payments.give_back(
            invoice=invoice,
            amount=invoice.paid,
            on=day_of(cancellation.at, current_reseller(cancellation.by).zone),
            reason=cancellation.reason,
            by=cancellation.by,
            at=cancellation.at,
        )
    except payments.CannotPay as refused:
        raise MoneyStands(str(refused)) from refused


def leave_advances(
    cancellation: Cancellation,
) -> None:
    """What carriers were paid ahead stays in the books as their debt to us; those who see the rate
    are asked. Raises Doubt.
    """
    if not sees_rate(cancellation.by, cancellation.order.stage):
        return
    paid = CarrierAdvance.objects.filter(order=cancellation.order, return_of=None)
    for advance in paid.order_by("paid_on", "pk"):
        if not advance.left:
            continue
        text = _("%(payee)s was paid %(sum)s ahead. This stays as a debt of the carrier to us.")
        sums = {"payee": advance.payee, "sum": money(advance.left, advance.currency)}
        _ask(cancellation, f"advance:{advance.pk}:{advance.left}", text % sums)


add_ending(take_back)
add_ending(leave_advances)
