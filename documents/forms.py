"""Filters of the list of papers."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from documents.models import Status


class FilterForm(forms.Form):
    status = forms.ChoiceField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["status"]
        field.label = _("Status")
        field.choices = [("", _("Any")), *self.statuses()]  # type: ignore[attr-defined]

    @staticmethod
    def statuses() -> list[tuple[str, str]]:
        return [(Status.READY, _("Ready")), (Status.QUEUED, _("Being prepared")), (Status.FAILED, _("Failed"))]
