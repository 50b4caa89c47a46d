"""What each side may see of orders, listings, offers and trips: the office all, a client no
carrier's rate, a carrier no client and no price. A field that is not named here does not leave."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from orders.access import sees_job_rate, sees_margin, sees_price, sees_rate
from orders.api.price_fields import (
    CarrierTaxField,
    ExpectedResultField,
    NetMarginField,
    PartOfPrice,
    PartOfRate,
    PriceTaxField,
    ResultField,
    SeenMoney,
)
from orders.models import Form, IncidentKind, Order, Stage, Stop, StopKind
from orders.stop_places import id_of
from tenants.context import current
from tenants.exchange.distances import is_by_road
from tenants.exchange.job_stops import stops_of
from tenants.exchange.models import Job, Listing, Offer, Side
from tenants.kit.price_tax import PriceTax
from tenants.kit.roads import How
from tenants.kit.serializers import Answer, Measure, Moment, Money


class StopOut(Answer):
    kind = serializers.ChoiceField(choices=StopKind.choices)
    place = serializers.CharField()
    place_id = serializers.SerializerMethodField()
    country = serializers.CharField()
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    address = serializers.CharField()
    company = serializers.CharField()
    contact = serializers.CharField()
    phone = serializers.CharField()
    date = serializers.DateField(source="on", allow_null=True)
    time_from = serializers.TimeField(allow_null=True)
    time_to = serializers.TimeField(allow_null=True)

    def get_place_id(self, stop: Stop) -> str | None:
        """Null where the text names no one place."""
        return id_of(stop)


class CargoOut(Answer):
    name = serializers.CharField()
    weight_kg = Measure(allow_null=True)
    volume_m3 = Measure(allow_null=True)
    packages = serializers.IntegerField(allow_null=True)
    packing = serializers.CharField()
    value = Money(allow_null=True)
    adr = serializers.CharField()
    un_number = serializers.CharField()


class ClientOrderOut(Answer):
    """An order as its client sees it."""

    ref = serializers.CharField()
    stage = serializers.ChoiceField(choices=Stage.choices)
    form = serializers.ChoiceField(choices=Form.choices)
    client = serializers.UUIDField(source="client_id", allow_null=True)
    client_name = serializers.CharField(source="client.name", default=None, allow_null=True)
    client_price = SeenMoney(sees_price)
    currency = serializers.CharField()
    price_tax = PriceTaxField(choices=PriceTax.choices)
    client_net = PartOfPrice("net")
    client_tax = PartOfPrice("tax")
    client_gross = PartOfPrice("gross")
    body = serializers.CharField()
    adr = serializers.CharField()
    customs = serializers.BooleanField()
    temperature_from = Measure(allow_null=True)
    temperature_to = Measure(allow_null=True)
    loading_types = serializers.ListField(child=serializers.CharField())
    payment_terms = serializers.CharField()
    payment_days = serializers.IntegerField(allow_null=True)
    request_note = serializers.CharField()
    place_from = serializers.CharField()
    place_to = serializers.CharField()
    pickup_on = serializers.DateField(allow_null=True)
    distance_km = serializers.IntegerField(
        allow_null=True, help_text="By road over all stops; null where two are not known"
    )
    distance_how = serializers.SerializerMethodField()
    stops = StopOut(many=True)
    cargo = CargoOut(many=True)
    created_at = Moment()
    requested_at = Moment(allow_null=True)
    quoted_at = Moment(allow_null=True)
    agreed_at = Moment(allow_null=True)
    assigned_at = Moment(allow_null=True)
    in_transit_at = Moment(allow_null=True)
    delivered_at = Moment(allow_null=True)
    completed_at = Moment(allow_null=True)
    closed_at = Moment(allow_null=True)
    cancelled_at = Moment(allow_null=True)

    def get_distance_how(self, order: Order) -> str | None:
        """`routing` by a routing service, `roads` by the main roads, or `estimate`."""
        return order.distance_how or None


class OrderOut(ClientOrderOut):
    """An order as the office sees it. A client's answer has none of the fields that are not
    required here.
    """

    id = serializers.UUIDField(required=False)
    responsible = serializers.UUIDField(required=False, allow_null=True)
    seller_firm = serializers.IntegerField(required=False, allow_null=True)
    hiring_firm = serializers.IntegerField(required=False, allow_null=True)
    carrier_rate = SeenMoney(sees_rate, required=False)
    carrier_currency = serializers.CharField(required=False)
    carrier_tax = CarrierTaxField(choices=PriceTax.choices, required=False, allow_null=True)
    carrier_net = PartOfRate("net")
    carrier_gross = PartOfRate("gross")
    carrier_payment = serializers.CharField(required=False)
    client_fx = serializers.DecimalField(18, 6, required=False)
    carrier_fx = serializers.DecimalField(18, 6, required=False)
    rate_date = serializers.DateField(required=False, allow_null=True)
    margin = SeenMoney(sees_margin, required=False)
    margin_net = NetMarginField(sees_margin, source="margin", required=False)
    result = ResultField(sees_margin, source="margin", required=False)
    expected_result = ExpectedResultField(sees_margin, source="margin", required=False)
    carrier_terms = serializers.CharField(required=False)
    carrier_name = serializers.CharField(required=False)
    note = serializers.CharField(required=False)
    listing_id = serializers.UUIDField(required=False, allow_null=True)
    trip = serializers.UUIDField(source="trip_job", required=False, allow_null=True)
    cancel_reason = serializers.CharField(required=False)
    published_at = Moment(required=False, allow_null=True)
    version = serializers.IntegerField(required=False)


class OriginOut(Answer):
    place = serializers.CharField(source="from_city")
    country = serializers.CharField(source="from_country")
    lat = serializers.FloatField(source="from_lat", allow_null=True)
    lon = serializers.FloatField(source="from_lon", allow_null=True)


class DestinationOut(Answer):
    place = serializers.CharField(source="to_city")
    country = serializers.CharField(source="to_country")
    lat = serializers.FloatField(source="to_lat", allow_null=True)
    lon = serializers.FloatField(source="to_lon", allow_null=True)


class ListingOut(Answer):
    """What the exchange shows; the table has nothing else."""

    id = serializers.UUIDField()
    ref = serializers.CharField()
    own = serializers.SerializerMethodField()
    status = serializers.ChoiceField(choices=Listing.Status.choices)
    date_from = serializers.DateField(allow_null=True)
    date_to = serializers.DateField(allow_null=True)
    distance_km = serializers.IntegerField(allow_null=True)
    distance_how = serializers.SerializerMethodField()
    body = serializers.CharField()
    cargo = serializers.CharField(source="cargo_kind")
    weight_kg = Measure(allow_null=True)
    volume_m3 = Measure(allow_null=True)
    adr = serializers.CharField()
    loading_types = serializers.ListField(child=serializers.CharField())
    temperature_from = Measure(allow_null=True)
    temperature_to = Measure(allow_null=True)
    price = Money(allow_null=True)
    currency = serializers.CharField()
    carrier_tax = serializers.CharField()
    payment = serializers.CharField()
    payment_terms = serializers.CharField()
    note = serializers.CharField()
    published_at = Moment()
    expires_at = Moment()

    def get_fields(self) -> dict[str, Any]:
        ends = {
            "from": OriginOut(source="*"),
            "to": DestinationOut(source="*"),
        }
        return {
            **super().get_fields(),
            **ends,
        }  # `from` cannot be a name in Python

    def get_distance_how(self, listing: Listing) -> str | None:
        """`roads`, or `estimate` where an end lies by no main road."""
        if listing.distance_km is None:
            return None
        return str(How.ROADS if is_by_road(listing) else How.ESTIMATE)

    def get_own(self, listing: Listing) -> bool:
        return listing.owner_role == current().role


class RoundOut(Answer):
    number = serializers.IntegerField()
    by = serializers.ChoiceField(choices=Side.choices)
    price = Money()
    best_and_final = serializers.BooleanField()
    at = Moment()


class OfferOut(Answer):
    """A thread with its rounds; both sides see the same prices."""

    id = serializers.UUIDField()
    listing = serializers.UUIDField(source="listing_id")
    side = serializers.SerializerMethodField()
    carrier = serializers.CharField(source="carrier.name")
    price = Money()
    currency = serializers.CharField()
    carrier_tax = serializers.CharField()
    payment = serializers.CharField()
    status = serializers.ChoiceField(choices=Offer.Status.choices)
    turn = serializers.ChoiceField(choices=Side.choices)
    best_and_final = serializers.BooleanField()
    created_at = Moment()
    updated_at = Moment()
    version = serializers.SerializerMethodField()
    rounds = RoundOut(many=True)

    def get_version(self, offer: Offer) -> int:
        """How many prices were named so far; an answer may carry it."""
        return len(offer.rounds.all())

    def get_side(
        self,
        offer: Offer,
    ) -> str:
        """Which end of the thread the caller is at; the view says it."""
        side = self.context["side"]
        return str(side(offer) if callable(side) else side)


class JobStopOut(Answer):
    kind = serializers.CharField()
    place = serializers.CharField()
    country = serializers.CharField()
    lat = serializers.FloatField(allow_null=True)
    lon = serializers.FloatField(allow_null=True)
    address = serializers.CharField()
    company = serializers.CharField()
    contact = serializers.CharField()
    phone = serializers.CharField()
    on = serializers.DateField(allow_null=True)
    window = serializers.CharField()


class JobCargoOut(Answer):
    name = serializers.CharField()
    weight_kg = serializers.CharField(allow_null=True)
    volume_m3 = serializers.CharField(allow_null=True)
    packages = serializers.IntegerField(allow_null=True)
    packing = serializers.CharField()
    adr = serializers.CharField()
    un_number = serializers.CharField()


class StopsField(serializers.ListField):
    """The stops as the job keeps them, read."""

    child = JobStopOut()

    def get_attribute(self, instance: Job) -> Any:
        return stops_of(instance)


class SeenTax(serializers.CharField):
    """How it stands to tax; null where the rate is."""

    def get_attribute(self, instance: Job) -> str | None:
        return instance.carrier_tax if sees_job_rate(self.context["actor"]) else None


class SeenRate(Money):
    """What a trip pays; null for a partner's person who sees no sums."""

    def get_attribute(self, instance: Job) -> Decimal | None:
        if not sees_job_rate(self.context["actor"]):
            return None
        rate: Decimal | None = super().get_attribute(instance)
        return rate


class TripOut(Answer):
    """A trip as whoever drives it knows it: the reseller, never its client."""

    id = serializers.UUIDField()
    order = serializers.CharField(source="order_ref")
    owner = serializers.CharField(source="owner_name")
    stage = serializers.ChoiceField(choices=Job.Stage.choices)
    carrier = serializers.CharField(source="carrier.name", default=None, allow_null=True)
    driver = serializers.UUIDField(source="driver_id", allow_null=True)
    vehicle = serializers.UUIDField(source="vehicle_id", allow_null=True)
    rate = SeenRate(allow_null=True)
    currency = serializers.CharField()
    carrier_tax = SeenTax(allow_null=True)
    stops = StopsField()
    cargo = JobCargoOut(many=True)
    created_at = Moment()
    moved_at = Moment()
    closed_at = Moment(allow_null=True)


class IncidentOut(Answer):
    """An incident. Whoever drives for another reseller is answered with its own words alone."""

    id = serializers.UUIDField(required=False)
    kind = serializers.ChoiceField(choices=IncidentKind.choices)
    text = serializers.CharField()
    cost = Money(required=False, allow_null=True)
    currency = serializers.CharField(required=False)
    at = Moment(required=False)


class RefusedPointOut(Answer):
    """A position that was not taken: its place in the list, from 0."""

    index = serializers.IntegerField()
    reason = serializers.CharField()


class TakenOut(Answer):
    """How many positions were new, and which were refused."""

    stored = serializers.IntegerField()
    refused = RefusedPointOut(many=True)
