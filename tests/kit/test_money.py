"""Money adds up to the cent, whatever the numbers are."""

import operator
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenants.kit.money import (
    CURRENCIES,
    MixedCurrencies,
    Money,
    Tax,
    TaxedAmount,
    TaxRate,
    percent_of,
    rounded,
    split_tax,
    total,
    total_taxed,
)

amounts = st.decimals("-9999999999", "9999999999", places=2, allow_nan=False)
percents = st.decimals("0", "100", places=2)
rates = st.lists(
    st.builds(TaxRate, st.sampled_from(["НДС", "НСП", "VAT"]), percents),
    max_size=3,
)
KG = (TaxRate("НДС", Decimal(12)), TaxRate("НСП", Decimal(2)))


@pytest.mark.parametrize(
    ("amount", "expected"),
    [
        ("0.005", "0.01"),
        ("0.015", "0.02"),
        ("2.675", "2.68"),
        ("-0.005", "-0.01"),
        ("-0.004", "0.00"),
        ("1e3", "1000.00"),
    ],
)
def test_rounding_is_half_up_and_away_from_zero(amount: str, expected: str) -> None:
    assert str(rounded(Decimal(amount), "KGS")) == expected


def test_a_float_is_refused() -> None:
    with pytest.raises(TypeError):
        rounded(0.1)  # type: ignore[arg-type]


def test_percent_is_rounded_once() -> None:
    assert percent_of(Decimal("33.33"), Decimal("7")) == Decimal("2.33")


def test_money_adds_compares_and_multiplies() -> None:
    ten = Money(Decimal(10), "KGS")
    three = Money(Decimal("3.005"), "KGS")
    assert str(ten + three) == "13.01 KGS"
    assert ten - three == Money(Decimal("6.99"), "KGS")
    assert three < ten <= ten and ten > three and ten >= ten and -ten < three
    assert three * 2 == Money(Decimal("6.02"), "KGS")
    assert ten.percent(Decimal(7)) == Money(Decimal("0.70"), "KGS")
    assert total([], "THB") == Money.zero("THB") and not Money.zero("THB")


@pytest.mark.parametrize(
    "act",
    [operator.add, operator.sub, operator.lt, operator.le, operator.gt, operator.ge],
)
def test_mixed_currencies_are_refused(act: Callable[[Money, Money], object]) -> None:
    with pytest.raises(MixedCurrencies):
        act(Money(Decimal(1), "KGS"), Money(Decimal(1), "RUB"))


def test_the_same_sum_in_two_currencies_is_not_equal() -> None:
    assert Money(Decimal(1), "KGS") != Money(Decimal(1), "RUB")


@pytest.mark.parametrize("code", ["", "kgs", "SOMS"])
def test_a_word_that_is_no_currency_code_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="currency"):
        Money(Decimal(1), code)


def test_vat_and_sales_tax_lie_side_by_side_on_the_net_price() -> None:
    taxed = split_tax(net=Decimal("1000.00"), rates=KG)
    assert [tax.amount for tax in taxed.taxes] == [
        Decimal("120.00"),
        Decimal("20.00"),
    ]
    assert taxed.gross == Decimal("1140.00")
    assert split_tax(gross=Decimal("1140.00"), rates=KG) == taxed


def test_parts_that_do_not_add_up_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="is not"):
        TaxedAmount(
            Decimal(100),
            (Tax("НДС", Decimal(12), Decimal(12)),),
            Decimal("112.01"),
        )


@pytest.mark.parametrize("prices", [{}, {"net": Decimal(1), "gross": Decimal(1)}])
def test_a_price_is_given_either_net_or_gross(
    prices: dict[str, Decimal],
) -> None:
    with pytest.raises(ValueError, match="either"):
        split_tax(**prices, rates=KG)


@given(amounts, rates)
def test_net_and_taxes_are_the_gross_to_the_cent(amount: Decimal, rates: list[TaxRate]) -> None:
    by_net = split_tax(net=amount, rates=rates)
    by_gross = split_tax(gross=amount, rates=rates)
    assert by_net.net == by_gross.gross == amount
    for taxed in (by_net, by_gross):
        assert taxed.net + taxed.tax == taxed.gross == rounded(taxed.gross)


@given(amounts, rates)
def test_a_correction_is_exactly_the_negation(amount: Decimal, rates: list[TaxRate]) -> None:
    there = split_tax(net=amount, rates=rates)
    back = split_tax(net=-amount, rates=rates)
    assert total_taxed([there, back]).gross == 0 == total_taxed([there, back]).tax


@given(amounts, rates)
def test_a_gross_price_comes_back_within_a_cent_a_tax(
    amount: Decimal, rates: list[TaxRate]
) -> None:
    there = split_tax(net=amount, rates=rates)
    assert abs(split_tax(gross=there.gross, rates=rates).net - amount) <= Decimal("0.01") * (
        len(rates) + 1
    )


@given(st.lists(amounts, max_size=8))
def test_the_foot_is_the_sum_of_the_lines(lines: list[Decimal]) -> None:
    taxed = [split_tax(gross=line, rates=KG) for line in lines]
    foot = total_taxed(taxed)
    assert foot.gross == sum(lines) and foot.tax == sum(line.tax for line in taxed)
    assert [tax.kind for tax in foot.taxes] == (["НДС", "НСП"] if lines else [])


def test_the_currencies_in_use() -> None:
    assert list(CURRENCIES) == [
        "KGS",
        "RUB",
        "USD",
        "EUR",
        "KZT",
        "THB",
        "CNY",
    ]
    assert CURRENCIES["KGS"].symbol == "сом"
