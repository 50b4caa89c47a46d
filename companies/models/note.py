"""What the office writes down about a company, each with its author and time."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from companies.models.company import Company


class Note(models.Model):
    """A remark of the office; the company never sees it."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.UUIDField()  # Member
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="note_says_something", condition=~Q(text=""))]
        indexes = [models.Index(fields=["company", "-at", "-id"], name="note_newest")]

    def __str__(self) -> str:
        return self.text[:60]
