from __future__ import annotations

import csv
from pathlib import Path

import pytest
from django.utils import translation

from companies import identifiers
from companies.country_fields import faults
from companies.identifiers import Numbers, Rule, plain

PREFIXES = ("kg_", "ru_", "kz_", "th_")
CHECKS: dict[str, Rule] = {
    name: getattr(identifiers, name) for name in identifiers.__all__ if name.startswith(PREFIXES)
}
GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "identifiers.csv"
with GOLDEN.open(encoding="utf-8") as lines:
    CASES = [(row["kind"], row["value"], row["valid"] == "yes") for row in csv.DictReader(lines)]
BANK = {"bik": "044525225"}


@pytest.mark.parametrize(("kind", "value", "valid"), CASES)
def test_number_is_checked_as_its_country_does(kind: str, value: str, valid: bool) -> None:
    assert (CHECKS[kind](value, {}) is None) is valid


@pytest.mark.parametrize(
    ("kind", "value", "numbers", "valid"),
    [
        ("kg_inn", "02705201910356", {}, True),
        ("kg_okpo", "29345678", {}, True),
        ("kg_okpo", "2934567", {}, False),
        ("kg_tax_office", "004", {}, True),
        ("kg_tax_office", "BISHKEK", {}, False),
        ("kg_bik", "124001", {"account": "1240020001066497"}, True),
        ("kg_bik", "109001", {"account": "1240020001066497"}, False),
        ("ru_kpp", "773601001", {}, True),
        ("ru_kpp", "7736AB001", {}, True),
        ("ru_kpp", "77360100", {}, False),
        ("ru_kpp", "773601001", {"legal_form": "ИП"}, False),
        ("ru_inn", "7707083893", {"legal_form": "ИП"}, False),
        ("ru_ogrn", "1027700132195", {}, True),
        ("ru_ogrn", "1027700132196", {}, False),
        ("ru_ogrn", "304500116000157", {}, True),
        ("ru_ogrn", "304500116000158", {}, False),
        ("ru_okpo", "00032537", {}, True),
        ("ru_okpo", "00032538", {}, False),
        ("ru_bik", "044525225", {}, True),
        ("ru_bik", "04452522", {}, False),
        ("ru_correspondent", "30101810400000000225", BANK, True),
        ("ru_correspondent", "30101810400000000226", BANK, False),
        ("ru_correspondent", "3010181040000000022", BANK, False),
        ("kz_bin", "940140000385", {}, True),
        ("kz_bin", "940140000386", {}, False),
        ("kz_account", "KZ86125KZT5004100100", {}, True),
        ("kz_account", "KZ87125KZT5004100100", {}, False),
        ("kz_account", "KZ86125KZT500410010", {}, False),
        ("kz_bik", "CASPKZKA", {}, True),
        ("kz_bik", "CASPRUMM", {}, False),
        ("kz_bik", "1234", {}, False),
        ("th_branch", "00000", {}, True),
        ("th_branch", "00017", {}, True),
        ("th_branch", "0", {}, False),
        ("th_account", "012-3-45678-9", {}, True),
        ("th_account", "012345678901", {}, True),
        ("th_account", "1234", {}, False),
    ],
)
def test_rule_passes_and_refuses(kind: str, value: str, numbers: Numbers, valid: bool) -> None:
    assert (CHECKS[kind](value, numbers) is None) is valid


@pytest.mark.parametrize("kind", CHECKS)
@pytest.mark.parametrize("value", ["", "x" * 14, "①②", "0" * 200, "١٢٣٤٥٦٧٨٩٠١٢٣٤", "'; --"])
def test_rubbish_has_a_fault_in_words(kind: str, value: str) -> None:
    fault = CHECKS[kind](value, {})
    assert fault is not None and fault.words.endswith(".")


@pytest.mark.parametrize(
    "typed",
    [
        "1240 0200 0106-6497",
        "１２４００２０００１０６６４９７",
        "๑๒๔๐๐๒๐๐๐๑๐๖๖๔๙๗",
        "\u200b1240\u00a00200\u20130106\u20116497\ufeff",
        "1240.0200.0106.6497",
    ],
)
def test_typing_aids_and_other_digits_do_not_matter(typed: str) -> None:
    assert plain(typed) == "1240020001066497"
    assert CHECKS["kg_account"](typed, {}) is None


def test_kyrgyz_rules_only_warn() -> None:
    numbers = {
        "inn": "1",
        "okpo": "1",
        "tax_office": "x",
        "account": "1240020001066498",
        "bik": "109001",
    }
    by_field = faults("KG", numbers)
    assert set(by_field) == set(numbers)
    assert not any(fault.is_sure for fault in by_field.values())


@pytest.mark.parametrize(
    ("country", "field", "value"),
    [
        ("RU", "inn", "7707083894"),
        ("RU", "ogrn", "1027700132196"),
        ("KZ", "inn", "940140000386"),
        ("KZ", "account", "KZ87125KZT5004100100"),
        ("TH", "inn", "0105561000000"),
        ("TH", "branch_code", "12"),
    ],
)
def test_what_breaks_a_published_rule_is_sure(country: str, field: str, value: str) -> None:
    by_field = faults(country, {field: value})
    assert [fault.is_sure for fault in by_field.values()] == [True]


@pytest.mark.parametrize(
    ("country", "account", "bank"),
    [
        ("KG", "40702810900000001234", "Russian"),
        ("KG", "KZ86125KZT5004100100", "Kazakh"),
        ("RU", "1240020001066497", "Kyrgyz"),
        ("KZ", "40702810900000001234", "Russian"),
        ("TH", "1240020001066497", "Kyrgyz"),
        ("TH", "DE89 3704 0044 0532 0130 00", "another country: DE"),
    ],
)
def test_account_of_another_country_is_said_in_words(country: str, account: str, bank: str) -> None:
    """A firm may have an account abroad: it is told and not refused."""
    with translation.override("en"):
        fault = faults(country, {"account": account})["account"]
    assert bank in fault.words and not fault.is_sure


def test_only_the_own_country_s_rules_count() -> None:
    assert faults("TH", {"inn": "0105561000003", "account": "123-4-56789-0"}) == {}
    assert list(faults("TH", {"inn": "7707083893", "kpp": "x"})) == ["inn"]
    assert faults("CN", {"inn": "anything", "account": "1"}) == {}


def test_russian_account_has_one_fitting_key() -> None:
    fitting = [
        f"4070281090000000{end:04}"
        for end in range(10)
        if CHECKS["ru_account"](f"4070281090000000{end:04}", BANK) is None
    ]
    assert len(fitting) == 1
    by_field = faults("RU", {"account": "1" * 20, "bik": "1"})
    assert list(by_field) == ["bik"]
