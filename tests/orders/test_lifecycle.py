"""The table of steps: every pair of stage and act is either a step of the table or refused, and
nothing is half done.
"""

from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orders import assignment, cancelling, lifecycle, market, trips
from orders.crew_booking import Overlap
from orders.errors import (
    AlreadyThere,
    BadValue,
    CannotAdvance,
    CannotEdit,
    Forbidden,
    Missing,
    Refused,
    Stale,
)
from orders.models import Order, OrderEvent, Stage, Trip, TripStage
from orders.stages import ORDER, ORDER_AT, TRIP, Act
from tenants.exchange.models import Job, Listing
from tenants.exchange.refusals import ExchangeRefused
from tenants.office.models import AuditEvent
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast

FACTS = {"reason": "так надо"}
DATES = {
    Stage.CANCELLED: {"cancelled_at": NOW, "cancel_reason": "x"},
    Stage.COMPLETED: {"completed_at": NOW},
    Stage.CLOSED: {"completed_at": NOW},
}


def put(order: Order, stage: str) -> Order:
    """The order as if it stood there; the constraints want the dates with it."""
    clean: dict[str, Any] = {
        "cancelled_at": None,
        "cancel_reason": "",
        "completed_at": None,
        "agreed_at": None,
    }
    Order.objects.filter(pk=order.pk).update(stage=stage, **(clean | DATES.get(Stage(stage), {})))
    order.refresh_from_db()
    return order


@pytest.mark.parametrize("stage", Stage.values)
def test_each_act_from_each_stage_goes_where_the_table_says_or_is_refused(
    in_alpha: Cast, stage: str
) -> None:
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    for act in Act:
        put(order, stage)
        events = OrderEvent.objects.count()
        step = ORDER.get((stage, act))
        if step is None:
            with pytest.raises(CannotAdvance):
                lifecycle.advance(order=order, act=act, by=head, at=NOW, facts=FACTS)
            order.refresh_from_db()
            assert (order.stage, OrderEvent.objects.count()) == (
                stage,
                events,
            )
        else:
            lifecycle.advance(order=order, act=act, by=head, at=NOW, facts=FACTS)
            order.refresh_from_db()
            assert (order.stage, OrderEvent.objects.count()) == (
                step.to,
                events + 1,
            )


def test_a_second_press_says_already(in_alpha: Cast) -> None:
    order = put(order_samples.order(in_alpha), Stage.DELIVERED)
    head = in_alpha.actor("head")
    lifecycle.complete(order=order, by=head, at=NOW)
    with pytest.raises(AlreadyThere):
        lifecycle.complete(order=order, by=head, at=NOW)
    assert OrderEvent.objects.filter(act="complete").count() == 1


def test_what_must_be_known_is_asked_for(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha, client_id=None, stops=(), cargo=())
    with pytest.raises(Missing) as refused:
        lifecycle.advance(
            order=order,
            act=Act.PUBLISH,
            by=in_alpha.actor("head"),
            at=NOW,
        )
    assert refused.value.needs == ("client", "route", "cargo")


@pytest.mark.parametrize(
    ("who", "act"),
    [
        ("accountant", Act.PUBLISH),
        ("client", Act.PUBLISH),
        ("partner", Act.CANCEL),
        ("client", Act.CANCEL),
    ],
)
def test_who_may_not_is_refused(in_alpha: Cast, who: str, act: Act) -> None:
    order = order_samples.order(in_alpha)
    with pytest.raises(Forbidden):
        lifecycle.advance(
            order=order,
            act=act,
            by=in_alpha.actor(who),
            at=NOW,
            facts=FACTS,
        )
    assert lifecycle.available(order=order, for_=in_alpha.actor("partner")) == []


def test_buttons_are_the_table(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha)
    acts = [
        choice.act for choice in lifecycle.available(order=order, for_=in_alpha.actor("dispatcher"))
    ]
    assert acts == [
        Act.REQUEST,
        Act.QUOTE,
        Act.PUBLISH,
        Act.ASSIGN,
        Act.CANCEL,
    ]


def test_a_step_is_in_the_audit_trail(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha)
    cancelling.cancel(
        order=order,
        reason="клиент отказался",
        by=in_alpha.actor("head"),
        at=NOW,
    )
    row = AuditEvent.objects.get(action="order.cancel")
    assert (
        row.subject,
        row.title,
        row.reason,
        row.before,
        row.after,
    ) == (
        f"order:{order.pk}",
        order.ref,
        "клиент отказался",
        {"stage": "draft"},
        {"stage": "cancelled", "reason": "клиент отказался"},
    )


def test_cancelling_a_published_order_takes_the_listing_back(
    in_alpha: Cast,
) -> None:
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    listing = market.publish(order=order, by=head, at=NOW)
    with pytest.raises(Missing):
        cancelling.cancel(order=order, reason=" ", by=head, at=NOW)
    assert Listing.objects.get(pk=listing).status == "open"
    cancelling.cancel(order=order, reason="передумали", by=head, at=NOW)
    assert Listing.objects.get(pk=listing).status == "withdrawn"


def test_publishing_twice_leaves_one_listing(in_alpha: Cast) -> None:
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    market.publish(order=order, by=head, at=NOW)
    with pytest.raises(AlreadyThere):
        market.publish(order=order, by=head, at=NOW)
    assert Listing.objects.filter(owner_role=in_alpha.scope.role).count() == 1


def test_publishing_needs_the_contract_with_the_platform(
    in_alpha: Cast,
) -> None:
    order = order_samples.order(in_alpha)
    with pytest.raises(market.NotSigned):
        market.publish(order=order, by=in_alpha.actor("head"), at=NOW)
    assert not Listing.objects.filter(owner_role=in_alpha.scope.role).exists()


def test_a_failing_carrier_is_replaced_at_once(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    company = order_samples.partner_carrier(in_alpha)
    first = assignment.assign_directly(
        order=order,
        assignment=assignment.assignment_to(order=order, rate=None, partner=company),
        by=head,
        at=NOW,
    )
    driver = order_samples.own_driver()
    who = assignment.assignment_to(order=order, rate=order_samples.RATE - 1, driver=driver)
    with pytest.raises(Missing):
        assignment.replace_carrier(order=order, assignment=who, reason="", by=head, at=later(1))
    second = assignment.replace_carrier(
        order=order,
        assignment=who,
        reason="сломался",
        by=head,
        at=later(1),
    )
    first.refresh_from_db()
    order.refresh_from_db()
    assert (
        first.replaced_at,
        first.replace_reason,
        Job.objects.get(pk=first.job_id).stage,
    ) == (
        later(1),
        "сломался",
        "cancelled",
    )
    assert (order.stage, order.carrier_rate, second.driver_name) == (
        Stage.ASSIGNED,
        order_samples.RATE - 1,
        "Свой",
    )
    with pytest.raises(CannotAdvance):
        trips.advance(trip=first, stage="to_loading", by=head, at=later(2))


def test_one_driver_on_two_overlapping_trips_is_asked_about(
    in_alpha: Cast,
) -> None:
    head = in_alpha.actor("head")
    driver = order_samples.own_driver()
    for number in range(2):
        order = order_samples.order(in_alpha)
        who = assignment.assignment_to(order=order, rate=None, driver=driver)
        if number == 0:
            assignment.assign_directly(order=order, assignment=who, by=head, at=NOW)
            continue
        with pytest.raises(Overlap) as refused:
            assignment.assign_directly(order=order, assignment=who, by=head, at=NOW)
        assert refused.value.together
        assert not Trip.objects.filter(order=order).exists()
        together = assignment.assignment_to(order=order, rate=None, driver=driver, together=True)
        assert (
            assignment.assign_directly(order=order, assignment=together, by=head, at=NOW).driver_id
            == driver.pk
        )


def test_a_driver_who_has_unloaded_is_free(in_alpha: Cast) -> None:
    head = in_alpha.actor("head")
    driver = order_samples.own_driver()
    order = order_samples.order(in_alpha)
    trip = assignment.assign_directly(
        order=order,
        assignment=assignment.assignment_to(order=order, rate=None, driver=driver),
        by=head,
        at=NOW,
    )
    for stage in (
        "to_loading",
        "at_loading",
        "loaded",
        "in_transit",
        "at_unloading",
        "unloaded",
    ):
        trips.advance(trip=trip, stage=stage, by=head, at=later(1))
    following = order_samples.order(in_alpha)
    who = assignment.assignment_to(order=following, rate=None, driver=driver)
    assert (
        assignment.assign_directly(order=following, assignment=who, by=head, at=later(2)).driver_id
        == driver.pk
    )


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"currency": "XAU"}, "currency"),
        ({"carrier_currency": "XAU"}, "carrier_currency"),
        ({"currency": "USD"}, "client_fx"),
        ({"carrier_currency": "USD"}, "carrier_fx"),
    ],
)
def test_a_bad_currency_is_said_at_its_own_field(
    in_alpha: Cast, values: dict[str, str], field: str
) -> None:
    values = {"currency": "KGS", "carrier_currency": "KGS"} | values
    with pytest.raises(BadValue) as refused:
        order_samples.order(in_alpha, **values)
    assert refused.value.field == field
    assert not Order.objects.exists()


def test_an_edit_of_a_stale_form_overwrites_nothing(
    in_alpha: Cast,
) -> None:
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    lifecycle.edit(
        order=order,
        data=order_samples.data(in_alpha, note="первая"),
        version=order.version,
        by=head,
        at=NOW,
    )
    with pytest.raises(Stale):
        lifecycle.edit(
            order=order,
            data=order_samples.data(in_alpha, note="вторая"),
            version=order.version,
            by=head,
            at=NOW,
        )
    order.refresh_from_db()
    assert order.note == "первая"


def test_while_listed_the_conditions_stand_and_an_agreed_rate_stays(
    in_alpha: Cast,
) -> None:
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    market.publish(order=order, by=head, at=NOW)
    with pytest.raises(CannotEdit):
        lifecycle.edit(
            order=order,
            data=order_samples.data(in_alpha, body="ref"),
            by=head,
            at=NOW,
        )
    lifecycle.edit(
        order=order,
        data=order_samples.data(in_alpha, client_price=order_samples.PRICE + 1),
        by=head,
        at=NOW,
    )
    market.unpublish(order=order, by=head, at=NOW)
    lifecycle.edit(
        order=order,
        data=order_samples.data(in_alpha, body="ref"),
        by=head,
        at=NOW,
    )
    assignment.assign_directly(
        order=order,
        assignment=assignment.assignment_to(
            order=order, rate=None, driver=order_samples.own_driver()
        ),
        by=head,
        at=NOW,
    )
    with pytest.raises(CannotEdit):
        lifecycle.edit(
            order=order,
            data=order_samples.data(in_alpha, carrier_rate=order_samples.RATE + 5),
            by=head,
            at=NOW,
        )


def test_a_copy_is_a_draft_without_dates(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha)
    twin = lifecycle.copy(order=order, by=in_alpha.actor("head"), at=later(24))
    assert (
        twin.stage,
        twin.client_price,
        twin.route,
        twin.copied_from,
    ) == (Stage.DRAFT, order_samples.PRICE, "Бишкек → Ош", order.pk)
    assert [stop.on for stop in twin.stops.all()] == [None, None]


def test_a_shift_is_handed_over(in_alpha: Cast) -> None:
    from tenants.office.models import Member

    orders = [order_samples.order(in_alpha) for _ in range(2)]
    head = Member.objects.get(pk=in_alpha.actor("head").member_id)
    assert (
        lifecycle.hand_over(
            orders=orders,
            to=head,
            by=in_alpha.actor("dispatcher"),
            at=NOW,
        )
        == 2
    )
    assert (
        lifecycle.hand_over(
            orders=orders,
            to=head,
            by=in_alpha.actor("dispatcher"),
            at=NOW,
        )
        == 0
    )
    assert set(Order.objects.values_list("responsible", flat=True)) == {head.pk}


def test_a_trip_goes_forward_through_its_table_only(
    in_alpha: Cast,
) -> None:
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    trip = assignment.assign_directly(
        order=order,
        assignment=assignment.assignment_to(
            order=order, rate=None, driver=order_samples.own_driver()
        ),
        by=head,
        at=NOW,
    )
    for stage in TripStage.values:
        for next_stage in TripStage.values:
            Trip.objects.filter(pk=trip.pk).update(stage=stage)
            Order.objects.filter(pk=order.pk).update(stage=ORDER_AT[stage])
            trip.refresh_from_db()
            if next_stage in TRIP[stage]:
                trips.advance(trip=trip, stage=next_stage, by=head, at=later(3))
                order.refresh_from_db()
                assert order.stage == ORDER_AT[next_stage]
            else:
                with pytest.raises(CannotAdvance):
                    trips.advance(trip=trip, stage=next_stage, by=head, at=later(3))


def test_a_wrong_entry_is_put_right_with_a_reason(
    in_alpha: Cast,
) -> None:
    order = order_samples.order(in_alpha)
    head = in_alpha.actor("head")
    trip = assignment.assign_directly(
        order=order,
        assignment=assignment.assignment_to(
            order=order, rate=None, driver=order_samples.own_driver()
        ),
        by=head,
        at=NOW,
    )
    for stage in (
        "to_loading",
        "at_loading",
        "loaded",
        "in_transit",
        "at_unloading",
        "unloaded",
    ):
        trips.advance(trip=trip, stage=stage, by=head, at=later(1))
        trip.refresh_from_db()
    trips.correct(
        trip=trip,
        stage="at_loading",
        reason="не тот рейс",
        by=head,
        at=later(2),
    )
    trip.refresh_from_db()
    order.refresh_from_db()
    assert (
        trip.stage,
        trip.finished_at,
        order.stage,
        order.delivered_at,
    ) == ("at_loading", None, Stage.ASSIGNED, None)


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    walk=st.lists(
        st.sampled_from(
            [
                "publish",
                "unpublish",
                "assign",
                "next",
                "complete",
                "cancel",
                "close",
                "quote",
                "replace",
            ]
        ),
        max_size=14,
    )
)
def test_whatever_is_pressed_in_whatever_order_the_books_agree(
    in_alpha: Cast, walk: list[str]
) -> None:
    from django.db import transaction

    with transaction.atomic():
        _walked(in_alpha, walk)
        transaction.set_rollback(True)


def _walked(cast: Cast, walk: list[str]) -> None:
    order_samples.sign_platform_contract(cast)
    order = order_samples.order(cast)
    head = cast.actor("head")
    company = order_samples.partner_carrier(cast)
    for number, press in enumerate(walk, start=1):
        with contextlib.suppress(Refused, ExchangeRefused):
            _press(press, order, company, head, later(number))
        order.refresh_from_db()
        _agrees(order)


def _press(press: str, order: Order, company: Any, head: Any, at: Any) -> None:
    trip = Trip.objects.filter(order=order, replaced_at=None).first()
    who = assignment.assignment_to(order=order, rate=None, partner=company)
    if press == "publish":
        market.publish(order=order, by=head, at=at)
    elif press == "unpublish":
        market.unpublish(order=order, by=head, at=at)
    elif press == "assign":
        assignment.assign_directly(order=order, assignment=who, by=head, at=at)
    elif press == "replace":
        assignment.replace_carrier(order=order, assignment=who, reason="подвёл", by=head, at=at)
    elif press == "next" and trip and TRIP[trip.stage]:
        trips.advance(trip=trip, stage=TRIP[trip.stage][-1], by=head, at=at)
    elif press == "cancel":
        cancelling.cancel(order=order, reason="отмена", by=head, at=at)
    elif press in ("complete", "close", "quote"):
        lifecycle.advance(order=order, act=Act(press), by=head, at=at)


def _agrees(order: Order) -> None:
    """Order, trip, job, listing and history tell one story."""
    events = list(OrderEvent.objects.filter(order=order).order_by("at", "id"))
    assert events[-1].new == order.stage
    trip = Trip.objects.filter(order=order, replaced_at=None).first()
    driven = order.stage in (
        Stage.ASSIGNED,
        Stage.IN_TRANSIT,
        Stage.DELIVERED,
        Stage.COMPLETED,
        Stage.CLOSED,
    )
    assert (trip is not None) == driven
    if trip:
        assert Job.objects.get(pk=trip.job_id).stage == trip.stage
        assert order.stage in (
            ORDER_AT[trip.stage],
            Stage.COMPLETED,
            Stage.CLOSED,
        )
    open_listings = (
        Listing.objects.filter(pk=order.listing_id, status="open").count()
        if order.listing_id
        else 0
    )
    assert open_listings == (order.stage == Stage.PUBLISHED)
