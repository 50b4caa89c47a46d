"""Profit and loss by month, out of the ledger's monthly sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields
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
    Account.EXPENSES,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What was earned. Revenue is without taxes; what it cost is above zero; a loss of exchange is
    below it.
    """

    revenue: Decimal = ZERO
    cost: Decimal = ZERO
    fee: Decimal = ZERO
    expenses: Decimal = ZERO
    exchange: Decimal = ZERO
    bad_debts: Decimal = ZERO

    @property
    def profit(self) -> Decimal:
        spent = self.cost + self.fee + self.expenses + self.bad_debts
        return self.revenue + self.exchange - spent

    @property
    def sums(self) -> tuple[Decimal, ...]:
        """As a row of a report has them, the profit last."""
        return (*(getattr(self, name) for name in SUMS), self.profit)


SUMS = tuple(field.name for field in fields(Result))


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthResult(Result):
    """A month in one currency."""

    month: date
    currency: str


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
        [_month(month, home, at_home[month]) for month in months],
        [_month(month, currency, sums) for (month, currency), sums in sorted(others.items())],
    )


def sums_of(balances: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The sums of a result, out of what the accounts hold, debit above zero."""
    return {
        "revenue": -balances[Account.REVENUE],
        "cost": balances[Account.COST],
        "fee": balances[Account.PLATFORM_FEE],
        "expenses": balances[Account.EXPENSES],
        "exchange": -balances[Account.EXCHANGE],
        "bad_debts": balances[Account.BAD_DEBTS],
    }


def added_up(results: Collection[Result]) -> dict[str, Decimal]:
    """The sums of all of them together."""
    return {name: sum((getattr(one, name) for one in results), ZERO) for name in SUMS}


def _nothing() -> dict[str, Decimal]:
    """Balances that begin at zero."""
    return defaultdict(lambda: ZERO)


def _move(balances: dict[str, Decimal], debit: str, credit: str, amount: Decimal) -> None:
    """An amount leaves one account and enters the other."""
    balances[debit] += amount
    balances[credit] -= amount


def _month(month: date, currency: str, balances: Mapping[str, Decimal]) -> MonthResult:
    return MonthResult(month=month, currency=currency, **sums_of(balances))
