"""The money on the dashboard: what came in and went out this month, and six months of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Case, F, Model, QuerySet, Sum, When
from django.db.models.functions import TruncMonth

from finance.models import Invoice, Payment, Payout
from finance.queries.invoices import OPEN, REST_AT_HOME
from tenants.kit.calendar import months_until, next_month
from tenants.kit.money import HUNDRED, ZERO, rounded

SERIES = 6
M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Figure:
    """A sum of this month, its change against the month before in per cent (None after an empty
    one), six months.
    """

    amount: Decimal
    change: Decimal | None
    series: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Figures:
    """All in the reseller's currency; receipts less refunds."""

    months: tuple[date, ...]
    receipts: Figure
    payouts: Figure
    open: Decimal  # unpaid invoices
    overdue: Decimal


def figures(*, today: date) -> Figures:
    months = months_until(today.replace(day=1), SERIES)
    signed = Sum(
        Case(
            When(refund_of=None, then=F("home_amount")),
            default=-F("home_amount"),
        )
    )
    paid_out = Sum("home_amount")
    unpaid = Invoice.objects.filter(OPEN)
    return Figures(
        tuple(months),
        _figure(Payment.objects.all(), signed, months),
        _figure(Payout.objects.all(), paid_out, months),
        _sum(unpaid),
        _sum(unpaid.filter(due_on__lt=today)),
    )


def _sum(invoices: QuerySet[Invoice]) -> Decimal:
    """What is left to pay of these invoices, at home."""
    return invoices.aggregate(sum=Sum(REST_AT_HOME))["sum"] or ZERO


def _figure(
    rows: QuerySet[M],
    summed: Sum,
    months: list[date],
) -> Figure:
    """This month, its change, and the months before."""
    within = rows.filter(
        paid_on__gte=months[0],
        paid_on__lt=next_month(months[-1]),
    )
    months_of = within.annotate(of=TruncMonth("paid_on")).order_by().values("of")
    sums = months_of.annotate(sum=summed)
    by_month = {row["of"]: row["sum"] for row in sums}
    series = tuple(by_month.get(month, ZERO) for month in months)
    return Figure(series[-1], _change(series[-1], series[-2]), series)


def _change(
    now: Decimal,
    before: Decimal,
) -> Decimal | None:
    """Against the month before, in per cent."""
    return rounded((now - before) * HUNDRED / before) if before > 0 else None
