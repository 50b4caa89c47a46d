"""What of an invoice was given up as a bad debt."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from finance.models.invoice import Invoice


class WriteOff(models.Model):
    """A part of an accepted invoice that nobody hopes for any more, or with `reverses` a part of a
    write-off taken back. Rows are only ever added.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="write_offs")
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="reversals",
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    home_amount = models.DecimalField(max_digits=18, decimal_places=2)
    reason = models.TextField()
    on = models.DateField()
    once = models.UUIDField()  # the form's one-time key
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["invoice", "entered_at"], name="write_off_invoice")]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "once"], name="write_off_once"),
            models.CheckConstraint(
                name="write_off_amount",
                condition=Q(amount__gt=0, home_amount__gte=0) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id}: {self.amount}"
