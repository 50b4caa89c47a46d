"""Any two of price, rate and margin give the third."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orders.pricing import (
    CannotPrice,
    Margin,
    Sides,
    at_home,
    margin_of,
    margin_percent,
    settle,
)

money = st.decimals(
    min_value=Decimal("0.01"),
    max_value=Decimal("99999999.99"),
    places=2,
)
fx = st.decimals(min_value=Decimal("0.000100"), max_value=Decimal("1000"), places=6)
share = st.decimals(min_value=Decimal("-50"), max_value=Decimal("99"), places=2)
D = Decimal


@pytest.mark.parametrize(
    ("sides", "margin", "price", "rate"),
    [
        (
            Sides(D("1000"), carrier_rate=D("800")),
            Margin(),
            "1000",
            "800",
        ),
        (Sides(D("1000")), Margin(amount=D("200")), "1000", "800"),
        (Sides(D("1000")), Margin(percent=D("20")), "1000", "800"),
        (
            Sides(None, carrier_rate=D("800")),
            Margin(amount=D("200")),
            "1000",
            "800",
        ),
        (
            Sides(None, carrier_rate=D("800")),
            Margin(percent=D("20")),
            "1000",
            "800",
        ),
        (
            Sides(D("10"), D("87.5"), None, D("1")),
            Margin(percent=D("12")),
            "10",
            "770.00",
        ),
        (
            Sides(None, D("87.5"), D("770"), D("1")),
            Margin(percent=D("12")),
            "10.00",
            "770",
        ),
        (
            Sides(D("1000"), carrier_rate=D("800")),
            Margin(amount=D("999")),
            "1000",
            "800",
        ),
    ],
)
def test_two_give_the_third(sides: Sides, margin: Margin, price: str, rate: str) -> None:
    settled = settle(sides, margin)
    assert (settled.client_price, settled.carrier_rate) == (
        D(price),
        D(rate),
    )


def test_one_alone_gives_nothing() -> None:
    assert settle(Sides(D("100")), Margin()) == Sides(D("100"))


@pytest.mark.parametrize(
    ("sides", "margin"),
    [
        (Sides(None), Margin(amount=D("5"))),
        (Sides(D("100")), Margin(amount=D("100"))),
        (Sides(None, carrier_rate=D("100")), Margin(percent=D("100"))),
        (Sides(None, carrier_rate=D("100")), Margin(amount=D("-100"))),
    ],
)
def test_what_makes_no_price_is_refused(sides: Sides, margin: Margin) -> None:
    with pytest.raises(CannotPrice):
        settle(sides, margin)


@given(price=money, rate=money)
def test_margin_is_price_less_rate_to_the_cent(price: Decimal, rate: Decimal) -> None:
    assert margin_of(Sides(price, carrier_rate=rate)) == price - rate


@given(price=money, margin=money)
def test_rate_from_a_margin_gives_that_margin_back(price: Decimal, margin: Decimal) -> None:
    if margin >= price:
        return
    sides = settle(Sides(price), Margin(amount=margin))
    assert margin_of(sides) == margin


@given(price=money, client_fx=fx, carrier_fx=fx, percent=share)
def test_rate_in_another_currency_is_within_a_cent_of_the_share(
    price: Decimal,
    client_fx: Decimal,
    carrier_fx: Decimal,
    percent: Decimal,
) -> None:
    try:
        sides = settle(
            Sides(price, client_fx, None, carrier_fx),
            Margin(percent=percent),
        )
    except CannotPrice:
        return
    gross = at_home(price, client_fx)
    due = gross * percent / 100
    margin = margin_of(sides)
    assert margin is not None
    # half a cent of the rate, turned into the own currency, and two roundings
    assert abs(margin - due) <= carrier_fx * D("0.005") + D("0.015")


def test_share_of_the_price() -> None:
    assert margin_percent(Sides(D("300"), carrier_rate=D("200"))) == D("33.33")
    assert margin_percent(Sides(D("300"))) is None
