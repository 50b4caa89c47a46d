"""Fields that take values as people write them, read by the same readers as an import."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseForm, BoundField
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commission.cargo.imports import cells
from commission.cargo.imports.cells import Unreadable
from commission.cargo.imports.words import message
from tenants.kit import formats
from tenants.kit.calendar import NotAMonth, month_from
from tenants.kit.edge.days import NotADay, Window
from tenants.kit.edge.form_fields import TextField
from tenants.kit.forms import Choice, Label

EXAMPLE = date(2026, 1, 18)  # the seed's own day
Value = str | date | Decimal


class ReadField(TextField):
    """A text through one of the readers of imports/cells.py."""

    reader: Callable[[str], str]

    def clean(self, value: object) -> Value | None:
        text = cells.clean("" if value is None else str(value))
        if not text and not self.required:
            return None
        try:
            return self.value_of(self.reader(text))
        except Unreadable as problem:
            raise ValidationError(message(str(problem)), code=str(problem)) from problem

    def value_of(self, text: str) -> Value:
        """The value that a text in its one form stands for."""
        return text


def check_day(day: date, window: Window) -> None:
    """Raises ValidationError."""
    try:
        window.check(day)
    except NotADay as wrong:
        raise ValidationError(str(wrong), code="window") from wrong


class DayField(ReadField):
    """18/01/2026, 18/01/2569, 2026-01-18; `window` is how far it may lie from today."""

    def __init__(
        self, *, label: Label, required: bool = True, window: Window | None = None
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
        )
        self.reader = cells.day
        self.window = window

    def get_bound_field(self, form: BaseForm, field_name: str) -> BoundField:
        self.widget.attrs["placeholder"] = formats.slashed(EXAMPLE)
        return super().get_bound_field(form, field_name)

    def value_of(self, text: str) -> date:
        day = date.fromisoformat(text)
        if self.window:
            check_day(day, self.window)
        return day

    def prepare_value(self, value: object) -> object:
        return formats.slashed(value) if isinstance(value, date) else value


class NumberField(ReadField):
    def __init__(
        self,
        *,
        whole: int,
        places: int,
        label: Label,
        money: bool = False,
        required: bool = True,
        help_text: Label = "",
    ) -> None:
        attrs: dict[str, str | bool] = {
            "inputmode": "decimal",
            "autocomplete": "off",
        }
        if money:
            attrs["data-money"] = True
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            widget=forms.TextInput(attrs=attrs),
        )
        self.reader = lambda text: cells.number(
            text,
            whole=whole,
            places=places,
            language=get_language() or cells.WRITTEN_IN,
        )

    def value_of(self, text: str) -> Decimal:
        return Decimal(text)

    def prepare_value(
        self,
        value: object,
    ) -> object:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class CodeField(ReadField):
    def __init__(
        self,
        *,
        longest: int,
        label: Label = "",
        help_text: Label = "",
        widget: forms.TextInput | None = None,
    ) -> None:
        plain = forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(label=label, help_text=help_text, widget=widget or plain)
        self.reader = lambda text: cells.code(text, longest=longest)


class MonthField(TextField):
    """2026-01 as its first day. A page offers months by name: a browser's own box of months speaks
    the browser's language.
    """

    def __init__(self, *, label: Label, required: bool = True) -> None:
        super().__init__(label=label, required=required, widget=forms.Select)

    def offer(self, months: Sequence[Choice]) -> None:
        """The months that the page offers; any other may still stand in its address."""
        self.widget.choices = [("", _("Any")), *months]

    def clean(self, value: object) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return month_from(text)
        except NotAMonth as wrong:
            raise ValidationError(_("This is not a month."), code="month") from wrong

    def prepare_value(self, value: object) -> object:
        return f"{value:%Y-%m}" if isinstance(value, date) else value
