"""What the clock does for the whole installation."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tenants.platform.retention import take_away


@shared_task(name="platform.retention", ignore_result=True)
def retention() -> None:
    """Every hour: what is older than its rule keeps it goes (docs/retention.md)."""
    take_away(at=timezone.now())
