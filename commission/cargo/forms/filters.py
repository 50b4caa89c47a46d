"""What the list of shipments may be asked for, as a form; its address reproduces the view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from commission.cargo.forms.fields import DayField, MonthField
from commission.cargo.models import Salesperson, Status, Transport
from commission.cargo.queries.shipment_list import ShipmentFilter
from commission.cargo.rates import defaults
from tenants.kit.edge.form_fields import TextField
from tenants.kit.forms import Choice, choice_field
from tenants.kit.listing import Address
from tenants.kit.months import month_label

LONGEST_SEARCH = 60


class ShipmentFilters(forms.Form):
    month = MonthField(label=_("Month"), required=False)
    status = forms.ChoiceField(
        label=_("Status"),
        required=False,
        choices=[("", _("Any")), *Status.choices],
    )
    salesperson = forms.ChoiceField(label=_("Salesperson"), required=False)
    customer = TextField(label=_("Customer code"), required=False, max_length=30)
    goods_type = forms.ChoiceField(label=_("Goods type"), required=False)
    transport = forms.ChoiceField(
        label=_("Transport"),
        required=False,
        choices=[("", _("Any")), *Transport.choices],
    )
    date_from = DayField(label=_("Received from"), required=False)
    date_to = DayField(label=_("Received till"), required=False)
    open_months = forms.BooleanField(label=_("Open months only"), required=False)
    lot = forms.UUIDField(label=_("One lot"), required=False, widget=forms.HiddenInput)
    batch = forms.UUIDField(label=_("One import"), required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        salespeople: Iterable[Salesperson] = (),
        months: Sequence[Choice] = (),
    ) -> None:
        super().__init__(data)
        month_field = self.fields["month"]
        assert isinstance(month_field, MonthField)
        month_field.offer(months)
        people = [
            ("", _("Anybody")),
            ("none", _("No salesperson yet")),
            *((row.code, row.code) for row in salespeople),
        ]
        choice_field(self, "salesperson").choices = people
        kinds = [
            ("", _("Any")),
            *((code, code) for code in defaults.names()),
        ]
        choice_field(self, "goods_type").choices = kinds

    @staticmethod
    def words_of_month(month: date) -> str:
        return month_label(month)

    @staticmethod
    def words_of_lot(_lot: UUID) -> str:
        """The label alone says enough."""
        return ""

    words_of_batch = words_of_lot
    words_of_open_months = words_of_lot


def filters_of(address: Address) -> ShipmentFilter:
    """What an address asks for; what makes no sense is left out."""
    return ShipmentFilter(search=address.search[:LONGEST_SEARCH], **address.filters)
