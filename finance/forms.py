"""Forms of the books. They clean; the acts decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import TypedDict
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from finance.models import Invoice, Method, Occasion
from tenants.kit.doubts import Answers, Doubt, answers_in, written
from tenants.kit.edge.days import BUSINESS, PAST, PAYMENT
from tenants.kit.edge.form_fields import AsTypedField, DayField, TextField
from tenants.kit.forms import Choice, MoneyField, RateField, choice_field
from tenants.kit.money import CURRENCIES
from tenants.office.rates import Rate

Values = Mapping[str, object]


class MoneyMoved(TypedDict):
    """An amount that moved on a day, as the acts take it."""

    amount: Decimal
    paid_on: date
    method: Method
    reference: str
    fx: Decimal | None
    once: UUID
    sure: Answers


class OnceForm(forms.Form):
    """A form with a one-time key: sent twice, it is booked once. An act that asks about its day is
    answered by sending it again.
    """

    DAY = "paid_on"
    once = forms.UUIDField(widget=forms.HiddenInput)
    sure = TextField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Values | None = None,
        *,
        currency: str = "",
        initial: Values | None = None,
    ) -> None:
        super().__init__(data, initial={"once": uuid4(), **(initial or {})})
        self.fields["amount"].widget.attrs["data-money"] = currency

    @property
    def answers(self) -> frozenset[str]:
        """The questions that were answered with yes."""
        return answers_in(self.cleaned_data["sure"])

    def ask(self, doubt: Doubt) -> None:
        """Show the question at the day; the form sent once more says yes to it."""
        answers = {*self.answers, doubt.key}
        self.data = {**dict(self.data.items()), "sure": written(answers)}
        self.add_error(self.DAY, f"{doubt} {_('Save again if it is meant so.')}")


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
            sure=self.answers,
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
        """Whether the same cash went on to the carrier."""
        return bool(self.cleaned_data.get("to_carrier"))


class CarrierAdvanceForm(MoneyForm):
    """A part of the carrier's rate paid ahead."""

    occasion = forms.ChoiceField(label=_("What for"), choices=Occasion.choices)


class AdvanceForm(MoneyForm):
    """Money of a client on no invoice."""

    company = forms.ChoiceField(label=_("Client"), widget=forms.Select(attrs={"data-pick": ""}))
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    field_order = ("company", "amount", "currency", "fx", "paid_on", "method", "reference")

    def __init__(
        self,
        data: Values | None = None,
        *,
        home: str,
        clients: Sequence[Choice],
        initial: Values,
    ) -> None:
        super().__init__(data, home="", currency=home, initial=initial)
        choice_field(self, "company").choices = [("", "—"), *clients]
        self.fields["fx"].required = False
        self.fields["fx"].help_text = _("For a foreign currency; by itself the office's rate.")


class AllocationForm(forms.Form):
    """How much of an advance goes to each invoice; an empty field is nothing."""

    once = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self,
        data: Values | None = None,
        *,
        invoices: Sequence[Invoice],
        left: Decimal,
        currency: str,
    ) -> None:
        super().__init__(data, initial={"once": uuid4()})
        self.invoices = {f"part-{invoice.pk}": invoice for invoice in invoices}
        for name, invoice in self.invoices.items():
            part = min(left, invoice.rest)
            left -= part
            self.fields[name] = MoneyField(label=invoice.number, required=False)
            self.fields[name].initial = part or None
            self.fields[name].widget.attrs["data-money"] = currency

    @property
    def amounts(self) -> list[tuple[Invoice, Decimal]]:
        """The invoices that get something, and how much."""
        values = ((invoice, self.cleaned_data[name]) for name, invoice in self.invoices.items())
        return [(invoice, amount) for invoice, amount in values if amount]


class RefundForm(OnceForm):
    DAY = "on"
    amount = MoneyField(label=_("Amount"), required=True)
    on = DayField(window=PAYMENT, label=_("Day of the refund"), required=True)
    keep = forms.BooleanField(
        label=_("The money stays with us"),
        required=False,
        help_text=_(
            "It leaves the invoice and stands to the client's account, for other invoices."
        ),
    )
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class CreditNoteForm(OnceForm):
    DAY = "amount"
    amount = MoneyField(label=_("Take off, taxes included"), required=True)
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Printed on the credit note."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class WriteOffForm(OnceForm):
    DAY = "on"
    amount = MoneyField(label=_("Amount"), required=True)
    on = DayField(window=PAYMENT, label=_("Day of the write-off"), required=True)
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Limitation period over, bankruptcy, debtor struck off the register …"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ReversalForm(forms.Form):
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
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


class BooksForm(forms.Form):
    """The day on which the books begin."""

    on = DayField(window=PAST, label=_("First day"), required=True)


class ReopenForm(forms.Form):
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
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


class RatesForm(forms.Form):
    """The rates of a day, a field a currency; empty fields say nothing."""

    on = DayField(window=PAST, label=_("Day"), required=True)

    def __init__(
        self,
        data: Values | None = None,
        *,
        currencies: list[str],
        initial: Values | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self._currencies = currencies
        for code in currencies:
            self.fields[code] = RateField(label=code)

    def clean(self) -> None:
        """Something is there to be kept."""
        if not self.errors and not self.rates:
            raise forms.ValidationError(_("Enter at least one rate."))

    @property
    def rates(self) -> list[Rate]:
        """What was entered."""
        values = self.cleaned_data
        typed = {code: values.get(code) for code in self._currencies}
        return [Rate(code, values["on"], rate) for code, rate in typed.items() if rate is not None]


class StatementForm(forms.Form):
    """A file of the bank."""

    file = forms.FileField(
        label=_("File of the bank"),
        help_text=_("1C (.txt), CSV, Excel or MT940, as the bank gives it."),
    )
    account = forms.ChoiceField(
        label=_("Account"),
        required=False,
        help_text=_("Only where the file names none."),
    )

    def offer(self, accounts: list[tuple[str, str]]) -> None:
        """The accounts to choose from."""
        choice_field(self, "account").choices = [("", _("As the file says")), *accounts]


class RateListForm(forms.Form):
    """A list of rates, pasted or in a file."""

    file = forms.FileField(
        label=_("File"),
        required=False,
        help_text=_("Excel or CSV; or paste the rows below."),
    )
    text = AsTypedField(  # tabs divide its cells, which are read one by one
        label=_("Rates"),
        required=False,
        strip=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
        help_text=_(
            "A row is a day, a currency and a rate: 30.11.2026, USD, 87.45. Or a day a row and a"
            " currency a column, with the currencies in the first row."
        ),
    )

    def clean(self) -> None:
        """Something is there to be kept."""
        values = self.cleaned_data
        if not self.errors and not values.get("file") and not values.get("text"):
            self.add_error("text", _("Paste the rows, or choose a file."))


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
