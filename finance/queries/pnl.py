"""Profit and loss by month, out of the ledger's monthly sums."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from finance.models import Account, MonthSum
from tenants.kit.money import ZERO

SHOWN = (Account.REVENUE, Account.COST, Account.PLATFORM_FEE)


@dataclass(frozen=True, slots=True)
class MonthResult:
    """A month in one currency. Revenue is without taxes; costs and fee are above zero."""

    month: date
    currency: str
    revenue: Decimal = ZERO
    cost: Decimal = ZERO
    fee: Decimal = ZERO

    @property
    def profit(self) -> Decimal:
        return self.revenue - self.cost - self.fee


def pnl(months: list[date]) -> list[MonthResult]:
    """The months asked for in each currency that moved in them; one statement."""
    sums: dict[tuple[date, str], dict[str, Decimal]] = defaultdict(
        lambda: defaultdict(lambda: ZERO)
    )
    rows = MonthSum.objects.filter(Q(debit__in=SHOWN) | Q(credit__in=SHOWN), month__in=months)
    for row in rows.values("month", "currency", "debit", "credit").annotate(sum=Sum("amount")):
        accounts = sums[row["month"], row["currency"]]
        accounts[row["debit"]] += row["sum"]
        accounts[row["credit"]] -= row["sum"]
    return [
        MonthResult(
            month,
            currency,
            -balances[Account.REVENUE],
            balances[Account.COST],
            balances[Account.PLATFORM_FEE],
        )
        for (month, currency), balances in sorted(sums.items())
    ]
