"""Fields that take values as people write them, read by the same readers as an import."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from commission.cargo.imports import cells
from commission.cargo.imports.cells import Unreadable
from commission.cargo.imports.words import message
from tenants.kit import formats

EXAMPLE = date(2026, 1, 18)  # the seed's own day


class ReadField(forms.CharField):
    """A text through one of the readers of imports/cells.py."""

    reader: Callable[[str], str]

    def clean(self, value: Any) -> Any:
        text = cells.clean("" if value is None else str(value))
        if not text and not self.required:
            return None
        try:
            return self.made(self.reader(text))
        except Unreadable as problem:
            raise ValidationError(message(str(problem)), code=str(problem)) from problem

    def made(self, text: str) -> Any:
        return text


class DayField(ReadField):
    """18/01/2026, 18/01/2569, 2026-01-18."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
            **more,
        )
        self.reader = cells.day

    def get_bound_field(self, form: Any, field_name: str) -> Any:
        self.widget.attrs["placeholder"] = formats.slashed(EXAMPLE)
        return super().get_bound_field(form, field_name)

    def made(self, text: str) -> date:
        return date.fromisoformat(text)

    def prepare_value(self, value: Any) -> Any:
        return formats.slashed(value) if isinstance(value, date) else value


class NumberField(ReadField):
    def __init__(
        self,
        *,
        whole: int,
        places: int,
        money: bool = False,
        **more: Any,
    ) -> None:
        attrs: dict[str, Any] = {
            "inputmode": "decimal",
            "autocomplete": "off",
        } | ({"data-money": True} if money else {})
        super().__init__(widget=forms.TextInput(attrs=attrs), **more)
        self.reader = lambda text: cells.number(
            text, whole=whole, places=places, language=get_language() or cells.WRITTEN_IN
        )

    def made(self, text: str) -> Decimal:
        return Decimal(text)

    def prepare_value(self, value: Any) -> Any:
        return f"{value.normalize():f}" if isinstance(value, Decimal) else value


class CodeField(ReadField):
    def __init__(self, *, longest: int, **more: Any) -> None:
        super().__init__(
            widget=more.pop("widget", None)
            or forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            **more,
        )
        self.reader = lambda text: cells.code(text, longest=longest)


class MonthField(forms.CharField):
    """2026-01 as its first day."""

    def __init__(self, **more: Any) -> None:
        super().__init__(widget=forms.TextInput(attrs={"type": "month"}), **more)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return date.fromisoformat(f"{text}-01")
        except ValueError as wrong:
            raise ValidationError(_("This is not a month."), code="month") from wrong

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%Y-%m}" if isinstance(value, date) else value
