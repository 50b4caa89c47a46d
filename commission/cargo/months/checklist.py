"""What a month looks like before it is closed: open questions, commission by salesperson, paid and
unpaid.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum

from commission.cargo.models import CommissionPayment
from commission.cargo.queries import report
from commission.cargo.queries.report import Line, Totals
from tenants.actor import Actor

ZERO = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Owed:
    """A salesperson's commission of the month and what of it was paid out."""

    line: Line
    paid: Decimal

    @property
    def left(self) -> Decimal:
        return self.line.totals.commission - self.paid


@dataclass(frozen=True, slots=True)
class Checklist:
    totals: Totals
    awaiting: int
    unstamped: Totals
    owed: list[Owed]

    @property
    def is_clean(self) -> bool:
        return not self.awaiting and not self.unstamped.count


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
