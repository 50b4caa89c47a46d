"""Browsers of drivers, and orders to act on."""

from __future__ import annotations

from typing import Any

import pytest

from tenants.accounts.models import DriverAccess
from tenants.context import PLATFORM, inside
from tenants.drivers.models import Driver
from tests.browser_client import ApiClient, Browser
from tests.orders import order_samples


def _access(driver: Driver) -> None:
    with inside(PLATFORM):
        fields = {
            "phone": f"+99655{driver.pk.int % 10**7:07d}",
            "any_device": True,
        }
        DriverAccess.objects.get_or_create(driver_id=driver.pk, defaults=fields)


@pytest.fixture
def driver_browser() -> Any:
    """driver_browser(driver) is the driver's app, signed in."""

    def open_app(driver: Driver) -> Browser:
        _access(driver)
        browser = Browser()
        browser.sign_in(order_samples.as_driver(driver))
        return browser

    return open_app


@pytest.fixture
def driver_call() -> Any:
    """driver_call(driver) is an API client with the driver's token."""

    def open_client(driver: Driver) -> ApiClient:
        _access(driver)
        return ApiClient(order_samples.as_driver(driver))

    return open_client
