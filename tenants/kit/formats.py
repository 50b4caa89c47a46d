"""Numbers, money and days as people of a language write them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext
from functools import lru_cache

from babel import Locale
from babel.numbers import format_decimal
from django.utils import timezone, translation
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from tenants.kit.money import WIDE

BUDDHIST_YEARS = 543
_era: ContextVar[bool] = ContextVar("buddhist_era", default=False)


@contextmanager
def era(*, buddhist: bool) -> Iterator[None]:
    """Inside, Thai pages count years as the reseller chose."""
    before = _era.set(buddhist)
    try:
        yield
    finally:
        _era.reset(before)


def counts_buddhist() -> bool:
    return _era.get() and translation.get_language() == "th"


def year(value: date) -> int:
    """2026, or 2569 where years are counted from 543 BC."""
    return value.year + BUDDHIST_YEARS * counts_buddhist()


@lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    return Locale.parse(
        {
            "ky": "ky",
            "th": "th",
            "en": "en",
        }.get(language, "ru")
    )


def number(value: Decimal | int | float | None, places: int | None = None) -> str:
    """1 234,5 in Russian, 1,234.5 in Thai; None is a dash."""
    if value is None:
        return "—"
    return _written(value, places, translation.get_language() or "ru")


@lru_cache(maxsize=50_000)
def _priced(
    amount: Decimal,
    currency: str,
    language: str,
) -> str:
    return f"{_written(amount, 2, language)} {currency}".strip().replace(
        " ",
        "\u00a0",
    )


@lru_cache(maxsize=50_000)  # a list shows the same sums again and again, and Babel takes its time
def _written(
    value: Decimal | int | float,
    places: int | None,
    language: str,
) -> str:
    pattern = None if places is None else "#,##0" + ("." + "0" * places if places else "")
    with localcontext(WIDE):  # Babel rounds in the context in force
        return str(format_decimal(value, format=pattern, locale=_locale(language)))


def money(amount: Decimal | None, currency: str = "") -> str:
    """An amount with its currency's code behind it; two places always."""
    if amount is None:
        return "—"
    return _priced(amount, currency, translation.get_language() or "ru")


def day(value: date | datetime | None) -> str:
    """dd.mm.yyyy; in Thai and English dd/mm/yyyy, in Thai of the Buddhist era where that was
    chosen.
    """
    if value is None:
        return "—"
    if isinstance(value, datetime):
        value = timezone.localtime(value)
    return (
        slashed(value) if translation.get_language() in ("th", "en") else value.strftime("%d.%m.%Y")
    )


def slashed(value: date) -> str:
    """dd/mm/yyyy in any language; the readers of typed dates take both eras back."""
    return f"{value:%d/%m}/{year(value)}"


def month(value: date) -> str:
    """mm/yyyy."""
    return f"{value:%m}/{year(value)}"


def moment(value: datetime | None) -> str:
    """A day with hours and minutes in the reseller's time zone."""
    if value is None:
        return "—"
    return f"{day(value)} {timezone.localtime(value):%H:%M}"


def ago(
    value: datetime | None,
    now: datetime,
) -> str:
    """«1 месяц назад»; a dash for never."""
    if value is None:
        return "—"
    if now - value < timedelta(minutes=1):
        return _("just now")
    return _("%(time)s ago") % {"time": timesince(value, now, depth=1)}
