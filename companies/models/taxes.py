"""Taxes that an own firm chose to charge."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from companies.models.own import FIRST_FIRM


class OwnTax(models.Model):
    """An optional tax of the country (НСП) that an own firm charges, from a day on and until
    another.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    firm_id = models.PositiveSmallIntegerField(default=FIRST_FIRM, db_default=FIRST_FIRM)
    kind = models.CharField(max_length=20)
    since = models.DateField()
    until = models.DateField(null=True)  # the first day without it
    chosen_at = models.DateTimeField()
    chosen_by = models.UUIDField(null=True)

    class Meta:
        db_table = "finance_owntax"  # its name while finance kept it
        constraints = [
            models.UniqueConstraint(
                fields=["firm_id", "kind"],
                name="own_tax_once_a_firm",
                condition=Q(until=None),
            ),
            models.CheckConstraint(
                name="own_tax_days",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return self.kind

    def holds(self, on: date) -> bool:
        """Whether the firm charges it on a day."""
        return self.since <= on and (self.until is None or on < self.until)
