"""The order: what a client buys, at what price, and who carries it at what rate."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Round

from orders.models.choices import Form, Stage, Terms
from orders.pricing import Sides, margin_of
from tenants.kit.lookups import words_of
from tenants.kit.money import MOST_FX, MOST_MONEY
from tenants.kit.price_tax import PriceTax

ONE = Decimal(1)
BEFORE_CLIENT = [
    Stage.DRAFT,
    Stage.CANCELLED,
]  # a draft may be saved with gaps, and thrown away with them
# What the client pays less what the carrier gets, in the reseller's currency.
HOME_MARGIN = Round(F("client_price") * F("client_fx"), 2) - Round(
    F("carrier_rate") * F("carrier_fx"), 2
)


class Order(models.Model):
    """A client's order for carriage; only orders/lifecycle.py moves its stage."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    ref = models.CharField(max_length=20)  # ORD-260313-0003
    client = models.ForeignKey(
        "companies.Company",
        on_delete=models.PROTECT,
        null=True,
        related_name="orders",
    )
    responsible = models.UUIDField(null=True)  # Member
    stage = models.TextField(choices=Stage, default=Stage.DRAFT)
    form = models.TextField(choices=Form, default=Form.SIMPLE)
    version = models.PositiveIntegerField(
        default=1
    )  # grows with each edit: two edits of one form do not overwrite

    client_price = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)  # of the client's price
    price_tax = models.TextField(choices=PriceTax, blank=True, default="", db_default="")
    taxed_on = models.DateField(null=True)  # the day of the invoice in force, told by finance
    taxed_by = models.JSONField(null=True)  # the taxes of that invoice: [{"kind", "percent"}]
    client_fx = models.DecimalField(
        max_digits=18, decimal_places=6, default=ONE
    )  # reseller's units for one of it
    carrier_rate = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    carrier_currency = models.CharField(max_length=3)
    carrier_tax = models.TextField(choices=PriceTax, blank=True, default="", db_default="")
    carrier_taxed_by = models.JSONField(null=True)  # the taxes agreed on with the carrier
    has_tax_invoice = models.BooleanField(
        default=False, db_default=False
    )  # the carrier's invoice with its tax stands, told by finance
    carrier_payment = models.TextField(choices=Terms, blank=True, default="", db_default="")
    carrier_fx = models.DecimalField(max_digits=18, decimal_places=6, default=ONE)
    rate_date = models.DateField(null=True)  # the day both fx are of
    fee = models.DecimalField(
        max_digits=18, decimal_places=2, default=0
    )  # platform's, told by finance

    body = models.TextField(blank=True, default="")
    adr = models.CharField(max_length=4, blank=True, default="")
    temperature_from = models.DecimalField(max_digits=4, decimal_places=1, null=True)  # degrees C
    temperature_to = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    loading_types = ArrayField(models.TextField(), default=list)
    customs = models.BooleanField(default=False)
    payment_terms = models.TextField(choices=Terms, blank=True, default="")
    payment_days = models.PositiveSmallIntegerField(null=True)  # after delivery
    carrier_terms = models.CharField(
        max_length=200, blank=True, default=""
    )  # what carriers read on the exchange
    note = models.TextField(blank=True, default="")  # of the office alone
    request_note = models.TextField(blank=True, default="")  # the client's own words

    # What lists show and sort, copied from stops and cargo when they are saved: one statement for a
    # page of orders.
    place_from = models.CharField(max_length=120, blank=True, default="")
    place_to = models.CharField(max_length=120, blank=True, default="")
    pickup_on = models.DateField(null=True)
    cargo_name = models.CharField(max_length=200, blank=True, default="")
    weight_kg = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    volume_m3 = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    carrier_name = models.CharField(max_length=200, blank=True, default="")
    # the way over all stops and how it is known (kit.roads.How); none while two points are not known
    distance_km = models.PositiveIntegerField(null=True)
    distance_how = models.CharField(max_length=8, blank=True, default="", db_default="")

    seller_firm = models.PositiveSmallIntegerField(null=True)  # own firm; none is the main one
    hiring_firm = models.PositiveSmallIntegerField(null=True)  # the one that orders the carriage

    listing_id = models.UUIDField(null=True)  # exchange.Listing in force
    is_invoiced = models.BooleanField(
        default=False, db_default=False
    )  # an invoice in force stands for it, told by finance
    copied_from = models.UUIDField(null=True)
    cancel_reason = models.TextField(blank=True, default="")

    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    agreed_at = models.DateTimeField(null=True)  # the client said yes to the quote
    requested_at = models.DateTimeField(null=True)
    quoted_at = models.DateTimeField(null=True)
    published_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    in_transit_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="order_newest"),
            models.Index(fields=["stage", "-created_at"], name="order_stage"),
            models.Index(fields=["client", "-created_at"], name="order_client"),
            models.Index(
                fields=["responsible", "-created_at"],
                name="order_responsible",
            ),
            models.Index(fields=["completed_at"], name="order_completed"),
            models.Index(
                fields=["-completed_at"],
                name="order_to_invoice",
                condition=Q(completed_at__isnull=False, is_invoiced=False),
            ),
            # a sort of the list each
            models.Index(fields=["place_from", "id"], name="order_from"),
            models.Index(fields=["pickup_on", "id"], name="order_pickup"),
            models.Index(
                F("weight_kg").desc(nulls_last=True),
                F("id").desc(),
                name="order_weight",
            ),
            models.Index(
                F("client_price").desc(nulls_last=True),
                F("id").desc(),
                name="order_price",
            ),
            models.Index(
                F("carrier_rate").desc(nulls_last=True),
                F("id").desc(),
                name="order_rate",
            ),
            models.Index(
                HOME_MARGIN.desc(nulls_last=True),
                F("id").desc(),
                name="order_margin",
            ),
            models.Index(
                fields=["listing_id"],
                name="order_listing",
                condition=Q(listing_id__isnull=False),
            ),
            GinIndex(
                *words_of("ref", "place_from", "place_to", "cargo_name", "carrier_name"),
                name="order_folded_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="order_ref"),
            models.CheckConstraint(
                name="order_stage_known",
                condition=Q(stage__in=Stage.values),
            ),
            models.CheckConstraint(
                name="order_has_client",
                condition=Q(stage__in=BEFORE_CLIENT) | Q(client__isnull=False),
            ),
            models.CheckConstraint(
                name="order_cancelled_with_reason",
                condition=(
                    Q(stage=Stage.CANCELLED, cancelled_at__isnull=False) & ~Q(cancel_reason="")
                )
                | (~Q(stage=Stage.CANCELLED) & Q(cancelled_at__isnull=True, cancel_reason="")),
            ),
            models.CheckConstraint(
                name="order_completed_at",
                condition=Q(
                    stage__in=[Stage.COMPLETED, Stage.CLOSED],
                    completed_at__isnull=False,
                )
                | (~Q(stage__in=[Stage.COMPLETED, Stage.CLOSED]) & Q(completed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="order_prices_positive",
                condition=(Q(client_price__isnull=True) | Q(client_price__gt=0))
                & (Q(carrier_rate__isnull=True) | Q(carrier_rate__gte=0)),
            ),
            models.CheckConstraint(
                name="order_fx_positive",
                condition=Q(client_fx__gt=0, carrier_fx__gt=0),
            ),
            models.CheckConstraint(
                name="order_sums_within",
                condition=(Q(client_price=None) | Q(client_price__lte=MOST_MONEY))
                & (Q(carrier_rate=None) | Q(carrier_rate__lte=MOST_MONEY))
                & Q(client_fx__lte=MOST_FX, carrier_fx__lte=MOST_FX),
            ),
            models.CheckConstraint(
                name="order_temperature",
                condition=Q(temperature_from=None)
                | Q(temperature_to=None)
                | Q(temperature_from__lte=models.F("temperature_to")),
            ),
        ]

    def __str__(self) -> str:
        return self.ref

    @property
    def sides(self) -> Sides:
        return Sides(
            self.client_price,
            self.client_fx,
            self.carrier_rate,
            self.carrier_fx,
        )

    @property
    def margin(self) -> Decimal | None:
        """Client's price less carrier's rate, as agreed, in the reseller's currency; None until
        both are known.
        """
        return margin_of(self.sides)

    @property
    def stage_label(self) -> str:
        return str(Stage(self.stage).label)

    @property
    def route(self) -> str:
        return " → ".join(place for place in (self.place_from, self.place_to) if place)
