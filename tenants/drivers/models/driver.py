"""Drivers of the pool: what everyone may see, and apart from it what only the home may."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tenants.drivers.models.carrier import INDEPENDENT, Carrier
from tenants.kit.lookups import words_of


class Driver(models.Model):
    """A driver as every reseller sees them: the phone masked but for its last four digits."""

    class Status(models.TextChoices):
        ACTIVE = "active", _("Active")
        BLOCKED = "blocked", _("Blocked")
        ARCHIVED = "archived", _("Archived")

    id = models.UUIDField(primary_key=True, default=uuid4)
    ref = models.CharField(max_length=40)  # DRV-260313-0003, or as it came when imported
    name = models.CharField(max_length=200)
    phone_tail = models.CharField(max_length=4, blank=True, default="")
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="drivers")
    home_role = models.TextField(default=INDEPENDENT)
    home_reseller_id = models.UUIDField(null=True)
    company = models.CharField(max_length=200, blank=True, default="")
    adr = models.BooleanField(default=False)
    has_access = models.BooleanField(default=False)  # opens the driver's app
    status = models.TextField(choices=Status, default=Status.ACTIVE)
    responsible = models.CharField(max_length=200, blank=True, default="")
    registered_on = models.DateField()
    last_active_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["home_role", "status"], name="driver_home"),
            models.Index(fields=["-registered_on", "-ref"], name="driver_newest"),
            models.Index(fields=["name", "id"], name="driver_named"),
            models.Index(
                models.F("last_active_at").desc(nulls_last=True),
                models.F("id").desc(),
                name="driver_active",
            ),
            GinIndex(
                *words_of("name", "company", "ref"),
                name="driver_folded_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="driver_ref"),
            models.CheckConstraint(
                name="driver_status_known",
                condition=Q(status__in=["active", "blocked", "archived"]),
            ),
            models.CheckConstraint(
                name="driver_phone_masked",
                condition=Q(phone_tail__regex=r"^[0-9]{0,4}$"),
            ),
            models.CheckConstraint(
                name="driver_home_whole",
                condition=Q(home_role=INDEPENDENT) ^ Q(home_reseller_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        return f"***{self.phone_tail}" if self.phone_tail else ""


class DriverPrivate(models.Model):
    """Full phone, ИНН and licence of a driver; row security shows them to the home alone."""

    driver = models.OneToOneField(
        Driver,
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="private",
    )
    home_role = models.TextField()
    phone = models.CharField(max_length=20, blank=True, default="")
    inn = models.CharField(max_length=20, blank=True, default="")
    licence = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        # Not unique: a second row's refusal would tell a stranger that the first exists.
        indexes = [
            models.Index(fields=["home_role"], name="driver_private_home"),
            models.Index(
                fields=["phone"],
                name="driver_phone",
                condition=~Q(phone=""),
            ),
            models.Index(fields=["inn"], name="driver_inn", condition=~Q(inn="")),
            models.Index(
                fields=["licence"],
                name="driver_licence",
                condition=~Q(licence=""),
            ),
        ]

    def __str__(self) -> str:
        return f"***{self.phone[-4:]}"
