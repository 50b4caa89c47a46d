"""The pool: independent drivers and vehicles of the platform, and each reseller's own."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from random import Random

from django.db import transaction

from demo.cast import Firm
from tenants.accounts import driver_login
from tenants.context import PLATFORM, inside
from tenants.drivers import editing, pool
from tenants.drivers.models import Carrier, Driver, Vehicle

FAMILY = [
    "Мирзамытов",
    "Тургунов",
    "Усенов",
    "Тургумбаев",
    "Сарибаев",
    "Абдыкадыров",
    "Жээнбеков",
    "Осмонов",
    "Калыков",
    "Токтогулов",
    "Бекназаров",
    "Шерматов",
    "Исаков",
    "Рахматов",
    "Юлдашев",
    "Ким",
    "Ли",
    "Назаров",
]
GIVEN = [
    "Сарвар",
    "Заиржан",
    "Тилек",
    "Кадыржон",
    "Бактыяр",
    "Мухит",
    "Азамат",
    "Нурлан",
    "Эрлан",
    "Руслан",
    "Алмаз",
    "Чынгыз",
    "Дастан",
    "Талант",
    "Улан",
    "Бекзат",
]
PATRONYM = [
    "Мирзамытович",
    "Закиржанович",
    "Усенович",
    "Умаралиевич",
    "Аликанович",
    "Кубатович",
    "Сапарович",
]
BODIES = [
    ("tent", 20_000, 86),
    ("ref", 18_000, 82),
    ("box", 5_000, 30),
    ("flatbed", 22_000, 90),
    ("iso", 10_000, 45),
]
DRIVERS = 600
VEHICLES = 500
OWN = 12
DEMO_PHONE = "+996555000001"
DEMO_PIN = "111111"


def name(rng: Random) -> str:
    return f"{rng.choice(FAMILY)} {rng.choice(GIVEN)} {rng.choice(PATRONYM)}"


def pool_of_platform(now: datetime, rng: Random) -> list[Driver]:
    """Independent drivers and vehicles, registered over two years."""
    with inside(PLATFORM), transaction.atomic():
        drivers = [
            _driver(rng, now - timedelta(days=rng.randint(1, 730)), number)
            for number in range(DRIVERS)
        ]
        for number in range(VEHICLES):
            _vehicle(
                rng,
                now - timedelta(days=rng.randint(1, 730)),
                1000 + number,
                drivers[number].carrier,
            )
    return drivers


def own_fleet(firm: Firm, at: datetime, rng: Random, first: int) -> list[Driver]:
    """A reseller's own drivers and trucks; the demo's driver is the first of alatoo's."""
    with inside(firm.info.scope), transaction.atomic():
        drivers = [
            _driver(
                rng,
                at,
                5000 + first + n,
                phone=_own_phone(firm, n, first),
            )
            for n in range(OWN)
        ]
        for n in range(OWN):
            _vehicle(rng, at, 5000 + first + n, None)
    if firm.slug == "alatoo":
        with inside(PLATFORM):
            driver_login.give_access(
                driver_id=drivers[0].pk,
                phone=DEMO_PHONE,
                pin=DEMO_PIN,
                any_device=True,
                at=at,
            )
        with inside(firm.info.scope):
            editing.edit_driver(
                driver_id=drivers[0].pk,
                by=firm.head,
                at=at,
                has_access=True,
            )
    return drivers


def _own_phone(
    firm: Firm,
    number: int,
    first: int,
) -> str:
    return DEMO_PHONE if firm.slug == "alatoo" and number == 0 else f"+99655510{first + number:04d}"


def _driver(rng: Random, at: datetime, number: int, phone: str = "") -> Driver:
    return pool.register_driver(
        name=name(rng),
        on=at.date(),
        at=at,
        phone=phone or f"+99670{number:07d}",
        inn=f"2{rng.randint(10**12, 10**13 - 1)}",
        licence=f"KG{rng.randint(10**6, 10**7 - 1)}",
        adr=rng.random() < 0.15,
    )


def _vehicle(rng: Random, at: datetime, number: int, carrier: Carrier | None) -> Vehicle:
    body, kilograms, volume = rng.choice(BODIES)
    return pool.register_vehicle(
        plate=f"{rng.randint(1, 9):02d} KG {number:04d} {rng.choice('ABCE')}{rng.choice('KMOP')}",
        body=body,
        on=at.date(),
        at=at,
        capacity_kg=Decimal(kilograms),
        volume_m3=Decimal(volume),
        adr=rng.random() < 0.1,
        carrier=carrier,
    )
