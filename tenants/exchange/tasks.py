"""What the clock does on the exchange."""

from __future__ import annotations

from celery import shared_task

from tenants.exchange.acts import expire_due
from tenants.kit import clock


@shared_task(name="exchange.expire", ignore_result=True)
def expire() -> None:
    """Listings and offers past their time, every minute; repeating it changes nothing."""
    expire_due(at=clock.now())
