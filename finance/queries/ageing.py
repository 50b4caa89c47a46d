"""Who owed how much for how long on any day, both ways: what the ledger says was open on each
invoice and debt on that day, in its currency and at home.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import Case, F, Q, QuerySet, Sum, When
from django.db.models.functions import Coalesce

from finance.models import Account, Invoice, Line, Payable
from finance.queries.balances import through
from finance.queries.invoices import OPEN
from finance.worth import Worth
from tenants.kit.money import ZERO

# Days overdue, both ends included; the first bucket is not due yet, the last has no end.
BUCKETS: tuple[tuple[str, int | None, int | None], ...] = (
    ("not_due", None, 0),
    ("1-30", 1, 30),
    ("31-60", 31, 60),
    ("61-90", 61, 90),
    ("90+", 91, None),
)
Buckets = tuple[Decimal, ...]
NOTHING: Buckets = (ZERO,) * len(BUCKETS)


class Item(NamedTuple):
    """An invoice or a debt: who owes it or is owed, and since when it is due."""

    company_id: UUID | None
    name: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Debt:
    """What of an item is open, in its currency and at home."""

    item: Item
    currency: str
    worth: Worth
    bucket: int


@dataclass(frozen=True, slots=True)
class Debtor:
    """A company with what is open on it at home, bucket by bucket."""

    company_id: UUID | None
    name: str
    buckets: Buckets

    @property
    def total(self) -> Decimal:
        """All that the company has open."""
        return sum(self.buckets, ZERO)


@dataclass(frozen=True, slots=True)
class OfCurrency:
    """A part of the debts: in its currency bucket by bucket, and what it is worth at home."""

    company_id: UUID | None
    name: str
    currency: str
    buckets: Buckets
    home: Decimal

    @property
    def total(self) -> Decimal:
        """All of it, in the currency."""
        return sum(self.buckets, ZERO)


@dataclass(frozen=True, slots=True)
class Side:
    """Receivables or payables: the largest debts first, and the sums of the buckets at home."""

    debts: tuple[Debt, ...]
    rows: tuple[Debtor, ...]
    buckets: Buckets

    @property
    def total(self) -> Decimal:
        """All of the side, at home."""
        return sum(self.buckets, ZERO)

    @property
    def currencies(self) -> tuple[OfCurrency, ...]:
        """All debts of each currency."""
        grouped: defaultdict[str, list[Debt]] = defaultdict(list)
        for debt in self.debts:
            grouped[debt.currency].append(debt)
        return tuple(_of_currency(None, "", key, grouped[key]) for key in sorted(grouped))

    @property
    def by_currency(self) -> tuple[OfCurrency, ...]:
        """Each company's debts by currency, in the order of the rows."""
        grouped: defaultdict[tuple[UUID | None, str], defaultdict[str, list[Debt]]]
        grouped = defaultdict(lambda: defaultdict(list))
        for debt in self.debts:
            grouped[debt.item.company_id, debt.item.name][debt.currency].append(debt)
        return tuple(
            _of_currency(row.company_id, row.name, currency, debts)
            for row in self.rows
            for currency, debts in sorted(grouped[row.company_id, row.name].items())
        )


@dataclass(frozen=True, slots=True)
class Ageing:
    on: date
    receivable: Side
    payable: Side


def ageing(*, on: date) -> Ageing:
    """What stood open at the end of a day, by days overdue then; two statements a side.

    Read are the items that are open today, and those that something was booked on since.
    """
    since = Line.objects.filter(entry__on__gt=on)
    moved = since.filter(through(Account.RECEIVABLE)).values("invoice_id")
    invoices = Invoice.objects.filter(OPEN | Q(pk__in=moved))
    paid_since = since.filter(through(Account.PAYABLE)).values("order_id")
    debts = Payable.objects.filter(Q(paid__lt=F("amount")) | Q(order_id__in=paid_since))
    receivables = _open(Account.RECEIVABLE, on).filter(invoice_id__in=invoices.values("pk"))
    payables = _open(Account.PAYABLE, on).filter(order_id__in=debts.values("order_id"))
    return Ageing(
        on,
        _side(
            _sums(receivables, "invoice_id", sign=1),
            _items(invoices.values_list("pk", "company_id", "company__name", "due_on")),
            on,
        ),
        _side(
            _sums(payables, "order_id", sign=-1),
            _items(debts.values_list("order_id", "company_id", "payee", "due_on")),
            on,
        ),
    )


def _open(account: Account, on: date) -> QuerySet[Line]:
    """The lines of an account until a day, debit above zero and credit below."""
    lines = Line.objects.filter(through(account), entry__on__lte=on)
    return lines.annotate(
        signed=Case(When(debit=account, then=F("amount")), default=-F("amount")),
        signed_home=Case(When(debit=account, then=F("home_amount")), default=-F("home_amount")),
    )


def _sums(lines: QuerySet[Line], key: str, *, sign: int) -> dict[tuple[UUID, str], Worth]:
    """What is open by item and currency, where something is."""
    rows = lines.order_by().values_list(key, "currency")
    sums = rows.annotate(left=Sum("signed"), home=Coalesce(Sum("signed_home"), ZERO))
    return {
        (item, currency): Worth(sign * left, sign * home)
        for item, currency, left, home in sums.exclude(left=0, home=0)
    }


def _items(rows: Iterable[tuple[UUID, UUID | None, str, date]]) -> dict[UUID, Item]:
    return {key: Item(company, name, due_on) for key, company, name, due_on in rows}


def _side(
    sums: dict[tuple[UUID, str], Worth],
    items: dict[UUID, Item],
    on: date,
) -> Side:
    debts = [
        Debt(items[key], currency, worth, _bucket(items[key].due_on, on))
        for (key, currency), worth in sums.items()
    ]
    buckets: defaultdict[tuple[UUID | None, str], list[Decimal]]
    buckets = defaultdict(lambda: list(NOTHING))
    for debt in debts:
        owner = (debt.item.company_id, debt.item.name)
        buckets[owner][debt.bucket] += debt.worth.home
    debtors = [Debtor(company, name, tuple(row)) for (company, name), row in buckets.items()]
    rows = sorted(debtors, key=lambda row: (-row.total, row.name))
    columns = zip(*(row.buckets for row in rows), strict=True)
    totals = tuple(sum(column, ZERO) for column in columns)
    return Side(tuple(debts), tuple(rows), totals or NOTHING)


def _bucket(due_on: date, on: date) -> int:
    """The place of the bucket that an item is in on a day."""
    late = (on - due_on).days
    return next(
        place for place, (_name, _low, high) in enumerate(BUCKETS) if high is None or late <= high
    )


def _of_currency(
    company_id: UUID | None,
    name: str,
    currency: str,
    debts: list[Debt],
) -> OfCurrency:
    buckets = list(NOTHING)
    for debt in debts:
        buckets[debt.bucket] += debt.worth.amount
    home = sum((debt.worth.home for debt in debts), ZERO)
    return OfCurrency(company_id, name, currency, tuple(buckets), home)
