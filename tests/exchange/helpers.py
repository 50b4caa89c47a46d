"""Plain factories of the exchange's tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection

from tenants.context import CARRIERS, PLATFORM, Scope, inside
from tenants.drivers import pool
from tenants.drivers.models import Carrier, Driver
from tenants.exchange import acts
from tenants.exchange.cards import ListingCard, Town
from tenants.exchange.models import Award, Listing, Offer, Round
from tests.world import Cast

NOW = datetime(2026, 3, 13, 6, 0, tzinfo=UTC)
DAY = date(2026, 3, 13)
LATER = NOW + timedelta(hours=1)
BISHKEK = Town("Бишкек", "KG", 42.87, 74.59)
MOSCOW = Town("Москва", "RU", 55.752, 37.618)


def card(**changes: Any) -> ListingCard:
    values: dict[str, Any] = {
        "origin": BISHKEK,
        "destination": MOSCOW,
        "date_from": DAY,
        "date_to": DAY + timedelta(days=2),
        "currency": "KGS",
        "expires_at": NOW + timedelta(days=3),
        "body": "tent",
        "weight_kg": Decimal(20000),
        "volume_m3": Decimal(82),
        "cargo_kind": "Текстиль",
        "loading_types": ("rear", "side"),
        "price": Decimal("250000.00"),
    }
    return ListingCard(**(values | changes))


def publish(cast: Cast, *, at: datetime = NOW, **changes: Any) -> UUID:
    with inside(cast.scope):
        return acts.publish(card=card(**changes), at=at)


def partner(cast: Cast, name: str = "Партнёр") -> Carrier:
    with inside(cast.scope):
        return pool.register_carrier(name=name, company_id=cast.company_id("partner"), at=NOW)


def fleet(cast: Cast) -> Carrier:
    with inside(cast.scope):
        return pool.own_fleet(at=NOW)


def independent(name: str = "Улан", phone: str = "") -> Driver:
    with inside(PLATFORM):
        return pool.register_driver(name=name, phone=phone, on=DAY, at=NOW)


@dataclass(frozen=True)
class Thread:
    """A listing of one reseller with an offer of another's fleet on it."""

    listing: UUID
    offer: UUID
    carrier: Carrier


def thread(owner: Cast, other: Cast, price: str = "240000.00") -> Thread:
    listing = publish(owner)
    carrier = fleet(other)
    with inside(other.scope):
        offer = acts.send_offer(
            listing_id=listing,
            carrier_id=carrier.pk,
            price=Decimal(price),
            at=NOW,
        )
    return Thread(listing, offer, carrier)


def written(scopes: tuple[Scope, ...]) -> list[Any]:
    """Everything on the exchange that the scopes see, to show that a refusal wrote nothing."""
    rows: list[Any] = []
    for scope in (*scopes, CARRIERS):
        with inside(scope):
            for model in (Listing, Offer, Round, Award):
                rows.append(list(model.objects.order_by("pk").values()))
    return rows + events()


def events(role: str = "", topic: str = "") -> list[tuple[str, str, Any]]:
    """Outbox rows of the exchange, read as the relay reads them."""
    from tenants.context import RELAY

    with inside(RELAY), connection.cursor() as cursor:
        cursor.execute(
            "SELECT role, topic, payload::text FROM kit_outboxevent"
            " WHERE topic LIKE 'exchange.%%' ORDER BY created_at, topic",
            [],
        )
        rows = cursor.fetchall()
    return [row for row in rows if row[0] in (role or row[0],) and row[1] == (topic or row[1])]
