"""Forms of opening balances. They clean; the acts decide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.models import Company
from finance.forms import OnceForm, Values
from finance.models import OpeningKind
from finance.opening import Balance
from tenants.kit.edge.days import BUSINESS, PAST
from tenants.kit.edge.form_fields import DayField, TextField
from tenants.kit.forms import Choice, MoneyField, RateField, choice_field
from tenants.kit.money import CURRENCIES


class OpeningForm(OnceForm):
    """One balance: money, or a debt or a prepayment of a client."""

    DAY = "amount"
    kind = forms.ChoiceField(
        label=pgettext_lazy("opening", "What"), choices=[("", "—"), *OpeningKind.choices]
    )
    company = forms.ChoiceField(
        label=_("Client"),
        required=False,
        widget=forms.Select(attrs={"data-pick": ""}),
        help_text=_("Of a debt or a prepayment."),
    )
    amount = MoneyField(
        label=_("Amount"),
        required=True,
        min_value=None,
        help_text=_("An overdraft of the bank with a minus."),
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    fx = RateField(label=_("Exchange rate on the day"))
    reference = TextField(
        label=_("Number of the old paper"),
        max_length=30,
        required=False,
    )
    document_on = DayField(window=PAST, label=_("Day of the old paper"))
    due_on = DayField(window=BUSINESS, label=pgettext_lazy("opening", "Falls due on"))
    firm = forms.ChoiceField(label=_("Our firm"), required=False)
    text = TextField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        data: Values | None = None,
        *,
        home: str,
        clients: Sequence[Choice],
        firms: Sequence[Choice],
        initial: Values,
    ) -> None:
        super().__init__(data, currency=home, initial=initial)
        choice_field(self, "company").choices = [("", "—"), *clients]
        choice_field(self, "firm").choices = list(firms)
        if len(firms) < 2:
            del self.fields["firm"]
        self.fields["fx"].required = False
        self.fields["fx"].help_text = _("For a foreign currency; by itself the office's rate.")

    def balance(self, company_of: Callable[[UUID], Company]) -> Balance:
        """What was typed, as the act takes it."""
        values = self.cleaned_data
        chosen = values["company"]
        firm = values.get("firm")
        return Balance(
            kind=OpeningKind(values["kind"]),
            amount=values["amount"],
            currency=values["currency"],
            company=company_of(UUID(chosen)) if chosen else None,
            reference=values["reference"],
            document_on=values["document_on"],
            due_on=values["due_on"],
            text=values["text"],
            firm=int(firm) if firm else None,
            fx=values["fx"],
        )


class OpeningFilters(forms.Form):
    """What the list may be asked for; its address reproduces the view."""

    kind = forms.ChoiceField(
        label=pgettext_lazy("opening", "What"),
        required=False,
        choices=[("", _("All")), *OpeningKind.choices],
    )
