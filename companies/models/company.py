"""A reseller's clients and partners."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.models.requisites import Requisites
from tenants.kit.lookups import words_of


class Company(Requisites):
    """A firm the reseller works with: a client who orders transport, or a partner who carries."""

    class Kind(models.TextChoices):
        CLIENT = "client", _("Client")
        PARTNER = "partner", _("Partner")

    class Status(models.TextChoices):
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        ARCHIVED = "archived", _("Archived")

    id = models.UUIDField(primary_key=True, default=uuid4)
    ref = models.CharField(max_length=24)
    kind = models.TextField(choices=Kind)
    status = models.TextField(choices=Status)
    contact_person = models.CharField(max_length=200, blank=True, default="")
    language = models.CharField(max_length=2, default="ru")
    note = models.TextField(blank=True, default="")  # the office's own, never shown to the company
    carrier_id = models.UUIDField(null=True)  # the pool's carrier made for a partner
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)  # Member; nobody for an import
    details_at = models.DateTimeField(null=True)  # the company itself filled its details in

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ref"], name="company_ref"),
            models.CheckConstraint(
                name="company_kind",
                condition=Q(kind__in=["client", "partner"]),
            ),
            models.CheckConstraint(
                name="company_status",
                condition=Q(status__in=["invited", "active", "archived"]),
            ),
            models.CheckConstraint(name="company_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="company_carrier_of_partner",
                condition=Q(carrier_id=None) | Q(kind="partner"),
            ),
        ]
        indexes = [
            models.Index(fields=["kind", "name"], name="company_by_name"),
            models.Index(fields=["name", "id"], name="company_named"),
            GinIndex(
                *words_of("name", "full_name", "ref", "inn", "email", "phone", "contact_person"),
                name="company_folded_words",
            ),
            models.Index(fields=["-created_at"], name="company_newest"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """How the audit trail names this company."""
        return f"company:{self.pk}"


class Contact(models.Model):
    """A person at a company whom the office calls; no login of the product."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=120, blank=True, default="")
    phone = models.CharField(max_length=20, blank=True, default="")
    email = models.EmailField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contact_reachable",
                condition=~Q(phone="") | ~Q(email=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name
