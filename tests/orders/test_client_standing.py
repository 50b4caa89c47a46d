"""New orders for a client that is blocked or owes too much, and with a partner that is blocked."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest

from companies import blocking, credit
from companies.models import Company
from companies.waiting import Waiting, waiting_at
from orders import assignment, bidding, lifecycle, market
from orders.errors import BadValue, Refused
from orders.models import Order, TripEvent
from tenants.kit import clock
from tenants.kit.doubts import Doubt
from tenants.kit.problems import Barred
from tests.finance import money_samples
from tests.orders import order_samples
from tests.orders.order_samples import NOW
from tests.world import Cast

WHY = "не платит с мая"


@pytest.fixture
def client_company(in_alpha: Cast) -> Company:
    return Company.objects.get(pk=in_alpha.company_id("client"))


def block(cast: Cast, company: Company) -> None:
    blocking.block(company=company, reason=WHY, by=cast.actor("head"), at=clock.now())


def limit(cast: Cast, company: Company, sum: str) -> None:
    by = cast.actor("head")
    credit.set_limit(company=company, limit=Decimal(sum), by=by, at=clock.now())


def test_a_blocked_client_gets_no_new_order_and_the_office_reads_why(
    in_alpha: Cast, client_company: Company, call: Any
) -> None:
    order_samples.order(in_alpha)
    block(in_alpha, client_company)
    body = {"client": str(client_company.pk)}
    answer = call(in_alpha, "dispatcher").send("post", "orders", body)
    assert answer.status_code == 422 and WHY in answer.json()["errors"]["client"][0]
    assert Order.objects.count() == 1


def test_an_order_is_not_moved_to_a_blocked_client_but_an_old_one_goes_on(
    in_alpha: Cast, client_company: Company, call: Any
) -> None:
    theirs = order_samples.order(in_alpha)
    other = order_samples.order(in_alpha, client_id=in_alpha.company_id("client2"))
    block(in_alpha, client_company)
    dispatcher = call(in_alpha, "dispatcher")
    body = {"client": str(client_company.pk)}
    assert dispatcher.send("patch", f"orders/{other.ref}", body).status_code == 422
    assert dispatcher.send("patch", f"orders/{theirs.ref}", {"note": "идёт"}).status_code == 200
    other.refresh_from_db()
    assert other.client_id == in_alpha.company_id("client2")


def test_a_blocked_clients_own_request_is_refused_without_the_reason(
    in_alpha: Cast, client_company: Company, browse: Any
) -> None:
    block(in_alpha, client_company)
    answer = browse(in_alpha, "client").get("/cabinet/orders/new/")
    assert (answer.status_code, WHY in answer.content.decode()) == (403, False)
    with pytest.raises(Barred):
        lifecycle.create(data=order_samples.data(in_alpha), by=in_alpha.actor("client"), at=NOW)
    assert not Order.objects.exists()


def test_a_blocked_partner_gets_no_order(in_alpha: Cast) -> None:
    partner = order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    block(in_alpha, partner)
    with pytest.raises(BadValue) as refusal:
        assignment.assignment_to(order=order, rate=Decimal(1), partner=partner)
    assert (refusal.value.field, WHY in str(refusal.value)) == ("partner", True)


def test_a_blocked_partner_neither_bids_nor_wins(in_alpha: Cast) -> None:
    partner = order_samples.partner_carrier(in_alpha)
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    listing = market.publish(order=order, by=in_alpha.actor("dispatcher"), at=clock.now())
    offer = bid(in_alpha, listing)
    block(in_alpha, partner)
    with pytest.raises(Barred):
        bid(in_alpha, listing)
    with pytest.raises(Refused):
        market.accept(offer_id=offer, by=in_alpha.actor("dispatcher"), at=clock.now())
    order.refresh_from_db()
    assert order.stage == "published"


def bid(cast: Cast, listing: UUID) -> UUID:
    by = cast.actor("partner")
    return bidding.send(listing_id=listing, price=Decimal(500), by=by, at=clock.now()).pk


def test_a_client_beyond_its_limit_is_asked_about(
    in_alpha: Cast, client_company: Company, call: Any
) -> None:
    money_samples.own()
    money_samples.invoice(in_alpha, "700.00")
    limit(in_alpha, client_company, "1000.00")
    dispatcher = call(in_alpha, "dispatcher")
    body = {"client": str(client_company.pk), "client_price": "300.01", "currency": "KGS"}
    answer = dispatcher.send("post", "orders", body)
    assert (answer.status_code, answer.json()["title"]) == (409, "confirmation_required")
    assert Order.objects.count() == 1
    assert dispatcher.send("post", "orders", body | {"client_price": "300.00"}).status_code == 201
    sure = answer.json()["question"]["key"]
    assert dispatcher.send("post", "orders", body | {"sure": [sure]}).status_code == 201


def test_an_order_does_not_count_beside_itself(
    in_alpha: Cast, client_company: Company, call: Any
) -> None:
    """Its price is changed within the limit: the old price is no debt beside the new one."""
    limit(in_alpha, client_company, "1000.00")
    prices = {"client_price": Decimal("600.00"), "carrier_rate": None}
    order = order_samples.order(in_alpha, **prices)
    Order.objects.filter(pk=order.pk).update(stage="quoted")
    dispatcher = call(in_alpha, "dispatcher")
    answer = dispatcher.send("patch", f"orders/{order.ref}", {"client_price": "900.00"})
    assert answer.status_code == 200
    answer = dispatcher.send("patch", f"orders/{order.ref}", {"client_price": "1000.01"})
    assert answer.status_code == 409


@pytest.mark.parametrize(("tax", "price"), [("on_top", "880.00"), ("included", "985.60")])
def test_orders_under_way_count_with_the_taxes_on_top(
    in_alpha: Cast, client_company: Company, tax: str, price: str
) -> None:
    """880 plus 12 % are 985.60: 14.40 are left, not 120."""
    money_samples.own(vat_payer=True)
    limit(in_alpha, client_company, "1000.00")
    by = in_alpha.actor("dispatcher")
    sums = {"client_price": Decimal(price), "price_tax": tax, "carrier_rate": None}
    first = order_samples.order(in_alpha, **sums)
    Order.objects.filter(pk=first.pk).update(stage="quoted")
    sums = {"price_tax": "included", "carrier_rate": None}
    within = order_samples.data(in_alpha, client_price=Decimal("14.40"), **sums)
    assert lifecycle.create(data=within, by=by, at=NOW, sure=frozenset()).pk
    beyond = order_samples.data(in_alpha, client_price=Decimal("14.41"), **sums)
    with pytest.raises(Doubt):
        lifecycle.create(data=beyond, by=by, at=NOW, sure=frozenset())


def test_orders_under_way_count_and_drafts_do_not(in_alpha: Cast, client_company: Company) -> None:
    limit(in_alpha, client_company, "1000.00")
    by = in_alpha.actor("dispatcher")
    prices = {"client_price": Decimal("900.00"), "carrier_rate": None}
    first = lifecycle.create(
        data=order_samples.data(in_alpha, **prices), by=by, at=NOW, sure=frozenset()
    )
    second = order_samples.data(in_alpha, **prices)
    draft = lifecycle.create(data=second, by=by, at=NOW, sure=frozenset())
    Order.objects.filter(pk__in=[first.pk, draft.pk]).update(stage="quoted")
    with pytest.raises(Doubt):
        lifecycle.create(data=second, by=by, at=NOW, sure=frozenset())


def test_the_limit_is_typed_on_the_card_and_the_debt_stands_beside(
    in_alpha: Cast, client_company: Company, browse: Any
) -> None:
    money_samples.own()
    money_samples.invoice(in_alpha, "700.00", on="2026-03-01")
    browser = browse(in_alpha, "dispatcher")
    address = f"/companies/{client_company.pk}/limit/"
    assert browser.post(address, {"credit_limit": "-5"}).status_code == 422
    assert browser.post(address, {"credit_limit": "1 000,50"}).status_code == 302
    client_company.refresh_from_db()
    assert client_company.credit_limit == Decimal("1000.50")
    debt = credit.debt_of(client_company)
    assert (debt.owed, debt.overdue) == (Decimal("700.00"), Decimal("700.00"))
    page = browser.get(f"/companies/{client_company.pk}/").content.decode()
    assert "1 000,50" in page.replace("\xa0", " ").replace("\u202f", " ")
    rows = browser.get("/companies/").content.decode()
    assert rows.count("pill-warn") == 1


def test_the_average_stay_at_an_address_is_counted_from_trips(in_alpha: Cast) -> None:
    company = order_samples.partner_carrier(in_alpha)
    address = uuid4()
    for hours in (1, 3):
        order = order_samples.order(in_alpha)
        order.stops.filter(kind="loading").update(company_address=address)
        who = assignment.assignment_to(order=order, rate=None, partner=company)
        head = in_alpha.actor("head")
        trip = assignment.assign_directly(order=order, assignment=who, by=head, at=NOW)
        came = NOW + timedelta(hours=2)
        for stage, at in (("at_loading", came), ("loaded", came + timedelta(hours=hours))):
            TripEvent.objects.create(
                trip=trip, stage=stage, at=at, entered_at=at, source="dispatcher"
            )
    assert waiting_at([address]) == {address: Waiting(timedelta(hours=2), 2)}
    assert waiting_at([uuid4()]) == {}
