"""Cancelling an order at any stage before completion: the listing, the trip, the booking go with
it, and whatever the apps above hang on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from orders import assignment, lifecycle, market
from orders.models import Order, OrderEvent, Stage, Trip
from orders.stages import Act
from tenants.actor import Actor
from tenants.kit.doubts import Answers
from tenants.kit.tries import tried_again


@dataclass(frozen=True, slots=True)
class Cancellation:
    """An order that is about to be cancelled, held by its row."""

    order: Order
    reason: str
    by: Actor
    at: datetime
    sure: Answers


MONEY_GOES = "refund:"  # an answer that begins so sends money back
Ending = Callable[[Cancellation], None]
_endings: list[Ending] = []


def add_ending(ending: Ending) -> None:
    """What ends with an order; it may ask first (Doubt) or refuse (Refused)."""
    _endings.append(ending)


@tried_again
def cancel(
    *,
    order: Order,
    reason: str,
    by: Actor,
    at: datetime,
    sure: Answers = None,
) -> OrderEvent:
    """With a reason, or Missing is raised. Carriers hear that listing or job is gone; nothing is
    deleted. Raises Doubt and Refused of what hangs on the order.
    """
    row = lifecycle.lock(order)
    facts = {"reason": reason.strip()}
    lifecycle.check(order=row, act=Act.CANCEL, by=by, facts=facts)
    for ending in _endings:
        ending(Cancellation(row, facts["reason"], by, at, sure))
    if row.stage == Stage.PUBLISHED:
        market.withdraw(row, at=at)
    for trip in Trip.objects.select_for_update().filter(order=row, replaced_at=None):
        assignment.end(trip, reason=facts["reason"], at=at)
    return lifecycle.advance(order=order, act=Act.CANCEL, by=by, at=at, facts=facts)
