"""What calls carry, checked by field."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from orders.models import (
    ADR_CLASSES,
    Form,
    IncidentKind,
    Loading,
    StopKind,
    Terms,
)
from tenants.drivers.bodies import Body
from tenants.kit.money import CURRENCIES


class StopBody(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=StopKind.choices)
    place = serializers.CharField(max_length=120)
    country = serializers.CharField(max_length=2, required=False, default="", allow_blank=True)
    lat = serializers.FloatField(min_value=-90, max_value=90, required=False, allow_null=True)
    lon = serializers.FloatField(min_value=-180, max_value=180, required=False, allow_null=True)
    address = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    company = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    contact = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)
    phone = serializers.CharField(max_length=20, required=False, default="", allow_blank=True)
    date = serializers.DateField(required=False, allow_null=True, default=None)
    time_from = serializers.TimeField(required=False, allow_null=True, default=None)
    time_to = serializers.TimeField(required=False, allow_null=True, default=None)


class CargoBody(serializers.Serializer[Any]):
    name = serializers.CharField(max_length=200)
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
    packing = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    value = serializers.DecimalField(
        18,
        2,
        min_value=0,
        required=False,
        allow_null=True,
        default=None,
    )
    adr = serializers.ChoiceField(choices=["", *ADR_CLASSES], required=False, default="")
    un_number = serializers.RegexField(r"^(\d{4})?$", required=False, default="", allow_blank=True)


class RequestBody(serializers.Serializer[Any]):
    """What a client may ask for by itself."""

    body = serializers.ChoiceField(choices=["", *Body.values], required=False)
    adr = serializers.ChoiceField(choices=["", *ADR_CLASSES], required=False)
    temperature_from = serializers.DecimalField(4, 1, required=False, allow_null=True)
    temperature_to = serializers.DecimalField(4, 1, required=False, allow_null=True)
    loading_types = serializers.ListField(
        child=serializers.ChoiceField(choices=Loading.values),
        required=False,
    )
    customs = serializers.BooleanField(required=False)
    request_note = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    stops = StopBody(many=True, required=False)
    cargo = CargoBody(many=True, required=False)


class OrderBody(RequestBody):
    client = serializers.UUIDField(required=False, allow_null=True)
    responsible = serializers.UUIDField(required=False, allow_null=True)
    form = serializers.ChoiceField(choices=Form.values, required=False)
    client_price = serializers.DecimalField(18, 2, min_value=0, required=False, allow_null=True)
    currency = serializers.ChoiceField(choices=list(CURRENCIES), required=False)
    client_fx = serializers.DecimalField(18, 6, required=False, allow_null=True)
    carrier_rate = serializers.DecimalField(18, 2, min_value=0, required=False, allow_null=True)
    carrier_currency = serializers.ChoiceField(choices=list(CURRENCIES), required=False)
    carrier_fx = serializers.DecimalField(18, 6, required=False, allow_null=True)
    rate_date = serializers.DateField(required=False, allow_null=True)
    margin = serializers.DecimalField(18, 2, required=False, allow_null=True)
    margin_percent = serializers.DecimalField(7, 2, required=False, allow_null=True)
    payment_terms = serializers.ChoiceField(choices=["", *Terms.values], required=False)
    payment_days = serializers.IntegerField(
        min_value=0, max_value=365, required=False, allow_null=True
    )
    carrier_terms = serializers.CharField(max_length=200, required=False, allow_blank=True)
    note = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    version = serializers.IntegerField(required=False)


class ReasonBody(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=500)


class AssignBody(serializers.Serializer[Any]):
    partner = serializers.UUIDField(required=False, allow_null=True)
    driver = serializers.UUIDField(required=False, allow_null=True)
    vehicle = serializers.UUIDField(required=False, allow_null=True)
    rate = serializers.DecimalField(18, 2, min_value=0, required=False, allow_null=True)
    currency = serializers.ChoiceField(choices=list(CURRENCIES), required=False)
    together = serializers.BooleanField(default=False)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class PriceBody(serializers.Serializer[Any]):
    price = serializers.DecimalField(18, 2)
    final = serializers.BooleanField(default=False)


class AcceptBody(serializers.Serializer[Any]):
    together = serializers.BooleanField(default=False)


class StageBody(serializers.Serializer[Any]):
    stage = serializers.CharField(max_length=20)
    at = serializers.DateTimeField(required=False, allow_null=True, default=None)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class PointBody(serializers.Serializer[Any]):
    at = serializers.DateTimeField()
    lat = serializers.FloatField()
    lon = serializers.FloatField()


class IncidentBody(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=IncidentKind.values, default=IncidentKind.OTHER)
    text = serializers.CharField(max_length=2000)
    cost = serializers.DecimalField(
        18,
        2,
        min_value=0,
        required=False,
        allow_null=True,
        default=None,
    )
    currency = serializers.ChoiceField(choices=["", *CURRENCIES], required=False, default="")
