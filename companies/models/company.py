"""A reseller's clients and partners."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.models.requisites import Requisites
from companies.name_key import name_key
from tenants.kit.lookups import words_of


class Company(Requisites):
    """A firm the reseller works with: a client who orders transport, a partner who carries, or both
    on one card.
    """

    class Kind(models.TextChoices):
        CLIENT = "client", _("Client")
        PARTNER = "partner", _("Partner")
        BOTH = "both", _("Client and partner")

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
    blocked_at = models.DateTimeField(null=True)  # since then it gets no new orders
    blocked_by = models.UUIDField(null=True)  # Member
    block_reason = models.CharField(max_length=300, blank=True, default="", db_default="")
    credit_limit = models.DecimalField(
        max_digits=18, decimal_places=2, null=True
    )  # of a client, in the reseller's currency; none: without a limit
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged"
    )
    details_at = models.DateTimeField(null=True)  # the company itself filled its details in

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="company_blocked_for_a_reason",
                condition=Q(blocked_at=None, block_reason="")
                | Q(blocked_at__isnull=False) & ~Q(block_reason=""),
            ),
            models.CheckConstraint(
                name="company_credit_limit",
                condition=Q(credit_limit=None) | Q(credit_limit__gte=0),
            ),
            models.CheckConstraint(
                name="company_merged_is_archived",
                condition=Q(merged_into=None) | Q(status="archived"),
            ),
            models.UniqueConstraint(fields=["ref"], name="company_ref"),
            models.CheckConstraint(
                name="company_kind",
                condition=Q(kind__in=["client", "partner", "both"]),
            ),
            models.CheckConstraint(
                name="company_status",
                condition=Q(status__in=["invited", "active", "archived"]),
            ),
            models.CheckConstraint(name="company_named", condition=~Q(name="")),
            models.CheckConstraint(
                name="company_carrier_of_partner",
                condition=Q(carrier_id=None) | ~Q(kind="client"),
            ),
        ]
        indexes = [
            models.Index(name_key("name"), name="company_name_key"),
            models.Index(name_key("full_name"), name="company_full_name_key"),
            models.Index(fields=["kind", "name"], name="company_by_name"),
            models.Index(fields=["name", "id"], name="company_named"),
            GinIndex(
                *words_of("name", "full_name", "ref", "inn", "email", "phone", "contact_person"),
                name="company_folded_words",
            ),
            models.Index(fields=["-created_at"], name="company_newest"),
            models.Index(
                fields=["id"],
                name="company_limited",
                condition=Q(credit_limit__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_blocked(self) -> bool:
        return self.blocked_at is not None

    @property
    def is_client(self) -> bool:
        return self.kind != Company.Kind.PARTNER

    @property
    def is_partner(self) -> bool:
        return self.kind != Company.Kind.CLIENT

    @property
    def subject(self) -> str:
        """How the audit trail names this company."""
        return f"company:{self.pk}"


CLIENTS = Q(kind__in=[Company.Kind.CLIENT, Company.Kind.BOTH])  # as the index knows them
PARTNERS = Q(kind__in=[Company.Kind.PARTNER, Company.Kind.BOTH])
SIDES = (Company.Kind.CLIENT, Company.Kind.PARTNER)  # what one person is invited as


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
