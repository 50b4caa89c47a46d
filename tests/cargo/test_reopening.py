"""A closed month of the cargo module is opened again by the head, the latest first, with a reason."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from commission.cargo import locks
from commission.cargo.models import Adjustment, MonthLock, Shipment
from commission.cargo.months import closing
from tenants.office.models import AuditEvent
from tests.cargo.conftest import Shop
from tests.cargo.test_shown_figures import FEBRUARY, D, head
from tests.hearing.heard import hearers_of

JANUARY = date(2026, 1, 1)
DECEMBER = date(2025, 12, 1)
PAGE = "/cargo/months/2026-01/"
REOPEN = f"{PAGE}reopen/"


def close(shop: Shop, month: date = JANUARY, at: datetime = FEBRUARY) -> MonthLock:
    return closing.lock(month=month, by=shop.actor(), at=at)


def reopen(shop: Shop, month: date = JANUARY) -> None:
    closing.unlock(month=month, reason="wrong weight", by=shop.actor(), at=FEBRUARY)


def test_the_head_opens_a_month_again_and_says_why(shop: Shop, browse: Any) -> None:
    shop.card()
    row = shop.shipment()
    totals = close(shop).totals
    browser = head(shop, browse)
    assert REOPEN in browser.get(PAGE).content.decode()
    assert browser.post(REOPEN, {"reason": " "}).status_code == 422
    assert locks.is_locked(row.received_on)
    assert browser.post(REOPEN, {"reason": "wrong weight"}).status_code == 302
    assert not locks.is_locked(row.received_on)
    assert REOPEN not in browser.get(PAGE).content.decode()
    event = AuditEvent.objects.get(action="cargo.month_unlock")
    assert (event.subject, event.reason) == ("cargo_month:2026-01", "wrong weight")
    assert event.before == totals


def test_closed_anew_without_other_acts_it_comes_to_the_same(shop: Shop) -> None:
    shop.card()
    row = shop.shipment()
    before = close(shop).totals
    closing.adjust(
        shipment=row, price=D(3000), cost=D(100), reason="late", by=shop.actor(), at=FEBRUARY
    )
    facts = sorted(Shipment.objects.values_list()), sorted(Adjustment.objects.values_list())
    reopen(shop)
    assert close(shop).totals == before
    assert facts == (
        sorted(Shipment.objects.values_list()),
        sorted(Adjustment.objects.values_list()),
    )


def test_the_latest_month_is_opened_first(shop: Shop) -> None:
    close(shop, DECEMBER)
    close(shop)
    with pytest.raises(closing.LaterLocked, match="01/2026"):
        reopen(shop, DECEMBER)
    reopen(shop)
    reopen(shop, DECEMBER)
    with pytest.raises(closing.NotLocked):
        reopen(shop, DECEMBER)


def test_those_who_close_months_hear_of_it(shop: Shop) -> None:
    close(shop)
    heard = hearers_of(lambda: reopen(shop))
    assert [*heard] == ["cargo_manager"]
    assert "wrong weight" in heard["cargo_manager"]


def test_nobody_else_opens_a_month(shop: Shop, browse: Any) -> None:
    close(shop)
    for name in ("cargo_manager", "cargo_staff", "cargo_sale"):
        browser = browse(shop.cast, name)
        assert browser.get(REOPEN).status_code == 403
        assert browser.post(REOPEN, {"reason": "x"}).status_code == 403
    assert REOPEN not in browse(shop.cast, "cargo_manager").get(PAGE).content.decode()
    assert MonthLock.objects.exists()
