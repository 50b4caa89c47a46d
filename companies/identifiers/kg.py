"""Kyrgyz numbers. The rules were read off published requisites, so everything here only warns:
treasuries and other kinds of account may differ.
"""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from companies.identifiers.foreign import foreign_account, has_kyrgyz_key
from companies.identifiers.reading import Fault, Numbers, doubtful, has_digits, plain


def kg_inn(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """14 digits: 0 for a firm, 1 or 2 for a person; day, month and year of registration or birth;
    five more.
    """
    digits = plain(value)
    if not has_digits(digits, 14):
        return doubtful(_("A Kyrgyz ИНН has 14 digits."))
    if digits[0] not in "012":
        return doubtful(_("A Kyrgyz ИНН begins with 0, 1 or 2."))
    try:
        date(int(digits[5:9]), int(digits[3:5]), int(digits[1:3]))
    except ValueError:
        return doubtful(_("Digits 2 to 9 of a Kyrgyz ИНН are a date, and this is none."))
    return None


def kg_okpo(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    is_usual = has_digits(plain(value), 8)
    return None if is_usual else doubtful(_("A Kyrgyz ОКПО has 8 digits."))


def kg_tax_office(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    is_usual = has_digits(plain(value), 3, 4)
    return None if is_usual else doubtful(_("A code of a ГНИ has 3 digits."))


def kg_account(value: str, numbers: Numbers) -> Fault | None:
    """16 digits; the last two are the first fourteen modulo 97, with 0 written as 97."""
    account = plain(value)
    if foreign := foreign_account(account, at_home="KG"):
        return foreign
    if not has_digits(account, 16):
        return doubtful(_("A Kyrgyz bank account has 16 digits."))
    if not has_kyrgyz_key(account):
        return doubtful(_("The check digits of the account do not fit. A digit may be mistyped."))
    return None


def kg_bik(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """Six digits; the account begins with the first three."""
    digits = plain(value)
    account = plain(numbers.get("account", ""))
    if not has_digits(digits, 6):
        return doubtful(_("A Kyrgyz БИК has 6 digits."))
    if has_digits(account, 16) and not account.startswith(digits[:3]):
        return doubtful(_("The account belongs to another bank than the БИК."))
    return None
