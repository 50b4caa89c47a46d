"""Closed books take no more entries; the command closes each kind of month."""

from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from finance.close import CannotClose, close_fee_month
from finance.close_books import close_books
from finance.models import Entry, MonthClose
from finance.verify import differences
from tenants.context import inside
from tests.finance.money_samples import APRIL, MARCH, invoice, noon, own, pay
from tests.tools import clocks_stand_at
from tests.world import Cast


def test_entries_dated_into_closed_books_are_dated_after_them(
    in_alpha: Cast,
) -> None:
    own()
    head = in_alpha.actor("head")
    bill = invoice(in_alpha, "100.00")
    close_books(month=MARCH, by=head, at=noon("2026-04-02"))
    payment = pay(in_alpha, bill, "50.00", "2026-03-31", at=noon("2026-04-03"))
    assert payment.paid_on == date(2026, 3, 31)
    assert [entry.on for entry in Entry.objects.filter(kind="receipt")] == [APRIL]
    assert list(differences()) == []


def test_the_commission_is_closed_before_the_books(
    in_alpha: Cast,
) -> None:
    own()
    head = in_alpha.actor("head")
    pay(in_alpha, invoice(in_alpha, "100.00"), "50.00", "2026-03-31")
    with pytest.raises(CannotClose):
        close_books(month=MARCH, by=head, at=noon("2026-04-02"))
    close_fee_month(month=MARCH, by=head, at=noon("2026-04-02"))
    close_books(month=MARCH, by=head, at=noon("2026-04-02"))
    for at in ("2026-04-03", "2026-04-29"):
        with pytest.raises(CannotClose):
            close_books(
                month=MARCH if at < "2026-04-04" else APRIL,
                by=head,
                at=noon(at),
            )


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("--fee", "0 orders, 10"),
        ("--books", "books closed"),
        ("--cargo", "cargo locked"),
    ],
)
def test_the_command_closes_a_month(alpha: Cast, what: str, message: str) -> None:
    out = StringIO()
    with clocks_stand_at(noon("2026-04-10")):
        call_command("month_close", "alpha", "2026-03", what, stdout=out)
        assert message in out.getvalue()
        with pytest.raises(CommandError):
            call_command("month_close", "alpha", "2026-03", what, stdout=out)
    if what == "--fee":
        with inside(alpha.scope):
            assert MonthClose.objects.get(kind="fee").closed_name == "month_close"


@pytest.mark.parametrize(
    "words",
    [
        ("nobody", "2026-03", "--fee"),
        ("alpha", "march", "--fee"),
        ("alpha", "2026-03"),
    ],
)
def test_the_command_refuses_nonsense(alpha: Cast, words: tuple[Any, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("month_close", *words)


def test_the_command_refuses_a_running_month(alpha: Cast, settings: Any) -> None:
    with clocks_stand_at(noon("2026-03-20")):
        with pytest.raises(CommandError, match="не кончился"):
            call_command("month_close", "alpha", "2026-03", "--fee")
        settings.TESTING = False
        settings.DEMO = False
        with pytest.raises(CommandError, match="--early"):
            call_command("month_close", "alpha", "2026-03", "--fee", "--early")
        settings.DEMO = True
        out = StringIO()
        call_command("month_close", "alpha", "2026-03", "--fee", "--early", stdout=out)
    assert "0 orders" in out.getvalue()
