"""News that concern a decision come as letters, too, to those who want them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from orders import assignment, lifecycle
from orders.models import Order
from orders.stages import Act
from tenants.kit.models import OutboxEvent
from tests.orders import order_samples
from tests.orders.order_samples import later
from tests.world import Cast


def letters_of(act: Callable[[], object]) -> dict[str, dict[str, str]]:
    before = set(OutboxEvent.objects.filter(topic="mail.send").values_list("pk", flat=True))
    act()
    events = OutboxEvent.objects.filter(topic="mail.send").exclude(pk__in=before)
    return {event.payload["to"]: event.payload for event in events}


def quote(cast: Cast, order: Order) -> None:
    lifecycle.advance(order=order, act=Act.QUOTE, by=cast.actor("head"), at=later(1))


def test_a_quote_is_mailed_with_the_link_of_the_cabinet(in_alpha: Cast, settings: Any) -> None:
    order = order_samples.order(in_alpha)
    letters = letters_of(lambda: quote(in_alpha, order))
    assert set(letters) == {"client@alpha.test"}
    letter = letters["client@alpha.test"]
    address = f"{settings.PUBLIC_URL}/cabinet/orders/{order.ref}/"
    assert address in letter["text"] and address in letter["html"]
    assert letter["sender_name"] == "Alpha"
    assert "Track" not in letter["text"] + letter["html"] + letter["subject"]


def test_a_trip_is_mailed_to_its_partner_alone(in_alpha: Cast) -> None:
    order = order_samples.order(in_alpha)
    company = order_samples.partner_carrier(in_alpha)
    choice = assignment.assignment_to(order=order, rate=None, partner=company)
    letters = letters_of(
        lambda: assignment.assign_directly(
            order=order, assignment=choice, by=in_alpha.actor("head"), at=later(1)
        )
    )
    assert set(letters) == {"partner@alpha.test"}


def test_who_does_not_want_letters_gets_none(in_alpha: Cast, browse: Any) -> None:
    browser = browse(in_alpha, "client")
    assert browser.post("/notifications/mail/", {"mail": "off"}).status_code == 302
    order = order_samples.order(in_alpha)
    assert letters_of(lambda: quote(in_alpha, order)) == {}
    assert order.ref in browser.get("/notifications/").content.decode()
    browser.post("/notifications/mail/", {"mail": "on"})
    other = order_samples.order(in_alpha)
    assert set(letters_of(lambda: quote(in_alpha, other))) == {"client@alpha.test"}
