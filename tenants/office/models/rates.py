"""What a unit of another currency was worth on a day."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ExchangeRate(models.Model):
    """One rate of a day; who entered it and when. It may be entered anew, which the log keeps."""

    class Source(models.TextChoices):
        TYPED = "typed", _("Typed")
        IMPORTED = "imported", _("From a list")

    id = models.BigAutoField(primary_key=True)
    currency = models.CharField(max_length=3)
    on = models.DateField()
    rate = models.DecimalField(max_digits=18, decimal_places=6)  # reseller's units for one
    # per cent that it is off the one before; empty within the usual
    off = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    source = models.TextField(choices=Source)
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["currency", "on"], name="exchange_rate_once_a_day"),
            models.CheckConstraint(name="exchange_rate_positive", condition=Q(rate__gt=0)),
        ]

    def __str__(self) -> str:
        """The currency, its day and its rate."""
        return f"{self.currency} {self.on} {self.rate}"
