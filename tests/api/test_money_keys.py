"""Money moves over the API only under a key, and once, whenever the process is killed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from companies.models import Company
from finance import settlement
from finance.api.frame import MoneyView
from finance.models import Invoice, Payment, Payout
from orders.models import Order
from tenants.context import GATE, inside
from tenants.kit import idempotency
from tenants.kit.models import IdempotencyKey
from tests.finance.money_samples import invoice, noon, order, own, pay
from tests.tools import clocks_stand_at
from tests.world import Cast

NEW = {"kind": "client", "name": "Once"}
MONEY = (
    *("payments", "payouts", "advances", "return", "refund", "credit-notes", "allocations"),
    *("write-offs", "reverse", "expenses", "opening"),
)


@pytest.fixture(autouse=True)
def _in_march() -> Iterator[None]:
    with clocks_stand_at(noon("2026-03-20")):
        yield


@pytest.fixture
def bill(alpha: Cast) -> Invoice:
    with inside(alpha.scope):
        own()
        return invoice(alpha, "1000.00", on="2026-03-10")


def test_a_payment_without_a_key_is_not_booked(alpha: Cast, call: Any, bill: Invoice) -> None:
    accountant = call(alpha, "accountant")
    body = {"invoice": str(bill.pk), "amount": "10.00", "paid_on": "2026-03-19"}
    for _press in range(4):
        answer = accountant.send("post", "payments", body)
        assert (answer.status_code, answer.json()["title"]) == (400, "key_needed")
        assert answer["Content-Type"] == "application/problem+json"
    with inside(alpha.scope):
        assert Payment.objects.count() == 0
    answers = [
        accountant.send("post", "payments", body, **{"Idempotency-Key": "k"}) for _ in range(4)
    ]
    assert {answer.status_code for answer in answers} == {201}
    with inside(alpha.scope):
        assert Payment.objects.count() == 1


def test_a_refund_and_a_payout_without_a_key_are_not_booked(
    alpha: Cast, call: Any, bill: Invoice
) -> None:
    with inside(alpha.scope):
        payment = pay(alpha, bill, "300.00", "2026-03-15")
        done = order(
            alpha,
            carrier_rate=Decimal("800.00"),
            stage="completed",
            completed_at=noon("2026-03-10"),
        )
        settlement.settle(order=done, by=None, at=noon("2026-03-10"))
    accountant = call(alpha, "accountant")
    refund = accountant.send("post", f"payments/{payment.pk}/refund", {"amount": "1.00"})
    payout = accountant.send("post", "payouts", {"order": done.ref, "amount": "1.00"})
    assert (refund.status_code, payout.status_code) == (400, 400)
    with inside(alpha.scope):
        assert (Payment.objects.count(), Payout.objects.count()) == (1, 0)


def test_whoever_may_not_pay_is_told_so_first(alpha: Cast, call: Any, bill: Invoice) -> None:
    body = {"invoice": str(bill.pk), "amount": "1.00"}
    assert call(alpha, "dispatcher").send("post", "payments", body).status_code == 403


def addresses(resolver: URLResolver | None = None, prefix: str = "") -> list[tuple[str, Any]]:
    views: list[tuple[str, Any]] = []
    for entry in (resolver or get_resolver()).url_patterns:
        address = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            views += addresses(entry, address)
        elif isinstance(entry, URLPattern):
            views.append((address, getattr(entry.callback, "cls", None)))
    return views


def test_every_call_that_moves_money_demands_a_key() -> None:
    money = [
        view
        for address, view in addresses()
        if address.startswith("api/v1/")
        and address.rstrip("/$").split("/")[-1] in MONEY
        and view is not None
        and hasattr(view, "post")
    ]
    assert len(money) >= 3
    assert [view for view in money if not issubclass(view, MoneyView)] == []


class Killed(BaseException):
    """The process ends here."""


def killed(content: bytes) -> str:
    raise Killed


def age_keys() -> None:
    """The lease of the killed process has run out."""
    with inside(GATE):
        for row in IdempotencyKey.objects.all():
            row.created_at -= 2 * idempotency.GIVEN_UP
            row.save(update_fields=["created_at"])


@pytest.mark.parametrize("what", ["company", "order", "payment"])
def test_killed_before_the_answer_is_kept_the_call_is_done_once(
    alpha: Cast, call: Any, bill: Invoice, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    calls: dict[str, tuple[str, dict[str, Any], Any]] = {
        "company": ("companies", NEW, Company.objects.filter(name="Once")),
        "order": ("orders", {"note": "один раз"}, Order.objects.filter(note="один раз")),
        "payment": (
            "payments",
            {"invoice": str(bill.pk), "amount": "10.00", "paid_on": "2026-03-19"},
            Payment.objects.all(),
        ),
    }
    address, body, rows = calls[what]
    caller = call(alpha)
    key = {"Idempotency-Key": uuid4().hex}
    monkeypatch.setattr(idempotency, "_kept", killed)
    with pytest.raises(Killed):
        caller.send("post", address, body, **key)
    monkeypatch.undo()
    with inside(alpha.scope):
        assert rows.all().count() == 0, "the effect stands without its key"
    assert caller.send("post", address, body, **key).status_code == 409
    age_keys()
    first = caller.send("post", address, body, **key)
    second = caller.send("post", address, body, **key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    with inside(alpha.scope):
        assert rows.all().count() == 1


def test_a_broken_call_leaves_neither_effect_nor_key(
    alpha: Cast, call: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    caller = call(alpha)
    caller.raise_request_exception = False
    key = {"Idempotency-Key": "broken"}

    def break_down(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patch:
        patch.setattr("companies.api.companies.CompanyView.answer", break_down)
        assert caller.send("post", "companies", NEW, **key).status_code == 500
    with inside(alpha.scope):
        assert not Company.objects.filter(name="Once").exists()
    assert caller.send("post", "companies", NEW, **key).status_code == 201
