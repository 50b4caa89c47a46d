"""Fields that several of the order's forms share: times of day, several choices."""

from __future__ import annotations

from datetime import time
from typing import TYPE_CHECKING

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.addresses import label
from companies.links import ADDRESS_SEARCH
from companies.models import Address
from tenants.kit.edge.form_fields import TextField
from tenants.kit.web import uuid_of

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words


class AddressField(TextField):
    """An address of a company's card, by its id; cleaned it is the Address, or None."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Address from a company's card"),
            max_length=36,
            required=False,
            widget=forms.Select(attrs={"data-pick-url": ADDRESS_SEARCH, "data-fills": True}),
        )

    def clean(self, value: object) -> Address | None:
        typed = str(super().clean(value))
        if not typed:
            return None
        address = address_of(typed)
        if address is None:
            raise ValidationError(_("There is no such choice."), code="invalid")
        return address

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        """The address in force is the one choice that the page brings along; typing brings others."""
        bound = super().get_bound_field(form, field_name)
        address = address_of(bound.value())
        shown = [(str(address.pk), label(address))] if address else []
        self.widget.choices = [("", ""), *shown]
        return bound

    def has_changed(self, initial: object, data: object) -> bool:
        """The id is compared as text."""
        return str(initial or "") != str(data or "")


def address_of(text: object) -> Address | None:
    """The address of a company by its id; None where there is none."""
    address_id = uuid_of(str(text or ""))
    rows = Address.objects.select_related("company")
    return rows.filter(pk=address_id).first() if address_id else None


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
