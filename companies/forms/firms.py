"""The tax regime of an own firm."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.regimes import choices
from tenants.kit.edge.days import BUSINESS
from tenants.kit.edge.form_fields import DayField
from tenants.kit.forms import choice_field


class RegimeForm(forms.Form):
    """A regime and the day from which it holds."""

    regime = forms.ChoiceField(label=_("Tax regime"))
    since = DayField(label=_("Since"), window=BUSINESS, required=True)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        country: str,
    ) -> None:
        super().__init__(data)
        choice_field(self, "regime").choices = choices(country)
