"""Salespeople, customers, giving customers to a salesperson, users of the module."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from commission.cargo.forms.fields import CodeField
from companies.links import CLIENT_SEARCH
from tenants.accounts.login_field import LoginNameField
from tenants.kit.edge.form_fields import EmailField, PhoneField, TextField
from tenants.kit.edit_forms import EditForm
from tenants.kit.forms import Choice, choice_field
from tenants.permissions import Role

ROLES = [
    (Role.CARGO_MANAGER.value, "MANAGER"),
    (Role.CARGO_STAFF.value, "STAFF"),
    (Role.CARGO_SALE.value, "SALE"),
]


class SalespersonForm(forms.Form):
    code = CodeField(
        label=_("Salesperson code"),
        longest=30,
        help_text="S-01, SALE-01",
    )
    name = TextField(label=_("Full name"), max_length=200)
    phone = PhoneField()
    email = EmailField(label=_("E-mail"), required=False)


class SalespersonChangeForm(EditForm):
    name = TextField(label=_("Full name"), max_length=200)
    phone = PhoneField()
    email = EmailField(label=_("E-mail"), required=False)
    is_active = forms.BooleanField(label=_("Works for us"), required=False)


class CustomerForm(EditForm):
    code = CodeField(label=_("Customer code"), longest=30)
    name = TextField(label=_("Name"), max_length=200, required=False)
    phone = PhoneField()
    line = TextField(label="LINE", max_length=60, required=False)
    company = forms.ChoiceField(
        label=_("Company"),
        required=False,
        widget=forms.Select(attrs={"data-pick-url": CLIENT_SEARCH}),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        companies: Sequence[Choice] = (),
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        choice_field(self, "company").choices = [("", "—"), *companies]


class GiveForm(forms.Form):
    """Codes typed or pasted as a list: one a line, or with commas, tabs or blanks between."""

    codes = TextField(
        label=_("Customer codes"),
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("One or many; a list may be pasted"),
    )

    def clean_codes(self) -> list[str]:
        reader = CodeField(longest=30)
        return [
            reader.clean(code) for code in re.split(r"[\s,;]+", self.cleaned_data["codes"]) if code
        ]


class LoginForm(forms.Form):
    member = forms.ChoiceField(label=_("SALE login"), required=False)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        members: Sequence[Choice] = (),
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        choice_field(self, "member").choices = [
            ("", _("No login")),
            *members,
        ]


class UserForm(forms.Form):
    """A phone or an e-mail must be there."""

    name = TextField(label=_("Full name"), max_length=200)
    email = EmailField(label=_("E-mail"), required=False)
    phone = PhoneField()
    login_name = LoginNameField()
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
