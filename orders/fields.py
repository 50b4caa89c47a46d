"""Fields that several of the order's forms share: amounts as people type them, days, moments."""

from __future__ import annotations

from datetime import time
from decimal import Decimal
from typing import TYPE_CHECKING

from django import forms
from django.urls import reverse
from django.utils.functional import lazy

from tenants.kit.edge.form_fields import TextField
from tenants.kit.forms import NumberField
from tenants.kit.money import MOST_MONEY

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words


def _place_search() -> str:
    return f"{reverse('orders:place-search')}?q="


class MoneyField(NumberField):
    """An amount above zero with two places; `data-money` groups it as it is typed."""

    def __init__(
        self,
        *,
        label: Words,
        required: bool = False,
        help_text: Words = "",
        min_value: Decimal | None = Decimal("0.01"),
    ) -> None:
        super().__init__(
            label=label,
            required=required,
            help_text=help_text,
            max_digits=18,
            decimal_places=2,
            min_value=-MOST_MONEY if min_value is None else min_value,
            max_value=MOST_MONEY,
        )
        self.widget.attrs["data-money"] = True


class TimeOfDayField(forms.TimeField):
    def __init__(self, *, label: Words) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
        super().__init__(label=label, required=False, widget=widget)

    def has_changed(self, initial: object, data: object) -> bool:
        """Compare to the minute, as it is shown."""
        if isinstance(initial, time):
            initial = initial.replace(second=0, microsecond=0)
        return super().has_changed(initial, data)


class SeveralField(forms.MultipleChoiceField):
    """Several of the choices; an empty value stands for none of them."""

    widget = forms.CheckboxSelectMultiple

    def to_python(self, value: object) -> list[str]:
        return [one for one in super().to_python(value) if one]


class PlaceField(TextField):
    """A town by typeahead; one that the list does not know may be typed too."""

    def __init__(self, *, label: Words, required: bool = False) -> None:
        attrs = {
            "data-pick-url": lazy(_place_search, str)(),
            "data-pick-new": True,
            "autocomplete": "off",
        }
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=120, label=label, required=required, widget=widget)
