"""The order's form: one set of names for the simplified and the detailed face."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from companies.links import CLIENT_SEARCH
from orders.drafts import MOST_CARGO, MOST_STOPS, TOO_MANY_LINES, TOO_MANY_STOPS
from orders.fields import (
    AddressField,
    SeveralField,
    TimeOfDayField,
)
from orders.models import ADR_CLASSES, Loading, StopKind, Terms
from tenants.drivers.bodies import Body
from tenants.kit.edge.days import PAST, STOP
from tenants.kit.edge.form_fields import DayField, PatternField, PhoneField, TextField
from tenants.kit.forms import MoneyField, NumberField, RateField, choice_field
from tenants.kit.money import CURRENCIES
from tenants.kit.places.form_field import PlaceField
from tenants.kit.price_tax import PriceTax

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Words

    Choices = list[tuple[str, Words]]

Values = Mapping[str, object]
EMPTY: Choices = [("", "—")]
ADR: Choices = [
    ("", _("No dangerous goods")),
    *((one, one) for one in ADR_CLASSES),
]
PAYMENT: Choices = [*EMPTY, *Terms.choices]
CARRIER_TAX: Choices = [("", _("As usual for the carrier")), *PriceTax.choices]
MONEY: Choices = [(code, code) for code in CURRENCIES]


@dataclass(frozen=True, slots=True)
class Office:
    """What the form offers: clients, people of the office, the reseller's own currency, and its firms
    where there are several.
    """

    clients: list[tuple[str, str]]
    people: list[tuple[str, str]]
    home: str
    firms: list[tuple[str, str]] = field(default_factory=list)


class FirmField(forms.TypedChoiceField):
    """One of the own firms; nothing is the main one, whichever that is."""

    def __init__(self, *, label: Words) -> None:
        super().__init__(label=label, required=False, coerce=int, empty_value=None)


class OrderForm(forms.Form):
    """Everything of an order but its stops and cargo. Two of price, rate and margin are enough."""

    client = forms.ChoiceField(
        label=_("Client"),
        required=False,
        widget=forms.Select(attrs={"data-pick-url": CLIENT_SEARCH}),
    )
    responsible = forms.ChoiceField(label=_("Responsible"), required=False)
    seller_firm = FirmField(label=_("Our firm that sells"))
    hiring_firm = FirmField(label=_("Our firm that hires the carrier"))
    body = forms.ChoiceField(
        label=_("Body"),
        required=False,
        choices=[("", pgettext_lazy("body", "Any")), *Body.choices],
    )
    client_price = MoneyField(label=_("Client's price"))
    currency = forms.ChoiceField(label=_("Currency of the price"), choices=MONEY)
    price_tax = forms.ChoiceField(
        label=_("Taxes in the price"),
        required=False,
        choices=[("", _("As usual for our firm")), *PriceTax.choices],
    )
    client_fx = RateField(label=_("Rate of the price's currency"))
    carrier_rate = MoneyField(label=_("Carrier's rate"))
    carrier_currency = forms.ChoiceField(label=_("Currency of the rate"), choices=MONEY)
    carrier_tax = forms.ChoiceField(
        label=_("Taxes in the rate"), required=False, choices=CARRIER_TAX
    )
    carrier_payment = forms.ChoiceField(
        label=_("Payment to the carrier"), required=False, choices=PAYMENT
    )
    carrier_fx = RateField(label=_("Rate of the carrier's currency"))
    rate_date = DayField(window=PAST, label=_("Rates of the day"))
    margin = MoneyField(label=_("Margin"), min_value=None)
    margin_percent = NumberField(label=_("Margin, %"), max_digits=7, decimal_places=2)
    adr = forms.ChoiceField(label=_("ADR class"), required=False, choices=ADR)
    temperature_from = NumberField(label=_("Temperature from, °C"), max_digits=4, decimal_places=1)
    temperature_to = NumberField(label=_("Temperature to, °C"), max_digits=4, decimal_places=1)
    loading_types = SeveralField(label=_("Loading method"), required=False, choices=Loading.choices)
    customs = forms.BooleanField(label=_("Customs clearance is needed"), required=False)
    payment_terms = forms.ChoiceField(
        label=_("Payment"),
        required=False,
        choices=PAYMENT,
    )
    payment_days = forms.IntegerField(
        label=_("Days after delivery"),
        required=False,
        min_value=0,
        max_value=365,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    carrier_terms = TextField(
        label=_("Terms for the carrier"),
        required=False,
        max_length=200,
        help_text=_(
            "Shown on the exchange: how and when the carrier is paid, what the vehicle must have."
        ),
    )
    note = TextField(
        label=_("Note for the office"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    sure = TextField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Values | None = None,
        *,
        office: Office,
        initial: Values | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.home = office.home
        choice_field(self, "client").choices = [
            ("", _("Not chosen yet")),
            *office.clients,
        ]
        choice_field(self, "responsible").choices = [*EMPTY, *office.people]
        self._offer_firms(office)

    def _offer_firms(self, office: Office) -> None:
        """A reseller with one firm is asked nothing."""
        for name in ("seller_firm", "hiring_firm"):
            if office.firms:
                choice_field(self, name).choices = [("", _("Main firm")), *office.firms]
            else:
                del self.fields[name]

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        low = values.get("temperature_from")
        high = values.get("temperature_to")
        if low is not None and high is not None and low > high:
            self.add_error(
                "temperature_to",
                _("The second temperature is below the first."),
            )
        for side, money in (
            ("client_fx", "currency"),
            ("carrier_fx", "carrier_currency"),
        ):
            if values.get(money) and values[money] != self.home and not values.get(side):
                self.add_error(side, _("Enter the rate to your currency."))
        return values


class StopForm(forms.Form):
    kind = forms.ChoiceField(label=_("What happens here"), choices=StopKind.choices)
    company_address = AddressField()
    place = PlaceField(label=_("Place"))
    address = TextField(label=_("Street and house"), required=False, max_length=300)
    company = TextField(label=_("Shipper or consignee"), required=False, max_length=200)
    contact = TextField(label=_("Contact"), required=False, max_length=200)
    phone = PhoneField()
    on = DayField(window=STOP, label=_("Date"))
    time_from = TimeOfDayField(label=_("from"))
    time_to = TimeOfDayField(label=_("till"))


class CargoForm(forms.Form):
    name = TextField(label=_("Cargo"), required=False, max_length=200)
    weight_kg = NumberField(
        label=_("Weight, kg"),
        min_value=0,
        max_digits=12,
        decimal_places=3,
    )
    volume_m3 = NumberField(
        label=_("Volume, m³"),
        min_value=0,
        max_digits=10,
        decimal_places=3,
    )
    packages = forms.IntegerField(
        label=_("Packages"),
        required=False,
        min_value=0,
        max_value=1_000_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )
    packing = TextField(label=_("Packing"), required=False, max_length=60)
    value = MoneyField(label=_("Value"))
    adr = forms.ChoiceField(label=_("ADR class"), required=False, choices=ADR)
    un_number = PatternField(r"^\d{4}$", label=_("UN number"), required=False)

    def clean(self) -> dict[str, object]:
        values = super().clean() or {}
        if (values.get("weight_kg") or values.get("volume_m3")) and not values.get("name"):
            self.add_error("name", _("Say what the cargo is."))
        return values


class StopRows(forms.BaseFormSet):  # type: ignore[type-arg]
    default_error_messages = {"too_many_forms": TOO_MANY_STOPS}


class CargoRows(forms.BaseFormSet):  # type: ignore[type-arg]
    default_error_messages = {"too_many_forms": TOO_MANY_LINES}


StopForms = forms.formset_factory(
    StopForm,
    formset=StopRows,
    extra=0,
    min_num=2,
    max_num=MOST_STOPS,
    absolute_max=MOST_STOPS,
    can_delete=True,
)
CargoForms = forms.formset_factory(
    CargoForm,
    formset=CargoRows,
    extra=0,
    min_num=1,
    max_num=MOST_CARGO,
    absolute_max=MOST_CARGO,
    can_delete=True,
)
