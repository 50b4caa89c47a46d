"""The name of the reseller's own domain."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.forms.fields import text
from tenants.kit import domain_names
from tenants.kit.domain_names import MOST_TYPED, BadDomain


class OwnDomainForm(forms.Form):
    """In letters of any language; cleaned, it is the name in ASCII."""

    domain = text(
        _("Your domain"),
        MOST_TYPED,
        required=True,
        help_text=_("A name that is yours, as a rule below the one of your site."),
        autocomplete="off",
        autocapitalize="none",
        spellcheck="false",
        placeholder="cabinet.example.com",
    )

    def clean_domain(self) -> str:
        try:
            return domain_names.domain_of(self.cleaned_data["domain"])
        except BadDomain as wrong:
            raise ValidationError(str(wrong)) from wrong
