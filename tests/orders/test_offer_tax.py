"""Offers say how their price stands to tax: compared without it, and the award takes it over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from companies.models import Company, OwnFirm
from orders import bidding, market, offer_prices
from orders.models import Order, Trip
from tenants.context import CARRIERS, inside
from tenants.exchange.models import Award, Job, Listing, Offer
from tenants.exchange.refusals import ExchangeRefused, NotFound, translated
from tenants.kit.outbox import work_off
from tests.orders.order_samples import (
    NOW,
    as_driver,
    later,
    order,
    partner_carrier,
    pool_driver,
    sign_platform_contract,
)
from tests.page_forms import form_with
from tests.world import Cast


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    """Alpha pays value-added tax, and so does its partner."""
    OwnFirm.objects.update_or_create(pk=1, defaults={"name": "Own", "inn": "01", "vat_payer": True})
    sign_platform_contract(in_alpha)
    company = partner_carrier(in_alpha)
    Company.objects.filter(pk=company.pk).update(vat_payer=True, country="KG")
    return in_alpha


def listed(cast: Cast, **more: Any) -> Order:
    row = order(cast, client_price=Decimal("200000.00"), carrier_rate=Decimal("1.00"), **more)
    market.publish(order=row, by=cast.actor("dispatcher"), at=NOW)
    row.refresh_from_db()
    return row


def bid(cast: Cast, row: Order, price: str, **more: Any) -> Any:
    assert row.listing_id is not None
    return bidding.send(
        listing_id=row.listing_id,
        price=Decimal(price),
        by=cast.actor("partner"),
        at=later(1),
        **more,
    )


def test_a_bidder_s_price_stands_to_tax_as_usual_for_it(cast: Cast) -> None:
    row = listed(cast)
    offer = bid(cast, row, "112000")
    assert (offer.carrier_tax, offer.payment) == ("included", "")
    driver = pool_driver()
    with inside(CARRIERS):
        own = bidding.send(
            listing_id=row.listing_id, price=Decimal("101000"), by=as_driver(driver), at=later(1)
        )
    assert own.carrier_tax == "none"


def test_the_office_sees_the_cheapest_without_tax_first(cast: Cast, browse: Any) -> None:
    """112 000 with the tax in it are less than 101 000 of a driver without."""
    row = listed(cast)
    bid(cast, row, "112000", payment="bank")
    driver = pool_driver()
    with inside(CARRIERS):
        bidding.send(
            listing_id=row.listing_id, price=Decimal("101000"), by=as_driver(driver), at=later(2)
        )
    head = cast.actor("head")
    rows = offer_prices.compare(row, head)
    assert [str(one.cost) for one in rows] == ["100000.00", "101000.00"]
    page = browse(cast).get(f"/orders/{row.ref}/offers/").content.decode().replace("\u00a0", " ")
    assert page.index("100 000,00") < page.index("101 000,00")
    OwnFirm.objects.update(vat_payer=False)
    rows = offer_prices.compare(row, head)
    assert [str(one.cost) for one in rows] == ["101000.00", "112000.00"]


def test_a_currency_without_a_rate_is_said_and_not_guessed(cast: Cast) -> None:
    row = listed(cast, carrier_currency="USD", carrier_fx=Decimal("87.50"))
    bid(cast, row, "1120")
    assert str(offer_prices.compare(row, cast.actor("head"))[0].cost) == "87500.00"
    row.carrier_currency = "KGS"
    (one,) = offer_prices.compare(row, cast.actor("head"))
    assert (one.cost, "USD" in one.words) == (None, True)


@pytest.mark.parametrize("by", ["owner", "carrier"])
def test_the_award_takes_tax_and_payment_to_order_and_job(cast: Cast, by: str) -> None:
    row = listed(cast, carrier_tax="none", carrier_payment="bank")
    offer = bid(cast, row, "90000", tax="on_top", payment="cash")
    if by == "owner":
        bidding.accept(offer_id=offer.pk, by=cast.actor("dispatcher"), at=later(2))
    else:
        head = cast.actor("dispatcher")
        bidding.counter(offer_id=offer.pk, price=Decimal("89000"), by=head, at=later(2))
        bidding.accept(offer_id=offer.pk, by=cast.actor("partner"), at=later(3))
        work_off()
    award = Award.objects.get(offer=offer.pk)
    assert (award.carrier_tax, award.payment) == ("on_top", "cash")
    row.refresh_from_db()
    assert (row.carrier_tax, row.carrier_payment) == ("on_top", "cash")
    assert row.carrier_taxed_by == [{"kind": "НДС", "percent": "12"}]
    trip = Trip.objects.get(order=row)
    assert Job.objects.get(pk=trip.job_id).carrier_tax == "on_top"


def test_the_listing_says_what_the_order_does(cast: Cast, call: Any) -> None:
    row = listed(cast, carrier_tax="included", carrier_payment="cash")
    listing = Listing.objects.get(pk=row.listing_id)
    assert (listing.carrier_tax, listing.payment) == ("included", "cash")
    read = call(cast).send("get", f"exchange/listings/{listing.pk}").json()
    assert (read["carrier_tax"], read["payment"]) == ("included", "cash")


def test_a_partner_says_it_on_the_page_and_by_the_api(cast: Cast, browse: Any, call: Any) -> None:
    row = listed(cast, carrier_payment="cash")
    browser = browse(cast, "partner")
    page = browser.get(f"/partner/exchange/{row.listing_id}/").content
    form = form_with(page, "", "carrier_tax")
    assert (form.fields["carrier_tax"], form.fields["payment"]) == ("included", "cash")
    typed = form.fields | {"price": "500", "carrier_tax": "none"}
    assert browser.post(form.action, typed).status_code == 302
    shown = call(cast, "partner").send("get", f"exchange/listings/{row.listing_id}/offers").json()
    assert [one["carrier_tax"] for one in shown["results"]] == ["none"]
    other = listed(cast)
    path = f"exchange/listings/{other.listing_id}/offers"
    body = {"price": "70000", "carrier_tax": "with_vat"}
    refused = call(cast, "partner").send("post", path, body)
    assert (refused.status_code, list(refused.json()["errors"])) == (422, ["carrier_tax"])
    body = {"price": "70000", "carrier_tax": "on_top"}
    answer = call(cast, "partner").send("post", path, body)
    assert (answer.status_code, answer.json()["carrier_tax"]) == (201, "on_top")


def test_terms_are_the_carrier_s_own_and_of_its_first_price(cast: Cast) -> None:
    """Nobody else sets them, and no answer of the other side is put under other terms."""
    row = listed(cast)
    offer = bid(cast, row, "90000")
    for tax, payment in (("vat", ""), ("none", "barter")):
        with pytest.raises(ExchangeRefused):
            set_terms(offer, tax, payment)
    with inside(CARRIERS), pytest.raises(NotFound):
        set_terms(offer, "none", "cash")
    head = cast.actor("dispatcher")
    bidding.counter(offer_id=offer.pk, price=Decimal("89000"), by=head, at=later(2))
    with pytest.raises(ExchangeRefused):
        set_terms(offer, "on_top", "")
    offer.refresh_from_db()
    assert (offer.carrier_tax, offer.payment) == ("included", "")


def set_terms(offer: Offer, tax: str, payment: str) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            terms = [offer.pk, tax, payment, later(3)]
            cursor.execute("SELECT public.set_offer_terms(%s, %s, %s, %s)", terms)
    except DatabaseError as problem:
        raise translated(problem) from problem
