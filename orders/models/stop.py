"""Where an order goes, and what it carries."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from orders.models.choices import StopKind
from orders.models.order import Order


class Stop(models.Model):
    """A place on the way: loading, unloading, border, customs. Street and contact are for the
    awarded carrier only.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="stops")
    position = models.PositiveSmallIntegerField()
    kind = models.TextField(choices=StopKind)
    place = models.CharField(max_length=120)  # city or district
    # of the list of places; none where the text names no one place
    place_id = models.CharField(max_length=80, null=True)  # noqa: DJ001 - unknown is not empty
    country = models.CharField(max_length=2, blank=True, default="")
    lat = models.FloatField(null=True)
    lon = models.FloatField(null=True)
    company_address = models.UUIDField(null=True)  # an address of the client's card
    address = models.CharField(max_length=300, blank=True, default="")
    company = models.CharField(max_length=200, blank=True, default="")  # shipper or consignee
    contact = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    on = models.DateField(null=True)
    time_from = models.TimeField(null=True)
    time_to = models.TimeField(null=True)

    class Meta:
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "position"],
                name="stop_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="stop_kind_known",
                condition=Q(kind__in=StopKind.values),
            ),
            models.CheckConstraint(
                name="stop_point",
                condition=Q(lat=None, lon=None)
                | Q(
                    lat__gte=-90,
                    lat__lte=90,
                    lon__gte=-180,
                    lon__lte=180,
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.place}"

    @property
    def window(self) -> str:
        """ "09:00–12:00", or as much of it as is known."""
        return "–".join(time.strftime("%H:%M") for time in (self.time_from, self.time_to) if time)


class CargoLine(models.Model):
    """One kind of goods within an order."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="cargo")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    weight_kg = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    volume_m3 = models.DecimalField(max_digits=10, decimal_places=3, null=True)
    packages = models.PositiveIntegerField(null=True)
    packing = models.CharField(max_length=60, blank=True, default="")
    value = models.DecimalField(
        max_digits=18, decimal_places=2, null=True
    )  # in the client's currency
    adr = models.CharField(max_length=4, blank=True, default="")
    un_number = models.CharField(max_length=4, blank=True, default="")

    class Meta:
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["order", "position"],
                name="cargo_position",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="cargo_measures",
                condition=(Q(weight_kg=None) | Q(weight_kg__gte=0))
                & (Q(volume_m3=None) | Q(volume_m3__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return self.name
