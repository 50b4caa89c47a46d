"""What the order list may be asked for, as a form; its address reproduces the view."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from companies.links import CLIENT_SEARCH
from orders.models import Stage
from orders.queries.order_list import VIEWS, OrderFilter
from tenants.kit import months
from tenants.kit.calendar import NotAMonth, month_from
from tenants.kit.edge.days import BUSINESS
from tenants.kit.edge.form_fields import DayField, TextField
from tenants.kit.forms import Choice, choice_field
from tenants.kit.listing import Address
from tenants.kit.web import uuid_of


class MonthFilter(TextField):
    """A month as addresses write it: 2026-03."""

    def clean(self, value: object) -> date | None:
        text = super().clean(value)
        try:
            return month_from(text) if text else None
        except NotAMonth as wrong:
            raise ValidationError(_("This is not a month."), code="month") from wrong


class OrderFilters(forms.Form):
    stage = forms.ChoiceField(
        label=_("Stage"),
        required=False,
        choices=[("", _("Any")), *Stage.choices],
    )
    client = forms.ChoiceField(
        label=_("Client"),
        required=False,
        widget=forms.Select(attrs={"data-pick-url": CLIENT_SEARCH}),
    )
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    date_from = DayField(window=BUSINESS, label=_("Created from"))
    date_to = DayField(window=BUSINESS, label=_("Created till"))
    completed = MonthFilter(
        label=_("Completed"), max_length=7, required=False, widget=forms.HiddenInput
    )

    @staticmethod
    def words_of_completed(month: date) -> str:
        return months.month_label(month)

    def __init__(
        self,
        *args: Any,
        clients: Sequence[Choice] = (),
        people: Sequence[Choice] = (),
        **more: Any,
    ) -> None:
        super().__init__(*args, **more)
        choice_field(self, "client").choices = [("", _("Any")), *clients]
        choice_field(self, "responsible").choices = [
            ("", _("Anybody")),
            *people,
        ]


def filters_of(address: Address) -> OrderFilter:
    """What an address asks for; what makes no sense is left out."""
    values = address.filters
    view = address.value("view")
    return OrderFilter(
        search=address.search,
        view=view if view in {*VIEWS, "mine"} else "",
        stages=(values["stage"],) if "stage" in values else (),
        client=uuid_of(values.get("client")),
        responsible=uuid_of(values.get("responsible")),
        date_from=values.get("date_from"),
        date_to=values.get("date_to"),
        completed_month=values.get("completed"),
    )
