"""Thai numbers. The check digit of a tax number is published; those of accounts are not."""

from __future__ import annotations

from django.utils.translation import gettext as _
from stdnum.th import tin

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

ACCOUNT_LENGTHS = (10, 12, 15)  # most banks; those of the state have longer ones


def th_tax(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """13 digits, the last a check digit."""
    number = plain(value)
    if has_digits(number, 13) and is_valid(tin.validate, number):
        return None
    return wrong(_("This is not a valid Thai tax number: 13 digits, the last a check digit."))


def th_branch(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    """Five digits as tax invoices show them; 00000 is the head office."""
    is_one = has_digits(plain(value), 5)
    return None if is_one else wrong(_("A branch has 5 digits; 00000 is the head office."))


def th_account(
    value: str,
    numbers: Numbers,
) -> Fault | None:
    account = plain(value)
    if foreign := foreign_account(account, at_home="TH"):
        return foreign
    is_usual = has_digits(account, *ACCOUNT_LENGTHS)
    return None if is_usual else doubtful(_("A Thai bank account has 10 digits, or 12."))
