"""Who owes how much for how long, both ways, in the reseller's currency at the rates of the
invoices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from django.db.models import F, Model, Q, QuerySet, Sum
from django.db.models.functions import Round

from finance.models import Invoice, Payable
from finance.queries.invoices import OPEN
from tenants.kit.money import ZERO

M = TypeVar("M", bound=Model)
# Days overdue, both ends included; the first bucket is not due yet, the last has no end.
BUCKETS: tuple[tuple[str, int | None, int | None], ...] = (
    ("not_due", None, 0),
    ("1-30", 1, 30),
    ("31-60", 31, 60),
    ("61-90", 61, 90),
    ("90+", 91, None),
)


@dataclass(frozen=True, slots=True)
class Debtor:
    """A company with what is open on it, bucket by bucket."""

    company_id: UUID | None
    name: str
    buckets: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Side:
    """Receivables or payables: the largest debts first, and the sums of the buckets."""

    rows: tuple[Debtor, ...]
    buckets: tuple[Decimal, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class Ageing:
    on: date
    receivable: Side
    payable: Side


def ageing(*, on: date) -> Ageing:
    """What stands open on a day, by days overdue; one statement a side."""
    invoices = Invoice.objects.filter(OPEN).annotate(name=F("company__name"))
    owed = Round((F("gross") - F("paid")) * F("fx"), 2)
    payables = Payable.objects.filter(paid__lt=F("amount")).annotate(name=F("payee"))
    return Ageing(
        on,
        _side(invoices, owed, on),
        _side(payables, Round((F("amount") - F("paid")) * F("fx"), 2), on),
    )


def _side(rows: QuerySet[M], owed: Round, on: date) -> Side:
    sums = {
        f"bucket{i}": Sum(owed, filter=_within(low, high, on))
        for i, (_, low, high) in enumerate(BUCKETS)
    }
    sums_by_company = (
        rows.values("company_id", "name")
        .annotate(total=Sum(owed), **sums)
        .order_by("-total", "name")
    )
    debtors = tuple(
        Debtor(
            row["company_id"],
            row["name"],
            tuple(row[f"bucket{i}"] or ZERO for i in range(len(BUCKETS))),
            row["total"],
        )
        for row in sums_by_company
    )
    buckets = tuple(sum((row.buckets[i] for row in debtors), ZERO) for i in range(len(BUCKETS)))
    return Side(debtors, buckets, sum(buckets, ZERO))


def _within(low: int | None, high: int | None, on: date) -> Q:
    due = Q()
    if low is not None:
        due &= Q(due_on__lte=on - timedelta(days=low))
    if high is not None:
        due &= Q(due_on__gte=on - timedelta(days=high))
    return due
