"""«Мои водители»: who is on a trip, where each was last seen, and what a row costs."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tenants.drivers import positions
from tenants.drivers.models import Driver
from tenants.drivers.positions import Fix
from tenants.kit import clock
from tests.fleet.conftest import NewDriver
from tests.fleet.test_drivers import open_job
from tests.world import Cast

QUERIES = 8  # counts, rows, open and ended trips, points, what is private, access, names on the map


def stand(
    cast: Cast,
    driver: Driver,
    *,
    minutes: int = 5,
    lat: float = 40.53,
    lon: float = 72.8,
) -> None:
    """On a trip, seen near Osh so many minutes ago."""
    now = clock.now()
    positions.record(
        job=open_job(cast, driver),
        driver_id=driver.pk,
        points=[Fix(now - timedelta(minutes=minutes), lat, lon)],
        at=now,
    )


def rows(page: str) -> str:
    return page.split("<tbody>")[1].split("</tbody>")[0]


def test_who_is_on_a_trip_stands_first_with_place_and_age(
    alpha: Cast, browse: Any, add: NewDriver
) -> None:
    add(alpha, name="Ааа Свободный")
    stand(alpha, add(alpha, name="Яяя <b>В пути"))
    page = (
        browse(alpha, "dispatcher")
        .get("/drivers/", headers={"accept-language": "ru"})
        .content.decode()
    )
    table = rows(page)
    assert table.index("Яяя &lt;b&gt;В пути") < table.index("Ааа Свободный")
    assert "Ош" in table and "Бишкек → Ош" in table and "/orders/ORD-260313-0001/trip/" in table
    assert '"lat": 40.53' in page and "\\u003cb\\u003e" in page


def test_an_old_point_is_not_said_to_be_now(alpha: Cast, browse: Any, driver: Driver) -> None:
    stand(alpha, driver, minutes=300)
    page = browse(alpha).get("/drivers/").content.decode()
    assert '"stale": true' in page and "text-danger" in page


def test_a_trip_for_another_reseller_leads_to_the_job(
    alpha: Cast, beta: Cast, browse: Any, driver: Driver
) -> None:
    job = open_job(beta, driver)
    table = rows(browse(alpha, "dispatcher").get("/drivers/").content.decode())
    assert f"/jobs/{job}/" in table
    assert f"/jobs/{job}/" not in rows(
        browse(alpha, "accountant").get("/drivers/").content.decode()
    )  # may not open it


def test_tabs_and_search(alpha: Cast, browse: Any, add: NewDriver) -> None:
    add(alpha, name="Free One")
    open_job(alpha, add(alpha, name="Busy One"))
    head = browse(alpha)
    trip, free = (head.get(f"/drivers/?view={view}").content.decode() for view in ("trip", "free"))
    assert (
        "Busy One" in trip
        and "Free One" not in trip
        and "Free One" in free
        and "Busy One" not in free
    )
    assert 'name="view" value="trip"' in trip
    assert "Busy One" not in head.get("/drivers/?q=Free").content.decode()


def test_another_reseller_s_drivers_are_not_here(
    alpha: Cast, beta: Cast, browse: Any, driver: Driver
) -> None:
    stand(alpha, driver)
    page = browse(beta).get("/drivers/").content.decode()
    assert driver.name not in page and 'class="empty-state"' in page and "data-map" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_asks_the_same_for_one_row_and_three(
    alpha: Cast, browse: Any, add: NewDriver, count: int
) -> None:
    for number in range(count):
        stand(alpha, add(alpha, name=f"Zebra {number}"))
    head = browse(alpha)
    head.get("/drivers/")  # the brand is read once in a while
    with CaptureQueriesContext(connection) as seen:
        page = head.get("/drivers/").content.decode()
    mine = [
        query["sql"]
        for query in seen
        if any(word in query["sql"] for word in ("drivers_", "exchange_", "driveraccess"))
    ]
    assert (len(mine), page.count("<tr data-href")) == (QUERIES, count)
