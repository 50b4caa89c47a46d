"""What was taken off an accepted invoice."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from finance.models.invoice import Invoice


class CreditNote(models.Model):
    """An invoice made less, with a paper of its own number. Rows are only ever added."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    number = models.CharField(max_length=40)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="credit_notes")
    amount = models.DecimalField(max_digits=18, decimal_places=2)  # taxes included
    taxes = models.JSONField(default=list)  # [{"kind", "percent", "amount"}]
    currency = models.CharField(max_length=3)
    home_amount = models.DecimalField(max_digits=18, decimal_places=2)
    reason = models.TextField()
    on = models.DateField()
    document_id = models.UUIDField()
    once = models.UUIDField()  # the form's one-time key
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)

    class Meta:
        indexes = [models.Index(fields=["invoice", "issued_at"], name="credit_note_invoice")]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="credit_note_number"),
            models.UniqueConstraint(fields=["invoice", "once"], name="credit_note_once"),
            models.CheckConstraint(
                name="credit_note_amount",
                condition=Q(amount__gt=0, home_amount__gte=0) & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.number
