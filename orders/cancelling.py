"""Cancelling an order at any stage before completion: the listing, the trip, the booking go with
it.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from orders import assignment, lifecycle, market
from orders.models import Order, OrderEvent, Stage, Trip
from orders.stages import Act
from tenants.actor import Actor


@transaction.atomic
def cancel(*, order: Order, reason: str, by: Actor, at: datetime) -> OrderEvent:
    """With a reason, or Missing is raised. Carriers hear that listing or job is gone; nothing is
    deleted.
    """
    row = lifecycle.lock(order)
    facts = {"reason": reason.strip()}
    lifecycle.check(order=row, act=Act.CANCEL, by=by, facts=facts)
    if row.stage == Stage.PUBLISHED:
        market.withdraw(row, at=at)
    for trip in Trip.objects.select_for_update().filter(order=row, replaced_at=None):
        assignment.end(trip, reason=facts["reason"], at=at)
    return lifecycle.advance(order=order, act=Act.CANCEL, by=by, at=at, facts=facts)
