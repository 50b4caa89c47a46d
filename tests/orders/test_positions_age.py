"""One truck has one age: dashboard, trip, own fleet and the driver's app agree when it is old."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from orders import assignment
from orders.models import Trip
from tenants.drivers import positions
from tenants.drivers.models import Driver
from tenants.drivers.positions import STALE_AFTER, Fix
from tenants.kit import clock
from tests.orders import order_samples
from tests.orders.order_samples import later
from tests.world import Cast

FRESH = STALE_AFTER - timedelta(minutes=5)
OLD = STALE_AFTER + timedelta(minutes=5)


@pytest.fixture
def driver(in_alpha: Cast) -> Driver:
    return order_samples.own_driver()


@pytest.fixture
def trip(in_alpha: Cast, driver: Driver) -> Trip:
    order = order_samples.order(in_alpha)
    dispatcher = in_alpha.actor("dispatcher")
    who = assignment.assignment_to(
        order=order, driver=driver, rate=order_samples.RATE, currency="KGS"
    )
    return assignment.assign_directly(order=order, assignment=who, by=dispatcher, at=later(1))


def seen(trip: Trip, age: timedelta) -> None:
    now = clock.now()
    positions.record(
        job=trip.job_id,
        driver_id=trip.driver_id,
        points=[Fix(now - age, 40.53, 72.8)],
        at=now,
    )


def readable(answer: Any) -> str:
    """The page with the words of its maps, which stand there as JSON."""
    text = answer.content.decode()
    plain = re.sub(r"\\u([0-9a-f]{4})", lambda code: chr(int(code[1], 16)), text)
    return plain.replace("\xa0", " ")


@pytest.mark.parametrize(("age", "is_old"), [(FRESH, False), (OLD, True)])
def test_every_page_calls_the_same_point_old(
    in_alpha: Cast,
    driver: Driver,
    trip: Trip,
    browse: Any,
    driver_browser: Any,
    age: timedelta,
    is_old: bool,
) -> None:
    seen(trip, age)
    browser = browse(in_alpha, "dispatcher")
    pages = {url: browser.get(url) for url in ("/", "/drivers/", f"/orders/{trip.order.ref}/trip/")}
    words = "2 часа назад" if is_old else "1 час назад"
    for url, answer in pages.items():
        text = readable(answer)
        assert ('"stale": true' in text) is is_old, url
        assert words in text, url
    app = driver_browser(driver).get(f"/driver/jobs/{trip.job_id}/")
    text = readable(app)
    assert ('class="text-danger"' in text) is is_old
    assert words in text


def test_the_line_between_fresh_and_old() -> None:
    now = datetime(2026, 3, 13, 12, tzinfo=UTC)
    assert not positions.is_stale(now - STALE_AFTER, now)
    assert positions.is_stale(now - STALE_AFTER - timedelta(seconds=1), now)
