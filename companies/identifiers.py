"""Tax numbers and bank accounts: what is wrong with one, in words; an empty answer means nothing
is.

Everything here warns and never blocks: the Kyrgyz rules were read off published requisites, and
treasuries and other kinds of account may differ. Pure functions of text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError
from stdnum.ru import inn as ru
from stdnum.th import tin as th


def kg_inn(value: str) -> str:
    """14 digits: 0 for a firm, 1 or 2 for a person; day, month and year of registration or birth;
    five more.
    """
    digits = plain(value)
    if not re.fullmatch(r"\d{14}", digits):
        return _("A Kyrgyz ИНН has 14 digits.")
    if digits[0] not in "012":
        return _("A Kyrgyz ИНН begins with 0, 1 or 2.")
    try:
        date(int(digits[5:9]), int(digits[3:5]), int(digits[1:3]))
    except ValueError:
        return _("Digits 2 to 9 of a Kyrgyz ИНН are a date, and this is none.")
    return ""


def kg_account(value: str) -> str:
    """16 digits; the last two are the first fourteen modulo 97, with 0 written as 97."""
    digits = plain(value)
    if not re.fullmatch(r"\d{16}", digits):
        return _("A Kyrgyz bank account has 16 digits.")
    if int(digits[:14]) % 97 != int(digits[14:]) % 97 or digits[14:] == "00":
        return _("The check digits of the account do not fit. A digit may be mistyped.")
    return ""


def kg_bik(value: str, account: str = "") -> str:
    """Six digits; the account begins with the first three."""
    digits = plain(value)
    if not re.fullmatch(r"\d{6}", digits):
        return _("A Kyrgyz БИК has 6 digits.")
    if account and not plain(account).startswith(digits[:3]):
        return _("The account belongs to another bank than the БИК.")
    return ""


def ru_inn(value: str) -> str:
    return _by(
        ru.validate,
        value,
        _("This is not a valid Russian ИНН: 10 or 12 digits with check digits."),
    )


def th_tax(value: str) -> str:
    return _by(
        th.validate,
        value,
        _("This is not a valid Thai tax number: 13 digits, the last a check digit."),
    )


def ru_account(value: str, bik: str) -> str:
    """20 digits; with the last three of the БИК in front, weights 7, 1, 3 give a sum that ends in
    0.
    """
    digits = plain(value)
    bank = plain(bik)
    if not re.fullmatch(r"\d{20}", digits):
        return _("A Russian bank account has 20 digits.")
    if not re.fullmatch(r"\d{9}", bank):
        return _("A Russian БИК has 9 digits.")
    if sum(int(digit) * (7, 1, 3)[at % 3] % 10 for at, digit in enumerate(bank[-3:] + digits)) % 10:
        return _("The account does not fit the БИК. A digit may be mistyped.")
    return ""


TAX_NUMBER = {"KG": kg_inn, "RU": ru_inn, "TH": th_tax}


def doubts(*, country: str, inn: str = "", account: str = "", bik: str = "") -> dict[str, str]:
    """What looks mistyped in a company's requisites, by field; empty fields are not doubted."""
    reasons = {}
    if inn and country in TAX_NUMBER:
        reasons["inn"] = TAX_NUMBER[country](inn)
    if country == "KG":
        reasons |= {
            "account": kg_account(account) if account else "",
            "bik": kg_bik(bik, account) if bik else "",
        }
    if country == "RU" and account and bik:
        reasons["account"] = ru_account(account, bik)
    return {field: why for field, why in reasons.items() if why}


def plain(value: str) -> str:
    """Without the spaces and dashes people type into long numbers."""
    return re.sub(r"[\s\-\u00a0]", "", value)


def _by(check: Callable[[str], str], value: str, why: str) -> str:
    try:
        check(plain(value))
    except ValidationError:
        return why
    return ""
