"""Histories and the audit log say fields and values in words."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from orders import drafting, market
from orders.drafts import data_of
from orders.models import Order
from tests.orders import order_samples
from tests.orders.order_samples import NOW, later
from tests.world import Cast


def test_an_edit_is_told_by_the_form_s_labels(in_alpha: Cast, browse: Any) -> None:
    order = order_samples.order(in_alpha)
    drafting.edit(
        order=order,
        data=replace(data_of(order), carrier_rate=Decimal("1000"), body="ref"),
        by=in_alpha.actor("dispatcher"),
        at=later(1),
    )
    for address in (f"/orders/{order.ref}/history/", "/audit/"):
        shown = browse(in_alpha, "head").get(address).content.decode()
        for raw in ("carrier_rate", "carrier rate", ">ref<"):
            assert raw not in shown, (address, raw)


def test_an_answer_to_an_offer_is_a_word(in_alpha: Cast, browse: Any) -> None:
    from orders import bidding

    order_samples.sign_platform_contract(in_alpha)
    order_samples.partner_carrier(in_alpha)
    order = order_samples.order(in_alpha)
    market.publish(order=order, by=in_alpha.actor("head"), at=NOW)
    listing_id = Order.objects.get(pk=order.pk).listing_id
    assert listing_id
    offer = bidding.send(
        listing_id=listing_id,
        price=Decimal("70000"),
        by=in_alpha.actor("partner"),
        at=later(1),
    )
    market.counter(
        offer_id=offer.pk, price=Decimal("60000"), by=in_alpha.actor("head"), at=later(2)
    )
    shown = browse(in_alpha, "head").get("/audit/").content.decode()
    assert "counter" not in shown.replace("data-counter", "")
    assert "другая цена" in shown
