"""Completed orders: invoices, acts, receipts, a refund, what carriers are owed and were paid."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from io import BytesIO
from uuid import uuid4

from django.db.models import F

from checks.isolation.words import OFFICE, Words
from checks.isolation.words import PLATFORM as PLATFORM_ROLE
from checks.isolation.world.freight import ORDERS
from checks.isolation.world.made import Firm
from documents.models import Document, NumberCounter
from finance import (
    carrier_advances,
    client_advances,
    credit_notes,
    expenses,
    invoices,
    opening,
    payables,
    payments,
    write_offs,
)
from finance.bank import staging
from finance.expenses import Purpose
from finance.models import (
    Category,
    Entry,
    EntryKind,
    Invoice,
    Method,
    Occasion,
    OpeningKind,
    Payable,
)
from finance.opening import Balance
from finance.settlement import settle
from orders import lifecycle
from orders.models import Order
from tenants.context import PLATFORM, inside
from tenants.platform.models import FeeLine, Ladder


def fill(firm: Firm, words: Words, now: datetime) -> None:
    with inside(firm.info.scope):
        if not firm.walks:  # no invoice number of Beta's is one of Alpha's as well
            NumberCounter.objects.update_or_create(
                kind="invoice", year=now.year, defaults={"last": 500}
            )
        for key in ("done", "pool"):
            order = Order.objects.select_related("client").get(pk=firm.orders[key].pk)
            _ahead(firm, words, key, order, now)
            _spend(firm, words, key, order, now)
            lifecycle.complete(order=order, by=firm.people["dispatcher"], at=now)
            _money(
                firm,
                words,
                key,
                settle(order=order, by=firm.head, at=now),
                now,
            )
        order = Order.objects.select_related("client").get(pk=firm.orders["late"].pk)
        _keep(
            firm,
            "late",
            invoices.issue_for_order(order=order, by=firm.head, at=now),
        )
        _statement(firm, words, now)
        _stood(firm, words, now)
    _ladder(firm, now)


def _stood(firm: Firm, words: Words, now: datetime) -> None:
    """A balance of before the books."""
    note = words.mark(firm.word, "opening", firm.office, sums=True)
    row = opening.enter(
        balance=Balance(OpeningKind.CASH, Decimal(70), firm.info.currency, text=note),
        once=uuid4(),
        by=firm.people["accountant"],
        at=now,
    )
    firm.keep("opening balance", row.pk, firm.office)


def _statement(firm: Firm, words: Words, now: datetime) -> None:
    """A file of the bank whose lines are of an account of nobody here."""
    word = words.mark(firm.word, "statement", firm.office, sums=True)
    text = f"Account: 40702810900000000999\nDate,Amount,Description\n24/11/2026,5.00,{word}\n"
    row = staging.upload(
        name="statement.csv",
        file=BytesIO(text.encode()),
        by=firm.people["accountant"],
        at=now,
    )
    firm.keep("bank statement", row.pk, firm.office)


def _ahead(firm: Firm, words: Words, key: str, order: Order, now: datetime) -> None:
    """A part of the carrier's rate, paid before the order is completed."""
    carrier = ORDERS[key][1]
    readers = firm.may(OFFICE, [carrier])
    advance = carrier_advances.pay(
        order=order,
        amount=Decimal(50),
        occasion=Occasion.FUEL,
        paid_on=now.astimezone(firm.info.zone).date(),
        method=Method.BANK,
        once=uuid4(),
        by=firm.people["accountant"],
        at=now,
        reference=words.mark(firm.word, f"ahead{key}", readers, sums=True)[:60],
    )
    firm.keep("carrier advance", advance.pk, firm.office)


def _spend(firm: Firm, words: Words, key: str, order: Order, now: datetime) -> None:
    """An expense of the order, which its carrier and client never see."""
    expense = expenses.spend(
        purpose=Purpose(
            Category.FUEL,
            order,
            words.mark(firm.word, f"payee{key}", firm.office, sums=True)[:60],
            words.mark(firm.word, f"expense{key}", firm.office, sums=True),
        ),
        amount=Decimal(40),
        currency=order.carrier_currency,
        paid_on=now.astimezone(firm.info.zone).date(),
        method=Method.BANK,
        once=uuid4(),
        by=firm.people["accountant"],
        at=now,
    )
    firm.keep("expense", expense.pk, firm.office)


def _money(firm: Firm, words: Words, key: str, invoice: Invoice, now: datetime) -> None:
    client, carrier, _listed = ORDERS[key]
    today = now.astimezone(firm.info.zone).date()
    word = words.mark(firm.word, f"receipt{key}", firm.may(OFFICE, [client]), sums=True)
    paid = words.number(
        f"{firm.word} receipt of {key}",
        firm.may(OFFICE, [client]),
        PLATFORM_ROLE,
    )
    receipt = payments.receive(
        invoice=invoice,
        amount=min(paid, invoice.gross - 1),
        paid_on=today,
        method=Method.BANK,
        once=uuid4(),
        by=firm.people["accountant"],
        at=now,
        reference=word[:60],
    )
    payments.refund(
        payment=receipt,
        amount=Decimal(10),
        on=today,
        once=uuid4(),
        by=firm.people["accountant"],
        at=now,
        reason=words.mark(firm.word, f"refund{key}", firm.may(OFFICE, [client]), sums=True),
    )
    payable = Payable.objects.get(order=invoice.order)
    payables.pay_out(
        payable=payable,
        amount=Decimal(100),
        paid_on=today,
        method=Method.BANK,
        once=uuid4(),
        by=firm.head,
        at=now,
        reference=words.mark(firm.word, f"payout{key}", firm.may(OFFICE, [carrier]), sums=True),
    )
    credit_notes.issue(
        invoice=invoice,
        amount=Decimal("0.01"),
        reason=words.mark(firm.word, f"credit{key}", firm.may(OFFICE, [client]), sums=True),
        once=uuid4(),
        by=firm.people["accountant"],
        at=now,
    )
    _give_up(firm, words, key, invoice, now)
    advance = client_advances.receive(
        company=invoice.company,
        amount=Decimal(50),
        currency=invoice.currency,
        paid_on=today,
        method=Method.BANK,
        once=uuid4(),
        by=firm.people["accountant"],
        at=now,
        reference=words.mark(firm.word, f"advance{key}", firm.office, sums=True)[:60],
    )
    firm.keep("client advance", advance.pk, firm.office)
    firm.keep("payment", receipt.pk, firm.office)
    firm.keep("payable", payable.pk, firm.office)
    entry = Entry.objects.get(subject=invoice.subject, kind=EntryKind.ACT)
    firm.keep("ledger entry", entry.pk, firm.office)
    _keep(firm, key, invoice)


def _give_up(firm: Firm, words: Words, key: str, invoice: Invoice, now: datetime) -> None:
    """A cent of an invoice that fell due today is written off tomorrow."""
    today = now.astimezone(firm.info.zone).date()
    Invoice.objects.filter(pk=invoice.pk).update(due_on=F("issued_on"))
    row = write_offs.make(
        invoice=invoice,
        amount=Decimal("0.01"),
        on=today + timedelta(days=1),
        reason=words.mark(firm.word, f"write-off{key}", firm.office, sums=True),
        once=uuid4(),
        by=firm.people["accountant"],
        at=now,
    )
    firm.keep("write-off", row.pk, firm.office)


def _keep(
    firm: Firm,
    key: str,
    invoice: Invoice,
) -> None:
    client = ORDERS[key][0]
    row = Invoice.objects.get(pk=invoice.pk)
    readers = firm.may(OFFICE, [client])
    firm.keep("invoice", row.number, readers, sums=True)
    firm.keep("invoice id", row.pk, readers, sums=True)
    assert Document.objects.filter(pk=row.document_id).exists()


def _ladder(firm: Firm, now: datetime) -> None:
    """Ladders and fee lines are the platform's own, for its panel."""
    with inside(PLATFORM):
        ladder = Ladder.objects.create(
            reseller_id=firm.info.id,
            effective_from=now.date(),
            steps=[[30, "10"], [None, "3"]],
        )
        firm.keep("ladder", ladder.pk, PLATFORM_ROLE)
        firm.keep("platform firm", 1, PLATFORM_ROLE)
        firm.keep(
            "fee line",
            FeeLine.objects.filter(reseller_id=firm.info.id).values_list("pk", flat=True)[0],
            PLATFORM_ROLE,
        )
        firm.keep("reseller", firm.info.id, PLATFORM_ROLE)
