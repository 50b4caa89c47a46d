"""What the rules of the commission come to: a month that reaches a step, and the statements."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.urls import reverse

from commission.ladder import Ladder, Step, fee_of
from finance.models import MonthClose
from finance.months import FEE
from tenants.kit import months


@dataclass(frozen=True, slots=True)
class ClosingExample:
    """A month that reaches the second step: what was charged by then, and what closing gives back."""

    first: Step
    second: Step
    orders: int
    charged: Decimal
    final: Decimal

    @property
    def back(self) -> Decimal:
        return self.charged - self.final


@dataclass(frozen=True, slots=True)
class StatementLink:
    """The statement of a month: its page and its file."""

    label: str
    url: str
    file_url: str
    is_final: bool


def closing_example(ladder: Ladder, paid: Decimal) -> ClosingExample | None:
    """Everything is paid on the first step, then one order more reaches the second."""
    bound = ladder[0].up_to
    if bound is None:
        return None
    charged = fee_of(ladder, orders=bound, paid=paid)
    final = fee_of(ladder, orders=bound + 1, paid=paid)
    return ClosingExample(
        first=ladder[0],
        second=ladder[1],
        orders=bound + 1,
        charged=charged.fee,
        final=final.fee,
    )


def latest_statements(month: date) -> list[StatementLink]:
    return [_statement_link(one) for one in _latest_months(month)]


def _latest_months(month: date) -> list[date]:
    """This month and the two before it."""
    before = (month - timedelta(days=1)).replace(day=1)
    earlier = (before - timedelta(days=1)).replace(day=1)
    return [month, before, earlier]


def _statement_link(month: date) -> StatementLink:
    query = f"?month={month:%Y-%m}"
    closed = MonthClose.objects.filter(
        kind=FEE,
        month=month,
        closed_at__isnull=False,
    )
    return StatementLink(
        label=months.month_label(month),
        url=reverse("finance:fee") + query,
        file_url=reverse("finance:fee-file") + query,
        is_final=closed.exists(),
    )
