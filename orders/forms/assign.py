"""Choosing who drives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar
from uuid import UUID

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from companies.models import Company
from orders import queries
from orders.forms.order import CARRIER_TAX, PAYMENT
from orders.models import Order, Trip
from tenants.drivers import queries as pool
from tenants.drivers.models import Driver, Vehicle
from tenants.exchange.models import Job
from tenants.kit.edge.days import PAST
from tenants.kit.edge.form_fields import MomentField, TextField
from tenants.kit.forms import MoneyField, choice_field
from tenants.kit.money import CURRENCIES

Row = TypeVar("Row", Driver, Vehicle)
SHOWN = 700  # drivers and vehicles a select holds; beyond, the search narrows them


class Find(Protocol[Row]):
    """Rows of the pool by a text, the own ones or the others."""

    def __call__(self, text: str, *, own: bool) -> QuerySet[Row]: ...


class Picked(forms.Form):
    """A driver and a vehicle of the pool."""

    driver = forms.ChoiceField(
        label=_("Driver"),
        required=False,
        widget=forms.Select(attrs={"data-pick": True}),
    )
    vehicle = forms.ChoiceField(
        label=_("Vehicle"),
        required=False,
        widget=forms.Select(attrs={"data-pick": True}),
    )
    together = forms.BooleanField(
        label=_("Load together with the other trip (one run)"),
        required=False,
    )

    def fill(self, drivers: Iterable[Driver], vehicles: Iterable[Vehicle]) -> None:
        """Offer these drivers and vehicles."""
        people = [(str(d.pk), f"{d.name} {d.masked_phone} · {d.ref}") for d in drivers]
        trucks = [(str(v.pk), f"{v.plate} · {v.get_body_display()} · {v.ref}") for v in vehicles]
        choice_field(self, "driver").choices = [
            ("", _("Not chosen")),
            *people,
        ]
        choice_field(self, "vehicle").choices = [
            ("", _("Not chosen")),
            *trucks,
        ]

    def chosen_driver(self) -> Driver | None:
        chosen = self.cleaned_data.get("driver")
        return Driver.objects.filter(pk=UUID(chosen)).first() if chosen else None

    def chosen_vehicle(self) -> Vehicle | None:
        chosen = self.cleaned_data.get("vehicle")
        return Vehicle.objects.filter(pk=UUID(chosen)).first() if chosen else None


def _active_drivers(text: str, *, own: bool) -> QuerySet[Driver]:
    try:
        return pool.drivers(text=text, own=own, status=Driver.Status.ACTIVE)
    except pool.TooManyLookups:
        return Driver.objects.none()


def _vehicles(text: str, *, own: bool) -> QuerySet[Vehicle]:
    return pool.vehicles(text=text, own=own)


def _offered(find: Find[Row], query: str) -> tuple[list[Row], bool]:
    """What a select holds, the own first, and whether there is more. Where the search finds nothing,
    it was meant for the other select.
    """
    rows = list(find(query, own=True)[: SHOWN + 1])
    rows += find(query, own=False)[: SHOWN + 1 - len(rows)]
    if query and not rows:
        return _offered(find, "")
    return rows[:SHOWN], len(rows) > SHOWN


class AssignForm(Picked):
    """A partner, or a driver with or without a vehicle; and for how much."""

    partner = forms.ChoiceField(
        label=_("Partner"),
        required=False,
        widget=forms.Select(attrs={"data-pick": True}),
    )
    rate = MoneyField(label=_("Carrier's rate"), min_value=None)
    currency = forms.ChoiceField(
        label=_("Currency"),
        choices=[(code, code) for code in CURRENCIES],
    )
    carrier_tax = forms.ChoiceField(
        label=_("Taxes in the rate"), required=False, choices=CARRIER_TAX
    )
    carrier_payment = forms.ChoiceField(
        label=_("Payment to the carrier"), required=False, choices=PAYMENT
    )
    reason = TextField(
        label=_("Why is the carrier replaced?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    agreed_at = MomentField(
        window=PAST, label=_("When it was agreed"), help_text=_("Empty means now.")
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = [
        "partner",
        "driver",
        "vehicle",
        "rate",
        "currency",
        "carrier_tax",
        "carrier_payment",
        "agreed_at",
        "reason",
        "together",
    ]

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        order: Order,
        replacing: bool,
        query: str = "",
    ) -> None:
        rate = {
            "rate": order.carrier_rate,
            "currency": order.carrier_currency,
            "carrier_tax": "" if replacing else order.carrier_tax,
            "carrier_payment": order.carrier_payment,
            "version": order.version,
        }
        super().__init__(data, initial=rate)
        drivers, more_drivers = _offered(_active_drivers, query)
        vehicles, more_vehicles = _offered(_vehicles, query)
        self.fill(drivers, vehicles)
        self.query = query
        self.is_cut = bool(query) or more_drivers or more_vehicles
        partners = [(str(one.pk), one.name) for one in queries.partners()]
        choice_field(self, "partner").choices = [
            ("", _("Not chosen")),
            *partners,
        ]
        self.fields["reason"].required = replacing

    def chosen_partner(self) -> Company | None:
        chosen = self.cleaned_data.get("partner")
        return Company.objects.filter(pk=UUID(chosen)).first() if chosen else None

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        if not values.get("partner") and not values.get("driver"):
            self.add_error("driver", _("Choose a partner or a driver."))
        return values


class CrewForm(Picked):
    """Who of the carrier's people drives. Who does so now is offered too, archived or not."""

    def __init__(
        self,
        data: Mapping[str, object] | None = None,
        *,
        trip: Trip | Job,
        auto_id: str = "id_%s",
    ) -> None:
        crew = {
            "driver": str(trip.driver_id or ""),
            "vehicle": str(trip.vehicle_id or ""),
        }
        super().__init__(data, initial=crew, auto_id=auto_id)
        active = Q(carrier_id=trip.carrier_id, status=Driver.Status.ACTIVE)
        drivers = Driver.objects.filter(active | Q(pk=trip.driver_id))
        vehicles = Vehicle.objects.filter(active | Q(pk=trip.vehicle_id))
        self.fill(drivers.order_by("name"), vehicles.order_by("plate"))
