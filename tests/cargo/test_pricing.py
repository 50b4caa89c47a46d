"""The golden cases of cargo.csv, and Python and SQL agreeing on 10,000 random rows."""

from __future__ import annotations

import csv
import random
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from commission.cargo.rates import pricing, pricing_sql
from commission.cargo.rates.pricing import (
    AUTO,
    MANUAL,
    Outcome,
    Parcel,
    Rates,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "cargo.csv"
CARD = {
    ("GENERAL", "truck"): (900, 60),
    ("GENERAL", "ship"): (500, 25),
    ("TISI", "truck"): (8000, 40),
    ("TISI", "ship"): (6000, 30),
    ("FDA", "truck"): (14000, 80),
    ("FDA", "ship"): (12000, 60),
    ("SPECIAL", "truck"): (18000, 150),
    ("SPECIAL", "ship"): (16000, 140),
}


def cases() -> list[dict[str, str]]:
    with GOLDEN.open(encoding="utf-8") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def rates_of(case: dict[str, str]) -> Rates | None:
    if case["cost_mode"] == "AUTO_NO_CARD":
        return None
    cbm, kg = CARD[case["goods_type"], case["transport"]]
    return Rates(D(cbm), D(kg))


def parcel_of(case: dict[str, str]) -> Parcel:
    manual = D(case["manual_cost"]) if case["manual_cost"] else None
    mode = AUTO if case["cost_mode"].startswith("AUTO") else MANUAL
    return Parcel(
        D(case["weight_kg"]),
        D(case["volume_cbm"]),
        D(case["price"]),
        mode,
        manual,
    )


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["case"])
def test_price_is_that_of_the_golden_case(case: dict[str, str]) -> None:
    outcome = pricing.price(parcel_of(case), rates_of(case))
    actual = [
        outcome.cost,
        outcome.rule,
        outcome.commission,
        outcome.method,
        outcome.status,
    ]
    expected = [
        case[name] or None
        for name in (
            "cost",
            "cost_rule",
            "commission",
            "commission_method",
            "status",
        )
    ]
    assert [None if value is None else str(value) for value in actual] == expected


@given(
    kg=st.decimals(0, 10_000, places=9),
    cbm=st.decimals(0, 100, places=9),
    sold=st.decimals(0, 100_000, places=2),
)
@settings(max_examples=300, deadline=None)
def test_what_is_earned_and_what_it_costs_make_the_price(kg: D, cbm: D, sold: D) -> None:
    """Unless it awaits a rate or breaks even; and the dearer product always wins."""
    why = pricing.explain(Parcel(kg, cbm, sold), Rates(D("7000"), D("35.5")))
    outcome = why.outcome
    if outcome.commission is None:
        assert outcome.status == pricing.AWAITING and not outcome.cost
    elif outcome.method == pricing.DIFF:
        assert outcome.cost is not None and outcome.cost + outcome.commission == sold
    if outcome.rule:
        assert why.by_cbm is not None and why.by_kg is not None
        assert (outcome.rule == pricing.CBM) == (why.by_cbm >= why.by_kg)


def _random_row(chance: random.Random) -> tuple[Any, ...]:
    per_cbm = chance.choice([None, D(0), D(900), D(chance.randrange(1, 10**7)) / 10**4])
    per_kg = chance.choice([None, D(0), D(60), D(chance.randrange(1, 10**6)) / 10**4])
    kg = chance.choice(
        [
            D(0),
            D(15),
            D("15.5"),
            D(chance.randrange(10**9)) / 10 ** chance.randrange(3, 10),
        ]
    )
    cbm = chance.choice(
        [
            D(0),
            D(1),
            D("0.125"),
            D(chance.randrange(10**8)) / 10 ** chance.randrange(5, 10),
        ]
    )
    mode = chance.choice([AUTO, AUTO, MANUAL])
    manual = (
        chance.choice([None, D(0), D(chance.randrange(10**7)) / 100]) if mode == MANUAL else None
    )
    cost = pricing.price(Parcel(kg, cbm, D(1), mode, manual), Rates(per_cbm, per_kg)).cost or D(0)
    sold = chance.choice(
        [
            D(0),
            cost,
            cost,
            cost + D("0.01"),
            max(cost - D("0.01"), D(0)),
            D(chance.randrange(10**8)) / 100,
            D(chance.randrange(10**6)) / -100,
        ]
    )
    return kg, cbm, sold, mode, manual, per_cbm, per_kg


def test_python_and_sql_agree_to_the_satang(in_alpha: Any) -> None:
    """10,000 random rows: ties, half satangs, break-even, one satang off, cost 0, blanks, negative
    prices.
    """
    from django.db import connection

    chance = random.Random(20260118)
    rows = [_random_row(chance) for _ in range(10_000)]
    columns = pricing_sql.Columns("kg", "cbm", "sold", "mode", "manual", "per_cbm", "per_kg")
    statement = f"""
    WITH parcels AS (
      SELECT * FROM unnest(
        %s::numeric[], %s::numeric[], %s::numeric[], %s::text[], %s::numeric[], %s::numeric[], %s::numeric[]
      ) WITH ORDINALITY AS g(kg, cbm, sold, mode, manual, per_cbm, per_kg, place)
    ), costed AS (SELECT *, {pricing_sql.cost(columns)} AS cost FROM parcels)
    SELECT cost, {pricing_sql.rule(columns, "cost")}, {pricing_sql.commission("sold", "cost")},
           {pricing_sql.method("sold", "cost")}, {pricing_sql.status("sold", "cost")} FROM costed ORDER BY place
    """
    with connection.cursor() as cursor:
        cursor.execute(
            statement,
            [list(column) for column in zip(*rows, strict=True)],
        )
        by_sql = [Outcome(*row) for row in cursor.fetchall()]
    by_python = [pricing.price(Parcel(*row[:5]), Rates(*row[5:])) for row in rows]
    assert by_sql == by_python
    assert (
        len({outcome.status for outcome in by_sql}) == 3
        and len({outcome.method for outcome in by_sql}) == 3
    )
