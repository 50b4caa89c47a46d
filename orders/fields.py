"""Fields that several of the order's forms share: times of day, several choices."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django import forms

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words


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
