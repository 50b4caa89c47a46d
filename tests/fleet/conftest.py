"""Drivers and phones of the fleet's tests. Tries are counted by number and address, so each test
has its own.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from fleet import drivers
from tenants.context import inside
from tenants.drivers.models import Driver
from tenants.kit import clock
from tests.world import Cast

INN = "20101199900011"
LICENCE = "KG7654321"
NewDriver = Callable[..., Driver]
_numbers = itertools.count(random.randrange(10**7))


def values(**changes: Any) -> dict[str, Any]:
    """What the form of a driver sends."""
    fields = {
        "name": "Замир Усенов",
        "phone": new_phone(),
        "inn": INN,
        "licence": LICENCE,
        "company": "",
        "responsible": "",
        "adr": "",
    }
    return fields | changes


def new_phone() -> str:
    return f"+99655{next(_numbers) % 10**7:07d}"


@pytest.fixture
def add() -> NewDriver:
    """add(cast, name=…) is a new own driver of that reseller."""

    def make(cast: Cast, **changes: Any) -> Driver:
        with inside(cast.scope):
            fields = values(**changes) | {"adr": bool(changes.get("adr"))}
            return drivers.add(
                values=fields,
                by=cast.actor("dispatcher"),
                at=clock.now(),
            )

    return make


@pytest.fixture
def driver(alpha: Cast, add: NewDriver) -> Driver:
    """Alpha's own."""
    return add(alpha)


@pytest.fixture
def visitor(db: None) -> Callable[[], Client]:
    """A driver's phone: nobody has signed in, and it has an address of its own."""

    def open_browser() -> Client:
        number = next(_numbers)
        return Client(REMOTE_ADDR=f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}")

    return open_browser
