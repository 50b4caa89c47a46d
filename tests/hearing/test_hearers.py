"""Each act is heard by those whom the table names and by nobody else; no sum or name of the other
side crosses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest

from companies import editing
from companies.models import Company
from finance import invoices, payables, payments
from finance.models import Method, Payable
from finance.settlement import settle
from orders import assignment, cancelling, drafting, incidents, lifecycle, trips
from orders.drafts import data_of
from orders.errors import BadValue
from orders.models import Order, Stop, Trip
from orders.stages import Act
from tenants.kit import formats
from tenants.office.models import Member, Notification
from tests.hearing.heard import hearers_of
from tests.orders import order_samples
from tests.orders.order_samples import PRICE, RATE, later
from tests.world import Cast

OFFICE = {"head", "dispatcher", "accountant"}


@dataclass
class Case:
    """An order of the client, for which the dispatcher answers, and its people."""

    cast: Cast
    order: Order

    def actor(self, name: str) -> Any:
        return self.cast.actor(name)

    def assign(self, partner: str = "partner", by: str = "head") -> Trip:
        company = order_samples.partner_carrier(self.cast, partner)
        choice = assignment.assignment_to(order=self.order, rate=None, partner=company)
        return assignment.assign_directly(
            order=self.order, assignment=choice, by=self.actor(by), at=later(2)
        )

    def fresh(self) -> Order:
        return Order.objects.select_related("client").get(pk=self.order.pk)

    def drive(self, trip: Trip, *stages: str, by: str = "partner") -> None:
        for number, stage in enumerate(stages):
            trip.refresh_from_db()
            trips.advance(trip=trip, stage=stage, by=self.actor(by), at=later(3 + number / 10))

    def complete(self) -> Order:
        self.drive(
            self.assign(),
            *("to_loading", "at_loading", "loaded", "in_transit", "at_unloading", "unloaded"),
        )
        lifecycle.complete(order=self.fresh(), by=self.actor("head"), at=later(9))
        return self.fresh()


@pytest.fixture
def case(in_alpha: Cast) -> Iterator[Case]:
    case = Case(in_alpha, order_samples.order(in_alpha))
    yield case
    check_walls(in_alpha)


def check_walls(cast: Cast) -> None:
    """No text for a client tells the carrier's side, none for a carrier the client's."""
    sums = {"client": formats.money(PRICE, "KGS"), "partner": formats.money(RATE, "KGS")}
    hidden = {
        "client": {sums["partner"], "partner of alpha"},
        "partner": {sums["client"], "client of alpha"},
    }
    for row in Notification.objects.select_related("member"):
        for word in hidden.get(row.member.role, set()):
            assert word not in row.text, row.text


def quote(case: Case) -> None:
    lifecycle.advance(order=case.order, act=Act.QUOTE, by=case.actor("head"), at=later(1))


def test_a_request_is_heard_by_every_dispatcher(in_alpha: Cast) -> None:
    client = in_alpha.actor("client")
    data = order_samples.data(in_alpha, client_price=None, carrier_rate=None)

    def ask() -> None:
        order = lifecycle.create(data=data, by=client, at=later(0))
        lifecycle.advance(order=order, act=Act.REQUEST, by=client, at=later(0))

    assert set(hearers_of(ask)) == {"head", "dispatcher"}


def test_a_quote_is_heard_by_the_client_with_its_price(case: Case) -> None:
    heard = hearers_of(lambda: quote(case))
    assert set(heard) == {"client"}
    assert formats.money(PRICE, "KGS").replace("\xa0", " ") in heard["client"].replace("\xa0", " ")


def test_a_changed_price_is_heard_by_the_client_once_it_was_quoted(case: Case) -> None:
    def raise_price(amount: int) -> Callable[[], object]:
        order = case.fresh()
        data = replace(data_of(order), client_price=Decimal(amount))
        return lambda: drafting.edit(order=order, data=data, by=case.actor("head"), at=later(1))

    assert hearers_of(raise_price(990_000)) == {}
    quote(case)
    assert set(hearers_of(raise_price(995_000))) == {"client"}


def test_the_client_s_yes_is_heard_by_who_answers_for_the_order(case: Case) -> None:
    quote(case)
    agree = lambda: lifecycle.advance(  # noqa: E731
        order=case.order, act=Act.AGREE, by=case.actor("client"), at=later(2)
    )
    assert set(hearers_of(agree)) == {"dispatcher"}


def test_a_trip_is_heard_by_its_partner_and_the_client(case: Case) -> None:
    assert set(hearers_of(case.assign)) == {"partner", "client"}


def test_a_replacement_is_heard_by_both_partners_and_the_client(case: Case) -> None:
    case.assign()
    company = order_samples.partner_carrier(case.cast, "partner2")
    choice = assignment.assignment_to(order=case.fresh(), rate=None, partner=company)
    heard = hearers_of(
        lambda: assignment.replace_carrier(
            order=case.fresh(),
            assignment=choice,
            reason="сломался",
            by=case.actor("head"),
            at=later(3),
        )
    )
    assert set(heard) == {"partner", "partner2", "client"}
    assert heard["partner"] != heard["partner2"]
    assert "сломался" not in " ".join(heard.values())


def test_stages_that_matter_are_heard_on_both_sides(case: Case) -> None:
    trip = case.assign()
    heard = {
        stage: set(hearers_of(lambda stage=stage: case.drive(trip, stage)))
        for stage in (
            *("to_loading", "at_loading", "loaded", "in_transit", "at_unloading", "unloaded"),
            "papers_in",
        )
    }
    assert heard == {
        "to_loading": set(),
        "at_loading": set(),
        "loaded": {"dispatcher", "client"},
        "in_transit": set(),
        "at_unloading": set(),
        "unloaded": {"dispatcher", "client"},
        "papers_in": {"dispatcher"},
    }


def test_the_doer_does_not_hear_of_the_own_act(case: Case) -> None:
    trip = case.assign()
    stages = ("to_loading", "at_loading", "loaded")
    assert set(hearers_of(lambda: case.drive(trip, *stages, by="dispatcher"))) == {"client"}


def test_an_incident_is_heard_by_who_answers_for_the_order(case: Case) -> None:
    trip = case.assign()
    heard = hearers_of(
        lambda: incidents.report(
            trip=trip, kind="delay", text="пробка", by=case.actor("partner"), at=later(3)
        )
    )
    assert set(heard) == {"dispatcher"}
    assert "пробка" in heard["dispatcher"]


def test_an_incident_of_an_order_without_a_person_is_heard_by_all_dispatchers(case: Case) -> None:
    trip = case.assign()
    Order.objects.filter(pk=case.order.pk).update(responsible=None)
    heard = hearers_of(
        lambda: incidents.report(
            trip=trip, kind="delay", text="пробка", by=case.actor("partner"), at=later(3)
        )
    )
    assert set(heard) == {"dispatcher", "head"}


def test_cancelling_is_heard_by_all_sides_but_not_its_reason(case: Case) -> None:
    case.assign()
    heard = hearers_of(
        lambda: cancelling.cancel(
            order=case.fresh(), reason="клиент банкрот", by=case.actor("head"), at=later(3)
        )
    )
    assert set(heard) == {"partner", "client", "dispatcher"}
    assert "банкрот" not in " ".join(heard.values())


def test_a_client_does_not_hear_of_a_draft_it_never_saw(case: Case) -> None:
    heard = hearers_of(
        lambda: cancelling.cancel(
            order=case.fresh(), reason="ошибка", by=case.actor("dispatcher"), at=later(3)
        )
    )
    assert heard == {}


def test_another_route_is_heard_by_the_partner_who_drives(case: Case) -> None:
    case.assign()
    order = case.fresh()
    data = data_of(order)
    stops = (data.stops[0], replace(data.stops[1], address="ул. Новая, 1"))
    heard = hearers_of(
        lambda: drafting.edit(
            order=order, data=replace(data, stops=stops), by=case.actor("head"), at=later(3)
        )
    )
    assert set(heard) == {"partner"}


def test_orders_handed_over_are_one_piece_of_news(case: Case) -> None:
    second = order_samples.order(case.cast)
    head = Member.objects.get(pk=case.actor("head").member_id)
    heard = hearers_of(
        lambda: drafting.hand_over(
            orders=[case.order, second], to=head, by=case.actor("dispatcher"), at=later(3)
        )
    )
    assert set(heard) == {"head"}
    assert case.order.ref in heard["head"] and second.ref in heard["head"]


def test_money_is_heard_by_those_whose_it_is(case: Case) -> None:
    order = case.complete()
    heard = hearers_of(lambda: settle(order=order, by=case.actor("accountant"), at=later(10)))
    assert set(heard) == {"client", "partner"}
    invoice = order.invoices.get()
    paid = hearers_of(
        lambda: payments.receive(
            invoice=invoice,
            amount=invoice.gross,
            paid_on=later(10).date(),
            method=Method.BANK,
            once=uuid4(),
            by=case.actor("accountant"),
            at=later(11),
        )
    )
    assert set(paid) == {"client", "dispatcher"}
    payable = Payable.objects.get(order=order)
    payout = hearers_of(
        lambda: payables.pay_out(
            payable=payable,
            amount=payable.amount,
            paid_on=later(10).date(),
            method=Method.BANK,
            once=uuid4(),
            by=case.actor("accountant"),
            at=later(12),
        )
    )
    assert set(payout) == {"partner"}
    payment = invoice.payments.get()
    refund = hearers_of(
        lambda: payments.refund(
            payment=payment,
            amount=payment.amount,
            on=later(10).date(),
            once=uuid4(),
            by=case.actor("accountant"),
            at=later(13),
        )
    )
    assert set(refund) == {"client"}
    cancelled = hearers_of(
        lambda: invoices.cancel(
            invoice=invoice, reason="ошибка", by=case.actor("accountant"), at=later(14)
        )
    )
    assert set(cancelled) == {"client"}


def test_details_changed_by_the_company_are_heard_by_those_who_pay(case: Case) -> None:
    company = Company.objects.get(pk=case.cast.company_id("partner"))
    heard = hearers_of(
        lambda: editing.change(
            company=company,
            values={"account": "1090000000000001"},
            by=case.actor("partner"),
            at=later(1),
            own=True,
        )
    )
    assert set(heard) == {"accountant", "head"}


def test_days_of_a_stop_come_before_the_news(case: Case) -> None:
    """An edit that is refused is no news."""
    case.assign()
    stop = Stop.objects.filter(order=case.order).latest("position")
    order = case.fresh()
    data = data_of(order)
    early = replace(data.stops[1], on=order_samples.LOADING - timedelta(days=3))
    with pytest.raises(BadValue):
        drafting.edit(
            order=order,
            data=replace(data, stops=(data.stops[0], early)),
            by=case.actor("head"),
            at=later(3),
        )
    stop.refresh_from_db()
    assert not Notification.objects.filter(created_at=later(3)).exists()
