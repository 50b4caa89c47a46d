"""Fields that several of the order's forms share: amounts as people type them, days, moments."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.kit.forms import NumberField


class MoneyField(NumberField):
    """An amount above zero with two places; `data-money` groups it as it is typed."""

    def __init__(
        self,
        *,
        min_value: Decimal | None = Decimal("0.01"),
        **more: Any,
    ) -> None:
        super().__init__(max_digits=18, decimal_places=2, min_value=min_value, **more)
        self.widget.attrs["data-money"] = True


class DayField(forms.DateField):
    def __init__(self, **more: Any) -> None:
        more.setdefault("required", False)
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            **more,
        )


class TimeOfDayField(forms.TimeField):
    def __init__(self, **more: Any) -> None:
        more.setdefault("required", False)
        super().__init__(
            widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            **more,
        )


class MomentField(forms.DateTimeField):
    """A day and time in the reseller's zone (the one in force for the request)."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("required", False)
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, **more)


class PlaceField(forms.CharField):
    """A town by typeahead; one that the list does not know may be typed too."""

    def __init__(self, **more: Any) -> None:
        more.setdefault("required", False)
        attrs = {
            "data-pick-url": "/places/?q=",
            "data-pick-new": True,
            "autocomplete": "off",
        }
        super().__init__(max_length=120, widget=forms.TextInput(attrs=attrs), **more)


class ReasonForm(forms.Form):
    """Why: asked before what cannot be undone."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
