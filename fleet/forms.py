from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from tenants.drivers.models import Driver


class FilterForm(forms.Form):
    """Whose, and in what state."""

    whose = forms.ChoiceField(
        label=_("Type"), choices=[("", _("Any")), ("own", _("Own")), ("pool", _("From the pool"))], required=False
    )
    status = forms.ChoiceField(label=_("Status"), choices=[("", _("Any")), *Driver.Status.choices], required=False)
