"""Forms of the books. They clean; the acts decide."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import TypedDict
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from finance.models import Method
from tenants.kit.edge.days import BUSINESS, PAYMENT
from tenants.kit.edge.form_fields import DayField, TextField
from tenants.kit.forms import MoneyField, RateField, choice_field

Values = Mapping[str, object]


class MoneyMoved(TypedDict):
    """An amount that moved on a day, as the acts take it."""

    amount: Decimal
    paid_on: date
    method: Method
    reference: str
    fx: Decimal | None
    once: UUID


class OnceForm(forms.Form):
    """A form with a one-time key: sent twice, it is booked once."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Values | None = None,
        *,
        currency: str = "",
        initial: Values | None = None,
    ) -> None:
        super().__init__(data, initial={"once": uuid4(), **(initial or {})})
        self.fields["amount"].widget.attrs["data-money"] = currency


class MoneyForm(OnceForm):
    """An amount that moved on a day; a foreign one asks for the rate of the day."""

    amount = MoneyField(label=_("Amount"), required=True)
    paid_on = DayField(window=PAYMENT, label=_("Day of payment"), required=True)
    method = forms.ChoiceField(label=_("How"), choices=Method.choices)
    reference = TextField(
        label=_("Number of the paper"),
        max_length=60,
        required=False,
        help_text=_("Payment order of the bank, or cash order and receipt."),
    )
    fx = RateField(label=_("Exchange rate on the day"))

    def __init__(
        self,
        data: Values | None = None,
        *,
        home: str,
        currency: str,
        initial: Values | None = None,
    ) -> None:
        super().__init__(data, currency=currency, initial=initial)
        if currency == home:
            del self.fields["fx"]

    @property
    def facts(self) -> MoneyMoved:
        """The form's values as the act takes them."""
        values = self.cleaned_data
        return MoneyMoved(
            amount=values["amount"],
            paid_on=values["paid_on"],
            method=Method(values["method"]),
            reference=values["reference"],
            fx=values.get("fx"),
            once=values["once"],
        )


class PaymentForm(MoneyForm):
    """A receipt on an invoice."""

    to_carrier = forms.BooleanField(
        label=_("The client paid the driver"),
        required=False,
        help_text=_("Books the same sum in cash as paid out to the carrier of the order."),
    )

    def __init__(
        self,
        data: Values | None = None,
        *,
        home: str,
        currency: str,
        has_payable: bool,
        initial: Values | None = None,
    ) -> None:
        super().__init__(data, home=home, currency=currency, initial=initial)
        if not has_payable:
            del self.fields["to_carrier"]

    @property
    def is_paid_to_carrier(self) -> bool:
        return bool(self.cleaned_data.get("to_carrier"))


class RefundForm(OnceForm):
    amount = MoneyField(label=_("Amount"), required=True)
    on = DayField(window=PAYMENT, label=_("Day of the refund"), required=True)
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CancelForm(forms.Form):
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CloseForm(forms.Form):
    sure = forms.BooleanField(
        label=_("I have checked the lines. The step of the month becomes final."),
        error_messages={"required": _("Tick this to close the month.")},
    )


class TaxForm(forms.Form):
    """The optional taxes of the country."""

    kinds = forms.MultipleChoiceField(
        label=_("Also charge"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Holds for invoices issued from today on."),
    )

    def __init__(
        self,
        data: Values | None = None,
        *,
        offered: list[tuple[str, str]],
        initial: Values | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        choice_field(self, "kinds").choices = offered


class InvoiceFilters(forms.Form):
    """What the list of invoices may be asked for; its address reproduces the view."""

    company = forms.UUIDField(label=_("Client"), required=False, widget=forms.HiddenInput)
    order = TextField(
        label=_("Order"),
        required=False,
        max_length=20,
        widget=forms.HiddenInput,
    )
    issued_from = DayField(window=BUSINESS, label=_("Issued from"))
    issued_to = DayField(window=BUSINESS, label=_("Issued till"))

    @staticmethod
    def words_of_company(company_id: UUID) -> str:
        names = Company.objects.filter(pk=company_id).values_list("name", flat=True)
        return names.first() or "—"
