"""Money of clients that stands on no invoice, and the invoices it may pay."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from companies.models import Company
from finance.models import ClientAdvance, Invoice
from finance.queries.invoices import OPEN
from tenants.actor import Actor
from tenants.kit.edge.finding import Named, finds
from tenants.kit.keyset import Sort
from tenants.permissions import Permission

NEWEST = Sort("on", "paid_on", descending=True)
UNUSED = Q(return_of=None, amount__gt=F("allocated") + F("returned"))


def advances_of(actor: Actor) -> QuerySet[ClientAdvance]:
    """Those of the books are seen by whoever sees the books."""
    if actor.can(Permission.FINANCE_VIEW):
        return ClientAdvance.objects.select_related("company")
    return ClientAdvance.objects.none()


def advance_for(actor: Actor, advance_id: UUID) -> ClientAdvance:
    """One of them. Raises Http404."""
    advance = advances_of(actor).filter(pk=advance_id).first()
    if advance is None:
        raise Http404
    return advance


def client_advances(actor: Actor, *, search: str = "", view: str = "") -> QuerySet[ClientAdvance]:
    """Receipts and returns; `view` is `open` for those that are not used up."""
    condition = UNUSED if view == "open" else Q()
    named = Named(Company.objects, "name")
    condition &= finds(search, "reference", through={"company_id": named})
    return advances_of(actor).filter(condition)


def payable_with(advance: ClientAdvance) -> QuerySet[Invoice]:
    """The client's unpaid invoices in the currency of the advance, the oldest due first."""
    invoices = Invoice.objects.filter(
        OPEN,
        company_id=advance.company_id,
        currency=advance.currency,
    )
    return invoices.select_related("order").order_by("due_on", "pk")
