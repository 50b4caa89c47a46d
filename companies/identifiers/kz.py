"""Kazakh numbers. Check digits of БИН, ИИН and IBAN are published: what breaks them is refused."""

from __future__ import annotations

from django.utils.translation import gettext as _
from stdnum import bic, iban

from companies.identifiers.foreign import foreign_account
from companies.identifiers.reading import Fault, Numbers, has_digits, is_valid, plain, wrong

WEIGHTS = (
    (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
    (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2),
)
IBAN_LENGTH = 20
SWIFT_LENGTH = 8


def kz_bin(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """12 digits, the last a check digit."""
    number = plain(value)
    if has_digits(number, 12) and _check_digit(number) == int(number[-1]):
        return None
    return wrong(_("This is not a valid БИН or ИИН: 12 digits, the last a check digit."))


def kz_account(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """An IBAN of 20 signs that begins with KZ."""
    account = plain(value)
    if foreign := foreign_account(account, at_home="KZ"):
        return foreign
    is_one = account.startswith("KZ") and len(account) == IBAN_LENGTH
    if not is_one:
        return wrong(_("A Kazakh account (ИИК) begins with KZ and has 20 signs."))
    if not is_valid(iban.validate, account):
        return wrong(_("The check digits of the ИИК do not fit. A sign may be mistyped."))
    return None


def kz_bik(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """The SWIFT code of a bank in Kazakhstan, eight signs."""
    code = plain(value)
    is_one = (
        len(code) == SWIFT_LENGTH
        and code[4:6] == "KZ"
        and is_valid(
            bic.validate,
            code,
        )
    )
    return None if is_one else wrong(_("A Kazakh БИК has 8 signs, such as CASPKZKA."))


def _check_digit(number: str) -> int:
    """The sum modulo 11 by the first weights, by the second where it is 10; 10 fits no digit."""
    rest = 10
    for weights in WEIGHTS:
        pairs = zip(number, weights, strict=False)
        rest = sum(int(digit) * weight for digit, weight in pairs) % 11
        if rest < 10:
            break
    return rest
