"""The audit trail of a reseller."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models

from tenants.kit.lookups import words_of


class AuditEvent(models.Model):
    """Who did what to which thing, when, with what before and after. Rows are only ever added."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # Member, or nobody for the system
    by_name = models.TextField(blank=True, default="")
    action = models.TextField()  # "order.publish"
    subject = models.TextField()  # "order:<uuid>"
    title = models.TextField(blank=True, default="")  # the subject as people know it
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    reason = models.TextField(blank=True, default="")
    request_id = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["-at"], name="audit_newest"),
            models.Index(
                fields=["action"],
                name="audit_action",
                opclasses=["text_pattern_ops"],
            ),
            models.Index(fields=["subject", "-at"], name="audit_subject"),
            GinIndex(
                *words_of("title", "by_name", "action", "reason"),
                name="audit_folded_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject}"
