"""Where trucks are. `ingest` writes the tables by COPY; everyone else reads the barrier views over
them.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

ON_EARTH = Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180)


class Position(models.Model):
    """One point of a job's track, as the phone told it."""

    append_only = True

    id = models.BigAutoField(primary_key=True)
    job_id = models.UUIDField()
    driver_id = models.UUIDField()
    at = models.DateTimeField()
    lat = models.FloatField()
    lon = models.FloatField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["job_id", "at"], name="position_once"),
            models.CheckConstraint(name="position_on_earth", condition=ON_EARTH),
        ]
        indexes = [models.Index(fields=["at"], name="position_age")]

    def __str__(self) -> str:
        return f"{self.at:%d.%m %H:%M} {self.lat:.4f} {self.lon:.4f}"


class LastPosition(models.Model):
    """The newest point of a job: what the map asks for."""

    job_id = models.UUIDField(primary_key=True, default=uuid4)
    driver_id = models.UUIDField()
    at = models.DateTimeField()
    lat = models.FloatField()
    lon = models.FloatField()
    received_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="last_position_on_earth", condition=ON_EARTH)]

    def __str__(self) -> str:
        return f"{self.at:%d.%m %H:%M} {self.lat:.4f} {self.lon:.4f}"


class SeenPosition(models.Model):
    """Positions of the jobs that the current role owns or drives (a security-barrier view)."""

    id = models.BigIntegerField(primary_key=True)
    job_id = models.UUIDField()
    driver_id = models.UUIDField()
    at = models.DateTimeField()
    lat = models.FloatField()
    lon = models.FloatField()
    received_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "drivers_seenposition"

    def __str__(self) -> str:
        return f"{self.at:%d.%m %H:%M} {self.lat:.4f} {self.lon:.4f}"


class SeenLastPosition(models.Model):
    """Last positions of the jobs that the current role owns or drives (a security-barrier view)."""

    job_id = models.UUIDField(primary_key=True)
    driver_id = models.UUIDField()
    at = models.DateTimeField()
    lat = models.FloatField()
    lon = models.FloatField()
    received_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "drivers_seenlastposition"

    def __str__(self) -> str:
        return f"{self.at:%d.%m %H:%M} {self.lat:.4f} {self.lon:.4f}"
