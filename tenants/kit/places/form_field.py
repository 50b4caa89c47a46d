"""The field of a form that takes a place."""

from __future__ import annotations

from django import forms
from django.urls import reverse
from django.utils.functional import lazy

from tenants.kit.edge.form_fields import TextField
from tenants.kit.forms import Label


def _place_search() -> str:
    return f"{reverse('orders:place-search')}?q="


class PlaceField(TextField):
    """A town by typeahead; one that the list does not know may be typed too."""

    def __init__(self, *, label: Label, required: bool = False) -> None:
        attrs = {
            "data-pick-url": lazy(_place_search, str)(),
            "data-pick-new": True,
            "autocomplete": "off",
        }
        widget = forms.TextInput(attrs=attrs)
        super().__init__(max_length=120, label=label, required=required, widget=widget)
