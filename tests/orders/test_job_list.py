"""Trips of whoever drives, as a list: tabs, columns, export, saved views; nobody else's trips."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders import assignment, cancelling
from orders.models import Trip
from tenants.office.models import SavedView
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast


def partner_s_trip(cast: Cast) -> Trip:
    """A trip of an order of the reseller that its partner drives."""
    partner = order_samples.partner_carrier(cast)
    order = order_samples.order(cast)
    return assignment.assign_directly(
        order=order,
        assignment=assignment.assignment_to(order=order, rate=order_samples.RATE, partner=partner),
        by=cast.actor("head"),
        at=NOW,
    )


def page_of(browser: Any, query: str = "") -> str:
    return str(browser.get(f"/partner/{query}").content.decode())


def test_trips_stand_under_their_tab(in_alpha: Cast, browse: Any) -> None:
    trip = partner_s_trip(in_alpha)
    ended = partner_s_trip(in_alpha)
    cancelling.cancel(order=ended.order, reason="нет груза", by=in_alpha.actor("head"), at=later(1))
    browser = browse(in_alpha, "partner")
    under_way = page_of(browser)
    assert trip.order.ref in under_way and ended.order.ref not in under_way
    closed = page_of(browser, "?state=ended")
    assert ended.order.ref in closed and trip.order.ref not in closed
    assert "Отменено" in closed


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(in_alpha: Cast, browse: Any, rows: int) -> None:
    for _ in range(rows):
        partner_s_trip(in_alpha)
    browser = browse(in_alpha, "partner")
    with CaptureQueriesContext(connection) as captured:
        page = page_of(browser)
    assert page.count("<tr data-href") == rows
    assert sum('"exchange_job"' in query["sql"] for query in captured) == 2  # the rows, their count


def test_export_has_the_carrier_s_own_trips_alone(in_alpha: Cast, browse: Any) -> None:
    trip = partner_s_trip(in_alpha)
    order_samples.partner_carrier(in_alpha, "partner2")
    table = browse(in_alpha, "partner").get("/partner/jobs/export/?format=csv").content.decode()
    assert f"{trip.order.ref}" in table and "Бишкек → Ош" in table and "765432.10" in table
    theirs = browse(in_alpha, "partner2").get("/partner/jobs/export/?format=csv").content.decode()
    assert trip.order.ref not in theirs
    assert browse(in_alpha, "accountant").get("/jobs/export/").status_code == 403


def test_a_view_of_trips_is_kept(in_alpha: Cast, browse: Any) -> None:
    partner_s_trip(in_alpha)
    browser = browse(in_alpha, "partner")
    kept = {"name": "Прошлые", "query": "state=ended&cols=created"}
    assert browser.post("/partner/jobs/views/", kept).status_code == 302
    assert SavedView.objects.get().page == "jobs"
    assert "Прошлые" in page_of(browser)
