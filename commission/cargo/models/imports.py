"""Imports: what was pasted, row by row, checked before it becomes shipments, and kept as the
import's row list.
"""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from commission.cargo.models.choices import ImportState, ImportWordKind


class ImportBatch(models.Model):
    """One paste or file: read, looked at, confirmed once, and undone as a whole until a month of it
    is locked.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    source = models.CharField(
        max_length=200, blank=True, default=""
    )  # the file's name; empty for a paste
    file_id = models.UUIDField(null=True)  # office.File, until a worker has read it
    state = models.TextField(choices=ImportState)
    has_heading = models.BooleanField(default=False)
    rows = models.PositiveIntegerField(default=0)
    bad = models.PositiveIntegerField(default=0)
    saved = models.PositiveIntegerField(default=0)
    failed_reason = models.TextField(blank=True, default="")
    # what the person chose, what is asked, and what was found (imports/reading.py: Reading)
    reading = models.JSONField(blank=True, default=dict, db_default={})
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    made_by_name = models.TextField(blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)
    undone_at = models.DateTimeField(null=True)
    undo_asked_at = models.DateTimeField(null=True)  # the worker is taking it back

    class Meta:
        indexes = [models.Index(fields=["-made_at"], name="cargo_import_newest")]
        constraints = [
            models.CheckConstraint(
                name="cargo_import_state",
                condition=Q(state__in=ImportState.values),
            ),
            models.CheckConstraint(
                name="cargo_import_confirmed_at",
                condition=Q(
                    state__in=["confirmed", "undone"],
                    confirmed_at__isnull=False,
                )
                | (~Q(state__in=["confirmed", "undone"]) & Q(confirmed_at=None)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)

    @property
    def subject(self) -> str:
        return f"cargo_import:{self.pk}"


class ImportWord(models.Model):
    """A word of the shop's own tables and what it means: a heading, a goods type, a transport.
    Together they are its template.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.TextField(choices=ImportWordKind)
    word = models.CharField(max_length=100)  # as it is compared: small letters, single blanks
    meaning = models.CharField(max_length=40)  # a field, or a code of a goods type or transport

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "word"], name="cargo_import_word_once"),
            models.CheckConstraint(
                name="cargo_import_word_kind",
                condition=Q(kind__in=ImportWordKind.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.meaning}"


class ImportRow(models.Model):
    """A line of the paste: its cells in the order of C-4 as they came (`raw`) and, where they could
    be read, as values.

    `errors` holds "field:code" words; `double` says where the tracking number stands already.
    """

    pk = models.CompositePrimaryKey("batch_id", "line")
    batch = models.ForeignKey(
        ImportBatch,
        on_delete=models.CASCADE,
        related_name="lines",
        db_index=False,
    )
    line = models.PositiveIntegerField()
    raw = ArrayField(models.TextField(), null=True)  # only where something could not be read
    received_on = models.DateField(null=True)
    customer_code = models.TextField(blank=True, default="")
    tracking_number = models.TextField(blank=True, default="")
    goods_type = models.TextField(blank=True, default="")
    transport = models.TextField(blank=True, default="")
    weight_kg = models.DecimalField(max_digits=16, decimal_places=9, null=True)
    volume_cbm = models.DecimalField(max_digits=16, decimal_places=9, null=True)
    price = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    cost_mode = models.TextField(blank=True, default="")
    manual_cost = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    errors = ArrayField(models.TextField(), null=True)

    double = models.TextField(null=True)  # noqa: DJ001
    is_allowed = models.BooleanField(default=False)  # ticked "save again"
    is_saved = models.BooleanField(default=False)

    class Meta:
        pass

    def __str__(self) -> str:
        return f"{self.batch_id} {self.line}"
