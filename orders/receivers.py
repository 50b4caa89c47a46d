"""What follows elsewhere: papers after a stage, the order after the exchange, people after news.
All idempotent.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from orders import market, notifications, papers
from orders.queries import order_by_id
from tenants.kit.outbox import Payload, handles


@handles("order.published")
def published(
    payload: Payload,
    at: datetime,
) -> None:
    papers.request(
        order=order_by_id(UUID(payload["order"])),
        at=at,
    )


@handles("order.assigned")
def assigned(payload: Payload, at: datetime) -> None:
    order = order_by_id(UUID(payload["order"]))
    papers.request(order=order, at=at)
    papers.instruction(order=order, at=at)


@handles("order.crew")
def crew_named(payload: Payload, at: datetime) -> None:
    """Papers that were made before driver and vehicle were named are corrected."""
    order = order_by_id(UUID(payload["order"]))
    papers.correct_crew(order=order, at=at)


@handles("exchange.awarded")
def awarded(payload: Payload, at: datetime) -> None:
    """A carrier took our price, or an owner took ours."""
    if payload["side"] == "owner":
        market.awarded(listing_id=UUID(payload["listing"]), at=at)
    notifications.of_offer("awarded", payload, at=at)


@handles("exchange.offer")
def offered(payload: Payload, at: datetime) -> None:
    notifications.of_offer("offer", payload, at=at)


@handles("exchange.countered")
def countered(payload: Payload, at: datetime) -> None:
    notifications.of_offer("countered", payload, at=at)


@handles("exchange.rejected")
def rejected(payload: Payload, at: datetime) -> None:
    notifications.of_offer("rejected", payload, at=at)


@handles("exchange.withdrawn")
def withdrawn(payload: Payload, at: datetime) -> None:
    notifications.of_offer("withdrawn", payload, at=at)


@handles("exchange.closed")
def closed(payload: Payload, at: datetime) -> None:
    notifications.of_offer("closed", payload, at=at)


@handles("exchange.expired")
def expired(payload: Payload, at: datetime) -> None:
    if payload["side"] == "owner":
        market.expired(listing_id=UUID(payload["listing"]), at=at)
    notifications.of_offer("expired", payload, at=at)


@handles("exchange.job_opened")
def job_opened(payload: Payload, at: datetime) -> None:
    notifications.of_job("opened", payload, at=at)


@handles("exchange.job_moved")
def job_moved(payload: Payload, at: datetime) -> None:
    """Our own page shows the stage; only the end of a job is news."""
    if payload["stage"] == "cancelled":
        notifications.of_job("cancelled", payload, at=at)
