"""Profit and loss by month, out of the ledger's monthly sums."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, Sum

from finance.models import Account, MonthSum
from tenants.kit.money import ZERO

SHOWN = (
    Account.REVENUE,
    Account.COST,
    Account.PLATFORM_FEE,
    Account.EXCHANGE,
    Account.BAD_DEBTS,
)


@dataclass(frozen=True, slots=True)
class MonthResult:
    """A month. Revenue is without taxes; costs, fee and bad debts are above zero; a loss of exchange
    is below it.
    """

    month: date
    currency: str
    revenue: Decimal = ZERO
    cost: Decimal = ZERO
    fee: Decimal = ZERO
    exchange: Decimal = ZERO
    bad_debts: Decimal = ZERO

    @property
    def profit(self) -> Decimal:
        return self.revenue - self.cost - self.fee + self.exchange - self.bad_debts


@dataclass(frozen=True, slots=True)
class Results:
    """The months asked for in the reseller's currency, whatever currency their money came in, and
    the part of each that was agreed in another one, in that currency.
    """

    at_home: list[MonthResult]
    others: list[MonthResult]


def pnl(months: list[date], home: str) -> Results:
    """One statement. Every month asked for has its result, an empty one too."""
    at_home = {month: _nothing() for month in months}
    others: dict[tuple[date, str], dict[str, Decimal]] = defaultdict(_nothing)
    rows = MonthSum.objects.filter(Q(debit__in=SHOWN) | Q(credit__in=SHOWN), month__in=months)
    pairs = rows.values("month", "currency", "debit", "credit")
    for row in pairs.annotate(sum=Sum("amount"), sum_at_home=Sum("home_amount")):
        sides = (row["debit"], row["credit"])
        _move(at_home[row["month"]], *sides, row["sum_at_home"])
        if row["currency"] != home and row["sum"]:
            _move(others[row["month"], row["currency"]], *sides, row["sum"])
    return Results(
        [_result(month, home, at_home[month]) for month in months],
        [_result(month, currency, sums) for (month, currency), sums in sorted(others.items())],
    )


def _nothing() -> dict[str, Decimal]:
    """Balances that begin at zero."""
    return defaultdict(lambda: ZERO)


def _move(balances: dict[str, Decimal], debit: str, credit: str, amount: Decimal) -> None:
    """An amount leaves one account and enters the other."""
    balances[debit] += amount
    balances[credit] -= amount


def _result(month: date, currency: str, balances: dict[str, Decimal]) -> MonthResult:
    return MonthResult(
        month,
        currency,
        revenue=-balances[Account.REVENUE],
        cost=balances[Account.COST],
        fee=balances[Account.PLATFORM_FEE],
        exchange=-balances[Account.EXCHANGE],
        bad_debts=balances[Account.BAD_DEBTS],
    )
