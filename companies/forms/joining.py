"""The invitation, on both sides."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.forms.fields import languages, phone, text
from companies.models import SIDES, Company
from tenants.accounts.login_field import LoginNameField
from tenants.kit.edge.form_fields import AsTypedField, EmailField


class InviteForm(forms.Form):
    kind = forms.ChoiceField(
        label=_("Whom do you invite?"),
        choices=[(side.value, side.label) for side in SIDES],
        widget=forms.RadioSelect,
    )
    name = text(_("Company"), 200, required=True)
    full_name = text(
        _("Full name of the contact"),
        200,
        required=True,
        autocomplete="off",
    )
    email = EmailField(
        label=_("E-mail"),
        required=False,
        help_text=_("The link goes here; it is also the login."),
    )
    login_name = LoginNameField()
    language = forms.ChoiceField(label=_("Language of the letter"), choices=languages)
    may_sign = forms.BooleanField(
        label=_("May sign for the company"),
        required=False,
        help_text=_("You know by what right: the charter, a power of attorney, the registration."),
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        region: str | None = None,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["phone"] = phone(region)
        self.order_fields(
            ["kind", "name", "full_name", "email", "phone", "login_name", "language", "may_sign"]
        )

    def clean(self) -> dict[str, object]:
        """Somebody who cannot be named cannot sign in."""
        values = super().clean() or {}
        if not self.errors and not values.get("phone") and not values.get("email"):
            self.add_error("phone", _("Give a phone or an e-mail."))
        return values


class ImportForm(forms.Form):
    """A table of companies: pasted, or as a file."""

    kind = forms.ChoiceField(
        label=_("Rows without a kind are"),
        choices=Company.Kind.choices,
        initial=Company.Kind.CLIENT,
    )
    text = AsTypedField(  # tabs divide its cells, which are cleaned one by one
        label=_("Rows"),
        required=False,
        strip=False,
        max_length=5_000_000,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
    )
    file = forms.FileField(label=_("Or a file"), required=False)

    def clean(self) -> dict[str, object]:
        """One of the two is there."""
        values = super().clean() or {}
        if not values.get("text") and not values.get("file"):
            self.add_error("text", _("Paste the rows, or choose a file."))
        return values


class JoinForm(forms.Form):
    """One form for the new and the known: the page does not tell whether an e-mail has a login."""

    name = text(_("Your name"), 200, required=True, autocomplete="name")
    password = AsTypedField(
        label=_("Password"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "data-reveal": "1"}),
        help_text=_("At least 10 characters, not a common one."),
    )
