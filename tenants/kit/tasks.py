"""The one Celery task: an outbox event, named with its scope so that it can never run in another."""

from __future__ import annotations

from uuid import UUID

from celery import shared_task
from django.utils import timezone
from structlog.contextvars import clear_contextvars

from tenants.context import Scope
from tenants.kit.outbox import handle


@shared_task(
    name="outbox.handle",
    acks_late=True,
    reject_on_worker_lost=True,
    ignore_result=True,
)
def handle_event(
    *,
    event: str,
    role: str,
    reseller: str | None,
) -> None:
    """The reseller is an explicit argument; a shared role has none and works in `public`."""
    clear_contextvars()  # of the task before
    scope = Scope(role, role, UUID(reseller)) if reseller else Scope(role)
    handle(UUID(event), scope, at=timezone.now())
