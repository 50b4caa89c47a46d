"""A day of money has come, is not before the books begin, and is asked about when it is long past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from finance import beginning, payables, settlement
from finance.beginning import CannotBegin, begin
from finance.models import BooksBeginning, Method, Payable, Payment, Payout
from finance.payables import CannotPayOut
from finance.payments import CannotPay
from orders import lifecycle
from orders.models import Order
from orders.stages import Act
from tenants.kit.doubts import Doubt
from tenants.office import rates
from tenants.office.models import AuditEvent, ExchangeRate
from tenants.office.rates import CannotEnter, Rate
from tests.finance.money_samples import give_back, invoice, noon, order, own, pay
from tests.tools import clocks_stand_at
from tests.world import Cast

TODAY = "2026-03-20"
WRONG = ("0001-03-10", "0026-03-10", "2006-03-10", "2023-12-31", "2026-03-22", "2206-03-10")
LONG_AGO = "2026-01-18"  # 61 days before
Booked = Callable[[Cast, str, frozenset[str] | None], Any]
API = {"Idempotency-Key": "k"}


def receipt(cast: Cast, on: str, sure: frozenset[str] | None) -> Any:
    return pay(cast, invoice(cast, "100.00"), "10.00", on, at=noon(TODAY), sure=sure)


def repayment(cast: Cast, on: str, sure: frozenset[str] | None) -> Any:
    payment = pay(cast, invoice(cast, "100.00"), "10.00", "2024-01-02")
    return give_back(cast, payment, "10.00", on, at=noon(TODAY), sure=sure)


def payout(cast: Cast, on: str, sure: frozenset[str] | None) -> Any:
    return payables.pay_out(
        payable=debt(cast),
        amount=Decimal("10.00"),
        paid_on=date.fromisoformat(on),
        method=Method.BANK,
        once=uuid4(),
        by=cast.actor("accountant"),
        at=noon(TODAY),
        sure=sure,
    )


def debt(cast: Cast) -> Payable:
    done = order(cast, carrier_rate=Decimal("800.00"), stage="completed", completed_at=noon(TODAY))
    settlement.settle(order=done, by=None, at=noon(TODAY))
    return Payable.objects.get(order=done)


def rate(cast: Cast, on: str, sure: frozenset[str] | None) -> Any:
    entered = [Rate("USD", date.fromisoformat(on), Decimal("87.50"))]
    return rates.enter(entered, by=cast.actor("accountant"), at=noon(TODAY), sure=sure)


PLACES = (receipt, repayment, payout, rate)
REFUSED = (CannotPay, CannotPayOut, CannotEnter)
every_place = pytest.mark.parametrize("booked", PLACES, ids=lambda place: place.__name__)


def written() -> int:
    """Rows of a day that somebody typed; the receipt of a repayment is there before."""
    receipts = Payment.objects.exclude(paid_on=date(2024, 1, 2))
    return receipts.count() + Payout.objects.count() + ExchangeRate.objects.count()


@every_place
@pytest.mark.parametrize("on", WRONG)
def test_a_day_that_cannot_be_is_refused(in_alpha: Cast, booked: Booked, on: str) -> None:
    own()
    with pytest.raises(REFUSED):
        booked(in_alpha, on, None)
    assert written() == 0


@every_place
@pytest.mark.parametrize("on", ["2026-03-21", "2026-03-20", "2026-01-19"])
def test_a_usual_day_is_taken_unasked(in_alpha: Cast, booked: Booked, on: str) -> None:
    own()
    booked(in_alpha, on, frozenset())
    assert written() == 1


@every_place
def test_a_day_long_past_is_asked_about_once(in_alpha: Cast, booked: Booked) -> None:
    own()
    with pytest.raises(Doubt) as question, transaction.atomic():
        booked(in_alpha, LONG_AGO, frozenset({"old_day:2026-01-17"}))
    assert question.value.key == f"old_day:{LONG_AGO}"
    assert written() == 0
    booked(in_alpha, LONG_AGO, frozenset({question.value.key}))
    assert written() == 1


def test_a_list_of_rates_is_asked_about_by_its_oldest_day(in_alpha: Cast) -> None:
    days = [date(2026, 1, day) for day in (12, 10, 11)]
    entered = [Rate("USD", day, Decimal("87.50")) for day in days]
    head = in_alpha.actor("head")
    sure = frozenset({"old_day:2026-01-10"})
    assert len(rates.enter(entered, by=head, at=noon(TODAY), sure=sure)) == 3


@pytest.mark.parametrize("body", [{"amount": "1.00", "paid_on": day} for day in WRONG[:4]])
def test_the_api_names_the_field(
    alpha: Cast, call: Any, in_alpha: Cast, body: dict[str, str]
) -> None:
    own()
    bill = invoice(in_alpha, "100.00")
    with clocks_stand_at(noon(TODAY)):
        sent = body | {"invoice": bill.number}
        answer = call(alpha, "accountant").send("post", "payments", sent, **API)
    assert (answer.status_code, [*answer.json()["errors"]]) == (422, ["paid_on"])
    assert not Payment.objects.exists()


def test_the_books_begin_with_the_year_of_the_reseller_or_its_oldest_line(in_alpha: Cast) -> None:
    own()
    info = replace(in_alpha.info, founded_on=date(2024, 5, 5))
    today = date(2026, 3, 20)
    assert beginning.first_day(info, today) == date(2024, 1, 1)
    invoice(in_alpha, "100.00", on="2022-05-05")  # as an older program did
    assert beginning.first_day(info, today) == date(2022, 5, 5)
    assert beginning.first_day_after(date(2022, 5, 5), info, today) is None
    assert beginning.first_day_after(date(2022, 5, 4), info, today) == date(2022, 5, 5)


def test_the_head_sets_the_day(in_alpha: Cast) -> None:
    own()
    head = in_alpha.actor("head")
    begin(on=date(2026, 2, 1), by=head, at=noon(TODAY))
    row = BooksBeginning.objects.get()
    assert (row.on, row.set_name) == (date(2026, 2, 1), head.name)
    with pytest.raises(CannotPay, match="2026"):
        receipt(in_alpha, "2026-01-31", None)
    event = AuditEvent.objects.get(action="books.begin")
    assert (event.before, event.after) == ({"on": "2026-01-01"}, {"on": "2026-02-01"})


def test_the_books_cannot_begin_after_their_first_line_nor_tomorrow(in_alpha: Cast) -> None:
    own()
    head = in_alpha.actor("head")
    with pytest.raises(CannotBegin):
        begin(on=date(2026, 3, 21), by=head, at=noon(TODAY))
    invoice(in_alpha, "100.00", on="2026-03-01")
    with pytest.raises(CannotBegin):
        begin(on=date(2026, 3, 2), by=head, at=noon(TODAY))
    assert not BooksBeginning.objects.exists()
    begin(on=date(2026, 3, 1), by=head, at=noon(TODAY))
    assert BooksBeginning.objects.get().on == date(2026, 3, 1)


def test_there_is_one_beginning(in_alpha: Cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        BooksBeginning.objects.create(pk=2, on=date(2026, 1, 1), set_at=noon(TODAY))


def test_an_order_is_completed_at_the_moment_of_the_press(in_alpha: Cast) -> None:
    standing = order(in_alpha, carrier_rate=Decimal("800.00"))
    lifecycle.advance(
        order=standing,
        act=Act.COMPLETE,
        by=None,
        at=noon(TODAY),
        reached_at=noon("2026-01-01"),
    )
    assert Order.objects.get(pk=standing.pk).completed_at == noon(TODAY)
