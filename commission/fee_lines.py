"""How much each line of the platform's fee comes to. Pure sums; rates are per cent.

Lines of one invoice in one month are rounded together: a line is what the exact sum so far rounds
to, less what was charged already. That is why three thirds of an invoice cost as much as the whole,
and a true-up only gives back: the rate reached so far is never below the final one, and rounding
keeps that order.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from tenants.kit.money import HUNDRED, ZERO, percent_of, rounded


@dataclass(frozen=True, slots=True)
class Part:
    """A paid part of an invoice, and the rate it was charged at."""

    paid: Decimal
    rate: Decimal


def _exact(parts: Iterable[Part]) -> Decimal:
    return sum((part.paid * part.rate for part in parts), ZERO) / HUNDRED


def receipt_fee(before: Iterable[Part], part: Part) -> Decimal:
    """The line of one more paid part; `before` are the invoice's parts charged in the same month."""
    exact = _exact(before)
    return rounded(exact + part.paid * part.rate / HUNDRED) - rounded(exact)


def true_up(parts: Iterable[Part], final: Decimal) -> Decimal:
    """What closing adds to an invoice's receipts of the month, so that they come to the final rate.
    Never above zero.
    """
    receipts = tuple(parts)
    return percent_of(sum((part.paid for part in receipts), ZERO), final) - rounded(
        _exact(receipts)
    )


def refund_fee(*, paid: Decimal, refunded: Decimal, part: Part) -> Decimal:
    """The line of a refund: zero or below.

    `paid` and `refunded` are the invoice's receipts of the month that is given back from, and what
    was given back of them before. Refunds of everything come to exactly what the receipts cost.
    """
    left = paid - refunded
    return percent_of(left - part.paid, part.rate) - percent_of(left, part.rate)


def refund_correction(
    *, paid: Decimal, refunded: Decimal, booked: Decimal, final: Decimal
) -> Decimal:
    """What closing adds to refunds given at a provisional rate; `booked` is their sum so far, zero
    or below.
    """
    return percent_of(paid - refunded, final) - percent_of(paid, final) - booked
