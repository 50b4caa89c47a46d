"""What truly was stands, whenever it was entered; only what cannot be is refused, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from orders import assignment, driving, trips
from orders.errors import BadValue
from orders.models import Order, Source, Trip
from tenants.exchange import jobs
from tenants.kit import clock, formats
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.page_forms import form_with
from tests.world import Cast

TEN = later(2)
EIGHT_TEN = TEN - timedelta(hours=1, minutes=50)


def assigned(cast: Cast, *, at: datetime, agreed_at: datetime | None = None) -> Trip:
    order = order_samples.order(cast, at=NOW - timedelta(days=1))
    who = assignment.assignment_to(
        order=order, rate=None, driver=order_samples.own_driver(), agreed_at=agreed_at
    )
    head = cast.actor("head")
    return assignment.assign_directly(order=order, assignment=who, by=head, at=at)


def enter(cast: Cast, trip: Trip, stage: str, *, at: datetime, true: datetime | None) -> Any:
    return trips.advance(
        trip=trip,
        stage=stage,
        by=cast.actor("dispatcher"),
        at=at,
        source=Source.DISPATCHER,
        happened_at=true,
    )


def to_loading(cast: Cast, trip: Trip, *, at: datetime, true: datetime) -> None:
    enter(cast, trip, "to_loading", at=at, true=true)
    enter(cast, trip, "at_loading", at=at, true=true + timedelta(minutes=5))


def test_loaded_at_eight_ten_and_typed_at_ten_stands_at_eight_ten(
    in_alpha: Cast, browse: Any
) -> None:
    trip = assigned(in_alpha, at=TEN)
    to_loading(in_alpha, trip, at=TEN, true=EIGHT_TEN - timedelta(minutes=30))
    event = enter(in_alpha, trip, "loaded", at=TEN + timedelta(minutes=2), true=EIGHT_TEN)
    assert (event.at, event.entered_at) == (EIGHT_TEN, TEN + timedelta(minutes=2))
    order = Order.objects.get()
    assert (order.stage, order.in_transit_at) == ("in_transit", EIGHT_TEN)
    page = browse(in_alpha, "dispatcher").get(f"/orders/{order.ref}/trip/").content.decode()
    with timezone.override(in_alpha.info.zone):
        entered = formats.moment(TEN + timedelta(minutes=2))
    assert f"введено {entered}" in page


def test_yesterdays_trip_is_entered_today(in_alpha: Cast) -> None:
    yesterday = NOW - timedelta(days=1)
    trip = assigned(in_alpha, at=NOW, agreed_at=yesterday)
    assert trip.assigned_at == yesterday
    assert trip.events.get().at == yesterday
    to_loading(in_alpha, trip, at=NOW, true=yesterday + timedelta(hours=1))
    event = enter(in_alpha, trip, "loaded", at=NOW, true=yesterday + timedelta(hours=2))
    assert event.at == yesterday + timedelta(hours=2)


def test_a_moment_that_has_not_come_is_refused(in_alpha: Cast) -> None:
    trip = assigned(in_alpha, at=NOW)
    with pytest.raises(BadValue):
        enter(in_alpha, trip, "to_loading", at=TEN, true=TEN + timedelta(minutes=1))
    who = assignment.assignment_to(
        order=trip.order,
        rate=None,
        driver=order_samples.Driver.objects.get(pk=trip.driver_id),
        agreed_at=NOW + timedelta(minutes=1),
    )
    with pytest.raises(BadValue):
        assignment.replace_carrier(
            order=trip.order, assignment=who, reason="нет", by=in_alpha.actor("head"), at=NOW
        )


def test_out_of_order_is_refused_and_the_standing_time_is_said(in_alpha: Cast) -> None:
    trip = assigned(in_alpha, at=NOW)
    enter(in_alpha, trip, "to_loading", at=TEN, true=EIGHT_TEN)
    with pytest.raises(BadValue) as refused:
        enter(in_alpha, trip, "at_loading", at=TEN, true=EIGHT_TEN - timedelta(minutes=1))
    assert formats.moment(EIGHT_TEN) in str(refused.value)
    assert refused.value.field == "happened_at"


def test_before_the_agreement_is_out_of_order(in_alpha: Cast) -> None:
    trip = assigned(in_alpha, at=TEN, agreed_at=EIGHT_TEN)
    with pytest.raises(BadValue) as refused:
        enter(in_alpha, trip, "to_loading", at=TEN, true=EIGHT_TEN - timedelta(minutes=1))
    assert formats.moment(EIGHT_TEN) in str(refused.value)


def test_thirty_days_before_the_first_day_is_the_limit(in_alpha: Cast) -> None:
    first = NOW - timedelta(days=1)
    trip = assigned(in_alpha, at=NOW)
    with pytest.raises(BadValue) as refused:
        enter(in_alpha, trip, "to_loading", at=NOW, true=first - timedelta(days=32))
    assert formats.day(in_alpha.info.day(first)) in str(refused.value)
    event = enter(in_alpha, trip, "to_loading", at=NOW, true=first - timedelta(days=29))
    assert event.at == first - timedelta(days=29)


def test_a_stage_that_was_corrected_back_is_entered_at_its_true_time(in_alpha: Cast) -> None:
    trip = assigned(in_alpha, at=NOW)
    to_loading(in_alpha, trip, at=TEN, true=EIGHT_TEN)
    enter(in_alpha, trip, "loaded", at=TEN, true=None)
    trips.correct(
        trip=trip,
        stage="at_loading",
        reason="ошибка",
        by=in_alpha.actor("dispatcher"),
        at=TEN + timedelta(minutes=1),
    )
    true = EIGHT_TEN + timedelta(minutes=20)
    event = enter(in_alpha, trip, "loaded", at=TEN + timedelta(minutes=2), true=true)
    assert event.at == true


def test_a_correction_in_the_future_is_refused(in_alpha: Cast) -> None:
    trip = assigned(in_alpha, at=NOW)
    with pytest.raises(BadValue):
        trips.correct(
            trip=trip,
            stage="loaded",
            reason="так",
            by=in_alpha.actor("dispatcher"),
            at=TEN,
            happened_at=TEN + timedelta(hours=1),
        )


def test_a_drivers_press_is_not_moved_in_silence(in_alpha: Cast) -> None:
    trip = assigned(in_alpha, at=NOW)
    enter(in_alpha, trip, "to_loading", at=TEN, true=EIGHT_TEN)
    job = jobs.Job.objects.get(pk=trip.job_id)
    driver = order_samples.as_driver(order_samples.Driver.objects.get(pk=trip.driver_id))
    with pytest.raises(BadValue):
        driving.advance(
            job=job,
            stage="at_loading",
            by=driver,
            at=TEN,
            happened_at=EIGHT_TEN - timedelta(minutes=30),
        )
    driving.advance(
        job=job,
        stage="at_loading",
        by=driver,
        at=TEN,
        happened_at=EIGHT_TEN - timedelta(minutes=3),
    )
    assert trip.events.get(stage="at_loading").at == EIGHT_TEN


def test_when_agreed_is_asked_on_the_page_and_by_the_api(
    in_alpha: Cast, browse: Any, call: Any
) -> None:
    order = order_samples.order(in_alpha)
    driver = order_samples.own_driver()
    browser = browse(in_alpha, "dispatcher")
    address = f"/orders/{order.ref}/assign/"
    form = form_with(browser.get(address).content, address, "agreed_at")
    agreed = clock.now().astimezone(in_alpha.info.zone).replace(second=0, microsecond=0)
    agreed -= timedelta(hours=20)
    fields = form.fields | {"driver": str(driver.pk)}
    tomorrow = fields | {"agreed_at": f"{agreed + timedelta(days=2):%Y-%m-%dT%H:%M}"}
    assert browser.post(address, tomorrow).status_code == 422
    typed = fields | {"agreed_at": f"{agreed:%Y-%m-%dT%H:%M}"}
    assert browser.post(address, typed).status_code == 302
    assert Trip.objects.get().assigned_at == agreed
    other = order_samples.order(in_alpha)
    body = {"driver": str(driver.pk), "agreed_at": agreed.isoformat(), "together": True}
    answer = call(in_alpha, "dispatcher").send("post", f"orders/{other.ref}/assign", body)
    assert answer.status_code == 200
    assert Trip.objects.get(order=other).assigned_at == agreed
