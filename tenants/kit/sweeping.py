"""Throwing away what nobody asks for any more."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.contrib.sessions.models import Session

from tenants.context import GATE, RELAY, inside
from tenants.kit.models import IdempotencyKey, OutboxEvent

KEPT = timedelta(days=30)


def sweep_up(*, at: datetime) -> int:
    """Returns how many rows went."""
    with inside(RELAY):
        gone = OutboxEvent.objects.filter(done_at__lt=at - KEPT).delete()[0]
        gone += IdempotencyKey.objects.filter(created_at__lt=at - KEPT).delete()[0]
    with inside(GATE):
        gone += Session.objects.filter(expire_date__lt=at).delete()[0]
    return gone
