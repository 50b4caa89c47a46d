"""Forms of the books. They clean; the acts decide."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from finance.models import Method
from orders.fields import DayField, MoneyField
from tenants.kit.forms import NumberField, choice_field


class OnceForm(forms.Form):
    """Carries a one-time key: a form sent twice is booked once."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **more: Any) -> None:
        more["initial"] = {
            "once": uuid4(),
            **(more.get("initial") or {}),
        }
        super().__init__(*args, **more)


class MoneyForm(OnceForm):
    """An amount that moved on a day."""

    amount = MoneyField(label=_("Amount"), required=True)
    paid_on = DayField(label=_("Day of payment"), required=True)
    method = forms.ChoiceField(label=_("How"), choices=Method.choices)
    reference = forms.CharField(
        label=_("Number of the paper"),
        max_length=60,
        required=False,
        help_text=_("Payment order of the bank, or cash order and receipt."),
    )

    def __init__(self, *args: Any, currency: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["amount"].widget.attrs["data-money"] = currency

    @property
    def facts(self) -> dict[str, Any]:
        """What the act is told."""
        facts = dict(self.cleaned_data)
        facts["method"] = Method(facts["method"])
        return facts


class PaymentForm(MoneyForm):
    """A receipt on an invoice; the rate of the day is asked for where the invoice is in a foreign
    currency.
    """

    fx = NumberField(
        label=_("Exchange rate on the day"),
        max_digits=18,
        decimal_places=6,
    )
    to_carrier = forms.BooleanField(
        label=_("The client paid the driver"),
        required=False,
        help_text=_("Books the same sum in cash as paid out to the carrier of the order."),
    )

    def __init__(
        self,
        *args: Any,
        home: str,
        currency: str,
        has_payable: bool,
        **more: Any,
    ) -> None:
        super().__init__(*args, currency=currency, **more)
        if currency == home:
            del self.fields["fx"]
        if not has_payable:
            del self.fields["to_carrier"]


class RefundForm(OnceForm):
    amount = MoneyField(label=_("Amount"), required=True)
    on = DayField(label=_("Day of the refund"), required=True)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, currency: str = "", **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["amount"].widget.attrs["data-money"] = currency


class CancelForm(forms.Form):
    reason = forms.CharField(
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

    def __init__(self, *args: Any, offered: list[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        choice_field(self, "kinds").choices = offered


class InvoiceFilters(forms.Form):
    """What the list of invoices may be asked for; its address reproduces the view."""

    company = forms.UUIDField(required=False, widget=forms.HiddenInput)
    issued_from = DayField(label=_("Issued from"))
    issued_to = DayField(label=_("Issued till"))
