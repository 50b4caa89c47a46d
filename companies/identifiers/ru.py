"""Russian numbers. The check digits of ИНН, ОГРН and accounts are published: what breaks them is
refused.
"""

from __future__ import annotations

import re

from django.utils.translation import gettext as _
from stdnum.ru import inn, ogrn

from companies.identifiers.foreign import foreign_account
from companies.identifiers.reading import (
    Fault,
    Numbers,
    doubtful,
    has_digits,
    is_valid,
    plain,
    wrong,
)

KPP = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
OKPO_WEIGHTS = ((1, 2, 3, 4, 5, 6, 7, 8, 9), (3, 4, 5, 6, 7, 8, 9, 10, 1))
KEY_WEIGHTS = (7, 1, 3)
OF_PERSONS = 12  # digits of an ИНН
PERSONS = ("ИП", "КФХ", "самозанятый")


def ru_inn(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """10 digits of a firm, 12 of a person, each with its check digits."""
    number = plain(value)
    if not (has_digits(number, 10, 12) and is_valid(inn.validate, number)):
        return wrong(_("This is not a valid Russian ИНН: 10 or 12 digits with check digits."))
    is_person = numbers.get("legal_form") in PERSONS
    if is_person and len(number) != OF_PERSONS:
        return doubtful(_("The ИНН of an entrepreneur has 12 digits, this is one of a firm."))
    return None


def ru_kpp(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """Nine signs; an entrepreneur has none."""
    if not KPP.fullmatch(plain(value)):
        return wrong(_("A КПП has 9 digits."))
    if numbers.get("legal_form") in PERSONS:
        return doubtful(_("An entrepreneur has no КПП."))
    return None


def ru_ogrn(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """13 digits of a firm, 15 of an entrepreneur, the last a check digit."""
    number = plain(value)
    if has_digits(number, 13, 15) and is_valid(ogrn.validate, number):
        return None
    return wrong(_("This is not a valid ОГРН: 13 digits, or 15 of an entrepreneur; check digit."))


def ru_okpo(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """8 digits of a firm, 10 of an entrepreneur, the last a check digit."""
    digits = plain(value)
    if has_digits(digits, 8, 10) and _okpo_digit(digits[:-1]) == int(digits[-1]):
        return None
    return doubtful(_("This is not a usual ОКПО: 8 or 10 digits, the last a check digit."))


def ru_bik(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    is_one = has_digits(plain(value), 9)
    return None if is_one else wrong(_("A Russian БИК has 9 digits."))


def ru_account(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """20 digits that fit the last three digits of the БИК."""
    account = plain(value)
    bank = plain(numbers.get("bik", ""))
    if foreign := foreign_account(account, at_home="RU"):
        return foreign
    if not has_digits(account, 20):
        return wrong(_("A Russian bank account has 20 digits."))
    if has_digits(bank, 9) and not _key_fits(bank[-3:] + account):
        return wrong(_("The account does not fit the БИК. A digit may be mistyped."))
    return None


def ru_correspondent(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """20 digits that begin with 301; the key is counted with "0" and digits 5 and 6 of the БИК."""
    account = plain(value)
    bank = plain(
        numbers.get(
            "bik",
            "",
        )
    )
    if not has_digits(account, 20):
        return wrong(_("A correspondent account has 20 digits."))
    if has_digits(bank, 9) and not _key_fits("0" + bank[4:6] + account):
        return wrong(_("The correspondent account does not fit the БИК. A digit may be mistyped."))
    return None


def _key_fits(
    digits: str,
) -> bool:
    """Weights 7, 1, 3: the last digits of the products add up to a number that ends in 0."""
    return sum(int(one) * KEY_WEIGHTS[at % 3] % 10 for at, one in enumerate(digits)) % 10 == 0


def _okpo_digit(
    digits: str,
) -> int:
    """The check digit: the sum modulo 11 by the first weights, by the second where it is 10."""
    for weights in OKPO_WEIGHTS:
        rest = sum(int(one) * weight for one, weight in zip(digits, weights, strict=False)) % 11
        if rest < 10:
            return rest
    return 0
