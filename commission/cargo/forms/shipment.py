"""One shipment, as entered by hand or sent over the API."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from commission.cargo.forms.fields import (
    CodeField,
    DayField,
    NumberField,
    check_day,
)
from commission.cargo.models import CostMode, Shipment, Transport
from commission.cargo.rates import defaults
from commission.cargo.shipments.editing import Entry
from tenants.kit.edge.days import PAST
from tenants.kit.edge.form_fields import TextField
from tenants.kit.edit_forms import EditForm
from tenants.kit.forms import choice_field


class ShipmentForm(EditForm):
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
    note = TextField(label=_("Note"), max_length=500, required=False)
    allow_double = forms.BooleanField(
        label=_("Save again"),
        required=False,
        help_text=_("Save although the tracking number stands already"),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        names = defaults.names()
        choice_field(self, "goods_type").choices = [
            (code, f"{code} · {name}" if name != code else code) for code, name in names.items()
        ]

    def clean_received_on(self) -> date:
        """A day that stands already may lie ahead: an import that was told so may bring it."""
        day: date = self.cleaned_data["received_on"]
        if day != self.initial.get("received_on"):
            check_day(day, PAST)
        return day

    def clean(self) -> dict[str, object]:
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


def values_of(shipment: Shipment) -> dict[str, object]:
    """A shipment as its form's values, with numbers as people write them."""
    is_manual = shipment.cost_mode == CostMode.MANUAL
    return {
        "received_on": shipment.received_on,
        "customer_code": shipment.customer.code,
        "tracking_number": shipment.tracking_number,
        "goods_type": shipment.goods_type_id,
        "transport": shipment.transport,
        "weight_kg": _plain(shipment.weight_kg),
        "volume_cbm": _plain(shipment.volume_cbm),
        "price": _plain(shipment.price),
        "cost_mode": shipment.cost_mode,
        "cost": _plain(shipment.cost) if is_manual and shipment.cost is not None else "",
        "note": shipment.note,
    }


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"
