"""The ladder gives exactly the figures of the golden table, at every bound."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commission.ladder import (
    STANDARD,
    Ahead,
    BadLadder,
    fee_of,
    ladder_of,
    next_step,
    rate_of,
)

GOLDEN = Path(__file__).parents[1] / "golden" / "ladder.csv"
ROWS = list(
    csv.DictReader(line for line in GOLDEN.read_text().splitlines() if not line.startswith("#"))
)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['orders']}-{row['paid']}")
def test_fee_is_that_of_the_golden_table(row: dict[str, str]) -> None:
    charge = fee_of(STANDARD, orders=int(row["orders"]), paid=Decimal(row["paid"]))
    assert (charge.rate, str(charge.fee)) == (
        Decimal(row["rate_percent"]),
        row["fee"],
    )


@pytest.mark.parametrize(
    ("orders", "ahead"),
    [
        (0, Ahead(31, Decimal(7))),
        (30, Ahead(1, Decimal(7))),
        (31, Ahead(70, Decimal(5))),
        (100, Ahead(1, Decimal(5))),
        (101, Ahead(400, Decimal(3))),
        (500, Ahead(1, Decimal(3))),
        (501, None),
    ],
)
def test_how_far_the_next_step_is(orders: int, ahead: Ahead | None) -> None:
    assert next_step(STANDARD, orders) == ahead


def test_the_trace_says_why() -> None:
    charge = fee_of(STANDARD, orders=31, paid=Decimal("100000.00"))
    assert charge.step == 2
    assert charge.why == (
        "orders: 31",
        "step 2: 31–100",
        "rate: 7 %",
        "100000.00 × 7 % = 7000.00",
    )
    assert fee_of(STANDARD, orders=600, paid=Decimal(0)).why[1] == "step 4: 501+"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[30, "10"]],
        [[None, "10"], [30, "7"]],
        [[100, "10"], [30, "7"], [None, "5"]],
        [[30, "7"], [None, "10"]],
        [[30, "x"], [None, "1"]],
        [[30, "10"], [30, "7"], [None, "5"]],
        [[None, "101"]],
        [[-1, "10"], [None, "5"]],
        [[30], [None, "1"]],
    ],
)
def test_what_is_no_ladder_is_refused(rows: list[list[object]]) -> None:
    with pytest.raises(BadLadder):
        ladder_of(rows)


def test_a_ladder_of_one_step() -> None:
    assert rate_of(ladder_of([[None, "4.5"]]), 10_000) == Decimal("4.5")


@given(st.integers(0, 2000))
def test_more_orders_never_cost_more(orders: int) -> None:
    assert rate_of(STANDARD, orders + 1) <= rate_of(STANDARD, orders)


@given(st.integers(0, 2000))
def test_the_next_step_is_reached_by_exactly_its_orders(
    orders: int,
) -> None:
    ahead = next_step(STANDARD, orders)
    if ahead is None:
        assert rate_of(STANDARD, orders) == 3
    else:
        assert rate_of(STANDARD, orders + ahead.orders) == ahead.rate
        assert rate_of(STANDARD, orders + ahead.orders - 1) == rate_of(STANDARD, orders)
