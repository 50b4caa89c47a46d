"""Carriers who did not get a cargo read why: it went to another, or it is no longer offered."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import translation

from orders import bidding, cancelling, market
from orders.models import Order
from orders.notifications import of_offer
from tenants.exchange.models import Offer
from tenants.office.models import Notification
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast

WENT = "The cargo went to another carrier: %s"
TAKEN_OFF = "The owner has taken the cargo off the exchange: %s"


@pytest.fixture
def offer(in_alpha: Cast) -> Offer:
    order_samples.sign_platform_contract(in_alpha)
    order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    market.publish(order=order, by=in_alpha.actor("head"), at=NOW)
    assert order.listing_id
    return bidding.send(
        listing_id=order.listing_id,
        price=Decimal("70000"),
        by=in_alpha.actor("partner"),
        at=later(1),
    )


def news(offer: Offer, what: str) -> str:
    """What the partner reads of its offer."""
    payload = {
        "side": "carrier",
        "listing": str(offer.listing_id),
        "carrier": str(offer.carrier_id),
    }
    of_offer(what, payload, at=later(3))
    return str(Notification.objects.latest("created_at").text)


def worded(text: str, cast: Cast) -> str:
    with translation.override(cast.info.language):
        return translation.gettext(text.replace("%s", "%(route)s")) % {"route": "Бишкек → Ош"}


@pytest.mark.parametrize("act", ["cancel", "unpublish"])
def test_a_cargo_that_is_gone_went_to_nobody(in_alpha: Cast, offer: Offer, act: str) -> None:
    order = Order.objects.get()
    head = in_alpha.actor("head")
    if act == "cancel":
        cancelling.cancel(order=order, reason="передумали", by=head, at=later(2))
    else:
        market.unpublish(order=order, by=head, at=later(2))
    assert news(offer, "closed") == worded(TAKEN_OFF, in_alpha)


def test_a_cargo_that_was_awarded_went_to_another(in_alpha: Cast, offer: Offer) -> None:
    head = in_alpha.actor("head")
    order_samples.partner_carrier(in_alpha, "partner2")
    rival = in_alpha.actor("partner2")
    other = bidding.send(listing_id=offer.listing_id, price=Decimal("60000"), by=rival, at=later(1))
    bidding.accept(offer_id=other.pk, by=head, at=later(2))
    assert news(offer, "closed") == worded(WENT, in_alpha)
