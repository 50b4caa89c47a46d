"""Filters of the list of papers."""

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.models import Status
from tenants.kit.edge.form_fields import TextField
from tenants.kit.forms import choice_field


class FilterForm(forms.Form):
    status = forms.ChoiceField(required=False)
    order = TextField(
        label=gettext_lazy("Order"),
        required=False,
        max_length=60,
        widget=forms.HiddenInput,
    )

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
    ) -> None:
        super().__init__(data)
        field = choice_field(self, "status")
        field.label = _("Status")
        field.choices = [("", _("Any")), *self.statuses()]

    @staticmethod
    def statuses() -> list[tuple[str, str]]:
        return [
            (Status.READY, _("Ready")),
            (Status.QUEUED, _("Being prepared")),
            (Status.FAILED, _("Failed")),
        ]
