"""The carrier's side of a trip. It exists only after award or direct assignment, so it may hold
streets and contacts.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.drivers.models import Carrier
from tenants.exchange.models.bargain import Award
from tenants.kit.price_tax import PriceTax


class Job(models.Model):
    """What the carrier has to do, for whom (the reseller, never its client), and for how much."""

    class Stage(models.TextChoices):
        ASSIGNED = "assigned", _("Assigned")
        TO_LOADING = "to_loading", _("On the way to loading")
        AT_LOADING = "at_loading", _("At loading")
        LOADED = "loaded", _("Loaded")
        IN_TRANSIT = "in_transit", _("On the road")
        BORDER = "border", pgettext_lazy("stage", "Border")
        AT_UNLOADING = "at_unloading", _("At unloading")
        UNLOADED = "unloaded", _("Unloaded")
        PAPERS_IN = "papers_in", _("Papers handed in")
        CANCELLED = "cancelled", _("Cancelled")

    id = models.UUIDField(primary_key=True, default=uuid4)
    reseller_id = models.UUIDField()
    owner_role = models.TextField()
    owner_name = models.CharField(max_length=200)  # the reseller's name
    trip_id = models.UUIDField()  # in the owner's schema
    order_ref = models.CharField(max_length=40)
    award = models.ForeignKey(Award, on_delete=models.PROTECT, null=True, related_name="jobs")
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="jobs")
    carrier_role = models.TextField()
    driver_id = models.UUIDField(null=True)
    vehicle_id = models.UUIDField(null=True)
    rate = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    carrier_tax = models.TextField(choices=PriceTax, blank=True, default="", db_default="")
    stage = models.TextField(choices=Stage, default=Stage.ASSIGNED)
    stops = models.JSONField(default=list)
    cargo = models.JSONField(default=list)
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)  # papers handed in, or cancelled

    class Meta:
        indexes = [
            models.Index(fields=["carrier", "-created_at"], name="job_of_carrier"),
            models.Index(
                fields=["driver_id", "-created_at"],
                name="job_of_driver",
            ),
            models.Index(
                fields=["owner_role", "-created_at"],
                name="job_of_owner",
            ),
            models.Index(
                fields=["carrier_role", "-created_at"],
                name="job_of_carrier_role",
            ),
            models.Index(
                fields=["carrier_role", "-created_at", "-id"],
                name="job_for_others",
                condition=~Q(owner_role=models.F("carrier_role")),
            ),
            models.Index(fields=["-created_at", "-id"], name="job_latest"),
            models.Index(
                fields=["driver_id"],
                name="job_driven_now",
                condition=Q(closed_at=None),
            ),
            models.Index(
                fields=["vehicle_id", "-created_at"],
                name="job_of_vehicle",
                condition=Q(vehicle_id__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["owner_role", "trip_id"], name="job_one_a_trip"),
            models.CheckConstraint(name="job_rate", condition=Q(rate__gte=0)),
            models.CheckConstraint(
                name="job_stage_known",
                condition=Q(
                    stage__in=[
                        "assigned",
                        "to_loading",
                        "at_loading",
                        "loaded",
                        "in_transit",
                        "border",
                        "at_unloading",
                        "unloaded",
                        "papers_in",
                        "cancelled",
                    ]
                ),
            ),
            models.CheckConstraint(
                name="job_closed_at_its_end",
                condition=Q(
                    stage__in=["papers_in", "cancelled"],
                    closed_at__isnull=False,
                )
                | (~Q(stage__in=["papers_in", "cancelled"]) & Q(closed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_ref} {self.stage}"
