"""Months of the books on their page: the checklist, closing, opening again, the first day."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from documents.models import Document
from finance import month_end, settlement
from finance.beginning import begin
from finance.close import close_fee_month
from finance.close_books import CannotClose, CannotReopen, close_books, reopen_books
from finance.models import BooksBeginning, Entry, Line, MonthClose, MonthSum, Payment
from finance.verify import differences
from orders.models import Order, Trip
from tenants.context import inside
from tenants.office.models import AuditEvent
from tests.finance.money_samples import (
    APRIL,
    MARCH,
    completed,
    invoice,
    noon,
    order,
    own,
    pay,
    rate,
)
from tests.hearing.heard import hearers_of
from tests.page_forms import forms_on
from tests.tools import clocks_stand_at
from tests.world import Cast

TODAY = "2026-04-10"
PAGE = "/finance/close/"
FEBRUARY = date(2026, 2, 1)


def left(cast: Cast, month: date = MARCH) -> dict[str, int]:
    """What stands open in a month, by the words of the point."""
    with translation.override("en"):
        points = month_end.points(month, cast.info, date(2026, 4, 10))
    return {point.text: point.left.number for point in points if point.left.number}


@pytest.fixture
def closed(in_alpha: Cast) -> Cast:
    """Alpha with an invoice, a receipt and a closed March."""
    own()
    pay(in_alpha, invoice(in_alpha, "100.00"), "50.00", "2026-03-31")
    completed(in_alpha, 31, "2026-03-20")
    head = in_alpha.actor("head")
    close_fee_month(month=MARCH, by=head, at=noon("2026-04-02"))
    close_books(month=MARCH, by=head, at=noon("2026-04-03"))
    return in_alpha


def reopen(cast: Cast, month: date = MARCH, reason: str = "late paper") -> MonthClose:
    return reopen_books(month=month, reason=reason, by=cast.actor("head"), at=noon(TODAY))


def test_an_empty_month_has_nothing_open(in_alpha: Cast) -> None:
    assert left(in_alpha) == {}


def test_each_point_counts_what_is_left(in_alpha: Cast) -> None:
    own()
    facts = {"stage": "completed", "completed_at": noon("2026-03-10")}
    driven = order(in_alpha, carrier_rate=Decimal("800.00"), **facts)
    settlement.settle(order=driven, by=None, at=noon("2026-03-10"))
    trip(driven)
    order(in_alpha, **facts)
    late = invoice(
        in_alpha, "100.00", on="2026-01-02", currency="USD", client_fx=Decimal("87.50"), **facts
    )
    rate("2026-03-02", "87.50")
    pay(in_alpha, late, "50.00", "2026-03-02")
    assert left(in_alpha) == {
        "Completed orders have an invoice": 1,
        "Acts are made for completed orders": 1,
        "Original papers have come in": 1,
        "No invoice is overdue by more than 60 days": 1,
        "Receipts carry the number of their paper": 1,
        "Carriers are paid when they are due": 1,
        "Currencies have a rate at the end of the month": 1,
        "The platform commission is closed": 1,
    }
    Trip.objects.update(stage="papers_in")
    assert "Original papers have come in" not in left(in_alpha)


def trip(driven: Order) -> None:
    """A carrier's run that was unloaded; its papers are on their way."""
    Trip.objects.create(
        order=driven,
        job_id=uuid4(),
        rate=Decimal("800.00"),
        currency="KGS",
        stage="unloaded",
        assigned_at=noon("2026-03-05"),
        carrier_name="Карго",
    )


def test_a_running_month_is_not_over(in_alpha: Cast) -> None:
    points = month_end.points(APRIL, in_alpha.info, date(2026, 4, 30))
    assert [point.met for point in points if point.needed] == [False, True]


def test_the_page_shows_the_checklist_and_closes(alpha: Cast, browse: Any, in_alpha: Cast) -> None:
    own()
    begin(on=date(2026, 3, 1), by=alpha.actor("head"), at=noon("2026-03-01"))
    pay(alpha, invoice(alpha, "100.00"), "50.00", "2026-03-31")
    with clocks_stand_at(noon(TODAY)):
        head = browse(alpha, "head")
        address = f"{PAGE}2026-03/books/"
        assert [
            form for form in forms_on(head.get(PAGE).content, PAGE) if form.action == address
        ] == []
        assert head.post(address, {"shown": "x"}).status_code == 302
        close_fee_month(month=MARCH, by=alpha.actor("head"), at=noon("2026-04-02"))
        form = next(
            form for form in forms_on(head.get(PAGE).content, PAGE) if form.action == address
        )
        assert head.post(address, {"shown": "x"}).status_code == 302
        assert not MonthClose.objects.filter(kind="books", closed_at__isnull=False).exists()
        assert head.post(address, form.fields).status_code == 302
    row = MonthClose.objects.get(kind="books", month=MARCH)
    assert (row.closed_at, row.closed_name) == (noon(TODAY), alpha.actor("head").name)


def test_those_who_enter_money_hear_of_it(in_alpha: Cast) -> None:
    head = in_alpha.actor("head")
    closing = hearers_of(lambda: close_books(month=MARCH, by=head, at=noon(TODAY)))
    assert [*closing] == ["accountant"]
    opening = hearers_of(lambda: reopen(in_alpha))
    assert [*opening] == ["accountant"]
    assert "late paper" in opening["accountant"]


def test_only_the_head_closes_and_opens(closed: Cast, browse: Any) -> None:
    answers = {"accountant": (200, 403), "dispatcher": (200, 403), "client": (404, 404)}
    for name, (seen, refused) in answers.items():
        browser = browse(closed, name)
        assert browser.get(PAGE).status_code == seen
        for act in ("2026-04/books/", "2026-03/reopen/", "begin/"):
            assert browser.post(f"{PAGE}{act}", {"reason": "x"}).status_code == refused


def test_a_month_is_opened_again_with_a_reason(closed: Cast, browse: Any) -> None:
    with clocks_stand_at(noon(TODAY)):
        head = browse(closed, "head")
        address = f"{PAGE}2026-03/reopen/"
        assert head.get(address).status_code == 200
        assert head.post(address, {"reason": " "}).status_code == 422
        assert head.post(address, {"reason": "late paper"}).status_code == 302
        shown = head.get(PAGE).content.decode()
    row = MonthClose.objects.get(kind="books", month=MARCH)
    assert (row.closed_at, row.closed_by, row.closed_name) == (None, None, "")
    assert (row.reopened_at, row.reopen_reason) == (noon(TODAY), "late paper")
    assert "late paper" in shown
    event = AuditEvent.objects.get(action="books.reopen")
    assert (event.subject, event.reason) == ("books:2026-03", "late paper")
    pay(closed, invoice(closed, "100.00"), "10.00", "2026-03-30", at=noon(TODAY))
    entries = Entry.objects.filter(kind="receipt", on=date(2026, 3, 30))
    assert entries.count() == 1
    assert list(differences()) == []


def test_the_latest_closed_month_is_opened_first(closed: Cast) -> None:
    with pytest.raises(CannotReopen):
        reopen(closed, FEBRUARY)
    close_books(month=APRIL, by=closed.actor("head"), at=noon("2026-05-02"))
    with pytest.raises(CannotReopen, match="04"):
        reopen(closed)
    reopen(closed, APRIL)
    reopen(closed)
    with pytest.raises(CannotReopen):
        reopen(closed)


def test_the_commission_of_a_month_stays_closed(closed: Cast) -> None:
    reopen(closed)
    assert MonthClose.objects.get(kind="fee", month=MARCH).closed_at
    with pytest.raises(IntegrityError), transaction.atomic():
        MonthClose.objects.filter(kind="fee").update(reopened_at=noon(TODAY), reopen_reason="x")
    with pytest.raises(CannotClose):
        close_fee_month(month=MARCH, by=closed.actor("head"), at=noon(TODAY))
    payment = pay(closed, invoice(closed, "100.00"), "10.00", "2026-03-30", at=noon(TODAY))
    assert payment.month == APRIL


def test_a_month_opened_and_closed_again_is_what_it_was(closed: Cast, browse: Any) -> None:
    """No entry, number or paper comes of it, and what was exported stays byte for byte."""
    counted = (Entry, Line, MonthSum, Payment, Document)

    def facts() -> Any:
        with clocks_stand_at(noon(TODAY)):
            accountant = browse(closed, "accountant")
            files = [
                accountant.get(address).content
                for address in (
                    "/finance/fee/file/?month=2026-03",
                    "/finance/pnl/?month=2026-03",
                    "/finance/receipts/export/?format=csv",
                )
            ]
        rows = [sorted(model.objects.values_list()) for model in counted if model is not Document]
        return files[0], files[2], rows, Document.objects.count()

    before = facts()
    reopen(closed)
    close_books(month=MARCH, by=closed.actor("head"), at=noon("2026-04-11"))
    assert facts() == before
    row = MonthClose.objects.get(kind="books", month=MARCH)
    assert (row.closed_at, row.reopen_reason) == (noon("2026-04-11"), "late paper")


def test_the_head_sets_the_first_day_on_the_page(alpha: Cast, browse: Any) -> None:
    with clocks_stand_at(noon(TODAY)):
        head = browse(alpha, "head")
        assert head.post(f"{PAGE}begin/", {"on": "11.04.2026"}).status_code == 422
        assert head.post(f"{PAGE}begin/", {"on": "01.02.2026"}).status_code == 302
    with inside(alpha.scope):
        assert BooksBeginning.objects.get().on == date(2026, 2, 1)


@pytest.mark.parametrize("months", [1, 3])
def test_the_page_asks_as_often_for_three_months_as_for_one(
    alpha: Cast, browse: Any, in_alpha: Cast, months: int, django_assert_num_queries: Any
) -> None:
    begin(on=date(2026, 4 - months + 1, 1), by=alpha.actor("head"), at=noon(TODAY))
    with clocks_stand_at(noon(TODAY)):
        accountant = browse(alpha, "accountant")
        accountant.get(PAGE)
        with django_assert_num_queries(13):
            accountant.get(PAGE)
