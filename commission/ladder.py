"""The platform's commission as a pure function of the ladder, the orders of the month and what
clients paid.

A ladder is steps with inclusive upper bounds in orders a month; its rates are per cent and only get
better, so that a rate once shown never worsens within a month. Worked examples: docs/money.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tenants.kit.money import percent_of


class BadLadder(ValueError):
    """The steps do not make a ladder: bounds must grow, rates may not, and the last step is open."""


@dataclass(frozen=True, slots=True)
class Step:
    """`rate` per cent up to and including `up_to` orders a month; the last step has no bound."""

    up_to: int | None
    rate: Decimal


Ladder = tuple[Step, ...]


def ladder_of(rows: Sequence[Sequence[object]]) -> Ladder:
    """A ladder as it is stored: [[30, "10"], [100, "7"], [500, "5"], [null, "3"]]. Raises
    BadLadder.
    """
    try:
        steps = tuple(
            Step(
                None if up_to is None else int(str(up_to)),
                Decimal(str(rate)),
            )
            for up_to, rate in rows
        )
    except (ArithmeticError, ValueError) as error:
        raise BadLadder(str(error)) from error
    bounds = [step.up_to for step in steps]
    rates = [step.rate for step in steps]
    if not steps or bounds[-1] is not None or None in bounds[:-1]:
        raise BadLadder("only the last step is without a bound")
    finite = [bound for bound in bounds if bound is not None]
    if finite != sorted(set(finite)) or (finite and finite[0] < 0):
        raise BadLadder("the bounds must grow")
    if rates != sorted(rates, reverse=True) or rates[0] > 100 or rates[-1] < 0:
        raise BadLadder("the rates lie between 100 and 0 and may only fall")
    return steps


STANDARD = ladder_of([[30, "10"], [100, "7"], [500, "5"], [None, "3"]])


@dataclass(frozen=True, slots=True)
class Ahead:
    """The next step: how many more orders it takes, and its rate."""

    orders: int
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Fee:
    """A fee with the way to it; `why` are facts in order, for people who check."""

    step: int  # counted from 1
    rate: Decimal  # per cent
    fee: Decimal
    next_step: Ahead | None
    why: tuple[str, ...]


def step_number(
    ladder: Ladder,
    orders: int,
) -> int:
    """The step that so many orders reach, counted from 0."""
    return next(i for i, step in enumerate(ladder) if step.up_to is None or orders <= step.up_to)


def rate_of(ladder: Ladder, orders: int) -> Decimal:
    return ladder[step_number(ladder, orders)].rate


def next_step(ladder: Ladder, orders: int) -> Ahead | None:
    """What is still to be reached; None on the last step."""
    at = step_number(ladder, orders)
    bound = ladder[at].up_to
    return None if bound is None else Ahead(bound + 1 - orders, ladder[at + 1].rate)


def fee_of(
    ladder: Ladder,
    *,
    orders: int,
    paid: Decimal,
) -> Fee:
    """The fee on what was paid in a month with so many completed orders, rounded once."""
    at = step_number(ladder, orders)
    step = ladder[at]
    amount = percent_of(paid, ladder[at].rate)
    low = 0 if at == 0 else (ladder[at - 1].up_to or 0) + 1
    span = f"{low}–{step.up_to}" if step.up_to is not None else f"{low}+"
    why = (
        f"orders: {orders}",
        f"step {at + 1}: {span}",
        f"rate: {step.rate} %",
        f"{paid} × {step.rate} % = {amount}",
    )
    return Fee(
        at + 1,
        step.rate,
        amount,
        next_step(ladder, orders),
        why,
    )
