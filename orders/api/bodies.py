"""What calls carry, checked by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from orders.drafts import MOST_CARGO, MOST_STOPS, TOO_MANY_LINES, TOO_MANY_STOPS
from orders.models import (
    ADR_CLASSES,
    Form,
    IncidentKind,
    Loading,
    Stage,
    StopKind,
    Terms,
)
from tenants.drivers import bodies
from tenants.exchange.models import Job
from tenants.kit.edge.body_fields import (
    DayIn,
    Degrees,
    IdIn,
    MomentIn,
    Pattern,
    Phone,
    Text,
    TimeIn,
)
from tenants.kit.edge.days import BUSINESS, PAST, STOP
from tenants.kit.money import CENT, CURRENCIES, MOST_MONEY
from tenants.kit.price_tax import PriceTax
from tenants.kit.serializers import Asking, Body, Filters, MoneyIn, RateIn, Sure, Values

CODES = tuple(CURRENCIES)
MOST_FIRM_ID = 32_767  # as it is kept
Lines = serializers.ListSerializer[Any]


class StopBody(Body):
    kind = serializers.ChoiceField(choices=StopKind.choices)
    place = Text(max_length=120, required=False, allow_blank=True)
    place_id = Text(
        max_length=80,
        required=False,
        allow_null=True,
        default=None,
        help_text="Of `GET /api/v1/places`; then `place` may be left out",
    )
    country = Text(max_length=2, required=False, default="", allow_blank=True)
    lat = Degrees(min_value=-90, max_value=90, required=False, allow_null=True)
    lon = Degrees(min_value=-180, max_value=180, required=False, allow_null=True)
    address = Text(max_length=300, required=False, default="", allow_blank=True)
    company = Text(max_length=200, required=False, default="", allow_blank=True)
    contact = Text(max_length=200, required=False, default="", allow_blank=True)
    phone = Phone(required=False, default="", allow_blank=True)
    date = DayIn(window=STOP, required=False, allow_null=True, default=None)
    time_from = TimeIn(required=False, allow_null=True, default=None)
    time_to = TimeIn(required=False, allow_null=True, default=None)

    def to_internal_value(self, data: object) -> Values:
        """A stop without the id of its place needs the text."""
        has_id = isinstance(data, Mapping) and data.get("place_id") is not None
        self.fields["place"].required = not has_id
        values: Values = super().to_internal_value(data)
        return values

    def validate(self, attrs: Values) -> Values:
        """An empty text is no place; a point has both of its degrees."""
        if attrs.get("place") == "" and attrs["place_id"] is None:
            raise serializers.ValidationError({"place": [_("Must be filled in.")]})
        for name, other in (("lat", "lon"), ("lon", "lat")):
            if attrs.get(name) is None and attrs.get(other) is not None:
                raise serializers.ValidationError({name: [_("Must be filled in.")]})
        return attrs


class CargoBody(Body):
    name = Text(max_length=200)
    weight_kg = serializers.DecimalField(
        12,
        3,
        min_value=0,
        required=False,
        allow_null=True,
        default=None,
    )
    volume_m3 = serializers.DecimalField(
        10,
        3,
        min_value=0,
        required=False,
        allow_null=True,
        default=None,
    )
    packages = serializers.IntegerField(
        min_value=0,
        max_value=1_000_000,
        required=False,
        allow_null=True,
        default=None,
    )
    packing = Text(max_length=60, required=False, default="", allow_blank=True)
    value = MoneyIn(
        min_value=0,
        required=False,
        allow_null=True,
        default=None,
    )
    adr = serializers.ChoiceField(choices=["", *ADR_CLASSES], required=False, default="")
    un_number = Pattern(r"^(\d{4})?$", required=False, default="", allow_blank=True)


class RequestBody(Body):
    """What a client may ask for by itself."""

    body = serializers.ChoiceField(choices=["", *bodies.Body.values], required=False)
    adr = serializers.ChoiceField(choices=["", *ADR_CLASSES], required=False)
    temperature_from = serializers.DecimalField(4, 1, required=False, allow_null=True)
    temperature_to = serializers.DecimalField(4, 1, required=False, allow_null=True)
    loading_types = serializers.ListField(
        child=serializers.ChoiceField(choices=Loading.values),
        required=False,
    )
    customs = serializers.BooleanField(required=False)
    request_note = Text(lines=True, max_length=2000, required=False, allow_blank=True)
    stops: Lines = serializers.ListSerializer(
        child=StopBody(),
        required=False,
        max_length=MOST_STOPS,
        error_messages={"max_length": TOO_MANY_STOPS % {"num": MOST_STOPS}},
    )
    cargo: Lines = serializers.ListSerializer(
        child=CargoBody(),
        required=False,
        max_length=MOST_CARGO,
        error_messages={"max_length": TOO_MANY_LINES % {"num": MOST_CARGO}},
    )


class NewOrderBody(RequestBody):
    client = IdIn(required=False, allow_null=True)
    responsible = IdIn(required=False, allow_null=True)
    form = serializers.ChoiceField(choices=Form.values, required=False)
    client_price = MoneyIn(min_value=CENT, required=False, allow_null=True)
    currency = serializers.ChoiceField(choices=CODES, required=False)
    price_tax = serializers.ChoiceField(
        choices=PriceTax.choices,
        required=False,
        help_text="How the price stands to tax; left out, it is as usual for the firm that sells",
    )
    client_fx = RateIn(required=False, allow_null=True)
    carrier_rate = MoneyIn(min_value=0, required=False, allow_null=True)
    carrier_currency = serializers.ChoiceField(choices=CODES, required=False)
    carrier_tax = serializers.ChoiceField(
        choices=["", *PriceTax.values],
        required=False,
        help_text="How the rate stands to tax; empty, it is as usual for the carrier",
    )
    carrier_payment = serializers.ChoiceField(choices=["", *Terms.values], required=False)
    carrier_fx = RateIn(required=False, allow_null=True)
    rate_date = DayIn(window=PAST, required=False, allow_null=True)
    margin = MoneyIn(min_value=-MOST_MONEY, required=False, allow_null=True)
    margin_percent = serializers.DecimalField(7, 2, required=False, allow_null=True)
    payment_terms = serializers.ChoiceField(choices=["", *Terms.values], required=False)
    payment_days = serializers.IntegerField(
        min_value=0, max_value=365, required=False, allow_null=True
    )
    carrier_terms = Text(max_length=200, required=False, allow_blank=True)
    note = Text(lines=True, max_length=2000, required=False, allow_blank=True)
    seller_firm = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST_FIRM_ID,
        help_text="The own firm that sells; null is the main one",
    )
    hiring_firm = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=1,
        max_value=MOST_FIRM_ID,
        help_text="The own firm that hires the carrier; null is the main one",
    )
    sure = Sure()


class OrderBody(NewOrderBody):
    """A change; `version` is that of the order as it was read."""

    version = serializers.IntegerField(required=False)


class CancelBody(Asking):
    reason = Text(lines=True, max_length=500)


class AssignBody(Asking):
    partner = IdIn(required=False, allow_null=True)
    driver = IdIn(required=False, allow_null=True)
    vehicle = IdIn(required=False, allow_null=True)
    rate = MoneyIn(min_value=0, required=False, allow_null=True)
    currency = serializers.ChoiceField(choices=CODES, required=False)
    carrier_tax = serializers.ChoiceField(choices=["", *PriceTax.values], required=False)
    carrier_payment = serializers.ChoiceField(choices=["", *Terms.values], required=False)
    together = serializers.BooleanField(default=False)
    agreed_at = MomentIn(window=PAST, required=False, allow_null=True, default=None)
    version = serializers.IntegerField(required=False, default=None)
    reason = Text(lines=True, max_length=500, required=False, allow_blank=True, default="")


class PriceBody(Body):
    price = MoneyIn()
    final = serializers.BooleanField(default=False)


class OfferBody(PriceBody):
    """A first price; of which nothing is said, it stands to taxes as usual for the bidder."""

    carrier_tax = serializers.ChoiceField(choices=PriceTax.values, required=False)
    payment = serializers.ChoiceField(choices=["", *Terms.values], required=False, default="")


class CounterBody(PriceBody):
    """Another price; `currency` and `version` are those of the thread that it answers."""

    sure = Sure()
    currency = serializers.ChoiceField(choices=CODES, required=False, default=None)
    version = serializers.IntegerField(required=False, default=None)


class ShownBody(Body):
    """The sum that a yes is said to."""

    price = MoneyIn(required=False, default=None)
    currency = serializers.ChoiceField(choices=CODES, required=False, default=None)
    version = serializers.IntegerField(required=False, default=None)


class AcceptBody(ShownBody):
    sure = Sure()
    together = serializers.BooleanField(default=False)


class MovedBody(Body):
    """A stage as whoever drives says it."""

    stage = Text(max_length=20)
    at = MomentIn(window=PAST, required=False, allow_null=True, default=None)


class StageBody(MovedBody):
    """The owner's office may go back with a reason; whoever drives sends none."""

    reason = Text(lines=True, max_length=500, required=False, allow_blank=True, default="")


class PointBody(Body):
    at = MomentIn(window=PAST)
    lat = Degrees()
    lon = Degrees()


class EventBody(Body):
    """What happened, as whoever drives says it."""

    kind = serializers.ChoiceField(choices=IncidentKind.values, default=IncidentKind.OTHER)
    text = Text(lines=True, max_length=2000)


class IncidentBody(EventBody):
    """The owner's office also enters a cost; whoever drives sends none."""

    cost = MoneyIn(
        min_value=0,
        required=False,
        allow_null=True,
        default=None,
    )
    currency = serializers.ChoiceField(choices=["", *CURRENCIES], required=False, default="")


class OrderFilters(Filters):
    search = Text(max_length=100, required=False)
    stage = serializers.MultipleChoiceField(choices=Stage.choices, required=False)
    client = IdIn(required=False)
    responsible = IdIn(required=False)


class ListingFilters(Filters):
    """Places by name in any language, or a country's two letters."""

    to = Text(max_length=120, required=False)
    within_km = serializers.IntegerField(min_value=0, max_value=99_999, required=False)
    body = Text(max_length=40, required=False)
    weight_max = serializers.DecimalField(12, 3, min_value=0, required=False)
    date_from = DayIn(window=BUSINESS, required=False)
    date_to = DayIn(window=BUSINESS, required=False)
    search = Text(max_length=100, required=False)

    def get_fields(
        self,
    ) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """`from` cannot be a name in Python."""
        origin = Text(max_length=120, required=False)
        return {
            "from": origin,
            **super().get_fields(),
        }


class OfferFilters(Filters):
    side = serializers.ChoiceField(choices=["owner", "carrier"], required=False)


class TripFilters(Filters):
    stage = serializers.ChoiceField(choices=Job.Stage.choices, required=False)
    order = Text(max_length=20, required=False)
