"""What a sum in another currency is worth at home, and the differences of exchange.

What is owed stands in the books at the rate of the day it arose. Money that settles it comes at the
rate of its own day; the difference is a line of its own, so that what is settled leaves zero in its
currency and at home (SPEC T-9).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from finance.ledger import Move
from finance.models import Account
from finance.worth import Worth
from tenants.actor import Actor, ResellerInfo
from tenants.kit.formats import number
from tenants.kit.money import HUNDRED, ZERO, rounded
from tenants.office import rates
from tenants.permissions import Role

ONE = Decimal(1)
NO_ADVANCE = Worth()
FAR = Decimal(20)  # per cent that a day's rate may be off the usual one


class WrongRate(Exception):
    """The rate of exchange cannot be taken; the text says why."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something owed: its amount, what it is worth in the books at home, and how much of it is
    settled. An advance on it settles the first part, at a worth of its own.
    """

    account: Account
    amount: Decimal
    home_amount: Decimal
    settled: Decimal
    advance: Worth = NO_ADVANCE

    @property
    def settled_at_home(self) -> Decimal:
        """What has left the books at home."""
        return self._until(self.settled)

    def at_home(self, part: Decimal) -> Decimal:
        """What leaves the books at home with a part; all parts together leave nothing. A part
        below zero opens the item again.
        """
        return self._until(self.settled + part) - self._until(self.settled)

    def _until(self, settled: Decimal) -> Decimal:
        """What is gone at home when so much is settled."""
        advance = self.advance
        if settled < advance.amount:
            return rounded(advance.home * settled / advance.amount)
        rest = self.amount - advance.amount
        if not rest:
            return advance.home
        rest_at_home = self.home_amount - advance.home
        return advance.home + rounded(rest_at_home * (settled - advance.amount) / rest)


def settling(item: Item, part: Decimal, money: Move) -> list[Move]:
    """The move of money that settles a part of an item (below zero: opens it again), and its
    difference of exchange where there is one.
    """
    missing = abs(item.at_home(part)) - money.home_amount
    if not missing:
        return [money]
    debit, credit = item.account, Account.EXCHANGE
    if (money.debit is item.account) != (missing > ZERO):
        debit, credit = credit, debit
    difference = replace(
        money,
        debit=debit,
        credit=credit,
        amount=ZERO,
        home_amount=abs(missing),
    )
    return [money, difference]


def usual_rate(currency: str, day: date, own: Decimal) -> Decimal:
    """The office's rate of a day, else what is owed stands at its own."""
    row = rates.rate_on(currency, day)
    return row.rate if row else own


def rate_of_day(
    typed: Decimal | None,
    *,
    currency: str,
    usual: Decimal,
    home: ResellerInfo,
    by: Actor | None,
) -> Decimal:
    """The rate at which money moves: the typed one, else the usual one. Raises WrongRate.

    Only the head enters a rate far off the usual, and the platform sees that it was done.
    """
    if currency == home.currency:
        if typed not in (None, ONE):
            raise WrongRate(_("In your own currency there is no exchange rate."))
        return ONE
    if typed is not None and typed <= 0:
        raise WrongRate(_("The exchange rate must be above zero."))
    rate = typed or usual
    if is_far_off(rate, usual) and (by is None or by.role is not Role.HEAD):
        raise WrongRate(
            _("More than 20 %% off the usual rate, %(rate)s. Only the head may enter that.")
            % {"rate": number(usual)}
        )
    return rate


def off(rate: Decimal, usual: Decimal) -> Decimal:
    """By how many per cent a rate is off the usual one."""
    return abs(rate - usual) * HUNDRED / usual


def is_far_off(rate: Decimal, usual: Decimal) -> bool:
    """Whether only the head may enter this rate."""
    return off(rate, usual) > FAR
