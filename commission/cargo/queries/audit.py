"""The audit trail (C-11): who did what, when, before and after."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from commission.cargo.actions import codes_saying
from tenants.actor import Actor
from tenants.office.models import AuditEvent
from tenants.permissions import Kind


def events_for(
    actor: Actor,
    *,
    search: str = "",
    action: str = "",
    day_from: date | None = None,
    day_to: date | None = None,
    by: UUID | None = None,
) -> QuerySet[AuditEvent]:
    """The whole office for the head; the module's own for a cargo MANAGER. The newest first."""
    rows = AuditEvent.objects.order_by("-at", "-id")
    if actor.kind is Kind.CARGO:
        rows = rows.filter(action__startswith="cargo.")
    if action:
        rows = rows.filter(action__startswith=action.replace("\x00", "")[:60])
    if by:
        rows = rows.filter(by=by)
    if day_from:
        rows = rows.filter(at__date__gte=day_from)
    if day_to:
        rows = rows.filter(at__date__lte=day_to)
    for word in search.replace("\x00", "").split()[:4]:
        rows = rows.filter(
            Q(title__icontains=word)
            | Q(by_name__icontains=word)
            | Q(action__icontains=word)
            | Q(reason__icontains=word)
            | Q(action__in=codes_saying(word))
        )
    return rows
