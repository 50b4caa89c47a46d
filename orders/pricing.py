"""Client's price, carrier's rate, margin: any two give the third. Pure sums, no database.

The two sides may be in different currencies; the margin is in the reseller's. `fx` is how many
units of the reseller's currency one unit of a side's currency is worth on the order's rate date.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from tenants.kit.money import HUNDRED, percent_of, rounded

ONE = Decimal(1)


class CannotPrice(Exception):
    """The numbers given do not make a price: too many, too few, or a side would not be positive."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of an order, each in its own currency."""

    client_price: Decimal | None
    client_fx: Decimal = ONE
    carrier_rate: Decimal | None = None
    carrier_fx: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Margin:
    """What the reseller keeps: a sum in its own currency, or per cent of the client's price."""

    amount: Decimal | None = None
    percent: Decimal | None = None


def at_home(amount: Decimal, fx: Decimal) -> Decimal:
    """A side's amount in the reseller's currency."""
    return rounded(amount * fx)


def margin_of(sides: Sides) -> Decimal | None:
    """Client's price less carrier's rate, each turned into the reseller's currency and rounded
    first.
    """
    if sides.client_price is None or sides.carrier_rate is None:
        return None
    return at_home(sides.client_price, sides.client_fx) - at_home(
        sides.carrier_rate, sides.carrier_fx
    )


def margin_percent(sides: Sides) -> Decimal | None:
    """The margin as per cent of the client's price, to two places."""
    margin = margin_of(sides)
    if margin is None or sides.client_price is None:
        return None
    gross = at_home(sides.client_price, sides.client_fx)
    return rounded(margin * HUNDRED / gross) if gross else None


def settle(sides: Sides, margin: Margin) -> Sides:
    """Fill in the side that is missing from the margin. Both sides known: the margin follows and
    must not be given.
    """
    if margin.amount is None and margin.percent is None:
        return sides
    if sides.client_price is not None and sides.carrier_rate is not None:
        return sides
    if sides.client_price is not None:
        return _with_rate(sides, margin, sides.client_price)
    if sides.carrier_rate is not None:
        return _with_price(sides, margin, sides.carrier_rate)
    raise CannotPrice("a margin needs one of the two prices")


def _with_rate(sides: Sides, margin: Margin, price: Decimal) -> Sides:
    gross = at_home(price, sides.client_fx)
    kept = (
        margin.amount
        if margin.amount is not None
        else percent_of(gross, margin.percent or Decimal(0))
    )
    return Sides(
        price,
        sides.client_fx,
        _positive((gross - kept) / sides.carrier_fx),
        sides.carrier_fx,
    )


def _with_price(sides: Sides, margin: Margin, rate: Decimal) -> Sides:
    cost = at_home(rate, sides.carrier_fx)
    if margin.amount is not None:
        gross = cost + margin.amount
    elif margin.percent is not None and margin.percent < HUNDRED:
        gross = cost * HUNDRED / (HUNDRED - margin.percent)
    else:
        raise CannotPrice("a margin of the whole price leaves the carrier nothing")
    return Sides(
        _positive(gross / sides.client_fx),
        sides.client_fx,
        rate,
        sides.carrier_fx,
    )


def _positive(amount: Decimal) -> Decimal:
    result = rounded(amount)
    if result <= 0:
        raise CannotPrice("this margin leaves no price above zero")
    return result
