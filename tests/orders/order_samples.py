"""Orders, carriers and drivers that the tests of this folder act with."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from companies import own
from companies.models import Company
from orders import lifecycle
from orders.drafts import CargoData, OrderData, StopData
from orders.models import Order
from tenants.actor import Actor
from tenants.context import PLATFORM, inside
from tenants.drivers import pool
from tenants.drivers.models import Driver
from tenants.kit import clock
from tenants.permissions import Kind, Permission, Role
from tests.world import Cast

NOW = clock.now().replace(microsecond=0) - timedelta(
    days=2
)  # all acts of a test are past, its listings open
LOADING = (NOW + timedelta(days=6)).date()
# numbers that stand nowhere else
PRICE = Decimal("987651.23")
RATE = Decimal("765432.10")


def data(cast: Cast, **changes: Any) -> OrderData:
    """Bishkek to Osh, 5 t of onions."""
    base = OrderData(
        client_id=cast.company_id("client"),
        client_price=PRICE,
        carrier_rate=RATE,
        body="tent",
        stops=(
            StopData(
                "loading",
                "Бишкек",
                "KG",
                42.87,
                74.59,
                address="ул. Секретная, 7",
                contact="Айбек",
                phone="+996700112233",
                on=LOADING,
            ),
            StopData(
                "unloading",
                "Ош",
                "KG",
                40.53,
                72.8,
                address="ул. Тайная, 9",
                contact="Нурлан",
                phone="+996700445566",
            ),
        ),
        cargo=(CargoData("Лук", Decimal("5000"), Decimal("12")),),
    )
    return replace(base, **changes)


def order(cast: Cast, *, at: datetime = NOW, **changes: Any) -> Order:
    created_order = lifecycle.create(data=data(cast, **changes), by=cast.actor("dispatcher"), at=at)
    return Order.objects.select_related("client").get(pk=created_order.pk)


def sign_platform_contract(cast: Cast) -> None:
    own.mark_platform_contract(at=NOW, by=cast.actor("head"))


def partner_carrier(cast: Cast, name: str = "partner") -> Company:
    """The partner of the cast as a carrier of the pool."""
    company = Company.objects.get(pk=cast.company_id(name))
    if company.carrier_id is None:
        company.carrier_id = pool.register_carrier(
            name=company.name, at=NOW, company_id=company.pk
        ).pk
        company.save(update_fields=["carrier_id"])
    return company


def pool_driver(name: str = "Эрмек", phone: str = "+996555777001") -> Driver:
    """An independent driver of the platform's pool."""
    with inside(PLATFORM):
        return pool.register_driver(name=name, phone=phone, on=NOW.date(), at=NOW)


def own_driver(name: str = "Свой", phone: str = "+996555777002") -> Driver:
    return pool.register_driver(name=name, phone=phone, on=NOW.date(), at=NOW)


def as_driver(driver: Driver) -> Actor:
    return Actor(
        kind=Kind.DRIVER,
        role=Role.DRIVER,
        name=driver.name,
        driver_id=driver.pk,
        carrier_id=driver.carrier_id,
        permissions=frozenset({Permission.DRIVER_APP}),
    )


def later(hours: float) -> datetime:
    return NOW + timedelta(hours=hours)
