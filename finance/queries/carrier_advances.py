"""What carriers were paid ahead, and what came back of it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from finance.models import CarrierAdvance
from tenants.actor import Actor
from tenants.permissions import Kind, Permission


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
