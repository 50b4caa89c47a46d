"""What stands on the accounts and went through them, and the trial balance made of it.

Whole months come from their sums; lines are read of the month alone in which a period begins or
ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple, TypeVar

from django.db.models import Model, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from finance.models import Account, Line, MonthSum
from finance.worth import Worth
from tenants.kit.calendar import first_of, last_of
from tenants.kit.money import ZERO

DAY = timedelta(days=1)
M = TypeVar("M", bound=Model)


class Pair(NamedTuple):
    """Two accounts and the currency that moved between them."""

    debit: str
    credit: str
    currency: str


class Columns(NamedTuple):
    """Debit and credit of the opening balance, of what went through, and of the closing one."""

    opening_debit: Decimal
    opening_credit: Decimal
    debit: Decimal
    credit: Decimal
    closing_debit: Decimal
    closing_credit: Decimal


@dataclass(frozen=True, slots=True)
class Turnover:
    """An account over a period, in one currency or at home; a debit balance is above zero."""

    opening: Decimal = ZERO
    debit: Decimal = ZERO
    credit: Decimal = ZERO

    @property
    def closing(self) -> Decimal:
        """What stands on the account at the end."""
        return self.opening + self.debit - self.credit

    @property
    def columns(self) -> Columns:
        return Columns(
            *_sides(self.opening),
            self.debit,
            self.credit,
            *_sides(self.closing),
        )


@dataclass(frozen=True, slots=True)
class AccountRow:
    account: Account
    turnover: Turnover


@dataclass(frozen=True, slots=True)
class Sheet:
    """All accounts in a currency, or all that they are worth at home."""

    currency: str
    is_home: bool
    rows: tuple[AccountRow, ...]

    def of(self, account: Account) -> Turnover:
        """What went through one account."""
        turnovers = [row.turnover for row in self.rows if row.account is account]
        return turnovers[0] if turnovers else Turnover()

    @property
    def totals(self) -> Columns:
        """The sums of the six columns."""
        columns = [row.turnover.columns for row in self.rows]
        places = range(len(Columns._fields))
        return Columns(*(sum((row[place] for row in columns), ZERO) for place in places))

    @property
    def difference(self) -> Decimal:
        """What debit and credit of all lines differ by: nothing, or the books are broken."""
        return self.differences[2]

    @property
    def differences(self) -> tuple[Decimal, ...]:
        """Debit less credit: of the opening balances, of the period, of the closing ones."""
        totals = self.totals
        return tuple(totals[side] - totals[side + 1] for side in (0, 2, 4))


@dataclass(frozen=True, slots=True)
class TrialBalance:
    """The books of a period: at home, and in each currency where there are several."""

    first: date
    last: date
    at_home: Sheet
    by_currency: tuple[Sheet, ...]

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """As pages and files show them: amounts in the home currency alone are shown once."""
        currencies = {sheet.currency for sheet in self.by_currency}
        if currencies <= {self.at_home.currency}:
            return (self.at_home,)
        return (self.at_home, *self.by_currency)


def trial_balance(
    *,
    first: date,
    last: date,
    home: str,
    condition: Q | None = None,
) -> TrialBalance:
    """The accounts from the one day to the other, both included; `condition` narrows the pairs."""
    before = booked_until(first - DAY, condition)
    until = booked_until(last, condition)
    at_home = _sheet(
        home,
        {pair: worth.home for pair, worth in before.items()},
        {pair: worth.home for pair, worth in until.items()},
        is_home=True,
    )
    currencies = sorted({pair.currency for pair, worth in until.items() if worth.amount})
    sheets = [
        _sheet(
            currency,
            _amounts_in(currency, before),
            _amounts_in(currency, until),
            is_home=False,
        )
        for currency in currencies
    ]
    return TrialBalance(first, last, at_home, tuple(sheets))


def through(account: Account) -> Q:
    """Pairs that move something into an account or out of it."""
    return Q(debit=account) | Q(credit=account)


def booked_until(day: date, condition: Q | None = None) -> dict[Pair, Worth]:
    """What was ever booked until the end of a day, by pair; `condition` narrows the pairs."""
    narrowed = condition or Q()
    month = first_of(day)
    is_whole = day == last_of(month)
    before = Q(month__lte=month) if is_whole else Q(month__lt=month)
    sums = by_pair(MonthSum.objects.filter(narrowed, before))
    if not is_whole:
        begun = Line.objects.filter(narrowed, entry__on__range=(month, day))
        for pair, worth in by_pair(begun).items():
            sums[pair] += worth
    return sums


def by_pair(rows: QuerySet[M]) -> defaultdict[Pair, Worth]:
    """What these lines or month sums add up to."""
    sums: defaultdict[Pair, Worth] = defaultdict(Worth)
    pairs = rows.order_by().values("debit", "credit", "currency")
    totals = pairs.annotate(sum=Sum("amount"), home=Coalesce(Sum("home_amount"), ZERO))
    for row in totals:
        pair = Pair(row["debit"], row["credit"], row["currency"])
        sums[pair] = Worth(row["sum"], row["home"])
    return sums


def _amounts_in(currency: str, sums: Mapping[Pair, Worth]) -> dict[Pair, Decimal]:
    return {pair: worth.amount for pair, worth in sums.items() if pair.currency == currency}


def _sheet(
    currency: str,
    before: Mapping[Pair, Decimal],
    until: Mapping[Pair, Decimal],
    *,
    is_home: bool,
) -> Sheet:
    """What was booked until the end, less what was booked before, went through."""
    turnovers: dict[str, Turnover] = defaultdict(Turnover)
    for pair, amount in until.items():
        earlier = before.get(pair, ZERO)
        moved = amount - earlier
        debit = turnovers[pair.debit]
        turnovers[pair.debit] = Turnover(
            debit.opening + earlier,
            debit.debit + moved,
            debit.credit,
        )
        credit = turnovers[pair.credit]
        turnovers[pair.credit] = Turnover(
            credit.opening - earlier,
            credit.debit,
            credit.credit + moved,
        )
    rows = [AccountRow(account, turnovers[account]) for account in Account if account in turnovers]
    return Sheet(currency, is_home, tuple(row for row in rows if any(row.turnover.columns)))


def _sides(balance: Decimal) -> tuple[Decimal, Decimal]:
    """A balance as debit and credit."""
    return max(balance, ZERO), max(-balance, ZERO)
