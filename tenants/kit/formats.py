"""Numbers, money and days as people of a language write them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal
from django.utils import timezone, translation


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse({"ky": "ky", "th": "th", "en": "en"}.get(language, "ru"))


def number(value: Decimal | int | float | None, places: int | None = None) -> str:
    """1 234,5 in Russian, 1,234.5 in Thai; None is a dash."""
    if value is None:
        return "—"
    return _written(value, places, translation.get_language() or "ru")


@lru_cache(maxsize=50_000)
def _priced(amount: Decimal, currency: str, language: str) -> str:
    return f"{_written(amount, 2, language)} {currency}".strip().replace(" ", "\u00a0")


@lru_cache(maxsize=50_000)  # a list shows the same sums again and again, and Babel takes its time
def _written(value: Decimal | int | float, places: int | None, language: str) -> str:
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    return str(format_decimal(value, format=pattern, locale=_locale(language)))


def money(amount: Decimal | None, currency: str = "") -> str:
    """An amount with its currency's code behind it; two places always."""
    if amount is None:
        return "—"
    return _priced(amount, currency, translation.get_language() or "ru")


def day(value: date | datetime | None) -> str:
    """dd.mm.yyyy; in Thai and English dd/mm/yyyy."""
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return value.strftime("%d/%m/%Y" if translation.get_language() in ("th", "en") else "%d.%m.%Y")


def moment(value: datetime | None) -> str:
    """A day with hours and minutes in the reseller's time zone."""
    if value is None:
        return "—"
    return f"{day(value)} {timezone.localtime(value):%H:%M}"
