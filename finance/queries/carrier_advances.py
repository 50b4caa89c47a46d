"""What carriers were paid ahead, and what came back of it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from finance.models import CarrierAdvance
from orders.models import Order
from tenants.actor import Actor
from tenants.kit.edge.finding import Named, finds
from tenants.kit.keyset import Sort
from tenants.permissions import Kind, Permission

NEWEST = Sort("on", "paid_on", descending=True)
UNCLEARED = Q(return_of=None, amount__gt=F("cleared") + F("returned"))


def advances_paid_to(actor: Actor) -> QuerySet[CarrierAdvance]:
    """The office sees all advances, a partner its own; the newest first."""
    rows = CarrierAdvance.objects.select_related("order").order_by("-paid_on", "-entered_at", "-id")
    if actor.can(Permission.FINANCE_VIEW):
        return rows
    if actor.kind is Kind.PARTNER and actor.company_id:
        return rows.filter(company_id=actor.company_id)
    return rows.none()


def carrier_advance_for(actor: Actor, advance_id: UUID) -> CarrierAdvance:
    """One of them. Raises Http404."""
    advance = advances_paid_to(actor).filter(pk=advance_id).first()
    if advance is None:
        raise Http404
    return advance


def carrier_advances(actor: Actor, *, search: str = "", view: str = "") -> QuerySet[CarrierAdvance]:
    """Advances and what came back over all orders; `view` is `open` for those that carriers owe."""
    condition = UNCLEARED if view == "open" else Q()
    named = Named(Order.objects, "ref")
    condition &= finds(search, "payee", "reference", through={"order_id": named})
    return advances_paid_to(actor).filter(condition).order_by()
