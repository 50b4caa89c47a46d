"""What the exchange may be searched for, and an offer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tenants.drivers.bodies import Body
from tenants.exchange.queries import ListingFilter
from tenants.kit.edge.days import BUSINESS
from tenants.kit.edge.form_fields import DayField
from tenants.kit.edge.text import one_line
from tenants.kit.forms import MoneyField, NumberField
from tenants.kit.places.form_field import PlaceField
from tenants.kit.price_tax import Payment, PriceTax

RADII = (50, 100, 200, 500, 1000)


def radii() -> list[tuple[str, str]]:
    """How far around a place, in the language of the page."""
    around = [(str(km), gettext("%(km)s km") % {"km": km}) for km in RADII]
    return [("", gettext("the place itself")), *around]


class ListingFilters(forms.Form):
    """The names are those of the API."""

    origin = PlaceField(label=_("From"))
    destination = PlaceField(label=_("To"))
    within_km = forms.ChoiceField(label=_("Around"), required=False, choices=radii)
    body = forms.ChoiceField(
        label=_("Body"),
        required=False,
        choices=[("", _("Any")), *Body.choices],
    )
    weight_max = NumberField(
        label=_("Weight up to, kg"),
        min_value=0,
        max_digits=12,
        decimal_places=3,
    )
    date_from = DayField(window=BUSINESS, label=_("Loading from"))
    date_to = DayField(window=BUSINESS, label=_("Loading till"))


def filter_of(form: ListingFilters, text: str) -> ListingFilter:
    """What makes no sense is left out."""
    form.is_valid()
    values: dict[str, Any] = form.cleaned_data
    return ListingFilter(
        origin=values.get("origin", ""),
        destination=values.get("destination", ""),
        within_km=int(values["within_km"]) if values.get("within_km") else None,
        body=values.get("body", ""),
        weight_max=values.get("weight_max"),
        date_from=values.get("date_from"),
        date_to=values.get("date_to"),
        text=one_line(text.strip()[:100]),
    )


class OfferForm(forms.Form):
    price = MoneyField(label=_("Your price"), required=True)
    final = forms.BooleanField(label=_("This is my last price"), required=False)


class FirstOfferForm(OfferForm):
    """A first price says how it stands to tax and how it is paid; the bargain keeps to that."""

    carrier_tax = forms.ChoiceField(
        label=_("Taxes in the price"), required=False, choices=PriceTax.choices
    )
    payment = forms.ChoiceField(
        label=_("Payment"), required=False, choices=[("", "—"), *Payment.choices]
    )
