from __future__ import annotations

import csv
from pathlib import Path

import pytest

from companies.identifiers import (
    doubts,
    kg_account,
    kg_inn,
    ru_account,
    ru_inn,
    th_tax,
)

CHECKS = {
    "kg_account": kg_account,
    "kg_inn": kg_inn,
    "ru_inn": ru_inn,
    "th_tax": th_tax,
}
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "identifiers.csv"
with GOLDEN.open(encoding="utf-8") as lines:
    CASES = [(row["kind"], row["value"], row["valid"] == "yes") for row in csv.DictReader(lines)]


@pytest.mark.parametrize(("kind", "value", "valid"), CASES)
def test_number_is_checked_as_its_country_does(kind: str, value: str, valid: bool) -> None:
    assert (CHECKS[kind](value) == "") is valid


@pytest.mark.parametrize("kind", CHECKS)
@pytest.mark.parametrize("value", ["", "x" * 14, "①②③", "0" * 200, "١٢٣٤٥٦٧٨٩٠١٢٣٤", "'; --"])
def test_rubbish_is_a_doubt_and_not_an_error(kind: str, value: str) -> None:
    assert CHECKS[kind](value).endswith(".")


def test_spaces_and_dashes_do_not_matter() -> None:
    assert CHECKS["kg_account"]("1240 0200 0106-6497") == ""


def test_account_of_another_bank_is_doubted() -> None:
    good = {
        "country": "KG",
        "inn": "02705201910356",
        "account": "1240020001066497",
    }
    assert doubts(**good, bik="124001") == {}
    assert list(doubts(**good, bik="109001")) == ["bik"]


def test_only_the_own_country_s_rules_count() -> None:
    assert doubts(country="TH", inn="0105561000003", account="123-4-56789-0") == {}
    assert list(doubts(country="TH", inn="7707083893")) == ["inn"]
    assert doubts(country="CN", inn="anything", account="1") == {}


def test_russian_account_key() -> None:
    bank = "044525225"
    fitting = [
        f"4070281090000000{end:04}"
        for end in range(10)
        if not ru_account(f"4070281090000000{end:04}", bank)
    ]
    assert len(fitting) == 1
    assert list(doubts(country="RU", account="1" * 20, bik="1")) == ["account"]
