"""A link of a notification leads to a page that its reader may open."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from orders import assignment, bidding, market
from orders.models import Order
from orders.receivers import awarded
from tenants.kit import clock
from tenants.office.models import Notification
from tests.hearing.links_of_page import links_of
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast


def given_to_partner(cast: Cast) -> Order:
    order = order_samples.order(cast)
    company = order_samples.partner_carrier(cast)
    choice = assignment.assignment_to(order=order, rate=None, partner=company)
    assignment.assign_directly(
        order=order, assignment=choice, by=cast.actor("dispatcher"), at=later(1)
    )
    return order


def test_a_partner_opens_what_it_hears_of_its_offer(in_alpha: Cast, browse: Any) -> None:
    order_samples.sign_platform_contract(in_alpha)
    order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    market.publish(order=order, by=in_alpha.actor("head"), at=NOW)
    assert order.listing_id
    partner = in_alpha.actor("partner")
    offer = bidding.send(
        listing_id=order.listing_id, price=Decimal("70000"), by=partner, at=later(1)
    )
    bidding.accept(offer_id=offer.pk, by=in_alpha.actor("head"), at=later(2))
    payload = {
        "side": "carrier",
        "listing": str(offer.listing_id),
        "carrier": str(offer.carrier_id),
    }
    awarded(payload, later(2))
    browser = browse(in_alpha, "partner")
    links = links_of(browser)
    assert links
    assert {link: browser.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_old_rows_are_mended_when_they_are_read(in_alpha: Cast, browse: Any) -> None:
    """Rows of earlier releases hold addresses of the office."""
    order = given_to_partner(in_alpha)
    job_id = order.trips.get().job_id
    Notification.objects.all().delete()
    readers = {
        "partner": ("/offers/", f"/jobs/{job_id}/", f"/orders/{order.ref}/"),
        "client": (f"/orders/{order.ref}/", f"/orders/{order.ref}/trip/", "/finance/"),
        "accountant": ("/offers/", f"/orders/{order.ref}/offers/"),
    }
    for name, urls in readers.items():
        for url in urls:
            Notification.objects.create(
                member_id=in_alpha.actor(name).member_id, text=url, url=url, created_at=clock.now()
            )
    links = {name: links_of(browse(in_alpha, name)) for name in readers}
    assert links == {
        "partner": {"/partner/offers/", f"/partner/jobs/{job_id}/"},
        "client": {f"/cabinet/orders/{order.ref}/", "/cabinet/invoices/"},
        "accountant": {f"/orders/{order.ref}/"},
    }
    for name, addresses in links.items():
        browser = browse(in_alpha, name)
        assert {browser.get(address).status_code for address in addresses} == {200}


def test_a_client_s_request_is_heard_by_the_office(in_alpha: Cast, browse: Any) -> None:
    browse(in_alpha, "client").post(
        "/cabinet/orders/new/", {"origin": "Бишкек", "destination": "Нарын", "cargo": "Мёд"}
    )
    heard = Notification.objects.values_list("member__role", flat=True)
    assert set(heard) == {"head", "dispatcher"}
