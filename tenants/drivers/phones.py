"""Phone numbers in one written form, `+996555000001`, and masked for everyone but the home
reseller.
"""

from __future__ import annotations

import phonenumbers


class BadPhone(Exception):
    """This is no phone number."""


def normal(phone: str, *, country: str = "KG") -> str:
    """E.164; a number without a country code is read as one of `country`. Raises BadPhone; empty
    stays empty.
    """
    text = phone.strip()
    if not text:
        return ""
    try:
        parsed = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException as problem:
        raise BadPhone(phone) from problem
    if not phonenumbers.is_possible_number(parsed):
        raise BadPhone(phone)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)


def tail(phone: str) -> str:
    """The four digits that everyone may see."""
    return "".join(ch for ch in phone if ch.isdigit())[-4:]
