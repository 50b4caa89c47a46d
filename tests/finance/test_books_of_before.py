"""Books that were written before lines had home amounts get them, and agree afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction

from finance.models import Entry, Invoice, Line, MonthSum, Payable, Payout
from tenants.platform import ddl
from tests.finance.money_samples import MARCH, noon
from tests.world import Cast

STEP = import_module("finance.migrations.0009_home_amounts")
STATEMENTS = (
    STEP.OF_INVOICES,
    STEP.OF_DEBTS,
    STEP.OF_THE_REST,
    STEP.OF_PAYOUTS,
    STEP.OF_MONTHS,
)
FX = Decimal("87.50")


@pytest.fixture
def as_owner(committed: Any, _casts: dict[str, Cast]) -> Iterator[None]:
    """The migrating login inside a reseller's schema; all is rolled back, before keys are checked."""
    ddl.owner().set_schema(_casts["alpha"].scope.schema)
    with transaction.atomic(using="owner"):
        yield
        transaction.set_rollback(True, using="owner")
    ddl.owner().set_schema_to_public()


def entry(kind: str, *lines: dict[str, Any]) -> None:
    """Written as the program before did: no line says what it is worth at home."""
    row = Entry.objects.using("owner").create(
        kind=kind, on=date(2026, 3, 10), at=noon("2026-03-10"), subject="test:1"
    )
    for values in lines:
        facts = {"currency": "USD"} | values
        Line.objects.using("owner").create(entry=row, **facts)
        MonthSum.objects.using("owner").create(
            month=MARCH,
            slot=3,
            **{name: facts[name] for name in ("debit", "credit", "currency", "amount")},
        )


def test_lines_take_the_rate_of_what_they_stand_for(as_owner: None) -> None:
    bill = Invoice.objects.using("owner").create(
        number="26-901",
        company_id=uuid4(),
        currency="USD",
        fx=FX,
        net=Decimal("333.33"),
        tax=Decimal("40.00"),
        gross=Decimal("373.33"),
        paid=Decimal("373.33"),
        status="paid",
        bears_fee=True,
        issued_on=MARCH,
        due_on=MARCH,
        issued_at=noon("2026-03-01"),
    )
    debt = Payable.objects.using("owner").create(
        order_id=uuid4(),
        payee="Carrier",
        amount=Decimal("100.00"),
        paid=Decimal("30.00"),
        currency="USD",
        fx=Decimal("80"),
        accrued_on=MARCH,
        due_on=MARCH,
    )
    Payout.objects.using("owner").create(
        payable=debt,
        amount=Decimal("30.00"),
        currency="USD",
        paid_on=MARCH,
        method="bank",
        once=uuid4(),
        entered_at=noon("2026-03-10"),
    )
    about = {"invoice_id": bill.pk}
    entry(
        "invoice",
        {"debit": "receivable", "credit": "revenue", "amount": Decimal("333.33"), **about},
        {"debit": "receivable", "credit": "tax", "amount": Decimal("40.00"), **about},
    )
    entry("receipt", {"debit": "bank", "credit": "receivable", "amount": bill.gross, **about})
    carried = {"order_id": debt.order_id}
    entry("cost", {"debit": "cost", "credit": "payable", "amount": debt.amount, **carried})
    entry("payout", {"debit": "payable", "credit": "bank", "amount": debt.paid, **carried})
    fee = {"debit": "platform_fee", "credit": "fee_payable", "amount": Decimal("7.00")}
    entry("platform_fee", fee | {"currency": "KGS"} | about)

    with connections["owner"].cursor() as cursor:
        for statement in STATEMENTS * 2:  # a second run changes nothing
            cursor.execute(statement)

    lines = Line.objects.using("owner").order_by("id")
    assert list(lines.values_list("debit", "credit", "home_amount")) == [
        ("receivable", "revenue", Decimal("29166.38")),
        ("receivable", "tax", Decimal("3500.00")),
        ("bank", "receivable", Decimal("32666.38")),
        ("cost", "payable", Decimal("8000.00")),
        ("payable", "bank", Decimal("2400.00")),
        ("platform_fee", "fee_payable", Decimal("7.00")),
    ]
    payout = Payout.objects.using("owner").get()
    assert (payout.fx, payout.home_amount) == (Decimal("80"), Decimal("2400.00"))
    sums: dict[tuple[str, str], list[Decimal]] = {}
    for row in MonthSum.objects.using("owner"):
        pair = sums.setdefault((row.debit, row.credit), [Decimal(0), Decimal(0)])
        pair[0] += row.amount
        pair[1] += row.home_amount
    assert sums["receivable", "revenue"] == [Decimal("333.33"), Decimal("29166.38")]
    assert sums["payable", "bank"] == [Decimal("30.00"), Decimal("2400.00")]
