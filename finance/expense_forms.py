"""Forms of expenses. They clean; the acts decide."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from finance.forms import MoneyForm, Values
from finance.models import Category
from tenants.kit.edge.days import BUSINESS
from tenants.kit.edge.form_fields import DayField, TextField
from tenants.kit.money import CURRENCIES


class ExpenseForm(MoneyForm):
    """Money spent at once, of one order or of the firm as a whole."""

    category = forms.ChoiceField(
        label=pgettext_lazy("expense", "Category"), choices=[("", "—"), *Category.choices]
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=[(code, code) for code in CURRENCIES])
    payee = TextField(label=_("Payee"), max_length=200, required=False)
    order = TextField(
        label=_("Order"),
        max_length=20,
        required=False,
        help_text=_("Its number, if it is an expense of one order: it goes into its result."),
    )
    text = TextField(
        label=_("Note"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    field_order = (
        *("category", "amount", "currency", "fx", "paid_on"),
        *("method", "reference", "payee", "order", "text"),
    )

    def __init__(
        self,
        data: Values | None = None,
        *,
        home: str,
        initial: Values,
    ) -> None:
        super().__init__(data, home="", currency=home, initial=initial)
        self.fields["fx"].required = False
        self.fields["fx"].help_text = _("For a foreign currency; by itself the office's rate.")


class ExpenseFilters(forms.Form):
    """What the list may be asked for; its address reproduces the view."""

    category = forms.ChoiceField(
        label=pgettext_lazy("expense", "Category"),
        required=False,
        choices=[("", _("All")), *Category.choices],
    )
    paid_from = DayField(window=BUSINESS, label=_("Paid from"))
    paid_to = DayField(window=BUSINESS, label=_("Paid till"))
