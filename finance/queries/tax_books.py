"""Books of sales and purchases: every document whose tax the ledger booked in a period.

A row is what one entry did to the account of taxes, with the document behind it, so that the tax of
the book is the turnover of the account to the cent. Where the tax of an advance was booked before, the
act's document stands whole and the advance is taken off in a row of its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db import models
from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.queries import own_details
from finance.models import Account, Entry, EntryKind, Invoice, Line, Moment, Payable
from finance.queries.balances import through
from finance.worth import Worth
from tenants.kit.money import ZERO, rate_between, rounded

OWED = (Account.RECEIVABLE, Account.ADVANCE)
OF_DOCUMENTS = (
    EntryKind.ACT,
    EntryKind.INVOICE,
    EntryKind.CREDIT_NOTE,
    EntryKind.CORRECTION,
)
OF_MONEY = (EntryKind.RECEIPT, EntryKind.REFUND, EntryKind.ALLOCATION)
PIECE = 1_000  # rows whose documents are looked up together


class Book(models.TextChoices):
    """Which of the two."""

    SALES = "sales", pgettext_lazy("books", "Sales")
    PURCHASES = "purchases", _("Purchases")


class RowKind(models.TextChoices):
    """What a row is for."""

    SALE = "sale", _("Sale")
    ADVANCE = "advance", _("Advance received")
    OFFSET = "offset", _("Advance taken off")
    PAYMENT = "payment", pgettext_lazy("books", "Payment")
    REFUND = "refund", _("Refund")
    CREDIT_NOTE = "credit_note", _("Credit note")
    CANCELLED = "cancelled", _("Sale cancelled")
    ROUNDING = "rounding", _("Rounding")
    PURCHASE = "purchase", _("Purchase")
    TAKEN_BACK = "taken_back", _("Purchase taken back")


@dataclass(frozen=True, slots=True)
class BookRow:
    """A document; one that makes less is below zero."""

    number: str
    on: date  # of the document
    booked_on: date
    kind: RowKind
    company_id: UUID | None
    name: str
    tax_number: str
    currency: str
    gross: Worth
    tax: Worth

    @property
    def net(self) -> Worth:
        """Without the taxes."""
        return self.gross - self.tax

    @property
    def rate(self) -> Decimal | None:
        """What a unit came to at home; None where no amount moved."""
        return rate_between(self.gross.home, self.gross.amount)


class Totals(NamedTuple):
    """At home."""

    net: Decimal
    tax: Decimal
    gross: Decimal


class Moved(NamedTuple):
    """What an entry did to the tax of an invoice, to the tax that waits, and to what is owed."""

    entry_id: UUID
    on: date
    kind: str
    memo: str
    invoice_id: UUID | None
    currency: str
    tax: Worth
    later: Worth
    owed: Worth
    ahead: Worth  # of it, advances


def totals_of(rows: Collection[BookRow]) -> Totals:
    """The sum under the rows."""
    tax = sum((row.tax.home for row in rows), ZERO)
    gross = sum((row.gross.home for row in rows), ZERO)
    return Totals(gross - tax, tax, gross)


def tax_book(book: Book, *, first: date, last: date, firm: int | None = None) -> list[BookRow]:
    """The rows of a book from the one day to the other, as they were booked; of one own firm, or
    of all.
    """
    rows = _sales if book is Book.SALES else _purchases
    return list(rows(Q(entry__on__range=(first, last)), firm))


def _sales(period: Q, firm: int | None) -> Iterator[BookRow]:
    lines = Line.objects.filter(period, invoice_id__isnull=False)
    if firm is not None:
        lines = lines.filter(invoice_id__in=Invoice.objects.filter(firm_id=firm).values("pk"))
    moved = list(_moved(lines))
    for start in range(0, len(moved), PIECE):
        piece = moved[start : start + PIECE]
        invoices = _invoices(piece)
        for one in piece:
            yield from _rows_of(one, invoices[one.invoice_id])


def _moved(lines: QuerySet[Line]) -> Iterator[Moved]:
    """One of an entry and invoice, where a tax moved or that of an advance is taken off."""
    to_tax = Q(credit=Account.TAX)
    from_tax = Q(debit=Account.TAX)
    to_later = Q(credit=Account.UNDUE_TAX, debit=Account.RECEIVABLE)
    from_later = Q(debit=Account.UNDUE_TAX, credit=Account.RECEIVABLE)
    to_debt = Q(debit__in=OWED)
    from_debt = Q(credit__in=OWED)
    to_ahead = Q(debit=Account.ADVANCE)
    from_ahead = Q(credit=Account.ADVANCE)
    of_entry = lines.order_by().values(
        "entry_id",
        "entry__on",
        "entry__at",
        "entry__kind",
        "entry__memo",
        "invoice_id",
        "currency",
    )
    rows = of_entry.annotate(
        **_signed("tax", to_tax, from_tax),
        **_signed("later", to_later, from_later),
        **_signed("owed", to_debt, from_debt),
        **_signed("ahead", to_ahead, from_ahead),
    )
    nothing = Q(tax=0, tax_home=0, later=0, later_home=0)
    for row in rows.exclude(nothing).order_by("entry__on", "entry__at", "entry_id"):
        yield Moved(
            row["entry_id"],
            row["entry__on"],
            row["entry__kind"],
            row["entry__memo"],
            row["invoice_id"],
            row["currency"],
            Worth(row["tax"], row["tax_home"]),
            Worth(row["later"], row["later_home"]),
            Worth(row["owed"], row["owed_home"]),
            Worth(row["ahead"], row["ahead_home"]),
        )


def _signed(name: str, plus: Q, minus: Q) -> dict[str, models.expressions.Combinable]:
    """One side less the other, in the currency and at home."""
    at_home = Coalesce("home_amount", "amount")
    return {
        name: _sum(F("amount"), plus) - _sum(F("amount"), minus),
        f"{name}_home": _sum(at_home, plus) - _sum(at_home, minus),
    }


def _sum(column: F | Coalesce, condition: Q) -> Coalesce:
    return Coalesce(Sum(column, filter=condition), ZERO)


def _invoices(rows: Sequence[Moved]) -> Mapping[UUID | None, Invoice]:
    """The invoices of some rows with their clients."""
    ids = {row.invoice_id for row in rows}
    invoices = Invoice.objects.select_related("company").filter(pk__in=ids)
    return {invoice.pk: invoice for invoice in invoices}


def _rows_of(moved: Moved, invoice: Invoice) -> Iterator[BookRow]:
    """The document of an entry, and the advance that it takes off."""
    by_act = invoice.tax_when != Moment.MONEY
    if moved.kind in OF_DOCUMENTS and by_act:
        kind = _of_document(moved)
        yield _sale(moved, invoice, kind, moved.owed, moved.tax + moved.later)
        if moved.later:
            ahead = Worth(invoice.advance, invoice.advance_home)
            yield _sale(moved, invoice, RowKind.OFFSET, -ahead, -moved.later)
    elif moved.tax and moved.kind in OF_MONEY:
        kind = RowKind.ADVANCE if moved.ahead else RowKind.PAYMENT
        if moved.kind == EntryKind.REFUND or moved.owed.amount > ZERO:
            kind = RowKind.REFUND
        yield _sale(moved, invoice, kind, -moved.owed, moved.tax)
    elif moved.tax:
        yield _sale(moved, invoice, RowKind.ROUNDING, moved.tax, moved.tax)


def _of_document(moved: Moved) -> RowKind:
    """What a document does to the sale."""
    if moved.kind == EntryKind.CREDIT_NOTE:
        return RowKind.CREDIT_NOTE
    return RowKind.CANCELLED if moved.kind == EntryKind.CORRECTION else RowKind.SALE


def _sale(moved: Moved, invoice: Invoice, kind: RowKind, gross: Worth, tax: Worth) -> BookRow:
    """A row of the book of sales; a credit note has a number of its own."""
    number = moved.memo if kind is RowKind.CREDIT_NOTE else invoice.number
    return BookRow(
        number=number,
        on=moved.on,
        booked_on=moved.on,
        kind=kind,
        company_id=invoice.company_id,
        name=invoice.client_name,
        tax_number=invoice.company.inn,
        currency=moved.currency,
        gross=gross,
        tax=tax,
    )


def _purchases(period: Q, firm: int | None) -> Iterator[BookRow]:
    lines = Line.objects.filter(period, through(Account.INPUT_TAX), order_id__isnull=False)
    if firm is not None:
        hired = Q(order__hiring_firm=firm)
        if own_details().pk == firm:
            hired |= Q(order__hiring_firm=None)
        lines = lines.filter(order_id__in=Payable.objects.filter(hired).values("order_id"))
    booked = lines.select_related("entry").order_by("entry__on", "entry__at", "pk")
    rows = list(booked)
    for start in range(0, len(rows), PIECE):
        piece = rows[start : start + PIECE]
        payables = _payables(piece)
        numbers = _taken_back(piece)
        for line in piece:
            yield _purchase(line, payables[line.order_id], numbers)


def _payables(lines: Sequence[Line]) -> Mapping[UUID | None, Payable]:
    """The debts of some lines by their order."""
    orders = {line.order_id for line in lines}
    rows = Payable.objects.filter(order_id__in=orders).select_related("company")
    return {row.order_id: row for row in rows}


def _taken_back(lines: Sequence[Line]) -> Mapping[UUID, str]:
    """The numbers of the invoices that were taken back, by the entry that was reversed."""
    rows = Entry.objects.filter(corrects__in={line.entry_id for line in lines})
    return dict(rows.values_list("corrects_id", "memo"))


def _purchase(line: Line, payable: Payable, numbers: Mapping[UUID, str]) -> BookRow:
    """A carrier's invoice, or below zero one that was taken back."""
    entry = line.entry
    is_back = line.credit == Account.INPUT_TAX
    gross = Worth(payable.amount, rounded(payable.amount * payable.fx))
    home = line.amount if line.home_amount is None else line.home_amount
    tax = Worth(line.amount, home)
    stands = payable.tax_entry_id == entry.pk
    number = entry.memo if is_back else numbers.get(entry.pk, payable.tax_invoice)
    return BookRow(
        number=number,
        on=payable.tax_invoice_on if stands and payable.tax_invoice_on else entry.on,
        booked_on=entry.on,
        kind=RowKind.TAKEN_BACK if is_back else RowKind.PURCHASE,
        company_id=payable.company_id,
        name=payable.payee,
        tax_number=payable.company.inn if payable.company else "",
        currency=line.currency,
        gross=-gross if is_back else gross,
        tax=-tax if is_back else tax,
    )
