"""Whoever may bid on the exchange."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from tenants.kit.lookups import words_of

INDEPENDENT = "carriers"  # the role of those who have no home reseller


class Carrier(models.Model):
    """A partner company, a driver of their own, or a reseller's fleet. The name is public on the
    exchange.
    """

    class Kind(models.TextChoices):
        COMPANY = "company"
        DRIVER = "driver"
        FLEET = "fleet"

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.TextField(choices=Kind)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2, blank=True, default="")
    home_role = models.TextField(default=INDEPENDENT)  # the reseller's database role: row security
    home_reseller_id = models.UUIDField(null=True)
    company_id = models.UUIDField(null=True)  # the partner in the home reseller's schema
    registered_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["home_role", "kind"], name="carrier_home"),
            GinIndex(
                *words_of("name"),
                name="carrier_folded_words",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="carrier_kind_known",
                condition=Q(kind__in=["company", "driver", "fleet"]),
            ),
            models.UniqueConstraint(
                fields=["home_role"],
                name="carrier_one_fleet",
                condition=Q(kind="fleet"),
            ),
            models.UniqueConstraint(
                fields=["home_role", "company_id"],
                name="carrier_one_a_company",
                condition=Q(company_id__isnull=False),
            ),
            models.CheckConstraint(
                name="carrier_home_whole",
                condition=Q(home_role=INDEPENDENT) ^ Q(home_reseller_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name
