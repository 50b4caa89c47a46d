"""What a month looks like before it is closed: open questions, commission by salesperson, paid and
unpaid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Sum

from commission.cargo.models import CommissionPayment
from commission.cargo.queries import report
from commission.cargo.queries.report import Line, Totals
from tenants.actor import Actor
from tenants.kit.shown import mark

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Owed:
    """A salesperson's commission of the month and what of it was paid out."""

    line: Line
    paid: Decimal

    @property
    def left(self) -> Decimal:
        return self.line.totals.commission - self.paid

    @property
    def facts(self) -> tuple[object, ...]:
        """What a page shows before commission is paid out."""
        return self.line.id, self.line.totals.commission, self.paid

    @property
    def shown(self) -> str:
        return mark(*self.facts)


@dataclass(frozen=True, slots=True)
class Checklist:
    totals: Totals
    awaiting: int
    unstamped: Totals
    owed: list[Owed]

    @property
    def is_clean(self) -> bool:
        return not self.awaiting and not self.unstamped.count


def facts(check: Checklist) -> tuple[object, ...]:
    """What a page shows of a month before it is closed."""
    return check.totals, check.unstamped, check.owed


def owed_to(actor: Actor, month: date, salesperson_id: UUID) -> Owed | None:
    """A salesperson's commission of a month; None without any."""
    lines = checklist(actor, month).owed
    return next((owed for owed in lines if owed.line.id == salesperson_id), None)


def checklist(actor: Actor, month: date) -> Checklist:
    summary = report.summary(actor, month)
    paid = dict(
        CommissionPayment.objects.filter(month=month)
        .values("salesperson")
        .annotate(sum=Sum("amount"))
        .values_list("salesperson", "sum")
    )
    nobody = next(
        (line.totals for line in summary.salespeople if line.id is None),
        Totals(),
    )
    owed = [Owed(line, paid.get(line.id, ZERO)) for line in summary.salespeople if line.id]
    return Checklist(summary.totals, summary.totals.awaiting, nobody, owed)
