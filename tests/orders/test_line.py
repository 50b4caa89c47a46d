"""The whole line: created, published, bid on, awarded, driven, completed."""

from __future__ import annotations

import pytest

from orders import bidding, driving, lifecycle, market
from orders.models import Order, OrderEvent, Stage, Trip, TripStage
from tenants.context import CARRIERS, inside
from tenants.exchange import jobs
from tenants.exchange.models import Listing
from tenants.kit.outbox import work_off
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast

WAY = [
    "to_loading",
    "at_loading",
    "loaded",
    "in_transit",
    "at_unloading",
    "unloaded",
    "papers_in",
]


@pytest.fixture
def published(in_alpha: Cast) -> Order:
    order_samples.sign_platform_contract(in_alpha)
    order = order_samples.order(in_alpha)
    market.publish(order=order, by=in_alpha.actor("dispatcher"), at=NOW)
    return order


def test_an_independent_driver_carries_an_order_from_offer_to_papers(
    in_alpha: Cast, published: Order
) -> None:
    dispatcher = in_alpha.actor("dispatcher")
    driver = order_samples.pool_driver()
    with inside(CARRIERS):
        offer = bidding.send(
            listing_id=published.listing_id,
            price=order_samples.RATE,
            by=order_samples.as_driver(driver),
            at=later(1),
        )
    trip = bidding.accept(offer_id=offer.pk, by=dispatcher, at=later(2))
    assert trip is not None
    order = Order.objects.get(pk=published.pk)
    assert (
        order.stage,
        order.carrier_name,
        trip.driver_id,
        trip.rate,
    ) == (Stage.ASSIGNED, "Эрмек", driver.pk, order_samples.RATE)
    seen = []
    for number, stage in enumerate(WAY):
        with inside(CARRIERS):
            actor = order_samples.as_driver(driver)
            job = driving.job_for(actor, trip.job_id)
            driving.advance(job=job, stage=stage, by=actor, at=later(3 + number))
            seen.append(jobs.job_for(actor, job.pk).stage)
        order.refresh_from_db()
    assert seen == WAY
    assert order.stage == Stage.DELIVERED
    lifecycle.complete(order=order, by=dispatcher, at=later(20))
    order.refresh_from_db()
    assert (order.stage, order.completed_at) == (
        Stage.COMPLETED,
        later(20),
    )
    assert list(
        OrderEvent.objects.filter(order=order).order_by("at").values_list("act", flat=True)
    ) == [
        "create",
        "publish",
        "assign",
        "load",
        "deliver",
        "complete",
    ]


def test_a_carrier_that_accepts_our_price_gets_the_order_by_the_outbox(
    in_alpha: Cast, published: Order
) -> None:
    dispatcher = in_alpha.actor("dispatcher")
    driver = order_samples.pool_driver()
    with inside(CARRIERS):
        offer = bidding.send(
            listing_id=published.listing_id,
            price=order_samples.RATE,
            by=order_samples.as_driver(driver),
            at=later(1),
        )
    bidding.counter(
        offer_id=offer.pk,
        price=order_samples.RATE - 100,
        by=dispatcher,
        at=later(2),
    )
    with inside(CARRIERS):
        assert (
            bidding.accept(
                offer_id=offer.pk,
                by=order_samples.as_driver(driver),
                at=later(3),
            )
            is None
        )
    work_off()
    work_off()
    trip = Trip.objects.get(order=published)
    assert (trip.rate, trip.driver_id, trip.stage) == (
        order_samples.RATE - 100,
        driver.pk,
        TripStage.ASSIGNED,
    )
    assert (
        market.awarded(listing_id=published.listing_id, at=later(4)) is None
    )  # told again: nothing more
    assert Trip.objects.count() == 1


def test_a_partner_of_the_house_bids_and_drives(in_alpha: Cast, published: Order) -> None:
    company = order_samples.partner_carrier(in_alpha)
    partner = in_alpha.actor("partner")
    offer = bidding.send(
        listing_id=published.listing_id,
        price=order_samples.RATE,
        by=partner,
        at=later(1),
    )
    trip = bidding.accept(offer_id=offer.pk, by=in_alpha.actor("dispatcher"), at=later(2))
    assert trip is not None
    assert trip.partner_id == company.pk
    driving.advance(
        job=driving.job_for(partner, trip.job_id),
        stage="to_loading",
        by=partner,
        at=later(3),
    )
    trip.refresh_from_db()
    assert trip.stage == TripStage.TO_LOADING


def test_the_listing_shows_towns_and_the_rate_asked_for_and_nothing_of_the_client(
    published: Order,
) -> None:
    listing = Listing.objects.get(pk=published.listing_id)
    shown = " ".join(str(value) for value in vars(listing).values())
    assert (listing.from_city, listing.to_city, listing.price) == (
        "Бишкек",
        "Ош",
        order_samples.RATE,
    )
    for secret in (
        str(order_samples.PRICE),
        "client of alpha",
        "Секретная",
        "Айбек",
        "+996700112233",
    ):
        assert secret not in shown
