"""What a shipment costs, what the salesperson earns on it and in what state it is: one pure module.

The form, the single edit and the explanation call it; imports and recalculations say the same in
SQL (pricing_sql.py), proven equal to the satang. Source: the seed's chapters 3.2, 3.3 and 6,
decided in C-6, C-7, C-8.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

from tenants.kit.money import percent_of, rounded

AUTO = "AUTO"
MANUAL = "MANUAL"
CBM = "CBM"
KG = "KG"
DIFF = "DIFF"
ONEPCT = "ONEPCT"
NORMAL = "normal"
AWAITING = "awaiting_rate"
LOSS = "loss"
ONE_PERCENT = Decimal(1)
EXACT = Context(
    prec=60
)  # products of the longest weight and rate still fit: they are compared before rounding


@dataclass(frozen=True, slots=True)
class Rates:
    """Prices of one goods type by one transport; None is a blank of the card. Baht per CBM and per
    kg.
    """

    per_cbm: Decimal | None
    per_kg: Decimal | None

    @property
    def is_blank(self) -> bool:
        return self.per_cbm is None and self.per_kg is None


@dataclass(frozen=True, slots=True)
class Parcel:
    """What is priced: kg, CBM, baht. `manual_cost` counts only in mode MANUAL."""

    weight_kg: Decimal
    volume_cbm: Decimal
    price: Decimal
    mode: str = AUTO
    manual_cost: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The four things that are kept beside a shipment, and its state."""

    cost: Decimal | None
    rule: str | None
    commission: Decimal | None
    method: str | None
    status: str


@dataclass(frozen=True, slots=True)
class Why:
    """How an outcome came about: both products before rounding, the rates, and the outcome itself."""

    by_cbm: Decimal | None
    by_kg: Decimal | None
    rates: Rates | None
    outcome: Outcome


def price(parcel: Parcel, rates: Rates | None) -> Outcome:
    """Cost, rule, commission, method and state. `rates` is None when no card was active."""
    return explain(parcel, rates).outcome


def explain(
    parcel: Parcel,
    rates: Rates | None,
) -> Why:
    by_cbm = by_kg = cost = rule = None
    if parcel.mode == MANUAL:
        cost = None if parcel.manual_cost is None else rounded(parcel.manual_cost)
    elif rates is not None and not rates.is_blank:
        by_cbm = EXACT.multiply(
            parcel.volume_cbm,
            rates.per_cbm or Decimal(0),
        )
        by_kg = EXACT.multiply(parcel.weight_kg, rates.per_kg or Decimal(0))
        cost = rounded(max(by_cbm, by_kg))
        rule = (CBM if by_cbm >= by_kg else KG) if cost else None
    return Why(
        by_cbm,
        by_kg,
        rates,
        _outcome(parcel.price, cost, rule),
    )


def _outcome(sold: Decimal, cost: Decimal | None, rule: str | None) -> Outcome:
    """No commission while the cost is not known: price − 0 would pay out the whole price."""
    if not cost:
        return Outcome(cost, None, None, None, AWAITING)
    if sold == cost:
        return Outcome(cost, rule, percent_of(sold, ONE_PERCENT), ONEPCT, NORMAL)
    return Outcome(
        cost,
        rule,
        rounded(sold - cost),
        DIFF,
        LOSS if cost > sold else NORMAL,
    )
