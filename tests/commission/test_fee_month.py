"""Whole months: the worked cases line by line, and what holds for any sequence of acts."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission.what_if import (
    Book,
    CannotClose,
    LineKind,
    Month,
    NothingToRefund,
    month_of,
)
from tenants.kit.money import percent_of

CASES = json.loads((Path(__file__).parents[1] / "golden" / "ladder_months.json").read_text())[
    "cases"
]
MARCH = (2026, 3)
APRIL = (2026, 4)
MAY = (2026, 5)


def _month(text: str) -> Month:
    return month_of(date.fromisoformat(f"{text}-01"))


def _play(acts: list[list[Any]]) -> Book:
    book = Book()
    for act in acts:
        match act:
            case "complete", number, on:
                book.complete(number, date.fromisoformat(on))
            case "pay", invoice, amount, on:
                book.pay(invoice, Decimal(amount), date.fromisoformat(on))
            case "refund", invoice, amount, on:
                book.refund(invoice, Decimal(amount), date.fromisoformat(on))
            case "close", month:
                book.close(_month(month))
    return book


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_fee_of_a_month_is_that_of_the_worked_cases(case: dict[str, Any]) -> None:
    book = _play(case["acts"])
    if "lines" in case:
        names = {
            LineKind.RECEIPT: "",
            LineKind.TRUE_UP: " true-up",
            LineKind.REFUND: " refund",
        }
        assert [[line.invoice + names[line.kind], str(line.fee)] for line in book.lines] == case[
            "lines"
        ]
    if "month_fee" in case:
        assert str(book.fee(MARCH)) == case["month_fee"]
    for month, fee in case.get("fees", {}).items():
        assert str(book.fee(_month(month))) == fee


def test_a_refund_in_the_open_month_is_put_right_at_the_close() -> None:
    book = _play(
        [
            ["complete", 30, "2026-03-01"],
            ["pay", "A", "100.00", "2026-03-02"],
            ["refund", "A", "40.00", "2026-03-03"],
            ["complete", 1, "2026-03-04"],
            ["close", "2026-03"],
        ]
    )
    assert [(line.kind, str(line.fee)) for line in book.lines] == [
        ("receipt", "10.00"),
        ("refund", "-4.00"),
        ("true_up", "-3.00"),
        ("refund", "1.20"),
    ]
    assert book.fee(MARCH) == Decimal("4.20")


def test_a_refund_given_before_its_month_was_closed_is_put_right_where_it_was_booked() -> None:
    book = _play(
        [
            ["complete", 30, "2026-03-01"],
            ["pay", "A", "100.00", "2026-03-02"],
            ["refund", "A", "100.00", "2026-04-03"],
            ["complete", 1, "2026-03-31"],
            ["close", "2026-03"],
            ["close", "2026-04"],
        ]
    )
    assert (str(book.fee(MARCH)), str(book.fee(APRIL))) == (
        "7.00",
        "-7.00",
    )


def test_months_close_in_their_order_and_once() -> None:
    book = _play(
        [
            ["pay", "A", "100.00", "2026-03-02"],
            ["pay", "A", "100.00", "2026-04-02"],
        ]
    )
    with pytest.raises(CannotClose):
        book.close(APRIL)
    book.close(MARCH)
    with pytest.raises(CannotClose):
        book.close(MARCH)


def test_more_than_was_paid_cannot_be_given_back() -> None:
    book = _play([["pay", "A", "100.00", "2026-03-02"]])
    with pytest.raises(NothingToRefund):
        book.refund("A", Decimal("100.01"), date(2026, 3, 3))


amounts = st.decimals("0.01", "99999.99", places=2)
invoices = st.sampled_from(["A", "B", "C"])
acts = st.lists(
    st.one_of(
        st.tuples(st.just("complete"), st.sampled_from([1, 29, 30, 70, 400])),
        st.tuples(st.just("pay"), invoices, amounts),
        st.tuples(st.just("refund"), invoices, st.decimals("0", "1", places=3)),
        st.tuples(st.just("close")),
    ),
    max_size=25,
)


def _walk(steps: list[tuple[Any, ...]]) -> Book:
    """The acts in order, one a day; closing moves on to the next month. At the end all months are
    closed.
    """
    book = Book()
    on = date(2026, 3, 1)
    for step in steps:
        match step:
            case "complete", number:
                book.complete(number, on)
            case "pay", invoice, amount:
                book.pay(invoice, amount, on)
            case "refund", invoice, share:
                _refund_share(book, invoice, share, on)
            case _:
                book.close(month_of(on))
                on = date(on.year + on.month // 12, on.month % 12 + 1, 1)
    book.close(month_of(on))
    return book


def _left(book: Book, invoice: str) -> Decimal:
    return sum(
        (line.paid for line in book.lines if line.invoice == invoice),
        Decimal(0),
    )


def _refund_share(book: Book, invoice: str, share: Decimal, on: date) -> None:
    amount = (_left(book, invoice) * share).quantize(Decimal("0.01"))
    if amount:
        book.refund(invoice, amount, on)


@given(acts)
def test_an_invoices_lines_of_a_month_are_the_final_rate_of_what_was_paid(
    steps: list[tuple[Any, ...]],
) -> None:
    book = _walk(steps)
    for invoice, month in {(line.invoice, line.month) for line in book.lines}:
        lines = [
            x
            for x in book.lines
            if (x.invoice, x.month) == (invoice, month) and x.kind != LineKind.REFUND
        ]
        paid = sum((line.paid for line in lines), Decimal(0))
        assert sum((line.fee for line in lines), Decimal(0)) == percent_of(paid, book.closed[month])


@given(acts)
def test_true_ups_only_give_back(steps: list[tuple[Any, ...]]) -> None:
    assert all(line.fee < 0 for line in _walk(steps).lines if line.kind == LineKind.TRUE_UP)


@given(acts, st.booleans())
def test_giving_everything_back_costs_nothing(steps: list[tuple[Any, ...]], at_once: bool) -> None:
    book = _walk(steps)
    on = date(2030, 1, 1)
    for invoice in ("A", "B", "C"):
        left = _left(book, invoice)
        for part in (left,) if at_once else (left // 3, left - left // 3):
            if part:
                book.refund(invoice, part, on)
        assert (
            sum(
                (line.fee for line in book.lines if line.invoice == invoice),
                Decimal(0),
            )
            == 0
        )
