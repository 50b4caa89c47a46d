"""Forms of lots, papers, recalculation, closing and paying."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from commission.cargo.forms.fields import (
    CodeField,
    DayField,
    NumberField,
)
from commission.cargo.models import Stage, Transport
from tenants.kit.edge.days import PAST, PAYMENT
from tenants.kit.edge.form_fields import PatternField, TextField


class ReopenForm(forms.Form):
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class PeriodForm(forms.Form):
    first = DayField(label=pgettext_lazy("date", "From"))
    last = DayField(label=_("Till"))

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        first = values.get("first")
        last = values.get("last")
        if (
            isinstance(first, date)
            and isinstance(last, date)
            and not 0 <= (last - first).days <= 400
        ):
            self.add_error(
                "last",
                gettext("The period must end after it begins and span at most a year."),
            )
        return values


class RecalculateForm(PeriodForm):
    reason = TextField(label=_("Reason"), max_length=300)


class BillForm(PeriodForm):
    customer_code = CodeField(label=_("Customer code"), longest=30)
    billed = forms.ChoiceField(  # what becomes of parcels that stand on earlier bills
        choices=[("", ""), ("only_new", ""), ("all", "")],
        required=False,
        widget=forms.HiddenInput,
    )


class AdjustForm(forms.Form):
    price = NumberField(label=_("Selling price"), whole=10, places=2, money=True)
    cost = NumberField(label=_("Cost"), whole=10, places=2, money=True)
    reason = TextField(label=_("Reason"), max_length=300)


class PayForm(forms.Form):
    amount = NumberField(label=_("Amount"), whole=10, places=2, money=True)
    paid_on = DayField(label=_("Paid on"), window=PAYMENT)

    def clean_amount(self) -> Decimal:
        amount: Decimal = self.cleaned_data["amount"]
        if amount <= 0:
            raise forms.ValidationError(gettext("More than zero, please."))
        return amount


class LotForm(forms.Form):
    code = CodeField(label=_("Lot code"), longest=30)
    transport = forms.ChoiceField(
        label=_("Transport"),
        choices=Transport.choices,
        widget=forms.RadioSelect,
        initial=Transport.SHIP,
    )


class FillForm(forms.Form):
    numbers = TextField(
        label=_("Tracking numbers"),
        max_length=200_000,
        help_text=_("One a line; a list may be pasted"),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean_numbers(self) -> list[str]:
        reader = CodeField(longest=60)
        return [
            reader.clean(number)
            for number in re.split(r"[\r\n\t,;]+", self.cleaned_data["numbers"])
            if number.strip()
        ]


class MoveForm(forms.Form):
    stage = forms.ChoiceField(label=_("Whereabouts"), choices=Stage.choices)
    on = DayField(label=_("Date"), window=PAST)


class ParcelForm(forms.Form):
    """What anyone may ask with: both are needed, neither tells whether the other was right."""

    tracking_number = CodeField(label=_("Tracking number"), longest=60)
    phone_tail = PatternField(
        label=_("Last four figures of the phone"),
        regex=r"^[0-9]{4}$",
        widget=forms.TextInput(
            attrs={
                "inputmode": "numeric",
                "maxlength": "4",
                "autocomplete": "off",
            }
        ),
    )
