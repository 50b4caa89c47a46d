"""Two at once: the invoice's row lock holds, and is what holds."""

import threading
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection
from django.db.models import QuerySet

from finance import client_advances, payments
from finance.close import close_fee_month
from finance.models import ClientAdvance, Invoice, MonthSum, Payment
from finance.queries import statement
from finance.verify import differences
from finance.write_offs import CannotWriteOff
from tenants.context import inside
from tests.finance.money_samples import completed, invoice, noon, own, pay
from tests.finance.test_client_advances import received
from tests.finance.test_write_offs import LATE, give_up
from tests.world import Cast, load

pytestmark = pytest.mark.slow


@pytest.fixture
def cast(committed: None) -> Cast:
    return load("alpha")


def _at_once(cast: Cast, *acts: Callable[[], Any]) -> list[Any]:
    """Run the acts in threads that start together; results or the exceptions they raised."""
    gate = threading.Barrier(len(acts))
    answers = list[Any]()

    def run(act: Callable[[], Any]) -> None:
        with inside(cast.scope):
            gate.wait()
            try:
                answers.append(act())
            except Exception as error:
                answers.append(error)
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


def test_two_clerks_never_take_more_than_the_invoice_asks(
    cast: Cast,
) -> None:
    with inside(cast.scope):
        own()
        bill = invoice(cast, "100.00")
    answers = _at_once(cast, *[lambda: pay(cast, bill, "60.00", "2026-03-10")] * 4)
    assert sorted(type(answer).__name__ for answer in answers) == ["CannotPay"] * 3 + ["Payment"]
    with inside(cast.scope):
        assert Invoice.objects.get(pk=bill.pk).paid == Decimal("60.00")
        assert list(differences()) == []


def test_without_the_lock_they_would(cast: Cast) -> None:
    """Both read the rest before either writes: only the row lock keeps them apart."""
    with inside(cast.scope):
        own()
        bill = invoice(cast, "100.00")
    both = threading.Barrier(2)
    check = payments._check_receipt

    def meet(*facts: Any) -> None:
        check(*facts)
        both.wait(timeout=10)

    with (
        patch.object(QuerySet, "select_for_update", lambda rows, **_how: rows),
        patch.object(payments, "_check_receipt", meet),
    ):
        _at_once(cast, *[lambda: pay(cast, bill, "60.00", "2026-03-10")] * 2)
    with inside(cast.scope):
        assert sum(payment.amount for payment in Payment.objects.all()) == Decimal("120.00")
        assert next(differences()).split(":")[0] == f"invoice {bill.number}"


def test_one_form_sent_twice_at_once_is_one_advance(cast: Cast) -> None:
    """No row stands before an advance that a lock could hold."""
    with inside(cast.scope):
        own()
    once = uuid4()
    answers = _at_once(cast, *[lambda: received(cast, "60.00", once=once, sure=None)] * 4)
    with inside(cast.scope):
        advance = ClientAdvance.objects.get()
        assert [answer.pk for answer in answers] == [advance.pk] * 4
        assert list(differences()) == []


def test_one_part_put_on_an_invoice_twice_at_once_pays_it_once(cast: Cast) -> None:
    with inside(cast.scope):
        own()
        bill = invoice(cast, "100.00", price_tax="none")
        advance = received(cast, "60.00")
    once = uuid4()

    def put() -> list[Payment]:
        return client_advances.allocate(
            advance=advance,
            parts=[client_advances.Part(bill, Decimal("60.00"))],
            once=once,
            by=cast.actor("accountant"),
            at=noon("2026-03-20"),
        )

    answers = _at_once(cast, *[put] * 4)
    with inside(cast.scope):
        payment = Payment.objects.get()
        assert [[one.pk for one in answer] for answer in answers] == [[payment.pk]] * 4
        assert list(differences()) == []


def test_one_form_sent_twice_at_once_is_one_payment(cast: Cast) -> None:
    with inside(cast.scope):
        own()
        bill = invoice(cast, "100.00")
    once = uuid4()
    answers = _at_once(
        cast,
        *[lambda: pay(cast, bill, "40.00", "2026-03-10", once=once)] * 3,
    )
    assert not any(isinstance(answer, IntegrityError) for answer in answers)
    assert len({answer.pk for answer in answers}) == 1


def test_a_debt_is_paid_and_written_off_at_once_no_more_than_it_is(cast: Cast) -> None:
    with inside(cast.scope):
        own()
        bill = invoice(cast, "100.00")
    acts = [lambda: give_up(cast, bill, "60.00")] * 3 + [lambda: pay(cast, bill, "60.00", LATE)]
    answers = _at_once(cast, *acts)
    refused = [answer for answer in answers if isinstance(answer, CannotWriteOff)]
    assert len(refused) in (2, 3)
    assert not any(isinstance(answer, IntegrityError) for answer in answers)
    with inside(cast.scope):
        row = Invoice.objects.get(pk=bill.pk)
        assert row.paid == Decimal("60.00")
        assert row.written_off in (Decimal("40.00"), Decimal("0.00"))
        assert list(differences()) == []


def test_payments_of_many_invoices_keep_the_sums_right(
    cast: Cast,
) -> None:
    with inside(cast.scope):
        own()
        bills = [invoice(cast, "100.00") for _ in range(6)]
    answers = _at_once(
        cast,
        *[lambda bill=bill: pay(cast, bill, "33.33", "2026-03-10") for bill in bills],
    )
    assert all(isinstance(answer, Payment) for answer in answers)
    with inside(cast.scope):
        receivable = sum(row.amount for row in MonthSum.objects.filter(credit="receivable"))
        assert receivable == Decimal("199.98")
        assert list(differences()) == []


def test_a_payment_that_meets_the_closing_is_either_trued_up_or_in_the_next_month(
    cast: Cast,
) -> None:
    with inside(cast.scope):
        own()
        first = invoice(cast, "100.00")
        second = invoice(cast, "100.00")
        pay(cast, first, "50.00", "2026-03-10")
        completed(cast, 31, "2026-03-20")
    late = noon("2026-04-05")
    answers = _at_once(
        cast,
        lambda: close_fee_month(month=date(2026, 3, 1), by=cast.actor("head"), at=late),
        lambda: pay(cast, first, "50.00", "2026-03-31", at=late),
        lambda: pay(cast, second, "100.00", "2026-03-31", at=late),
    )
    assert not [answer for answer in answers if isinstance(answer, Exception)]
    with inside(cast.scope):
        in_march = sum(p.home_amount for p in Payment.objects.filter(month=date(2026, 3, 1)))
        assert statement(date(2026, 3, 1), cast.info).fee == in_march * 7 / 100
        assert Payment.objects.count() == 3
        assert list(differences()) == []
