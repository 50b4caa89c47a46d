"""One shipment, as entered by hand or sent over the API."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commission.cargo.forms.fields import (
    CodeField,
    DayField,
    NumberField,
)
from commission.cargo.models import CostMode, Transport
from commission.cargo.rates import defaults
from commission.cargo.shipments.editing import Entry
from tenants.kit.forms import choice_field


class ShipmentForm(forms.Form):
    received_on = DayField(label=_("Date received"))
    customer_code = CodeField(
        label=_("Customer code"),
        longest=30,
        widget=forms.TextInput(attrs={"list": "customers", "autocomplete": "off"}),
    )
    tracking_number = CodeField(label=_("Tracking number"), longest=60)
    goods_type = forms.ChoiceField(label=_("Goods type"))
    transport = forms.ChoiceField(
        label=_("Transport"),
        choices=Transport.choices,
        widget=forms.RadioSelect,
        initial=Transport.TRUCK,
    )
    weight_kg = NumberField(label=_("Weight (kg)"), whole=7, places=9)
    volume_cbm = NumberField(label=_("Volume (CBM)"), whole=7, places=9)
    price = NumberField(label=_("Selling price"), whole=10, places=2, money=True)
    cost_mode = forms.ChoiceField(
        label=_("Cost mode"),
        choices=CostMode.choices,
        widget=forms.RadioSelect,
        initial=CostMode.AUTO,
    )
    cost = NumberField(
        label=_("Cost"),
        whole=10,
        places=2,
        money=True,
        required=False,
        help_text=_("Only for MANUAL"),
    )
    note = forms.CharField(label=_("Note"), max_length=500, required=False)
    allow_double = forms.BooleanField(
        label=_("Save again"),
        required=False,
        help_text=_("Save although the tracking number stands already"),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        names = defaults.names()
        choice_field(self, "goods_type").choices = [
            (code, f"{code} · {name}" if name != code else code) for code, name in names.items()
        ]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if (
            values.get("cost_mode") == CostMode.MANUAL
            and values.get("cost") is None
            and "cost" not in self.errors
        ):
            self.add_error("cost", gettext("Must be filled in."))
        return values

    def entry(self) -> Entry:
        values = dict(self.cleaned_data)
        if values["cost_mode"] == CostMode.AUTO:
            values["cost"] = None
        return Entry(**values)
