"""Things every noun of a reseller needs: stored files and running numbers."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class File(models.Model):
    """A stored file; its bytes lie in private storage under `path` and never change."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    path = models.TextField()
    stored_at = models.DateTimeField()
    stored_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["path"], name="file_path")]

    def __str__(self) -> str:
        return self.name


class PreparedFile(models.Model):
    """A long answer that the worker makes for one person: the address that was asked, then the
    file.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    member_id = models.UUIDField()  # Member; the worker asks with this person's rights
    path = models.TextField()
    query = models.TextField(blank=True, default="")
    language = models.CharField(max_length=8)
    file_id = models.UUIDField(null=True)  # office.File
    failed_reason = models.TextField(blank=True, default="")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["member_id", "path"],
                name="prepared_file_waiting",
                condition=models.Q(ended_at=None),
            )
        ]

    def __str__(self) -> str:
        return self.path


class RefCounter(models.Model):
    """The last running number of a kind within a day, for references shown to people."""

    id = models.BigAutoField(primary_key=True)
    kind = models.CharField(max_length=8)
    on = models.DateField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "on"], name="ref_counter_day")]

    def __str__(self) -> str:
        return f"{self.kind} {self.on} {self.last}"
