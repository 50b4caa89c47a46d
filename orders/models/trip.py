"""The order being driven: by whom, how far, and what went wrong on the way."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from orders.models.choices import IncidentKind, Source, TripStage
from orders.models.order import Order


class Trip(models.Model):
    """One carrier's run of an order. A carrier who fails is replaced: the old trip stays, with
    `replaced_at`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="trips")
    job_id = models.UUIDField()  # exchange.Job: the carrier's side
    partner = models.ForeignKey(
        "companies.Company",
        on_delete=models.PROTECT,
        null=True,
        related_name="trips",
    )
    carrier_id = models.UUIDField(null=True)
    driver_id = models.UUIDField(null=True)
    vehicle_id = models.UUIDField(null=True)
    carrier_name = models.CharField(max_length=200, blank=True, default="")
    driver_name = models.CharField(max_length=200, blank=True, default="")
    plate = models.CharField(max_length=20, blank=True, default="")
    rate = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    stage = models.TextField(choices=TripStage, default=TripStage.ASSIGNED)
    assigned_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)
    replace_reason = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["job_id"], name="trip_job"),
            models.Index(
                fields=["driver_id"],
                name="trip_driver",
                condition=Q(driver_id__isnull=False),
            ),
            models.Index(fields=["-assigned_at", "-id"], name="trip_newest"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order"],
                name="trip_one_current",
                condition=Q(replaced_at=None),
            ),
            models.CheckConstraint(
                name="trip_stage_known",
                condition=Q(stage__in=TripStage.values),
            ),
            models.CheckConstraint(name="trip_rate_not_negative", condition=Q(rate__gte=0)),
            models.CheckConstraint(
                name="trip_replaced_with_reason",
                condition=Q(replaced_at=None, replace_reason="")
                | (Q(replaced_at__isnull=False) & ~Q(replace_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.driver_name} {self.plate}".strip() or str(self.id)

    @property
    def stage_label(self) -> str:
        return str(TripStage(self.stage).label)

    @property
    def has_crew(self) -> bool:
        """Whether driver and vehicle are named."""
        return bool(self.driver_name and self.plate)


class TripEvent(models.Model):
    """A stage reached: when it truly was, when it was entered, and who said so."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="events")
    stage = models.TextField(choices=TripStage)
    at = models.DateTimeField()
    entered_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(blank=True, default="")
    source = models.TextField(choices=Source)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["trip", "at"], name="trip_event_history")]
        constraints = [
            models.CheckConstraint(
                name="trip_event_not_ahead",
                condition=Q(at__lte=models.F("entered_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stage} {self.at:%d.%m %H:%M}"


class Incident(models.Model):
    """Something that went wrong on a trip, and what it cost."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    trip = models.ForeignKey(Trip, on_delete=models.CASCADE, related_name="incidents")
    kind = models.TextField(choices=IncidentKind)
    text = models.TextField()
    cost = models.DecimalField(
        max_digits=18, decimal_places=2, null=True
    )  # unknown is empty, not zero
    currency = models.CharField(max_length=3)
    cost_home = models.DecimalField(
        max_digits=18, decimal_places=2, null=True
    )  # in the reseller's currency
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["trip", "at"], name="incident_trip")]
        constraints = [
            models.CheckConstraint(
                name="incident_cost",
                condition=Q(cost=None) | Q(cost__gte=0),
            ),
            models.CheckConstraint(
                name="incident_kind_known",
                condition=Q(kind__in=IncidentKind.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%d.%m %H:%M}"

    @property
    def kind_label(self) -> str:
        return str(IncidentKind(self.kind).label)
