"""What a dispatcher enters about a trip."""

from __future__ import annotations

from collections.abc import Mapping

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.models import IncidentKind, Trip, TripStage
from orders.stages import TRIP
from tenants.kit.edge.days import PAST
from tenants.kit.edge.form_fields import MomentField, TextField
from tenants.kit.forms import MoneyField, choice_field
from tenants.kit.money import CURRENCIES


class StageForm(forms.Form):
    """The next stage with its true time."""

    stage = forms.ChoiceField(label=_("Stage reached"))
    happened_at = MomentField(window=PAST, label=_("When"), help_text=_("Empty means now."))

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        trip: Trip,
        auto_id: str = "id_%s",
    ) -> None:
        super().__init__(data, auto_id=auto_id)
        choice_field(self, "stage").choices = [
            (one, TripStage(one).label) for one in TRIP[trip.stage]
        ]


class CorrectForm(forms.Form):
    """Another stage, because the last entry was wrong."""

    stage = forms.ChoiceField(label=_("The stage it really is"), choices=TripStage.choices)
    reason = TextField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class IncidentForm(forms.Form):
    kind = forms.ChoiceField(label=_("What happened"), choices=IncidentKind.choices)
    text = TextField(
        label=_("In a few words"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CostedIncidentForm(IncidentForm):
    """The office also says what it cost."""

    cost = MoneyField(
        label=_("Amount"),
        help_text=_("Leave it empty while it is not known."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"),
        choices=[(code, code) for code in CURRENCIES],
    )
