"""Invoices of before revenue was booked by the act: those without one are moved by one entry, in the
first open month, and closed months keep what they held.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from importlib import import_module

import pytest
from django.db import connection, transaction

from finance import ledger
from finance.ledger import Move
from finance.models import Account, Entry, EntryKind, Invoice
from finance.months import BOOKS, hold_alone
from finance.queries import pnl
from finance.verify import differences
from tests.finance.money_samples import MARCH, accepted, invoice_ahead, noon, own, pay, rate
from tests.finance.test_exchange import balances
from tests.world import Cast

MIGRATION = import_module("finance.migrations.0015_revenue_by_the_act")
STATEMENTS = (
    MIGRATION.ACCEPTED,
    MIGRATION.ENTRY,
    MIGRATION.LINES,
    MIGRATION.SUMS,
    MIGRATION.ADVANCES,
)
FEBRUARY = date(2026, 2, 1)
MOVING = "books:revenue-by-the-act"


def migrate() -> None:
    with connection.cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement)


def issued_before(cast: Cast, price: str, **more: object) -> Invoice:
    """An invoice as it was booked then: revenue and debt on the day it was issued."""
    bill = invoice_ahead(cast, price, on="2026-02-10", **more)
    facts = {
        "company_id": bill.company_id,
        "order_id": bill.order_id,
        "invoice_id": bill.pk,
    }
    net = Move(
        Account.RECEIVABLE,
        Account.REVENUE,
        bill.net,
        bill.currency,
        bill.net * bill.fx,
        **facts,
    )
    tax = Move(
        Account.RECEIVABLE,
        Account.TAX,
        bill.tax,
        bill.currency,
        bill.tax * bill.fx,
        **facts,
    )
    ledger.post(
        kind=EntryKind.INVOICE,
        lines=[net, tax] if bill.tax else [net],
        subject=bill.subject,
        on=bill.issued_on,
        by=None,
        at=bill.issued_at,
    )
    Invoice.objects.filter(pk=bill.pk).update(earned_on=bill.issued_on)
    bill.refresh_from_db()
    return bill


def as_before(bill: Invoice) -> None:
    """The columns as the migration finds them."""
    Invoice.objects.filter(pk=bill.pk).update(earned_on=None, advance=0, advance_home=0)


@pytest.fixture
def cast(in_alpha: Cast) -> Cast:
    own(country="KG")
    for day in ("2026-02-10", "2026-02-12", "2026-03-12"):
        rate(day, "87.50")
    return in_alpha


def test_what_has_no_act_leaves_revenue_in_the_first_open_month(cast: Cast) -> None:
    bill = issued_before(cast, "1000.00", currency="USD", client_fx=Decimal("87.50"))
    head = cast.actor("head")
    pay(cast, bill, "400.00", "2026-02-12", fx=Decimal("85.00"), by=head)
    as_before(bill)
    with transaction.atomic():
        month = hold_alone(FEBRUARY, BOOKS)
        month.closed_at = noon("2026-03-02")
        month.save()
    closed = pnl([FEBRUARY], "KGS").at_home
    migrate()
    moving = Entry.objects.get(subject=MOVING)
    assert moving.on == date(2026, 3, 1)
    assert pnl([FEBRUARY], "KGS").at_home == closed
    assert pnl([MARCH], "KGS").at_home[0].revenue == -closed[0].revenue
    left = balances()
    assert left["receivable"] == left["revenue"] == left["exchange"] == (0, 0)
    assert left["advance"] == (Decimal("-400.00"), Decimal("-34000.00"))
    assert list(differences()) == []
    bill = accepted(cast, Invoice.objects.get(pk=bill.pk), "2026-03-12")
    bill.refresh_from_db()
    pay(cast, bill, str(bill.rest), "2026-03-12", fx=Decimal("87.50"), by=head)
    assert balances()["receivable"] == balances()["advance"] == (0, 0)
    assert list(differences()) == []


def test_accepted_and_cancelled_invoices_stay_where_they_are(cast: Cast) -> None:
    done = issued_before(cast, "500.00", stage="completed", completed_at=noon("2026-02-11"))
    as_before(done)
    migrate()
    assert not Entry.objects.filter(subject=MOVING).exists()
    done.refresh_from_db()
    assert done.earned_on == done.issued_on
    pay(cast, done, str(done.gross), "2026-02-12")
    assert balances()["receivable"] == (0, 0)
    assert list(differences()) == []
