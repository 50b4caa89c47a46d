"""The tables of docs/money.md, number for number."""

import re
from datetime import date
from decimal import Decimal

import pytest

from commission.ladder import STANDARD, fee_of
from commission.what_if import Book, month_of
from companies.taxes import rates_for
from finance import credit_notes
from tenants.kit.money import rounded, split_tax
from tenants.kit.price_tax import split_price
from tests.finance.money_doc import table


@pytest.mark.parametrize(("exact", "expected"), table("Rounding"))
def test_sum_is_rounded_as_the_table_says(exact: str, expected: str) -> None:
    assert str(rounded(Decimal(exact))) == expected


@pytest.mark.parametrize(
    ("country", "on", "net", "taxes", "gross"),
    table("Taxes of an invoice"),
)
def test_taxes_are_those_of_thetable(
    country: str, on: str, net: str, taxes: str, gross: str
) -> None:
    country, _, optional = country.partition("+")
    rates = rates_for(
        country=country,
        on=date.fromisoformat(on),
        optional=frozenset({optional}),
    )
    split = split_tax(net=Decimal(net), rates=rates)
    assert ", ".join(f"{tax.kind} {tax.amount}" for tax in split.taxes) == taxes
    assert str(split.gross) == gross


@pytest.mark.parametrize(
    ("price", "tax", "country", "net", "taxes", "gross"),
    table("What a price means"),
)
def test_a_price_is_taken_apart_as_the_table_says(
    price: str, tax: str, country: str, net: str, taxes: str, gross: str
) -> None:
    country, _, optional = country.partition("+")
    rates = rates_for(
        country=country,
        on=date(2026, 3, 13),
        optional=frozenset({optional}),
    )
    split = split_price(Decimal(price), tax, rates)
    assert (str(split.net), str(split.gross)) == (net, gross)
    assert ", ".join(f"{one.kind} {one.amount}" for one in split.taxes) == taxes


@pytest.mark.parametrize(
    ("gross", "taxes", "credited", "off", "left"),
    table("Credit notes"),
)
def test_a_credit_note_takes_each_tax_in_its_share(
    gross: str, taxes: str, credited: str, off: str, left: str
) -> None:
    kept = [
        {"kind": kind, "percent": "0", "amount": amount}
        for kind, amount in (one.split() for one in taxes.split(", "))
    ]
    split = credit_notes.share_of(
        credit_notes.all_taxes([kept]),
        amount=Decimal(credited),
        gross=Decimal(gross),
        before=Decimal(0),
    )
    assert ", ".join(f"{one.kind} {one.amount}" for one in split.taxes) == off
    assert str(Decimal(gross) - split.gross) == left


@pytest.mark.parametrize(
    ("orders", "paid", "rate", "fee", "ahead"),
    table("Platform commission: the ladder"),
)
def test_fee_is_that_of_thetable(orders: str, paid: str, rate: str, fee: str, ahead: str) -> None:
    charge = fee_of(STANDARD, orders=int(orders), paid=Decimal(paid))
    assert (str(charge.rate), str(charge.fee)) == (rate, fee)
    assert (str(charge.next_step.orders) if charge.next_step else "–") == ahead


def test_the_lines_of_a_month() -> None:
    book = Book()
    for month, act, expected in table("Platform commission: lines of a month"):
        before = len(book.lines)
        on = date.fromisoformat(f"{month}-15")
        _play(book, act, on)
        added = [f"{line.invoice} {line.kind} {line.fee}" for line in book.lines[before:]]
        assert ", ".join(added) == expected, act


def _play(book: Book, act: str, on: date) -> None:
    if match := re.fullmatch(r"orders \+(\d+)", act):
        book.complete(int(match[1]), on)
    elif match := re.fullmatch(r"(pay|refund) (\w) ([\d.]+)", act):
        acts = {"pay": book.pay, "refund": book.refund}
        acts[match[1]](match[2], Decimal(match[3]), on)
    else:
        assert act == "close"
        book.close(month_of(on))


def test_no_country_no_taxes() -> None:
    assert rates_for(country="CN", on=date(2026, 3, 13)) == ()
