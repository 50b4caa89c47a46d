"""What calls of the module carry, and what its lists are filtered by. Forms read the values; here
stand the names.
"""

from __future__ import annotations

from rest_framework import serializers

from commission.cargo.models import CostMode, Transport
from commission.cargo.reports.exports import KINDS
from tenants.kit.edge.body_fields import AsTyped, Email, IdIn, Phone, Text
from tenants.kit.serializers import Body, Filters

BIGGEST_LINE = 2**31 - 1


class PricesBody(Body):
    cbm = Text(required=False, allow_null=True)
    kg = Text(required=False, allow_null=True)


class RateCardBody(Body):
    """Prices by goods type, then by transport."""

    name = Text(max_length=100)
    prices = serializers.DictField(child=serializers.DictField(child=PricesBody()), required=False)


class ActivateBody(Body):
    """Shipments of past months that await a rate are priced too, unless `past_months` is false."""

    past_months = serializers.BooleanField(default=True, allow_null=True)


class SalespersonBody(Body):
    code = Text(max_length=30)
    name = Text(max_length=200)
    phone = Phone(required=False)
    email = Email(required=False)


class GivenBody(Body):
    codes = serializers.ListField(child=Text(), allow_empty=False)


class CustomerBody(Body):
    code = Text(max_length=30)
    name = Text(max_length=200, required=False)
    phone = Phone(required=False)
    line = Text(max_length=60, required=False)


class ShipmentChange(Body):
    """All may be left out: what is not sent stays."""

    received_on = Text(required=False)
    customer_code = Text(max_length=30, required=False)
    tracking_number = Text(max_length=60, required=False)
    goods_type = Text(required=False)
    transport = serializers.ChoiceField(choices=Transport.choices, required=False)
    weight_kg = Text(required=False)
    volume_cbm = Text(required=False)
    price = Text(required=False)
    cost_mode = serializers.ChoiceField(choices=CostMode.choices, required=False)
    cost = Text(required=False, help_text="Only for MANUAL")
    note = Text(max_length=500, required=False)
    allow_double = serializers.BooleanField(required=False)


class ShipmentBody(ShipmentChange):
    received_on = Text()
    customer_code = Text(max_length=30)
    tracking_number = Text(max_length=60)
    goods_type = Text()
    transport = serializers.ChoiceField(choices=Transport.choices)
    weight_kg = Text()
    volume_cbm = Text()
    price = Text()


class PasteBody(Body):
    text = AsTyped(help_text="Rows as they are copied from a spreadsheet")


class WishBody(Body):
    """How a file is read, where it can be read in several ways."""

    sheet = Text(max_length=100, required=False)
    encoding = Text(max_length=20, required=False)
    with_hidden = serializers.BooleanField(required=False)


class FileBody(WishBody):
    file = serializers.FileField()


class ReadBody(WishBody):
    columns = serializers.DictField(
        child=Text(allow_blank=True),
        required=False,
        help_text="Heading of the file and the field it means; empty to leave the column out",
    )


class ImportBody(WishBody):
    """A paste or a file."""

    text = AsTyped(required=False)
    file = serializers.FileField(required=False)


class ConfirmBody(Body):
    skip_bad = serializers.BooleanField(default=False, allow_null=True)
    allow_duplicates = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=BIGGEST_LINE),
        default=list,
        allow_null=True,
        help_text="Numbers of the lines that are saved although the tracking number stands already",
    )


class ShipmentQuery(Filters):
    """A form reads all but `search`, `lot` and `batch`."""

    month = Text(required=False)
    status = Text(required=False)
    salesperson = Text(required=False)
    customer = Text(required=False)
    goods_type = Text(required=False)
    transport = Text(required=False)
    date_from = Text(required=False)
    date_to = Text(required=False)
    batch = IdIn(required=False)
    lot = IdIn(required=False)
    search = Text(max_length=60, required=False)


class CustomerFilters(Filters):
    search = Text(max_length=100, required=False)


class PreviewFilters(Filters):
    after = serializers.IntegerField(min_value=0, max_value=BIGGEST_LINE, required=False)
    limit = serializers.IntegerField(min_value=1, required=False)


class SummaryFilters(Filters):
    format = serializers.ChoiceField(choices=KINDS, required=False)


class AuditFilters(Filters):
    search = Text(max_length=100, required=False)
    action = Text(max_length=60, required=False)
