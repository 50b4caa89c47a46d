"""What the clock does for the whole installation."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from tenants.platform.domains import announce_due
from tenants.platform.retention import take_away


@shared_task(name="platform.retention", ignore_result=True)
def retention() -> None:
    """Every hour: what is older than its rule keeps it goes (docs/retention.md)."""
    take_away(at=timezone.now())


@shared_task(name="platform.own_domains", ignore_result=True)
def own_domains() -> None:
    """Every hour: doors that were not looked at for some hours."""
    announce_due(timezone.now())
