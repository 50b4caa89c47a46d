"""Throwing away what nobody asks for any more: old rows, ended sessions, files a killed worker did
not finish.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session

from tenants.context import GATE, RELAY, inside
from tenants.kit.models import IdempotencyKey, OutboxEvent

KEPT = timedelta(days=30)
A_DAY = timedelta(days=1)


def sweep_up(*, at: datetime) -> int:
    """Returns how many rows went."""
    with inside(RELAY):
        gone = OutboxEvent.objects.filter(done_at__lt=at - KEPT).delete()[0]
        gone += IdempotencyKey.objects.filter(created_at__lt=at - KEPT).delete()[0]
    with inside(GATE):
        gone += Session.objects.filter(expire_date__lt=at).delete()[0]
    return gone + _unfinished(at)


def _unfinished(at: datetime) -> int:
    """`*.part` is written and renamed within a second: one of yesterday belongs to nobody."""
    old = [
        path
        for path in settings.STORAGE_DIR.glob("*/*/*.part")
        if path.stat().st_mtime < (at - A_DAY).timestamp()
    ]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)
