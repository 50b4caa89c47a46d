"""The client's price, the margin and the client's name never reach a carrier; the carrier's rate
never the client.
"""

from __future__ import annotations

from typing import Any

import pytest

from documents.models import Document
from orders import bidding, lifecycle, market, trips
from orders.models import Order, Trip
from tenants.context import CARRIERS, inside
from tenants.exchange.models import Job, Listing, Offer, Round
from tenants.kit.outbox import work_off
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast

FROM_CARRIERS = (
    "987651",
    "222219",
    "client of alpha",
    "CMP-client",
)  # price, margin, the client
FROM_CLIENTS = ("765432", "222219")  # rate, margin
STREETS = ("Секретная", "Айбек", "+996700112233")


def plain(text: str) -> str:
    """Grouped figures as one run of figures."""
    return (
        text.replace("\xa0", "")
        .replace("\u202f", "")
        .replace(" ", "")
        .replace(",", "")
        .replace("&nbsp;", "")
    )


def holds(text: str, secret: str) -> bool:
    return secret.replace(" ", "") in plain(text)


@pytest.fixture
def driven(in_alpha: Cast) -> Trip:
    """Won by the partner on the exchange, driven, completed, with its papers."""
    order_samples.sign_platform_contract(in_alpha)
    order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    dispatcher = in_alpha.actor("dispatcher")
    market.publish(order=order, by=dispatcher, at=NOW)
    offer = bidding.send(
        listing_id=order.listing_id,
        price=order_samples.RATE,
        by=in_alpha.actor("partner"),
        at=later(1),
    )
    trip = bidding.accept(offer_id=offer.pk, by=dispatcher, at=later(2))
    assert trip
    for stage in ("to_loading", "at_loading", "loaded"):
        trips.advance(trip=trip, stage=stage, by=dispatcher, at=later(3))
        trip.refresh_from_db()
    return trip


def test_carrier_facing_pages_and_api(
    in_alpha: Cast,
    beta: Cast,
    driven: Trip,
    browse: Any,
    call: Any,
    driver_browser: Any,
    driver_call: Any,
) -> None:
    listing = Order.objects.get(pk=driven.order_id).listing_id
    twin = lifecycle.copy(order=driven.order, by=in_alpha.actor("head"), at=later(3))
    other = market.publish(order=twin, by=in_alpha.actor("head"), at=later(3))
    driver = order_samples.pool_driver()
    with inside(CARRIERS):
        bidding.send(
            listing_id=other,
            price=order_samples.RATE,
            by=order_samples.as_driver(driver),
            at=later(4),
        )
    texts = {}
    partner = browse(in_alpha, "partner")
    app = driver_browser(driver)
    stranger = browse(beta, "dispatcher")
    for browser, addresses in (
        (
            partner,
            [
                "/partner/",
                "/partner/exchange/",
                f"/partner/exchange/{listing}/",
                f"/partner/exchange/{other}/",
                "/partner/offers/",
                "/partner/offers/?state=closed",
                f"/partner/jobs/{driven.job_id}/",
            ],
        ),
        (
            app,
            [
                "/driver/",
                "/driver/exchange/",
                f"/driver/exchange/{other}/",
                "/driver/offers/",
            ],
        ),
        (
            stranger,
            ["/exchange/", f"/exchange/{other}/", "/offers/", "/jobs/"],
        ),
    ):
        for address in addresses:
            answer = browser.get(address)
            assert answer.status_code == 200, address
            texts[address] = answer.content.decode()
    for client, calls in (
        (
            call(in_alpha, "partner"),
            [
                "exchange/listings",
                f"exchange/listings/{other}",
                "exchange/offers",
                "trips",
                f"trips/{driven.job_id}",
            ],
        ),
        (
            driver_call(driver),
            ["exchange/listings", "exchange/offers", "trips"],
        ),
        (
            call(beta, "dispatcher"),
            [
                "exchange/listings",
                f"exchange/listings/{other}",
                f"exchange/listings/{other}/offers",
                "trips",
            ],
        ),
    ):
        for number, address in enumerate(calls):
            answer = client.send("get", address)
            assert answer.status_code == 200, address
            texts[f"api {number} {address}"] = answer.content.decode()
    leaks = [
        (address, secret)
        for address, text in texts.items()
        for secret in FROM_CARRIERS
        if holds(text, secret)
    ]
    assert leaks == []
    before_award = [
        (a, s)
        for a, text in texts.items()
        for s in STREETS
        if holds(text, s) and "jobs/" not in a and "trips" not in a
    ]
    assert before_award == []


def test_rows_a_carrier_can_reach_by_any_sql(driven: Trip) -> None:
    rows = [
        *Listing.objects.all(),
        *Offer.objects.all(),
        *Round.objects.all(),
        *Job.objects.all(),
    ]
    for row in rows:
        text = " ".join(str(value) for value in vars(row).values())
        assert not [secret for secret in FROM_CARRIERS if holds(text, secret)], row


def test_papers_name_only_their_own_side(in_alpha: Cast, driven: Trip) -> None:
    work_off()
    papers = {paper.kind: paper for paper in Document.objects.all()}
    assert {"request", "instruction"} <= papers.keys()
    assert (
        papers["instruction"].audience,
        papers["instruction"].company_id,
    ) == ("partner", in_alpha.company_id("partner"))
    assert not [
        secret for secret in FROM_CARRIERS if holds(str(papers["instruction"].context), secret)
    ]
    assert not [secret for secret in FROM_CLIENTS if holds(str(papers["request"].context), secret)]
    assert holds(str(papers["instruction"].context), "765432")


def test_papers_are_made_once(driven: Trip) -> None:
    from orders import papers

    work_off()
    order = Order.objects.select_related("client").get(pk=driven.order_id)
    assert papers.request(order=order, at=later(9)) is None
    assert papers.instruction(order=order, at=later(9)) is None
    assert Document.objects.filter(kind__in=["request", "instruction"]).count() == 2


def test_client_facing_pages_and_api(in_alpha: Cast, driven: Trip, browse: Any, call: Any) -> None:
    ref = driven.order.ref
    browser = browse(in_alpha, "client")
    client = call(in_alpha, "client")
    texts = {
        address: browser.get(address).content.decode()
        for address in ("/cabinet/", f"/cabinet/orders/{ref}/")
    }
    texts |= {
        address: client.send("get", address).content.decode()
        for address in ("orders", f"orders/{ref}")
    }
    assert [
        (address, secret)
        for address, text in texts.items()
        for secret in FROM_CLIENTS
        if holds(text, secret)
    ] == []
    assert all(holds(text, "987651") for text in texts.values())


def test_a_price_not_yet_quoted_is_not_the_clients_to_see(in_alpha: Cast, call: Any) -> None:
    from orders.stages import Act

    order = order_samples.order(in_alpha)
    lifecycle.advance(
        order=order,
        act=Act.REQUEST,
        by=in_alpha.actor("dispatcher"),
        at=NOW,
    )
    client = call(in_alpha, "client")
    assert client.send("get", f"orders/{order.ref}").json()["client_price"] is None
    lifecycle.advance(
        order=order,
        act=Act.QUOTE,
        by=in_alpha.actor("dispatcher"),
        at=NOW,
    )
    assert client.send("get", f"orders/{order.ref}").json()["client_price"] == "987651.23"
