"""The platform's fee of a month, and how far the next step of the ladder is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from commission.ladder import (
    Ahead,
    Ladder,
    next_step,
    rate_of,
    step_number,
)
from finance import months
from finance.models import FeeCharge, MonthClose
from finance.platform_fee import ladder_for, orders_in
from tenants.actor import ResellerInfo
from tenants.kit.money import ZERO


@dataclass(frozen=True, slots=True)
class Statement:
    """A month's fee: `paid` is the base, `fee` the sum of the lines; provisional until closed."""

    month: date
    orders: int
    rate: Decimal  # per cent
    paid: Decimal
    fee: Decimal
    currency: str
    closed: MonthClose | None
    lines: tuple[FeeCharge, ...]

    @property
    def is_closed(self) -> bool:
        return self.closed is not None

    @property
    def facts(self) -> tuple[object, ...]:
        """What a page shows before the month is closed."""
        return self.month, self.orders, self.rate, self.paid, self.fee


@dataclass(frozen=True, slots=True)
class Meter:
    """Where this month stands on the ladder; `step` is counted from 0."""

    orders: int
    ladder: Ladder
    step: int
    next_step: Ahead | None
    fee: Decimal
    paid: Decimal
    currency: str

    @property
    def rate(self) -> Decimal:
        return self.ladder[self.step].rate


def statement(month: date, home: ResellerInfo) -> Statement:
    """The lines in the order they were charged. Rows of a month's fee are read by its reseller
    alone.
    """
    closed = MonthClose.objects.filter(
        kind=months.FEE, month=month, closed_at__isnull=False
    ).first()
    lines = tuple(
        FeeCharge.objects.filter(month=month).select_related("invoice").order_by("at", "id")
    )
    orders = (
        closed.final_orders
        if closed and closed.final_orders is not None
        else orders_in(month, home)
    )
    rate = (
        closed.final_rate
        if closed and closed.final_rate is not None
        else rate_of(ladder_for(month), orders)
    )
    paid = sum(
        (line.paid for line in lines if line.kind == FeeCharge.Kind.RECEIPT),
        ZERO,
    )
    return Statement(
        month,
        orders,
        rate,
        paid,
        sum((line.fee for line in lines), ZERO),
        home.currency,
        closed,
        lines,
    )


def meter(month: date, home: ResellerInfo) -> Meter:
    """The running month on the ladder."""
    ladder = ladder_for(month)
    orders = orders_in(month, home)
    sums = FeeCharge.objects.filter(month=month).aggregate(fee=Sum("fee"), paid=Sum("paid"))
    return Meter(
        orders,
        ladder,
        step_number(ladder, orders),
        next_step(ladder, orders),
        sums["fee"] or ZERO,
        sums["paid"] or ZERO,
        home.currency,
    )
