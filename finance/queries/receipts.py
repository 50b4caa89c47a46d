"""What clients paid and what was given back, over all invoices."""

from __future__ import annotations

from django.db.models import F, Q, QuerySet

from finance.models import Invoice, Payment
from finance.queries.invoices import invoices_of
from orders.models import Order
from tenants.actor import Actor
from tenants.kit.edge.finding import Named, finds, search_words
from tenants.kit.keyset import Sort
from tenants.permissions import Permission

UNNUMBERED = Q(reference="", refund_of=None, advance=None)
NEWEST = Sort("on", "paid_on", descending=True)
SORTS = {
    sort.key: sort
    for sort in (
        NEWEST,
        Sort("client", "client_name"),
        Sort("amount", "amount", descending=True),
    )
}


def receipts(actor: Actor, *, search: str = "", view: str = "") -> QuerySet[Payment]:
    """Receipts and refunds; `view` is received, refunds, unnumbered (receipts without
    the number of their paper) or empty for both."""
    condition = {
        "received": Q(refund_of=None),
        "refunds": Q(refund_of__isnull=False),
        "unnumbered": UNNUMBERED,
    }.get(view, Q())
    for word in search_words(search):
        condition &= finds(word, "reference") | Q(invoice__in=_invoices_with(word))
    rows = Payment.objects.filter(condition).select_related("invoice")
    if not actor.can(Permission.FINANCE_VIEW):
        rows = rows.filter(invoice__in=invoices_of(actor))
    return rows.annotate(order_ref=F("invoice__order__ref"), client_name=F("invoice__client_name"))


def _invoices_with(word: str) -> QuerySet[Invoice]:
    by_order = Named(Order.objects, "ref")
    condition = finds(
        word,
        "number",
        "client_name",
        through={"order_id": by_order},
    )
    return Invoice.objects.filter(condition)
