"""Every question that an act asks, as it is met on a page and by the API."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

from companies.models import Address, Company
from finance import carrier_advances, client_advances, payables, settlement
from finance.models import (
    CarrierAdvance,
    ClientAdvance,
    CreditNote,
    Invoice,
    Method,
    Occasion,
    Payable,
    Payment,
    Payout,
    WriteOff,
)
from orders import assignment, bidding, market
from orders.models import Order, Trip
from tenants.exchange.models import Offer
from tenants.kit import clock
from tenants.office.models import ExchangeRate
from tests.finance import money_samples
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast

ASK = Decimal("97000")
LOSS = Decimal("1000000")
TWIN = {"kind": "client", "name": "Двойник"}


@dataclass(frozen=True)
class Met:
    """Where a question is met: a page's form with what is typed, and a call; `count` grows by one
    when the act is done.
    """

    page: str
    typed: Mapping[str, str]
    method: str
    call: str
    body: Mapping[str, Any]
    count: Callable[[], int]
    by: str = "dispatcher"
    act: str = ""
    answer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Case:
    """A question by the function that asks it."""

    asked_by: str
    prepare: Callable[[Cast], Met]


def new_order_of_a_firm_without_vat(cast: Cast) -> Met:
    return Met(
        "/orders/new/",
        {"client_price": "100", "price_tax": "included", "cargo-0-name": "Лук"},
        "post",
        "orders",
        {"client_price": "100", "price_tax": "included"},
        Order.objects.count,
    )


def new_order_at_a_loss(cast: Cast) -> Met:
    sums = {"client_price": "100", "carrier_rate": "200"}
    return Met(
        "/orders/new/",
        sums | {"cargo-0-name": "Лук"},
        "post",
        "orders",
        sums,
        Order.objects.count,
    )


def new_order_beyond_the_limit(cast: Cast) -> Met:
    client = cast.company_id("client")
    Company.objects.filter(pk=client).update(credit_limit=Decimal("99.99"))
    sums = {"client": str(client), "client_price": "100"}
    return Met(
        "/orders/new/",
        sums | {"cargo-0-name": "Лук"},
        "post",
        "orders",
        sums,
        Order.objects.count,
    )


def change_to_a_loss(cast: Cast) -> Met:
    order = order_samples.order(cast)
    sums = {"client_price": "700"}
    changed = Order.objects.filter(client_price=Decimal("700"))
    return Met(
        f"/orders/{order.ref}/edit/",
        sums,
        "patch",
        f"orders/{order.ref}",
        sums,
        changed.count,
    )


def assignment_at_a_loss(cast: Cast) -> Met:
    order = order_samples.order(cast)
    chosen = {"driver": str(order_samples.own_driver().pk), "rate": str(LOSS)}
    return Met(
        f"/orders/{order.ref}/assign/",
        chosen,
        "post",
        f"orders/{order.ref}/assign",
        chosen,
        Trip.objects.count,
    )


def assignment_with_taxes_nobody_pays(cast: Cast) -> Met:
    order = order_samples.order(cast)
    chosen = {"driver": str(order_samples.own_driver().pk), "carrier_tax": "included"}
    return Met(
        f"/orders/{order.ref}/assign/",
        chosen,
        "post",
        f"orders/{order.ref}/assign",
        chosen,
        Trip.objects.count,
    )


def replacement_at_a_loss(cast: Cast) -> Met:
    order = order_samples.order(cast)
    assign(cast, order, order_samples.own_driver("Первый", "+996555777003"))
    chosen = {
        "driver": str(order_samples.own_driver().pk),
        "rate": str(LOSS),
        "reason": "сломался",
    }
    return Met(
        f"/orders/{order.ref}/assign/",
        chosen,
        "post",
        f"orders/{order.ref}/assign",
        chosen,
        Trip.objects.count,
    )


def assign(cast: Cast, order: Order, driver: Any) -> None:
    choice = assignment.assignment_to(order=order, rate=None, driver=driver)
    assignment.assign_directly(order=order, assignment=choice, by=cast.actor("head"), at=NOW)


def cancelling_an_invoiced_order(cast: Cast) -> Met:
    money_samples.own()
    order = money_samples.invoice_ahead(cast, "1000.00").order
    assert order
    return cancelling(order)


def cancelling_a_paid_order(cast: Cast) -> Met:
    money_samples.own()
    bill = money_samples.invoice_ahead(cast, "1000.00")
    money_samples.pay(cast, bill, "400.00", "2026-03-05")
    assert bill.order
    return cancelling(bill.order)


def cancelling(order: Order) -> Met:
    return Met(
        f"/orders/{order.ref}/",
        {"reason": "нет груза"},
        "post",
        f"orders/{order.ref}/cancel",
        {"reason": "нет груза"},
        Order.objects.filter(stage="cancelled").count,
        by="head",
        act="cancel",
    )


def driver_on_another_trip(cast: Cast) -> Met:
    driver = order_samples.own_driver()
    assign(cast, order_samples.order(cast), driver)
    order = order_samples.order(cast)
    chosen = {"driver": str(driver.pk)}
    return Met(
        f"/orders/{order.ref}/assign/",
        chosen,
        "post",
        f"orders/{order.ref}/assign",
        chosen,
        Trip.objects.count,
        answer={"together": "on"},
    )


def offer_on(cast: Cast, **prices: Decimal) -> Offer:
    """The partner asks 97 000."""
    order_samples.sign_platform_contract(cast)
    order_samples.partner_carrier(cast)
    order = order_samples.order(cast, **prices)
    market.publish(order=order, by=cast.actor("head"), at=NOW)
    assert order.listing_id
    partner = cast.actor("partner")
    return bidding.send(listing_id=order.listing_id, price=ASK, by=partner, at=later(1))


def accepting_at_a_loss(cast: Cast) -> Met:
    offer = offer_on(cast, client_price=Decimal("95000"), carrier_rate=Decimal("90000"))
    return Met(
        "/offers/",
        {},
        "post",
        f"exchange/offers/{offer.pk}/accept",
        {},
        Trip.objects.count,
        act="accept",
    )


def counter_above_the_ask(cast: Cast) -> Met:
    offer = offer_on(cast)
    return Met(
        "/offers/",
        {"price": "150000"},
        "post",
        f"exchange/offers/{offer.pk}/counter",
        {"price": "150000"},
        Offer.objects.filter(price=150000).count,
        act="counter",
    )


def counter_below_the_price(cast: Cast) -> Met:
    offer = offer_on(cast)
    bidding.counter(offer_id=offer.pk, price=Decimal("95000"), by=cast.actor("head"), at=later(2))
    return Met(
        "/partner/offers/",
        {"price": "9500"},
        "post",
        f"exchange/offers/{offer.pk}/counter",
        {"price": "9500"},
        Offer.objects.filter(price=9500).count,
        by="partner",
        act="counter",
    )


def publishing_a_day_that_is_over(cast: Cast) -> Met:
    order_samples.sign_platform_contract(cast)
    over = clock.now().astimezone(cast.info.zone).date() - timedelta(days=2)
    loading, unloading = order_samples.data(cast).stops
    stops = (order_samples.replace(loading, on=over), order_samples.replace(unloading, on=None))
    order = order_samples.order(cast, stops=stops)
    return Met(
        f"/orders/{order.ref}/",
        {},
        "post",
        f"orders/{order.ref}/publish",
        {},
        Order.objects.filter(stage="published").count,
        act="publish",
    )


def second_company_of_a_name(cast: Cast) -> Met:
    company(cast)
    return Met(
        "/companies/new/",
        TWIN,
        "post",
        "companies",
        TWIN,
        Company.objects.filter(name=TWIN["name"]).count,
        by="head",
    )


def company(cast: Cast) -> None:
    Company.objects.create(
        ref="CMP-1",
        status="active",
        created_at=clock.now(),
        country="KG",
        language="ru",
        **TWIN,
    )


def second_invitation_of_a_name(cast: Cast) -> Met:
    company(cast)
    person = TWIN | {"full_name": "Азамат", "email": "twin@alpha.test"}
    return Met(
        "/companies/invite/",
        person,
        "post",
        "companies/invite",
        person,
        Company.objects.filter(name=TWIN["name"]).count,
        by="head",
    )


def rate_far_off(_cast: Cast) -> Met:
    rates = ExchangeRate.objects
    rates.create(
        currency="USD",
        on=later(-24).date(),
        rate=Decimal("87.50"),
        source="typed",
        entered_at=NOW,
    )
    return Met(
        "/finance/rates/",
        {"USD": "60"},
        "put",
        "finance/rates",
        {"rates": {"USD": "60"}},
        rates.count,
        by="head",
    )


def long_ago() -> dict[str, str]:
    """A sum of a day more than sixty days back."""
    day = (clock.now() - timedelta(days=61)).date()
    return {"amount": "10.00", "paid_on": f"{day}"}


def settled_order(cast: Cast) -> Invoice:
    """The invoice of an order whose carrier is owed its rate."""
    money_samples.own()
    day = clock.now() - timedelta(days=70)
    done = money_samples.order(
        cast, carrier_rate=Decimal("800.00"), stage="completed", completed_at=day
    )
    return settlement.settle(order=done, by=None, at=day)


def receipt_of_long_ago(cast: Cast) -> Met:
    bill = settled_order(cast)
    return Met(
        f"/finance/invoices/{bill.number}/",
        long_ago(),
        "post",
        "payments",
        long_ago() | {"invoice": bill.number},
        Payment.objects.count,
        by="accountant",
        act="pay",
    )


def the_same_receipt_again(cast: Cast) -> Met:
    bill = settled_order(cast)
    sent = {"amount": "50.00", "paid_on": clock.now().date().isoformat()}
    money_samples.pay(cast, bill, sent["amount"], sent["paid_on"])
    return Met(
        f"/finance/invoices/{bill.number}/",
        sent,
        "post",
        "payments",
        sent | {"invoice": bill.number},
        Payment.objects.count,
        by="accountant",
        act="pay",
    )


def the_same_advance_again(cast: Cast) -> Met:
    """A client pays the same sum on one day, on no invoice."""
    money_samples.own()
    company = cast.company_id("client")
    sent = {"amount": "50.00", "paid_on": clock.now().date().isoformat(), "currency": "KGS"}
    client_advances.receive(
        company=Company.objects.get(pk=company),
        amount=Decimal(sent["amount"]),
        currency=sent["currency"],
        paid_on=date.fromisoformat(sent["paid_on"]),
        method=Method.BANK,
        once=uuid4(),
        by=cast.actor("accountant"),
        at=clock.now(),
    )
    return Met(
        f"/finance/advances/new/?company={company}",
        sent | {"company": str(company)},
        "post",
        "payments",
        sent | {"company": str(company)},
        ClientAdvance.objects.count,
        by="accountant",
    )


def the_same_payout_again(cast: Cast) -> Met:
    bill = settled_order(cast)
    assert bill.order
    payable = Payable.objects.get(order=bill.order)
    sent = {"amount": "50.00", "paid_on": clock.now().date().isoformat()}
    payables.pay_out(
        payable=payable,
        amount=Decimal(sent["amount"]),
        paid_on=date.fromisoformat(sent["paid_on"]),
        method=Method.BANK,
        once=uuid4(),
        by=cast.actor("accountant"),
        at=clock.now(),
    )
    return Met(
        f"/finance/carriers/{payable.pk}/pay/",
        sent,
        "post",
        "payouts",
        sent | {"order": bill.order.ref},
        Payout.objects.count,
        by="accountant",
    )


def a_credit_note_on_what_was_paid(cast: Cast) -> Met:
    bill = settled_order(cast)
    money_samples.pay(cast, bill, str(bill.gross), clock.now().date().isoformat())
    sent = {"amount": "10.00", "reason": "недостача"}
    return Met(
        f"/finance/invoices/{bill.number}/credit/",
        sent,
        "post",
        f"invoices/{bill.number}/credit-notes",
        sent,
        CreditNote.objects.count,
        by="accountant",
    )


def refund_of_long_ago(cast: Cast) -> Met:
    bill = settled_order(cast)
    sent = long_ago()
    payment = money_samples.pay(cast, bill, "50.00", sent["paid_on"])
    body = {"amount": "10.00", "on": sent["paid_on"], "reason": "not carried"}
    return Met(
        f"/finance/payments/{payment.pk}/refund/",
        body,
        "post",
        f"payments/{payment.pk}/refund",
        body,
        Payment.objects.count,
        by="accountant",
    )


def write_off_of_long_ago(cast: Cast) -> Met:
    bill = settled_order(cast)
    day = date.fromisoformat(long_ago()["paid_on"])
    before = day - timedelta(days=1)
    rows = Invoice.objects.filter(pk=bill.pk)
    rows.update(issued_on=before, due_on=before, earned_on=before)
    sent = {"amount": "10.00", "on": day.isoformat(), "reason": "bankrupt"}
    return Met(
        f"/finance/invoices/{bill.number}/write-off/",
        sent,
        "post",
        f"invoices/{bill.number}/write-offs",
        sent,
        WriteOff.objects.count,
        by="accountant",
    )


def payout_of_long_ago(cast: Cast) -> Met:
    bill = settled_order(cast)
    assert bill.order
    payable = Payable.objects.get(order=bill.order)
    return Met(
        f"/finance/carriers/{payable.pk}/pay/",
        long_ago(),
        "post",
        "payouts",
        long_ago() | {"order": bill.order.ref},
        Payout.objects.count,
        by="accountant",
    )


def advance_above_the_rate(cast: Cast) -> Met:
    money_samples.own(country="KG")
    row = money_samples.order(
        cast,
        carrier_rate=Decimal("1000.00"),
        stage="in_transit",
    )
    sent = {"amount": "1000.01", "occasion": "fuel", "method": "bank"}
    return Met(
        f"/finance/carriers/orders/{row.ref}/advances/",
        sent | {"paid_on": clock.now().date().isoformat()},
        "post",
        "advances",
        sent | {"order": row.ref},
        CarrierAdvance.objects.count,
        by="accountant",
    )


def the_same_advance_to_the_carrier_again(cast: Cast) -> Met:
    met = advance_above_the_rate(cast)
    row = Order.objects.get(stage="in_transit", carrier_rate=Decimal("1000.00"))
    sent = {"amount": "10.00"}
    carrier_advances.pay(
        order=row,
        amount=Decimal(sent["amount"]),
        occasion=Occasion.FUEL,
        paid_on=clock.now().date(),
        method=Method.BANK,
        once=uuid4(),
        by=cast.actor("accountant"),
        at=clock.now(),
    )
    return replace(met, typed={**met.typed, **sent}, body={**met.body, **sent})


def rate_of_long_ago(_cast: Cast) -> Met:
    day = long_ago()["paid_on"]
    return Met(
        "/finance/rates/",
        {"USD": "60", "on": day},
        "put",
        f"finance/rates?on={day}",
        {"rates": {"USD": "60"}},
        ExchangeRate.objects.count,
        by="accountant",
    )


def address_far_from_its_town(cast: Cast) -> Met:
    company_id = cast.company_id("client")
    where = {"name": "Склад 2", "place": "Ош"}
    return Met(
        f"/companies/{company_id}/addresses/new/",
        where | {"point": "42.87460, 74.56980"},
        "post",
        f"companies/{company_id}/addresses",
        where | {"lat": "42.8746", "lon": "74.5698"},
        Address.objects.count,
    )


LOSS_IS_ASKED = "orders.price_doubts.ask_about_loss"
PRICE_IS_ASKED = "orders.bidding._ask_about_harm"
ALIKE_IS_ASKED = "companies.alike.ask_about_alike"
TWICE_IS_ASKED = "finance.doubles.ask"
LONG_AGO_IS_ASKED = "tenants.office.money_days.ask"
CASES = (
    Case("companies.credit.ask_about_limit", new_order_beyond_the_limit),
    Case("orders.price_doubts.ask_about_tax", new_order_of_a_firm_without_vat),
    Case(LOSS_IS_ASKED, new_order_at_a_loss),
    Case(LOSS_IS_ASKED, change_to_a_loss),
    Case(LOSS_IS_ASKED, assignment_at_a_loss),
    Case("orders.price_doubts.ask_about_carrier_tax", assignment_with_taxes_nobody_pays),
    Case(LOSS_IS_ASKED, replacement_at_a_loss),
    Case(LOSS_IS_ASKED, accepting_at_a_loss),
    Case("orders.crew_booking.question", driver_on_another_trip),
    Case(PRICE_IS_ASKED, counter_above_the_ask),
    Case(PRICE_IS_ASKED, counter_below_the_price),
    Case("orders.market._ask_about_past", publishing_a_day_that_is_over),
    Case("finance.order_endings._ask", cancelling_an_invoiced_order),
    Case("finance.order_endings._ask", cancelling_a_paid_order),
    Case("tenants.office.rates._ask", rate_far_off),
    Case(LONG_AGO_IS_ASKED, receipt_of_long_ago),
    Case("finance.credit_notes._give_back", a_credit_note_on_what_was_paid),
    Case("finance.carrier_advances._ask_about_more", advance_above_the_rate),
    Case(TWICE_IS_ASKED, the_same_receipt_again),
    Case(TWICE_IS_ASKED, the_same_advance_again),
    Case(TWICE_IS_ASKED, the_same_payout_again),
    Case(TWICE_IS_ASKED, the_same_advance_to_the_carrier_again),
    Case(LONG_AGO_IS_ASKED, refund_of_long_ago),
    Case(LONG_AGO_IS_ASKED, payout_of_long_ago),
    Case(LONG_AGO_IS_ASKED, write_off_of_long_ago),
    Case(LONG_AGO_IS_ASKED, rate_of_long_ago),
    Case(ALIKE_IS_ASKED, second_company_of_a_name),
    Case(ALIKE_IS_ASKED, second_invitation_of_a_name),
    Case("companies.addresses._ask_about_far_point", address_far_from_its_town),
)
