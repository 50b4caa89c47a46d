"""What the exchange shows of an order. There is no column for a client, a client's price or a
margin.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Cast, Floor
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.drivers.bodies import Body
from tenants.kit.geo import CELLS_AROUND, CELLS_PER_DEGREE
from tenants.kit.lookups import words_of
from tenants.kit.price_tax import Payment, PriceTax

COVERED = [
    "body",
    "weight_kg",
    "date_from",
    "date_to",
    "expires_at",
    "from_lat",
    "from_lon",
    "to_lat",
    "to_lon",
]


def _cell(lat: str, lon: str) -> Cast:
    """The same number as tenants.kit.geo.cell()."""
    row = Cast(
        Floor((F(lat) + 90.0) * float(CELLS_PER_DEGREE)),
        models.IntegerField(),
    )
    column = Cast(
        Floor((F(lon) + 180.0) * float(CELLS_PER_DEGREE)),
        models.IntegerField(),
    )
    return Cast(row * CELLS_AROUND + column, models.IntegerField())


class Listing(models.Model):
    """An order on the exchange, of published data alone: cities instead of streets, no contacts.

    It has no row security (every reseller reads it); only the functions in sql/ write it.
    """

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("exchange", "Open")
        AWARDED = "awarded", _("Awarded")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")

    id = models.UUIDField(primary_key=True, default=uuid4)
    reseller_id = models.UUIDField()
    owner_role = models.TextField()  # the reseller's database role
    ref = models.CharField(max_length=40)  # LST-260313-0003
    from_city = models.CharField(max_length=120)
    from_country = models.CharField(max_length=2, blank=True, default="")
    from_lat = models.FloatField(null=True)
    from_lon = models.FloatField(null=True)
    to_city = models.CharField(max_length=120)
    to_country = models.CharField(max_length=2, blank=True, default="")
    to_lat = models.FloatField(null=True)
    to_lon = models.FloatField(null=True)
    from_cell = models.GeneratedField(
        expression=_cell("from_lat", "from_lon"),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    to_cell = models.GeneratedField(
        expression=_cell("to_lat", "to_lon"),
        output_field=models.IntegerField(null=True),
        db_persist=True,
    )
    date_from = models.DateField()  # loading window
    date_to = models.DateField()
    distance_km = models.PositiveIntegerField(null=True)
    body = models.TextField(choices=Body, blank=True, default="")
    weight_kg = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    volume_m3 = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    adr = models.CharField(max_length=4, blank=True, default="")  # class of dangerous goods
    cargo_kind = models.CharField(max_length=200, blank=True, default="")
    loading_types = ArrayField(models.TextField(), default=list, blank=True)
    temperature_from = models.DecimalField(max_digits=4, decimal_places=1, null=True)  # degrees C
    temperature_to = models.DecimalField(max_digits=4, decimal_places=1, null=True)
    price = models.DecimalField(
        max_digits=18, decimal_places=2, null=True
    )  # the rate asked for, not the client's
    currency = models.CharField(max_length=3)
    carrier_tax = models.TextField(choices=PriceTax, blank=True, default="", db_default="")
    payment = models.TextField(choices=Payment, blank=True, default="", db_default="")
    payment_terms = models.CharField(max_length=200, blank=True, default="")
    note = models.TextField(blank=True, default="")
    status = models.TextField(choices=Status, default=Status.OPEN)
    published_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(
        max_length=64
    )  # same cargo, route and dates: perhaps posted twice

    class Meta:
        indexes = [
            models.Index(
                fields=["from_cell"],
                name="listing_from_near",
                condition=Q(status="open"),
                include=COVERED,
            ),
            models.Index(
                fields=["to_cell"],
                name="listing_to_near",
                condition=Q(status="open"),
                include=COVERED,
            ),
            GinIndex(
                *words_of("cargo_kind", "note"),
                name="listing_folded_words",
                condition=Q(status="open"),
            ),
            models.Index(
                fields=["-published_at", "-id"],
                name="listing_newest",
                condition=Q(status="open"),
            ),
            models.Index(
                fields=["expires_at"],
                name="listing_due",
                condition=Q(status="open"),
            ),
            models.Index(
                fields=["fingerprint"],
                name="listing_twin",
                condition=Q(status="open"),
            ),
            models.Index(
                fields=["reseller_id", "-published_at"],
                name="listing_of_reseller",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="listing_ref"),
            models.CheckConstraint(
                name="listing_status_known",
                condition=Q(
                    status__in=[
                        "open",
                        "awarded",
                        "withdrawn",
                        "expired",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="listing_body_known",
                condition=Q(body__in=["", *Body.values]),
            ),
            models.CheckConstraint(
                name="listing_window",
                condition=Q(date_to__gte=F("date_from")),
            ),
            models.CheckConstraint(
                name="listing_price",
                condition=Q(price=None) | Q(price__gt=0),
            ),
            models.CheckConstraint(
                name="listing_measures",
                condition=(Q(weight_kg=None) | Q(weight_kg__gt=0))
                & (Q(volume_m3=None) | Q(volume_m3__gt=0)),
            ),
            models.CheckConstraint(
                name="listing_from_point",
                condition=Q(from_lat=None, from_lon=None)
                | Q(
                    from_lat__gte=-90,
                    from_lat__lte=90,
                    from_lon__gte=-180,
                    from_lon__lte=180,
                ),
            ),
            models.CheckConstraint(
                name="listing_to_point",
                condition=Q(to_lat=None, to_lon=None)
                | Q(
                    to_lat__gte=-90,
                    to_lat__lte=90,
                    to_lon__gte=-180,
                    to_lon__lte=180,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.from_city} – {self.to_city}"
