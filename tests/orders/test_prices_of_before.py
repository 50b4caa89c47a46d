"""Orders of before prices said how they stand to taxes: invoiced ones agree with their invoices."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from importlib import import_module
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections, transaction

from companies.models import OwnFirm, TaxRegime
from finance.models import Invoice, InvoiceLine
from orders.models import Order
from tenants.platform import ddl
from tests.finance.money_samples import noon
from tests.world import Cast

OF_PRICES = import_module("orders.migrations.0011_taxes_of_the_price")
OF_DAYS = import_module("finance.migrations.0013_taxed_orders")
OF_INVOICES = import_module("finance.migrations.0014_taxes_of_the_invoice")
STATEMENTS = (
    OF_PRICES.PRICE_TAX,
    OF_PRICES.PAYMENT_TERMS,
    OF_DAYS.TAXED_ON,
    OF_INVOICES.TAXED_BY,
    OF_INVOICES.PRICE_TAX,
)
VAT = {"kind": "НДС", "percent": "12", "amount": "120.00"}
TAKEN_BACK = {"cancelled_at": noon("2026-04-03"), "cancel_reason": "Ошибка"}
FIRMS = {
    "payer": {"vat_payer": True},
    "not a payer": {"vat_payer": False},
    "payer of Bangkok": {"vat_payer": True, "country": "TH"},
    "payer no more": {"vat_payer": True, "regime": "simplified"},
    "payer since": {"vat_payer": False, "regime": "vat"},
}


@pytest.fixture
def as_owner(committed: Any, _casts: dict[str, Cast]) -> Iterator[None]:
    """The migrating login inside a reseller's schema; all is rolled back, before keys are checked."""
    ddl.owner().set_schema(_casts["alpha"].scope.schema)
    with transaction.atomic(using="owner"):
        OwnFirm.objects.using("owner").update(is_main=False)
        yield
        transaction.set_rollback(True, using="owner")
    ddl.owner().set_schema_to_public()


def firm(name: str, *, is_main: bool) -> int:
    facts = dict(FIRMS[name])
    regime = facts.pop("regime", None)
    row = OwnFirm.objects.using("owner").create(
        pk=50, name=name, is_main=is_main, number_prefix="M", **facts
    )
    if regime:
        TaxRegime.objects.using("owner").create(
            firm=row, regime=regime, since=date(2026, 6, 1), chosen_at=noon("2026-06-01")
        )
    return row.pk


def order(**facts: Any) -> Order:
    return Order.objects.using("owner").create(
        ref=f"ORD-260401-{Order.objects.using('owner').count() + 9000}",
        client_price=Decimal("1000.00"),
        currency="KGS",
        carrier_currency="KGS",
        created_at=noon("2026-04-01"),
        **facts,
    )


def bill(order: Order, *taxes: dict[str, str], status: str = "issued") -> None:
    tax = sum((Decimal(one["amount"]) for one in taxes), Decimal(0))
    row = Invoice.objects.using("owner").create(
        number=f"26-{order.ref[-4:]}-{status}",
        company_id=uuid4(),
        order_id=order.pk,
        currency="KGS",
        net=Decimal("1000.00"),
        tax=tax,
        gross=1000 + tax,
        status=status,
        bears_fee=True,
        issued_on=date(2026, 4, 2),
        due_on=date(2026, 4, 2),
        issued_at=noon("2026-04-02"),
        **(TAKEN_BACK if status == "cancelled" else {}),
    )
    InvoiceLine.objects.using("owner").create(
        invoice=row,
        position=1,
        text="Freight",
        quantity=1,
        unit="trip",
        price=row.net,
        net=row.net,
        taxes=list(taxes),
        gross=row.gross,
    )


def meaning_of(order: Order) -> tuple[str, Any, Any, str]:
    row = Order.objects.using("owner").get(pk=order.pk)
    return row.price_tax, row.taxed_by, row.taxed_on, row.payment_terms


@pytest.mark.parametrize(
    ("name", "usual"),
    [
        ("payer", "included"),
        ("not a payer", "none"),
        ("payer of Bangkok", "on_top"),
        ("payer no more", "none"),
        ("payer since", "included"),
    ],
)
@pytest.mark.parametrize("is_main", [True, False])
def test_open_orders_are_as_usual_and_invoiced_ones_as_invoiced(
    as_owner: None, name: str, usual: str, is_main: bool
) -> None:
    own = firm(name, is_main=is_main)
    seller = {"seller_firm": None if is_main else own}
    still_open = order(payment_terms="with_vat", **seller)
    without = order(payment_terms="without_vat", **seller)
    cash = order(payment_terms="cash", **seller)
    taxed = order(is_invoiced=True, payment_terms="with_vat", **seller)
    bill(taxed, VAT, status="cancelled")
    bill(taxed, VAT)
    untaxed = order(is_invoiced=True, **seller)
    bill(untaxed)
    taken_back = order(**seller)
    bill(taken_back, VAT, status="cancelled")
    with connections["owner"].cursor() as cursor:
        for statement in STATEMENTS * 2:  # a second run changes nothing
            cursor.execute(statement)
    assert meaning_of(still_open) == (usual, None, None, "bank")
    assert meaning_of(without) == ("none", None, None, "bank")
    assert meaning_of(cash) == (usual, None, None, "cash")
    day = date(2026, 4, 2)
    assert meaning_of(taxed) == ("on_top", [{"kind": "НДС", "percent": "12"}], day, "bank")
    assert meaning_of(untaxed)[1:] == ([], day, "")
    assert meaning_of(taken_back) == (usual, None, None, "")


def test_a_reseller_without_a_firm_has_prices_without_taxes(as_owner: None) -> None:
    row = order()
    with connections["owner"].cursor() as cursor:
        for statement in STATEMENTS:
            cursor.execute(statement)
    assert meaning_of(row) == ("none", None, None, "")
