"""After signing in a driver comes back to the page of the app that asked for it."""

from __future__ import annotations

import random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from tenants.accounts import driver_login
from tenants.context import inside
from tenants.drivers import pool
from tests.world import Cast

PIN = "482913"


@pytest.mark.parametrize(
    ("page_before", "page_after"),
    [
        ("/driver/offers/?side=carrier", "/driver/offers/?side=carrier"),
        ("//evil.example/driver/", "/driver/"),
        ("https://evil.example/driver/", "/driver/"),
        ("/orders/", "/driver/"),
        ("", "/driver/"),
    ],
)
def test_only_pages_of_the_app_are_followed(
    alpha: Cast, visitor: Any, page_before: str, page_after: str
) -> None:
    phone = f"+99655{random.randrange(10**7):07d}"
    now = timezone.now()
    with inside(alpha.scope):
        driver = pool.register_driver(name="Azamat", on=now.date(), at=now, phone=phone)
    code = driver_login.give_access(driver_id=driver.pk, phone=phone, pin=PIN, at=now)[1]
    browser = visitor()
    browser.post("/driver/enrol/", {"phone": phone, "code": code})
    address = "/driver/login/?" + urlencode({"next": page_before})
    answer = browser.post(address, {"phone": phone, "pin": PIN})
    assert (answer.status_code, answer["Location"]) == (302, page_after)
