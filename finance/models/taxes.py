"""Taxes that the reseller chose to charge."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q


class OwnTax(models.Model):
    """An optional tax of the country (НСП) that this reseller charges, from a day on and until
    another.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)  # the first day without it
    chosen_at = models.DateTimeField()
    chosen_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind"],
                name="own_tax_once",
                condition=Q(until=None),
            ),
            models.CheckConstraint(
                name="own_tax_days",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.kind
