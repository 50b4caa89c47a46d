"""Amounts in words: against an independent library where it is right, by hand where it is not."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from tenants.kit.words import UNITS, in_words

sums = st.decimals("0", "999999999999.99", places=2)


@given(sums)
def test_roubles_as_the_oracle_says(amount: Decimal) -> None:
    # Always a Decimal: the oracle takes an int for kopecks.
    oracle = num2words(
        amount.quantize(Decimal("0.01")),
        lang="ru",
        to="currency",
        currency="RUB",
        cents=False,
    )
    assert in_words(amount, "RUB", "ru").lower() == oracle.replace(",", "")


@given(sums)
def test_baht_as_the_oracle_says(amount: Decimal) -> None:
    oracle = num2words(
        amount.quantize(Decimal("0.01")),
        lang="th",
        to="currency",
        currency="THB",
    )
    assert in_words(amount, "THB", "th") == oracle


@given(sums)
def test_dollars_as_the_oracle_says(amount: Decimal) -> None:
    oracle = num2words(
        amount.quantize(Decimal("0.01")),
        lang="en",
        to="currency",
        currency="USD",
        cents=False,
    )
    ours = in_words(amount, "USD", "en").lower().replace("us dollar", "dollar")
    assert re.sub(r"\band ", "", ours) == re.sub(r"\band |,", "", oracle)


@pytest.mark.parametrize(
    ("amount", "language", "words"),
    [
        (
            "1277701.52",
            "ru",
            "Один миллион двести семьдесят семь тысяч семьсот один сом 52 тыйына",
        ),
        ("2012.11", "ru", "Две тысячи двенадцать сомов 11 тыйынов"),
        ("21001.01", "ru", "Двадцать одна тысяча один сом 01 тыйын"),
        ("0.00", "ru", "Ноль сомов 00 тыйынов"),
        ("-3.00", "ru", "Минус три сома 00 тыйынов"),
        (
            "1277701.52",
            "ky",
            "Бир миллион эки жүз жетимиш жети миң жети жүз бир сом элүү эки тыйын",
        ),
        ("100.00", "ky", "Жүз сом нөл тыйын"),
        ("1000.05", "ky", "Бир миң сом беш тыйын"),
        (
            "19999.90",
            "ky",
            "Он тогуз миң тогуз жүз токсон тогуз сом токсон тыйын",
        ),
        ("0.00", "ky", "Нөл сом нөл тыйын"),
        ("1.01", "en", "One som and 01 tyiyn"),
    ],
)
def test_som_by_hand(amount: str, language: str, words: str) -> None:
    assert in_words(Decimal(amount), "KGS", language) == words


def test_a_thai_withdrawal_says_minus_first() -> None:
    assert in_words(Decimal("-21.50"), "THB", "th") == "ลบยี่สิบเอ็ดบาทห้าสิบสตางค์"


def test_amount_is_rounded_before_it_is_written() -> None:
    assert in_words(Decimal("0.995"), "RUB", "ru") == "Один рубль 00 копеек"


@pytest.mark.parametrize("language", UNITS)
@pytest.mark.parametrize("currency", ["KGS", "RUB", "USD", "EUR", "KZT", "THB", "CNY"])
def test_every_language_knows_every_currency(language: str, currency: str) -> None:
    text = in_words(Decimal("31.22"), currency, language)
    assert text == text.strip() and "  " not in text and "_" not in text


def test_what_cannot_be_said_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        in_words(Decimal(10**15), "KGS", "ru")
