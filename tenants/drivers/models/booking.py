"""When a driver or vehicle is taken. The database refuses an overlap that is not one run of one
reseller.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateTimeRangeField,
    RangeOperators,
)
from django.db import models
from django.db.models import Q


class Booking(models.Model):
    """A period of one driver or vehicle for one trip. Trips loaded together (догруз) share a run."""

    class Kind(models.TextChoices):
        DRIVER = "driver"
        VEHICLE = "vehicle"

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.TextField(choices=Kind)
    subject_id = models.UUIDField()  # Driver or Vehicle
    period = DateTimeRangeField()
    run = models.UUIDField()
    role = models.TextField()  # whose trip it is: row security
    trip_id = models.UUIDField()  # in the schema of that role
    booked_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["role", "trip_id"], name="booking_trip")]
        constraints = [
            models.CheckConstraint(
                name="booking_kind_known",
                condition=Q(kind__in=["driver", "vehicle"]),
            ),
            ExclusionConstraint(
                name="booking_one_run",
                expressions=[
                    ("subject_id", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                    ("run", RangeOperators.NOT_EQUAL),
                ],
            ),
            ExclusionConstraint(
                name="booking_one_role",
                expressions=[
                    ("subject_id", RangeOperators.EQUAL),
                    ("period", RangeOperators.OVERLAPS),
                    ("role", RangeOperators.NOT_EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.period}"
