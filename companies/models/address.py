"""Where a company loads and unloads."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from companies.models.company import Company


class Address(models.Model):
    """A warehouse or yard of a company: how to find it, whom to ask for, when it works."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="addresses")
    name = models.CharField(max_length=120)
    place = models.CharField(max_length=120)  # city or district
    # of the list of places; none where the text names no one place
    place_id = models.CharField(max_length=80, null=True)  # noqa: DJ001 - unknown is not empty
    country = models.CharField(max_length=2, blank=True, default="")
    street = models.CharField(max_length=300, blank=True, default="")
    lat = models.FloatField(null=True)  # its own point; none: the place's
    lon = models.FloatField(null=True)
    contact = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=128, blank=True, default="")
    hours = models.CharField(max_length=120, blank=True, default="")
    gate_notes = models.CharField(max_length=500, blank=True, default="")
    archived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="address_named", condition=~Q(name="") & ~Q(place="")),
            models.CheckConstraint(
                name="address_point",
                condition=Q(lat=None, lon=None)
                | Q(lat__gte=-90, lat__lte=90, lon__gte=-180, lon__lte=180),
            ),
        ]
        indexes = [models.Index(fields=["company", "name"], name="address_by_name")]

    def __str__(self) -> str:
        return self.name
