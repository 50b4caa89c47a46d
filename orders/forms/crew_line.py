"""Driver and vehicle in words, as they were understood from one line."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from companies.forms.fields import phone, text
from fleet.forms import Capitals
from tenants.drivers.bodies import Body


class CrewLineForm(forms.Form):
    name = text(_("Full name"), 200, required=True)
    plate = Capitals(label=_("Plate"), max_length=20, required=True)
    body = forms.ChoiceField(label=_("Body"), choices=Body.choices)
    together = forms.BooleanField(
        label=_("Load together with the other trip (one run)"),
        required=False,
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        region: str,
        initial: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.fields["phone"] = phone(region)
