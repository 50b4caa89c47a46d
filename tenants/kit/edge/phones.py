"""Phone numbers in one written form, `+996555000001`; with an extension `+78005553535x1234`.

A number without a country's code is one of the country of whoever writes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat

from tenants.kit.edge import text

EXTENSION = "x"
# Whose drivers and clients have no page of their own reseller yet: where the resellers are.
COUNTRIES = ("KG", "KZ", "RU", "TH", "UZ", "CN")
SHORTEST_PART = 4  # digits that a search by a part of a number needs
_country: ContextVar[str] = ContextVar("country_of_phones", default=COUNTRIES[0])


class BadPhone(Exception):
    """This is no phone number."""


@contextmanager
def of_country(country: str) -> Iterator[None]:
    """Numbers read within are of this country, unless they name their own."""
    token = _country.set(country or COUNTRIES[0])
    try:
        yield
    finally:
        _country.reset(token)


def normal(phone: str, *, country: str = "") -> str:
    """E.164 and the extension; empty stays empty. Raises BadPhone."""
    number = text.one_line(phone)
    if not number:
        return ""
    parsed = _parsed(number, country or _country.get())
    if parsed is None:
        raise BadPhone(phone)
    return _written(parsed)


def readings(phone: str) -> list[str]:
    """What a number may mean that is typed before it is known who types: one for each country."""
    number = text.one_line(phone)
    parsed = (_parsed(number, country) for country in COUNTRIES)
    return list(dict.fromkeys(_written(one) for one in parsed if one))


def tail(phone: str) -> str:
    """The four digits that everyone may see."""
    number = phone.partition(EXTENSION)[0]
    return "".join(sign for sign in number if sign.isdigit())[-4:]


def digits_within(typed: str) -> str:
    """The digits by which a number that was typed in any way is found in the written form; empty
    when it is no number. A trunk prefix (0555…, 8 800 …) is not part of the written form.
    """
    number = text.one_line(typed)
    digits = "".join(sign for sign in number if sign.isdecimal())
    if len(digits) < SHORTEST_PART or set(number) - set("0123456789+-–().x/ "):
        return ""
    if number[0] in "0(" or (number.startswith("8") and len(digits) == 11):
        return digits.lstrip("0") if number[0] != "8" else digits[1:]
    return digits


def _parsed(number: str, country: str) -> PhoneNumber | None:
    try:
        parsed = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException:
        return None
    return parsed if phonenumbers.is_possible_number(parsed) else None


def _written(parsed: PhoneNumber) -> str:
    extension = parsed.extension or ""
    parsed = PhoneNumber(
        country_code=parsed.country_code,
        national_number=parsed.national_number,
        italian_leading_zero=parsed.italian_leading_zero,
        number_of_leading_zeros=parsed.number_of_leading_zeros,
    )
    number = phonenumbers.format_number(parsed, PhoneNumberFormat.E164)
    return f"{number}{EXTENSION}{extension}" if extension else number
