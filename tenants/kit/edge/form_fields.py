"""Fields of forms that read through the edge; a guard finds a form that takes a text, a day or a
moment by another one.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenants.kit.edge import days, phones, text
from tenants.kit.edge.days import NotADay, Window
from tenants.kit.forms import Label

PHONE = _("Phone")
LONGEST_PHONE = 20  # as it is kept


class Cleaned(forms.CharField):
    """A text without what nobody sees; in a text area its line ends stay."""

    def to_python(self, value: object) -> str:
        if isinstance(value, str):
            is_note = isinstance(self.widget, forms.Textarea)
            value = text.lines(value) if is_note else text.one_line(value)
        elif isinstance(value, bool | list | tuple | dict):
            raise ValidationError(RegexValidator.message, code="invalid")
        return str(super().to_python(value))


class TextField(Cleaned):
    """A text of any kind."""


class EmailField(Cleaned, forms.EmailField):
    pass


class PatternField(Cleaned, forms.RegexField):
    pass


class AsTypedField(forms.CharField):
    """A password, a PIN, or what the page itself writes into a hidden field."""


class PhoneField(Cleaned):
    """A phone in its one written form; `country` is that of the one who asks, unless named."""

    def __init__(
        self,
        *,
        label: Label = PHONE,
        country: str = "",
        required: bool = False,
        help_text: Label = "",
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.TextInput(attrs={"type": "tel"}),
        )
        self.country = country

    def to_python(self, value: object) -> str:
        typed = super().to_python(value)
        try:
            number = phones.normal(typed, country=self.country)
        except phones.BadPhone as wrong:
            raise ValidationError(_("This is no phone number."), code="invalid") from wrong
        if len(number) > LONGEST_PHONE:
            raise ValidationError(_("This is no phone number."), code="invalid")
        return number


class DayField(forms.DateField):
    """A day; `window` is how far it may lie from today."""

    def __init__(
        self,
        *,
        label: Label,
        window: Window,
        required: bool = False,
        widget: forms.DateInput | None = None,
    ) -> None:
        browsers_own = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(label=label, required=required, widget=widget or browsers_own)
        self.window = window

    def to_python(self, value: Any) -> date | None:
        if not isinstance(value, str):
            return super().to_python(value)
        if not text.one_line(value):
            return None
        try:
            return days.read(value, self.window)
        except NotADay as wrong:
            raise ValidationError(str(wrong), code="invalid") from wrong

    def has_changed(self, initial: Any, data: Any) -> bool:
        """A day that stands already may lie outside of the window."""
        if isinstance(initial, date) and str(data) == initial.isoformat():
            return False
        return super().has_changed(initial, data)


class MomentField(forms.DateTimeField):
    """A day and time in the reseller's zone (the one in force for the request)."""

    def __init__(self, *, label: Label, window: Window, help_text: Label = "") -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(label=label, required=False, help_text=help_text, widget=widget)
        self.window = window

    def to_python(self, value: Any) -> datetime | None:
        """The moment, within the window of its use."""
        try:
            moment = super().to_python(value)
            if moment is not None:
                day = timezone.localtime(moment).date()
                self.window.check(day)
        except NotADay as wrong:
            raise ValidationError(str(wrong), code="invalid") from wrong
        except OverflowError as wrong:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from wrong
        return moment
