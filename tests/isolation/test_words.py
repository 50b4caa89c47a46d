"""Canaries are found however they are written."""

from __future__ import annotations

import pytest

from checks.isolation.words import Words
from tenants.kit import formats


@pytest.fixture
def words() -> Words:
    vocabulary = Words()
    vocabulary.mark("BETA", "client2", ["head"])
    return vocabulary


def test_a_word_is_found_in_any_case_and_inside_an_address(
    words: Words,
) -> None:
    assert words.met("mailto:canary_beta_client2@example.test") == {"CANARY_BETA_CLIENT2"}


def test_only_strangers_leak(words: Words) -> None:
    assert words.leaks("CANARY_BETA_CLIENT2", "head") == []
    assert words.leaks("CANARY_BETA_CLIENT2", "client") == ["CANARY_BETA_CLIENT2"]


def test_a_word_that_nobody_made_leaks_to_everybody(
    words: Words,
) -> None:
    assert words.leaks("canary_beta_else", "head") == ["CANARY_BETA_ELSE"]


def test_a_sum_is_found_as_people_and_as_programs_write_it(
    words: Words,
) -> None:
    amount = words.number("price", ["head"])
    digits = str(int(amount))
    for text in (
        f"{amount}",
        formats.money(amount, "KGS"),
        f"{amount:,}",
        f'"{amount}"',
        f"{amount:,}".replace(",", "\u202f"),
    ):
        assert words.leaks(text, "client") == [f"{digits} (price)"], text


def test_a_phone_is_found_whole_but_not_masked(words: Words) -> None:
    phone = words.phone("phone", ["head"])
    assert words.leaks(phone, "client") and words.leaks(
        f"{phone[:4]} {phone[4:7]} {phone[7:]}", "client"
    )
    assert words.leaks(f"***{phone[-4:]}", "client") == []


def test_a_sum_in_cents_is_a_sum(words: Words) -> None:
    digits = str(int(words.number("price")))
    assert words.leaks(f"Sum={digits}46|", "client") == [f"{digits} (price)"]


def test_an_id_is_no_sum(words: Words) -> None:
    digits = str(int(words.number("price")))
    assert (
        words.leaks(
            f"a{digits} {digits[:4]}-{digits[4:]} 1{digits} -{digits} {digits}a2f0 {digits}7",
            "client",
        )
        == []
    )
