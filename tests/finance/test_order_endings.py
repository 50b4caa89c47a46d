"""A cancelled order leaves no invoice in force, and what was paid goes back."""

from __future__ import annotations

import re
from decimal import Decimal
from html import unescape
from typing import Any

import pytest

from finance.models import FeeCharge, Invoice, Line, Payment, Status
from finance.order_endings import MoneyStands
from finance.verify import differences
from orders import cancelling
from orders.models import Order, Stage
from tenants.context import inside
from tenants.kit import clock
from tenants.kit.doubts import Answers, Doubt
from tests.accounts.test_asked_again import old_session
from tests.finance.money_samples import invoice_ahead, noon, own, pay
from tests.finance.test_exchange import balances
from tests.world import Cast


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(country="KG")
    return in_alpha


def cancel(cast: Cast, bill: Invoice, sure: Answers, name: str = "head") -> None:
    assert bill.order
    cancelling.cancel(
        order=bill.order,
        reason="нет груза",
        by=cast.actor(name),
        at=noon("2026-03-20"),
        sure=sure,
    )


def stage(bill: Invoice) -> str:
    return Order.objects.get(pk=bill.order_id).stage


def test_an_unpaid_invoice_is_cancelled_with_its_order(cast: Cast) -> None:
    bill = invoice_ahead(cast, "1000.00")
    with pytest.raises(Doubt) as doubt:
        cancel(cast, bill, frozenset(), "dispatcher")
    assert stage(bill) == "delivered"
    cancel(cast, bill, {doubt.value.key}, "dispatcher")
    bill.refresh_from_db()
    assert (bill.status, bill.cancel_reason) == (Status.CANCELLED, "нет груза")
    assert stage(bill) == Stage.CANCELLED
    assert not Line.objects.exists()


def test_what_was_paid_goes_back_as_it_came_and_the_commission_with_it(cast: Cast) -> None:
    bill = invoice_ahead(cast, "1000.00")
    first = pay(cast, bill, "300.00", "2026-03-05")
    second = pay(cast, bill, "100.00", "2026-03-06", method="cash")
    with pytest.raises(Doubt) as doubt:
        cancel(cast, bill, frozenset())
    assert "400,00" in str(doubt.value) or "400.00" in str(doubt.value)
    cancel(cast, bill, {doubt.value.key})
    back = Payment.objects.exclude(refund_of=None).order_by("-amount")
    assert [(one.refund_of_id, one.amount, one.method) for one in back] == [
        (first.pk, Decimal("300.00"), "bank"),
        (second.pk, Decimal("100.00"), "cash"),
    ]
    bill.refresh_from_db()
    assert (bill.status, bill.paid) == (Status.CANCELLED, 0)
    assert {account: sums for account, sums in balances().items() if any(sums)} == {}
    assert sum(charge.fee for charge in FeeCharge.objects.all()) == 0
    assert list(differences()) == []


def test_the_yes_is_to_the_sum_that_was_shown(cast: Cast) -> None:
    bill = invoice_ahead(cast, "1000.00")
    pay(cast, bill, "300.00", "2026-03-05")
    with pytest.raises(Doubt) as doubt:
        cancel(cast, bill, frozenset())
    pay(cast, bill, "100.00", "2026-03-06")
    with pytest.raises(Doubt) as again:
        cancel(cast, bill, {doubt.value.key})
    assert again.value.key != doubt.value.key
    assert stage(bill) == "delivered"


def test_who_may_not_book_money_cannot_send_it_back(cast: Cast) -> None:
    bill = invoice_ahead(cast, "1000.00")
    pay(cast, bill, "300.00", "2026-03-05")
    with pytest.raises(MoneyStands) as refused:
        cancel(cast, bill, None, "dispatcher")
    assert "300" not in str(refused.value)
    bill.refresh_from_db()
    assert (bill.paid, stage(bill)) == (Decimal("300.00"), "delivered")


def test_the_page_asks_for_the_password_before_money_goes(alpha: Cast, browse: Any) -> None:
    """FAULTS D9: the question is shown, the yes to it needs a fresh proof."""
    with inside(alpha.scope):
        own()
        bill = invoice_ahead(alpha, "1000.00")
        pay(alpha, bill, "300.00", clock.now().date().isoformat())
        assert bill.order
        address = f"/orders/{bill.order.ref}/cancel/"
    browser = browse(alpha, "head")
    old_session(browser, 12.5)
    sent = {"reason": "нет груза"}
    question = browser.post(address, sent)
    assert question.status_code == 409
    key = re.search(r'name="sure" value="([^"]+)"', question.content.decode())
    assert key
    answer = browser.post(address, sent | {"sure": unescape(key[1])})
    assert answer["Location"].startswith("/login/again/")
    with inside(alpha.scope):
        assert not Payment.objects.exclude(refund_of=None).exists()
    browser = browse(alpha, "head")
    done = browser.post(address, sent | {"sure": unescape(key[1])})
    assert done.status_code == 302
    with inside(alpha.scope):
        assert stage(bill) == Stage.CANCELLED


def test_an_order_without_money_is_cancelled_as_ever(cast: Cast) -> None:
    bill = invoice_ahead(cast, "1000.00")
    cancel(cast, bill, None)
    again = invoice_ahead(cast, "500.00")
    Invoice.objects.filter(pk=again.pk).update(
        status=Status.CANCELLED, cancelled_at=noon("2026-03-10"), cancel_reason="ошибка"
    )
    cancel(cast, again, frozenset())
    assert stage(again) == Stage.CANCELLED
