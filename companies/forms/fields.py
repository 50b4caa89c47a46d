"""Fields that several forms share."""

from __future__ import annotations

from babel import Locale
from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from companies.identifiers import plain
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
