"""An issued paper."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.db.models.fields.json import KT

from documents.models.counter import FIRST_ISSUER
from tenants.kit.lookups import words_of


class Status(models.TextChoices):
    QUEUED = "queued"
    READY = "ready"
    FAILED = "failed"


class Audience(models.TextChoices):
    """Who besides the office may see it."""

    OFFICE = "office"
    CLIENT = "client"
    PARTNER = "partner"
    BOTH = "both"


class Document(models.Model):
    """A paper with its number, frozen as it was issued: what it says never changes, a mistake gets
    a new paper.

    `issuer` is whose numbers it has: the own firm that issues it.

    `subject` is what it is about, "order:<uuid>". `company_id` is the client or partner that may
    see it, by `audience`. Status, file, hash, pages and reason are the only fields written after
    issue, by `documents.rendering`.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    issuer = models.PositiveSmallIntegerField(default=FIRST_ISSUER, db_default=FIRST_ISSUER)
    kind = models.CharField(max_length=20)
    series = models.CharField(max_length=10, blank=True)
    number = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField()
    # the number it got elsewhere, as contracts do; papers show it instead of ours
    reference = models.CharField(max_length=40, blank=True, default="", db_default="")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=200)
    subject = models.CharField(max_length=60)
    company_id = models.UUIDField(null=True)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.OFFICE)
    context = models.JSONField()
    letterhead = models.JSONField()
    signed = models.BooleanField(default=True)
    verify_code = models.CharField(max_length=26)
    # The constraint on it below is its index.
    corrects = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="corrections",
        db_index=False,
    )
    correction_index = models.PositiveSmallIntegerField(default=0)
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    status = models.CharField(max_length=8, choices=Status, default=Status.QUEUED)
    file_id = models.UUIDField(null=True)
    sha256 = models.CharField(max_length=64, blank=True)
    pages = models.PositiveSmallIntegerField(default=0)
    failed_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["-issued_at", "-number"]
        indexes = [
            models.Index(fields=["-issued_at", "-number"], name="document_latest"),
            models.Index(fields=["subject"], name="document_subject"),
            models.Index(
                fields=["company_id", "-issued_at"],
                name="document_company",
            ),
            models.Index(
                fields=["status"],
                condition=~Q(status="ready"),
                name="document_unfinished",
            ),
            GinIndex(
                *words_of("title", KT("context__order_ref")),
                name="document_folded_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["issuer", "kind", "year", "number"],
                name="document_number_of_issuer",
            ),
            models.UniqueConstraint(fields=["verify_code"], name="document_verify_code"),
            models.UniqueConstraint(
                fields=["corrects", "correction_index"],
                name="document_correction",
            ),
            models.CheckConstraint(
                condition=Q(number__gt=0),
                name="document_number_counts_from_one",
            ),
            models.CheckConstraint(
                condition=Q(status__in=Status.values),
                name="document_status",
            ),
            models.CheckConstraint(
                condition=Q(audience__in=Audience.values),
                name="document_audience",
            ),
            models.CheckConstraint(
                condition=Q(audience="office") | Q(company_id__isnull=False),
                name="document_audience_has_company",
            ),
            models.CheckConstraint(
                condition=~Q(status="ready")
                | (Q(file_id__isnull=False) & ~Q(sha256="") & Q(pages__gt=0)),
                name="document_ready_has_file",
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(failed_reason=""),
                name="document_failure_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, correction_index=0)
                | Q(corrects__isnull=False, correction_index__gt=0),
                name="document_correction_counts_from_one",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """The number as people read it: "42", or "КБ-42" in a series."""
        if self.reference:
            return self.reference
        return f"{self.series}-{self.number}" if self.series else str(self.number)

    @property
    def is_ready(self) -> bool:
        return self.status == Status.READY

    @property
    def file_name(self) -> str:
        """As a browser saves it; letters and digits of any script, since a client looks for it by
        name.
        """
        return (
            "".join(letter if letter.isalnum() else "_" for letter in self.title)
            + f"_{self.issued_on}.pdf"
        )
