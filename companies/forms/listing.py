from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.forms.fields import countries
from companies.models import Company

ANY = ("", _("Any"))


class FilterForm(forms.Form):
    """Filters of the list of companies."""

    status = forms.ChoiceField(
        label=_("Status"),
        choices=[ANY, *Company.Status.choices, ("blocked", _("Blocked"))],
        required=False,
    )
    contract = forms.ChoiceField(
        label=_("Contract"),
        choices=[ANY, ("yes", _("Signed")), ("no", _("Not signed"))],
        required=False,
    )
    country = forms.ChoiceField(label=_("Country"), choices=countries, required=False)
