"""What the carrier of an order was paid ahead, as the books tell it to the order's card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from orders.access import sees_rate
from orders.models import Order
from tenants.actor import Actor


@dataclass(frozen=True, slots=True)
class PaidAhead:
    """Labels with sums, and where more is paid: no address for whoever may not."""

    facts: list[tuple[str, str]]
    url: str


Tell = Callable[[Order, Actor], PaidAhead | None]
_tells: list[Tell] = []


def ask_books(tell: Tell) -> None:
    """The books say what was paid ahead; None where there is nothing to say."""
    _tells.append(tell)


def paid_ahead(order: Order, actor: Actor) -> PaidAhead | None:
    """For one order; nothing for those who do not see its rate."""
    if not sees_rate(actor, order.stage):
        return None
    return next(filter(None, (tell(order, actor) for tell in _tells)), None)
