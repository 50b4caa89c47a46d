"""Accounts of whatever country: those of another one than the firm's, and those of none."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from stdnum import iban

from companies.identifiers.reading import (
    Fault,
    Numbers,
    doubtful,
    has_digits,
    is_valid,
    plain,
    wrong,
)

ACCOUNTS = ("account", "correspondent")
SIGNS = re.compile(r"[A-Z0-9/]+")
IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}")


def foreign_account(value: str, *, at_home: str) -> Fault | None:
    """A fault when the account is one of another country than `at_home`: a firm may have it."""
    country = _country_of(value)
    if country in ("", at_home):
        return None
    words = {
        "KG": _("This looks like an account of a Kyrgyz bank."),
        "RU": _("This looks like an account of a Russian bank."),
        "KZ": _("This looks like an account of a Kazakh bank."),
    }
    usual = _("This looks like an account of another country: %(code)s.") % {"code": country}
    return doubtful(words.get(country, usual))


def strange_accounts(numbers: Numbers) -> dict[str, Fault]:
    """Accounts with signs that no country's accounts have."""
    return {
        name: wrong(_("An account is made of Latin letters and digits alone."))
        for name in ACCOUNTS
        if numbers.get(name) and SIGNS.fullmatch(plain(numbers[name])) is None
    }


def has_kyrgyz_key(
    digits: str,
) -> bool:
    """Whether the last two digits are the first fourteen modulo 97, with 0 written as 97."""
    return int(digits[:14]) % 97 == int(digits[14:]) % 97 and digits[14:] != "00"


def _country_of(text: str) -> str:
    """The country that the form of an account tells; empty where none does."""
    if IBAN.fullmatch(text) and is_valid(
        iban.validate,
        text,
    ):
        return text[:2]
    if has_digits(text, 20):
        return "RU"
    return "KG" if has_digits(text, 16) and has_kyrgyz_key(text) else ""
