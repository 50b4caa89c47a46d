"""Fields that several forms share."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import get_timezone_location
from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from companies.identifiers import plain
from tenants.kit import clock
from tenants.kit.edge.form_fields import PhoneField, TextField
from tenants.kit.forms import Label

COUNTRIES = (
    "KG",
    "KZ",
    "RU",
    "UZ",
    "TJ",
    "TM",
    "CN",
    "TH",
    "TR",
    "GE",
    "AZ",
    "AM",
    "BY",
    "MN",
    "IR",
    "AE",
    "LV",
    "LT",
    "PL",
    "DE",
)


ZONES = (
    "Asia/Almaty",
    "Asia/Ashgabat",
    "Asia/Baku",
    "Asia/Bangkok",
    "Asia/Bishkek",
    "Asia/Dubai",
    "Asia/Dushanbe",
    "Asia/Irkutsk",
    "Asia/Krasnoyarsk",
    "Asia/Novosibirsk",
    "Asia/Omsk",
    "Asia/Shanghai",
    "Asia/Tashkent",
    "Asia/Tbilisi",
    "Asia/Ulaanbaatar",
    "Asia/Vladivostok",
    "Asia/Yekaterinburg",
    "Asia/Yerevan",
    "Europe/Berlin",
    "Europe/Istanbul",
    "Europe/Minsk",
    "Europe/Moscow",
    "Europe/Riga",
    "Europe/Samara",
    "Europe/Warsaw",
)

# Where the library's name is not the one in use (FAULTS F9).
OWN_NAMES = {("ru", "KG"): "Кыргызстан"}


def countries() -> list[tuple[str, str]]:
    """Countries a forwarder here deals with, by name in the language of the page."""
    return [("", "—"), *((code, country_name(code)) for code in COUNTRIES)]


def country_name(code: object) -> str:
    """A country by name in the language of the page."""
    language = translation.get_language() or "ru"
    own = OWN_NAMES.get((language, str(code)))
    names = Locale.parse(language).territories
    return own or str(names.get(str(code), code or ""))


def zones(in_force: str = "") -> list[tuple[str, str]]:
    """Time zones of the countries that forwarders here deal with, by city, from west to east."""
    language = translation.get_language() or "ru"
    now = clock.now()
    offsets = {zone: now.astimezone(ZoneInfo(zone)) for zone in {*ZONES, in_force} if zone}
    ordered = sorted(offsets, key=lambda zone: (offsets[zone].utcoffset(), zone))
    return [(zone, f"{_city(zone, language)} (UTC{offsets[zone]:%z})") for zone in ordered]


def _city(zone: str, language: str) -> str:
    return str(get_timezone_location(zone, locale=Locale.parse(language), return_city=True))


def languages() -> list[tuple[str, str]]:
    return list(settings.LANGUAGES)


def text(
    label: Label,
    length: int,
    *,
    required: bool = False,
    help_text: Label = "",
    **attrs: str,
) -> TextField:
    widget = forms.TextInput(attrs=attrs)
    return TextField(
        label=label,
        max_length=length,
        required=required,
        help_text=help_text,
        widget=widget,
    )


def phone(region: str | None = None, *, required: bool = False) -> PhoneField:
    return PhoneField(
        country=region or "",
        required=required,
        help_text=_("With the country code: +996 555 000 001"),
    )


class NumberLine(TextField):
    """A tax number or account: spaces and dashes are typing aids and are not kept."""

    def to_python(
        self,
        value: object,
    ) -> str:
        return plain(super().to_python(value))
