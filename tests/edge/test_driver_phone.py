"""A driver signs in with the number as it is dialled at home (FAULTS C4)."""

from __future__ import annotations

import pytest

from tenants.accounts import driver_login
from tenants.context import GATE, inside
from tenants.kit import clock
from tests.orders import order_samples


@pytest.mark.parametrize(
    ("phone", "typed"),
    [
        ("+996555000001", "0555 000 001"),
        ("+996555000001", "+996 (555) 00-00-01"),
        ("+996555000001", "996555000001"),
        ("+79001234567", "8 (900) 123-45-67"),
        ("+66812345678", "081-234-5678"),
    ],
)
def test_the_number_of_home_opens_the_app(db: None, phone: str, typed: str) -> None:
    driver = order_samples.pool_driver("Эрмек", phone)
    now = clock.now()
    pin, code = driver_login.give_access(driver_id=driver.pk, phone=phone, at=now)
    with inside(GATE):
        device = driver_login.enrol(phone=typed, code=code, at=now)
        opened, _device = driver_login.open_app(phone=typed, pin=pin, device=device, at=now)
    assert opened == driver.pk


def test_another_number_opens_nothing(db: None) -> None:
    driver = order_samples.pool_driver("Эрмек", "+996555000001")
    now = clock.now()
    _pin, code = driver_login.give_access(driver_id=driver.pk, phone="+996555000001", at=now)
    for typed in ("0555 000 002", "", "x", "\u200b"):
        with inside(GATE), pytest.raises(driver_login.Refused):
            driver_login.enrol(phone=typed, code=code, at=now)
