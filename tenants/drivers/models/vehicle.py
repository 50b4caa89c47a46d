"""Vehicles of the pool."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.drivers.bodies import Body
from tenants.drivers.models.carrier import INDEPENDENT, Carrier
from tenants.kit.lookups import words_of


class Vehicle(models.Model):
    """A truck or trailer with its body and how much goes in."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        ARCHIVED = "archived", _("Archived")

    id = models.UUIDField(primary_key=True, default=uuid4)
    ref = models.CharField(max_length=40)  # VEH-260313-0003, or as it came when imported
    plate = models.CharField(max_length=20)
    model = models.CharField(max_length=100, blank=True, default="")
    body = models.TextField(choices=Body)
    capacity_kg = models.DecimalField(max_digits=9, decimal_places=2, null=True)
    volume_m3 = models.DecimalField(max_digits=7, decimal_places=2, null=True)
    adr = models.BooleanField(default=False)
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="vehicles")
    home_role = models.TextField(default=INDEPENDENT)
    home_reseller_id = models.UUIDField(null=True)
    status = models.TextField(choices=Status, default=Status.ACTIVE)
    registered_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["home_role", "status"], name="vehicle_home"),
            models.Index(fields=["-registered_on", "-ref"], name="vehicle_newest"),
            models.Index(fields=["plate", "id"], name="vehicle_plated"),
            models.Index(
                models.F("capacity_kg").desc(nulls_last=True),
                models.F("id").desc(),
                name="vehicle_capacity",
            ),
            models.Index(
                models.F("volume_m3").desc(nulls_last=True),
                models.F("id").desc(),
                name="vehicle_volume",
            ),
            GinIndex(
                *words_of("plate", "model", "ref"),
                name="vehicle_folded_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="vehicle_ref"),
            # Within one reseller's fleet only: across the pool it would tell who else has the
            # plate.
            models.UniqueConstraint(
                fields=["home_role", "plate"],
                name="vehicle_plate_once",
                condition=Q(status="active") & ~Q(home_role=INDEPENDENT),
            ),
            models.CheckConstraint(
                name="vehicle_body_known",
                condition=Q(body__in=Body.values),
            ),
            models.CheckConstraint(
                name="vehicle_status_known",
                condition=Q(status__in=["active", "archived"]),
            ),
            models.CheckConstraint(
                name="vehicle_measures",
                condition=(Q(capacity_kg=None) | Q(capacity_kg__gt=0))
                & (Q(volume_m3=None) | Q(volume_m3__gt=0)),
            ),
            models.CheckConstraint(
                name="vehicle_home_whole",
                condition=Q(home_role=INDEPENDENT) ^ Q(home_reseller_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.plate
