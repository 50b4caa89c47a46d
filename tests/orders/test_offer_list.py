"""Offers as a list: whose answer is awaited stands first, pages, export, views; nobody else's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from orders import bidding, market
from orders.models import Order
from orders.views import offer_list
from tenants.exchange.models import Offer
from tenants.kit.listing import SIZE
from tenants.office.models import SavedView
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast


@pytest.fixture
def small_pages() -> Iterator[None]:
    """Two offers a page."""
    for listing in (offer_list.OFFICE, offer_list.PARTNER):
        object.__setattr__(listing, "size", 2)
    yield
    for listing in (offer_list.OFFICE, offer_list.PARTNER):
        object.__setattr__(listing, "size", SIZE)


def published(cast: Cast) -> Order:
    order = order_samples.order(cast)
    market.publish(order=order, by=cast.actor("dispatcher"), at=NOW)
    return order


def bargain(cast: Cast, count: int) -> list[Offer]:
    """The partner bids on as many orders of the reseller."""
    order_samples.sign_platform_contract(cast)
    order_samples.partner_carrier(cast)
    return [
        bidding.send(
            listing_id=published(cast).listing_id,
            price=order_samples.RATE + number,
            by=cast.actor("partner"),
            at=later(number + 1),
        )
        for number in range(count)
    ]


def threads(page: str) -> list[str]:
    return re.findall(r'<section class="card thread" id="offer-([0-9a-f-]+)"', page)


def test_offers_that_wait_for_an_answer_stand_first(in_alpha: Cast, browse: Any) -> None:
    first, second, third = bargain(in_alpha, 3)
    bidding.counter(
        offer_id=third.pk, price=order_samples.RATE, by=in_alpha.actor("dispatcher"), at=later(9)
    )
    office = browse(in_alpha, "dispatcher").get("/offers/").content.decode()
    assert threads(office) == [str(offer.pk) for offer in (second, first, third)]
    partner = browse(in_alpha, "partner").get("/partner/offers/").content.decode()
    assert threads(partner) == [str(offer.pk) for offer in (third, second, first)]


@pytest.mark.usefixtures("small_pages")
def test_pages_lead_over_every_offer_once(in_alpha: Cast, browse: Any) -> None:
    offers = bargain(in_alpha, 3)
    browser = browse(in_alpha, "dispatcher")
    first = browser.get("/offers/").content.decode()
    following = re.search(r'rel="next" href="([^"]+)"', first)
    assert following
    second = browser.get(unescape(following[1])).content.decode()
    newest_first = [str(offer.pk) for offer in reversed(offers)]
    assert threads(first) + threads(second) == newest_first


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_the_same_number_of_questions(in_alpha: Cast, browse: Any, rows: int) -> None:
    bargain(in_alpha, rows)
    browser = browse(in_alpha, "dispatcher")
    with CaptureQueriesContext(connection) as captured:
        page = browser.get("/offers/").content.decode()
    assert len(threads(page)) == rows
    assert sum('"exchange_' in query["sql"] for query in captured) == 3  # offers, listings, rounds


def test_a_closed_offer_stands_under_its_tab(in_alpha: Cast, browse: Any) -> None:
    (offer,) = bargain(in_alpha, 1)
    bidding.reject(offer_id=offer.pk, by=in_alpha.actor("dispatcher"), at=later(5))
    for role, address in (("dispatcher", "/offers/"), ("partner", "/partner/offers/")):
        browser = browse(in_alpha, role)
        assert threads(browser.get(address).content.decode()) == []
        closed = browser.get(f"{address}?state=closed").content.decode()
        assert threads(closed) == [str(offer.pk)]


def test_export_has_the_carrier_s_own_offers_alone(in_alpha: Cast, browse: Any) -> None:
    bargain(in_alpha, 1)
    order_samples.partner_carrier(in_alpha, "partner2")
    address = "/partner/offers/export/?format=csv"
    table = browse(in_alpha, "partner").get(address).content.decode()
    assert "Бишкек → Ош" in table and "765432.10" in table
    assert "765432.10" not in browse(in_alpha, "partner2").get(address).content.decode()
    assert browse(in_alpha, "accountant").get("/offers/export/").status_code == 403


def test_a_view_of_offers_is_kept(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "dispatcher")
    kept = {"name": "Мои закрытые", "query": "side=carrier&state=closed"}
    assert browser.post("/offers/views/", kept).status_code == 302
    assert SavedView.objects.get().page == "offers"
    assert "Мои закрытые" in browser.get("/offers/").content.decode()
