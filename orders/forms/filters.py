"""What the order list may be asked for, as a form; its address reproduces the view."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from orders.fields import DayField
from orders.models import Stage
from orders.queries.order_list import SORTS, VIEWS, Asked
from tenants.kit.forms import choice_field


class OrderFilters(forms.Form):
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[("", _("Any")), *Stage.choices],
    )
    client = forms.ChoiceField(label=_("Client"), required=False)
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    date_from = DayField(label=_("Created from"))
    date_to = DayField(label=_("Created till"))

    def __init__(
        self,
        *args: Any,
        clients: Any = (),
        people: Any = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        choice_field(self, "client").choices = [("", _("Any")), *clients]
        choice_field(self, "responsible").choices = [
            ("", _("Anybody")),
            *people,
        ]


def asked(form: OrderFilters, query: Any) -> Asked:
    """What a valid or half-valid address asks for; what makes no sense is left out."""
    form.is_valid()
    values = form.cleaned_data
    sort = query.get("sort", "-created")
    page = query.get("page", "1")
    return Asked(
        search=query.get("q", "").strip()[:100],
        view=query.get("view", "") if query.get("view", "") in {*VIEWS, "mine"} else "",
        stages=(values["stage"],) if values.get("stage") else (),
        client=UUID(values["client"]) if values.get("client") else None,
        responsible=UUID(values["responsible"]) if values.get("responsible") else None,
        date_from=values.get("date_from"),
        date_to=values.get("date_to"),
        sort=sort if sort.lstrip("-") in SORTS else "-created",
        page=min(max(int(page), 1), 10_000) if page.isdecimal() and len(page) < 6 else 1,
    )
