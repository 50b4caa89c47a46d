"""The rows that acts of the books hold until they end, in the one order in which they are taken.

    order → invoice → money of the client → advances to the carrier → debt to the carrier
    → months of the fee → months of the books

Of several rows of a kind the smaller key, or the earlier month, comes first. An act takes what it
needs and skips the rest, but never goes back: whoever holds a month waits for no order. Numbers of
papers (documents/issue.py) and the sums of a month (finance/ledger.py) come after the months. Acts
that change what stands further ahead lock it here, before they look: a payment writes the order's
fee, so it holds the order first.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from finance.models import CarrierAdvance, ClientAdvance, FeeCharge, Invoice, Payable
from orders.models import Order


def order(pk: UUID) -> Order:
    """The order with its client."""
    return _orders().select_related("client").get(pk=pk)


def invoice(pk: UUID) -> Invoice:
    """The invoice, after its order."""
    rows = Invoice.objects.select_for_update(of=("self",), no_key=True)
    order_id = Invoice.objects.values_list("order_id", flat=True).get(pk=pk)
    if order_id:
        _orders().get(pk=order_id)
    return rows.select_related("company", "order").get(pk=pk)


def client_advance(pk: UUID) -> ClientAdvance:
    """Money of a client, after the invoices that it pays."""
    rows = ClientAdvance.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("company").get(pk=pk)


def carrier_advance(pk: UUID) -> CarrierAdvance:
    """Money that a carrier got before its rate fell due."""
    return CarrierAdvance.objects.select_for_update(no_key=True).get(pk=pk)


def carrier_advances(order_id: UUID) -> list[CarrierAdvance]:
    """All advances on the carrier's rate of an order, after the order itself."""
    rows = CarrierAdvance.objects.select_for_update(no_key=True)
    return list(rows.filter(order=order_id, return_of=None).order_by("pk"))


def all_of(order_id: UUID | None) -> None:
    """An order with its invoices and debts, for an act that needs several of them."""
    if order_id is None:
        return
    _orders().get(pk=order_id)
    for rows in (Invoice.objects, Payable.objects):
        list(rows.select_for_update(no_key=True).filter(order=order_id).order_by("pk"))


def debt(pk: UUID) -> Payable:
    """What is owed to a carrier; an act that needs its order too takes that first."""
    return Payable.objects.select_for_update(no_key=True).get(pk=pk)


def orders_charged(month: date) -> set[UUID]:
    """The orders that the commission of a month was charged for; the close of it writes them."""
    charges = FeeCharge.objects.filter(charged=month)
    rows = _orders().filter(pk__in=charges.values("invoice__order"))
    return set(rows.order_by("pk").values_list("pk", flat=True))


def _orders() -> QuerySet[Order]:
    """Orders, each held until the act ends."""
    return Order.objects.select_for_update(of=("self",), no_key=True)
