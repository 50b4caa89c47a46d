"""A person's news: read at once, thrown away never."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from tenants.office.models import Notification

SHOWN = 100


def newest(member_id: UUID) -> QuerySet[Notification]:
    return Notification.objects.filter(member_id=member_id).order_by("-created_at")[:SHOWN]


def unread(member_id: UUID) -> int:
    """How many wait; more than 99 are not counted further."""
    return len(
        Notification.objects.filter(member_id=member_id, read_at=None).values_list("id")[:100]
    )


def read_all(*, member_id: UUID, at: datetime) -> int:
    """Everything that has been shown is read. Returns how many were new."""
    return Notification.objects.filter(
        member_id=member_id, read_at=None, created_at__lte=at
    ).update(read_at=at)
