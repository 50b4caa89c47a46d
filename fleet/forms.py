"""Filters of the lists, and the details of the own drivers and vehicles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.forms.fields import NumberLine, phone, text
from tenants.drivers.bodies import Body
from tenants.drivers.models import Driver, Vehicle
from tenants.kit.edge.form_fields import TextField
from tenants.kit.edit_forms import EditForm
from tenants.kit.forms import Label, NumberField, choice_field

ANY = ("", _("Any"))
WHOSE = [ANY, ("own", _("Own")), ("pool", _("From the pool"))]


class DriverFilterForm(forms.Form):
    """Whose, and in what state."""

    whose = forms.ChoiceField(label=_("Type"), choices=WHOSE, required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[ANY, *Driver.Status.choices],
        required=False,
    )


class VehicleFilterForm(forms.Form):
    whose = forms.ChoiceField(label=_("Type"), choices=WHOSE, required=False)
    body = forms.ChoiceField(label=_("Body"), choices=[ANY, *Body.choices], required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[ANY, *Vehicle.Status.choices],
        required=False,
    )


class Capitals(TextField):
    """Plates and licences: upper case, single blanks; the length is measured as it will be kept."""

    def to_python(self, value: object) -> str:
        return " ".join(super().to_python(value).upper().split())


class Measure(NumberField):
    """A number above zero with two places."""

    def __init__(self, label: Label, digits: int) -> None:
        super().__init__(
            label=label,
            max_digits=digits,
            decimal_places=2,
            min_value=Decimal("0.01"),
        )


class DriverForm(EditForm):
    name = text(_("Full name"), 200, required=True)
    inn = NumberLine(label=_("Tax number (ИНН)"), max_length=20, required=False)
    licence = Capitals(label=_("Driving licence"), max_length=40, required=False)
    company = text(_("Company"), 200)
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    adr = forms.BooleanField(label=_("Has an ADR certificate"), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        region: str,
        people: Sequence[str],
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["phone"] = phone(region)
        # a name may have left the office since
        names = dict.fromkeys(filter(None, [*people, self.initial.get("responsible", "")]))
        choice_field(self, "responsible").choices = [
            ("", "—"),
            *((name, name) for name in names),
        ]

    def clean_phone(self) -> str:
        return str(self.cleaned_data["phone"] or "")


class VehicleForm(EditForm):
    plate = Capitals(label=_("Plate"), max_length=20, required=True)
    model = text(_("Model"), 100)
    body = forms.ChoiceField(label=_("Body"), choices=Body.choices)
    capacity_kg = Measure(_("Capacity, kg"), 9)
    volume_m3 = Measure(_("Volume, m³"), 7)
    adr = forms.BooleanField(label=_("Equipped for dangerous goods (ADR)"), required=False)
