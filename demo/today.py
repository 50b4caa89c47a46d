"""The demo's present: trucks on the map, drafts on the desk, listings on the exchange."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from demo.cast import Firm
from demo.stories import World, data
from orders import lifecycle, market
from orders.models import Order, Stage, Stop, Trip
from orders.stages import Act
from tenants.context import inside
from tenants.drivers import positions
from tenants.drivers.positions import Fix
from tenants.office.models import Notification

DRAFTS = 5
LISTED = 8


def positions_of(trip: Trip, now: datetime, rng: Random) -> list[Fix]:
    """A track along the straight line between the stops, up to somewhere on the way."""
    stops = list(Stop.objects.filter(order=trip.order, lat__isnull=False).order_by("position"))
    if len(stops) < 2 or trip.driver_id is None:
        return []
    first = stops[0]
    last = stops[-1]
    reached = rng.uniform(0.15, 0.9)
    steps = 24
    latest = now - timedelta(minutes=rng.choice([2, 6, 14, 55, 190]))
    return [
        Fix(
            latest - timedelta(minutes=12 * (steps - n)),
            _between(first.lat, last.lat, reached * n / steps),
            _between(first.lon, last.lon, reached * n / steps),
        )
        for n in range(steps + 1)
    ]


def _between(
    a: float | None,
    b: float | None,
    part: float,
) -> float:
    assert a is not None and b is not None
    return round(a + (b - a) * part, 5)


def positions_all(firm: Firm, now: datetime, rng: Random) -> None:
    with inside(firm.info.scope):
        for trip in Trip.objects.filter(
            replaced_at=None, order__stage=Stage.IN_TRANSIT
        ).select_related("order"):
            if fixes := positions_of(trip, now, rng):
                assert trip.driver_id
                positions.record(
                    job=trip.job_id,
                    driver_id=trip.driver_id,
                    points=fixes,
                    at=now,
                )


def on_the_road(people: dict[str, Firm], now: datetime, rng: Random) -> None:
    for firm in people.values():
        positions_all(firm, now, rng)


def requests(world: World, firm: Firm, now: datetime) -> None:
    """A client asks for a price in its cabinet; the office hears of it."""
    client = firm.cabinets["client"]
    asked_at = now - timedelta(minutes=40)
    wish = replace(
        data(world, firm, now),
        client_id=client.company_id,
        responsible=None,
        client_price=None,
        carrier_rate=None,
    )
    with inside(firm.info.scope):
        order = lifecycle.create(data=wish, by=client, at=asked_at)
        lifecycle.advance(order=order, act=Act.REQUEST, by=client, at=asked_at)


def read_old_news(firm: Firm, now: datetime) -> None:
    """What is older than two days was read."""
    old = now - timedelta(days=2)
    with inside(firm.info.scope):
        Notification.objects.filter(created_at__lt=old).update(read_at=now)


def drafts(world: World, firm: Firm, now: datetime) -> None:
    """Some orders not yet decided, some waiting for offers on the exchange."""
    with inside(firm.info.scope):
        orders: list[Order] = [
            lifecycle.create(
                data=data(world, firm, now),
                by=firm.head,
                at=now - timedelta(minutes=7 * n),
            )
            for n in range(DRAFTS + LISTED)
        ]
        for order in orders[DRAFTS:]:
            market.publish(order=order, by=firm.head, at=now)
