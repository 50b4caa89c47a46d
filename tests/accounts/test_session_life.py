"""Sessions end by the kind of person: without use, and in all; a page that asks by itself is no use."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from tenants.accounts.models import User
from tenants.actor import Actor
from tenants.context import GATE, PLATFORM, inside
from tenants.permissions import Kind, Role
from tests.browser_client import Browser
from tests.orders import order_samples
from tests.world import PASSWORD, Cast, email

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
LIVES = [
    ("head", "/orders/", 12 * HOUR, 30 * DAY),
    ("dispatcher", "/orders/", 12 * HOUR, 30 * DAY),
    ("cargo_staff", "/cargo/", 12 * HOUR, 30 * DAY),
    ("client", "/cabinet/", 90 * DAY, None),
    ("partner", "/partner/", 90 * DAY, None),
]


def is_open(browser: Browser, path: str, after: timedelta) -> bool:
    with time_machine.travel(timezone.now() + after, tick=False):
        return bool(browser.get(path).status_code == 200)


@pytest.mark.parametrize(("person", "path", "idle", "whole"), LIVES)
def test_session_ends_without_use(
    alpha: Cast, browse: Any, person: str, path: str, idle: timedelta, whole: timedelta | None
) -> None:
    browser = browse(alpha, person)
    assert is_open(browser, path, timedelta())
    assert is_open(browser, path, idle - MINUTE)
    assert is_open(browser, path, 2 * (idle - 2 * MINUTE))
    assert not is_open(browser, path, 3 * idle)


@pytest.mark.parametrize("person", ["head", "client"])
def test_session_in_use_ends_only_by_its_whole_life(alpha: Cast, browse: Any, person: str) -> None:
    path, step = ("/orders/", 11 * HOUR) if person == "head" else ("/cabinet/", 80 * DAY)
    browser = browse(alpha, person)
    opened = [is_open(browser, path, count * step) for count in range(70)]
    lives_for = opened.index(False) * step if False in opened else None
    assert lives_for is None if person == "client" else lives_for == 66 * step


def test_platform_manager_is_asked_after_half_an_hour(db: None) -> None:
    browser = Browser()
    with inside(GATE):
        manager = User.objects.get(email="manager@platform.test")
    browser.sign_in(
        Actor(kind=Kind.PLATFORM, role=Role.PLATFORM, name="Manager", user_id=manager.pk)
    )
    first = browser.get("/admin/")["Location"]
    with time_machine.travel(timezone.now() + 31 * MINUTE):
        later = browser.get("/admin/")["Location"]
    assert "mfa" in first and later.startswith("/login/?next=")


def test_page_that_asks_by_itself_is_no_use(alpha: Cast, browse: Any) -> None:
    browser = browse(alpha)
    assert is_open(browser, "/orders/", timedelta())
    assert is_open(browser, "/notifications/count/", 11 * HOUR)
    assert not is_open(browser, "/orders/", 13 * HOUR)


def test_driver_is_not_signed_out_within_half_a_year(alpha: Cast) -> None:
    with inside(PLATFORM):
        driver = order_samples.pool_driver()
    from tenants.accounts import driver_login

    driver_login.give_access(
        driver_id=driver.pk, phone="+996555777001", pin="246813", any_device=True, at=timezone.now()
    )
    browser = Browser()
    browser.sign_in(order_samples.as_driver(driver))
    assert all(is_open(browser, "/driver/", count * 170 * DAY) for count in range(4))
    assert not is_open(browser, "/driver/", 3 * 170 * DAY + 181 * DAY)


def signed_in_on_a_foreign_device(cast: Cast, name: str) -> Browser:
    browser = Browser()
    login = {"login": email(cast.info.slug, name), "password": PASSWORD, "foreign": "on"}
    assert browser.post("/login/", login).status_code == 302
    return browser


def test_foreign_device_keeps_the_session_an_hour_and_forgets_it_with_the_browser(
    alpha: Cast,
) -> None:
    """FAULTS D9."""
    browser = signed_in_on_a_foreign_device(alpha, "head")
    assert is_open(browser, "/orders/", timedelta())
    assert (browser.cookies["sid"]["max-age"], browser.cookies["sid"]["expires"]) == ("", "")
    assert "known" not in browser.cookies
    assert is_open(browser, "/orders/", 59 * MINUTE)
    assert not is_open(browser, "/orders/", 3 * HOUR)


def test_foreign_device_ends_the_session_after_twelve_hours_of_use(alpha: Cast) -> None:
    browser = signed_in_on_a_foreign_device(alpha, "client")
    opened = [is_open(browser, "/cabinet/", count * 50 * MINUTE) for count in range(16)]
    assert opened == [True] * 15 + [False]


def test_own_device_is_remembered(alpha: Cast) -> None:
    browser = Browser()
    login = {"login": email("alpha", "head"), "password": PASSWORD}
    assert browser.post("/login/", login).status_code == 302
    browser.get("/orders/")
    assert browser.cookies["sid"]["max-age"] == 12 * 3600
    assert "known" in browser.cookies
