"""Two presses at once: one carrier is chosen, one listing published, one stage entered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection

from orders import bidding, market, trips
from orders.errors import Refused
from orders.models import OrderEvent, Trip, TripEvent
from tenants.context import CARRIERS, inside
from tenants.exchange.models import Award, Listing
from tenants.exchange.refusals import ExchangeRefused
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast, load

pytestmark = pytest.mark.slow


def at_once(cast: Cast, *acts: Callable[[], Any]) -> list[bool]:
    """Each act in a thread and connection of its own; True for those that went through."""

    def run(act: Callable[[], Any]) -> bool:
        try:
            with inside(cast.scope):
                act()
        except (Refused, ExchangeRefused):
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_of_two_offers_accepted_at_once_one_wins(
    committed: None,
) -> None:
    alpha = load("alpha")
    dispatcher = alpha.actor("dispatcher")
    drivers = [order_samples.pool_driver(f"Водитель {n}", f"+99655570000{n}") for n in (1, 2)]
    with inside(alpha.scope):
        order_samples.sign_platform_contract(alpha)
        order = order_samples.order(alpha)
        listing = market.publish(order=order, by=dispatcher, at=NOW)
    with inside(CARRIERS):
        offers = [
            bidding.send(
                listing_id=listing,
                price=order_samples.RATE,
                by=order_samples.as_driver(one),
                at=later(1),
            ).pk
            for one in drivers
        ]
    went = at_once(
        alpha,
        *(
            lambda offer=offer: bidding.accept(offer_id=offer, by=dispatcher, at=later(2))
            for offer in offers
        ),
    )
    with inside(alpha.scope):
        assert sorted(went) == [False, True]
        assert (
            Trip.objects.count(),
            Award.objects.filter(listing_id=listing).count(),
        ) == (1, 1)


def test_published_twice_at_once_is_one_listing(
    committed: None,
) -> None:
    alpha = load("alpha")
    with inside(alpha.scope):
        order_samples.sign_platform_contract(alpha)
        order = order_samples.order(alpha)
    head = alpha.actor("head")
    went = at_once(
        alpha,
        *[lambda: market.publish(order=order, by=head, at=NOW)] * 3,
    )
    with inside(alpha.scope):
        assert sorted(went) == [False, False, True]
        assert Listing.objects.filter(owner_role=alpha.scope.role).count() == 1
        assert OrderEvent.objects.filter(act="publish").count() == 1


def test_a_stage_pressed_twice_at_once_is_entered_once(
    committed: None,
) -> None:
    from orders import assignment

    alpha = load("alpha")
    head = alpha.actor("head")
    with inside(alpha.scope):
        order = order_samples.order(alpha)
        who = assignment.assignment_to(order=order, rate=None, driver=order_samples.own_driver())
        trip = assignment.assign_directly(order=order, assignment=who, by=head, at=NOW)
    went = at_once(
        alpha,
        *[lambda: trips.advance(trip=trip, stage="to_loading", by=head, at=later(1))] * 3,
    )
    with inside(alpha.scope):
        assert sorted(went) == [False, False, True]
        assert TripEvent.objects.filter(stage="to_loading").count() == 1
