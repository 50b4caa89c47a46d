"""Fields that several forms share."""

from __future__ import annotations

from babel import Locale
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from companies.identifiers import plain
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
) -> forms.CharField:
    widget = forms.TextInput(attrs=attrs)
    return OneLine(
        label=label,
        max_length=length,
        required=required,
        help_text=help_text,
        widget=widget,
    )


def phone(region: str | None = None, *, required: bool = False) -> PhoneNumberField:
    help_text = _("With the country code: +996 555 000 001")
    invalid = _("This is no phone number. Enter it with the country code: +996 555 000 001")
    return PhoneNumberField(
        label=_("Phone"),
        region=region,
        required=required,
        help_text=help_text,
        error_messages={"invalid": invalid},
    )


class OneLine(forms.CharField):
    """A line of text without line breaks and other control characters: names end up in e-mail
    headers and PDFs.
    """

    def to_python(self, value: object) -> str:
        line = super().to_python(value) or ""
        if any(
            ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 or sign in "\u2028\u2029" for sign in line
        ):
            raise ValidationError(_("Control characters are not allowed here."))
        return str(line)


class NumberLine(OneLine):
    """A tax number or account: spaces and dashes are typing aids and are not kept."""

    def to_python(
        self,
        value: object,
    ) -> str:
        return plain(super().to_python(value))
