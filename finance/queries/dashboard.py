"""The money on the dashboard: what came in and went out this month, and six months of it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar

from django.db.models import Case, Exists, F, Model, OuterRef, QuerySet, Sum, When
from django.db.models.functions import TruncMonth

from finance.models import ClientAdvance, Invoice, Payment, Payout
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
    kept = Payment.objects.filter(refund_of__isnull=False, advance=OuterRef("pk"))
    unpaid = Invoice.objects.filter(OPEN)
    return Figures(
        tuple(months),
        _figure(
            months,
            (Payment.objects.filter(advance=None), _less("refund_of")),
            (
                ClientAdvance.objects.exclude(Exists(kept)).exclude(is_opening=True),
                _less("return_of"),
            ),
        ),
        _figure(months, (Payout.objects.all(), Sum("home_amount"))),
        _sum(unpaid),
        _sum(unpaid.filter(due_on__lt=today)),
    )


def _sum(invoices: QuerySet[Invoice]) -> Decimal:
    """What is left to pay of these invoices, at home."""
    return invoices.aggregate(sum=Sum(REST_AT_HOME))["sum"] or ZERO


def _less(returns: str) -> Sum:
    """The sum at home, with what went back taken off."""
    return Sum(Case(When(**{returns: None}, then=F("home_amount")), default=-F("home_amount")))


def _figure(months: list[date], *sources: tuple[QuerySet[M], Sum]) -> Figure:
    """This month, its change, and the months before, over all sources of it."""
    by_month: defaultdict[date, Decimal] = defaultdict(lambda: ZERO)
    for rows, summed in sources:
        within = rows.filter(
            paid_on__gte=months[0],
            paid_on__lt=next_month(months[-1]),
        )
        months_of = within.annotate(of=TruncMonth("paid_on")).order_by().values("of")
        for row in months_of.annotate(sum=summed):
            by_month[row["of"]] += row["sum"]
    series = tuple(by_month[month] for month in months)
    return Figure(series[-1], _change(series[-1], series[-2]), series)


def _change(
    now: Decimal,
    before: Decimal,
) -> Decimal | None:
    """Against the month before, in per cent."""
    return rounded((now - before) * HUNDRED / before) if before > 0 else None
