"""The platform's commission: dated ladders, and the lines charged to each reseller."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class Ladder(models.Model):
    """Steps of the commission from a day on: [[30, "10"], [100, "7"], [500, "5"], [null, "3"]],
    bounds inclusive.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    reseller = models.ForeignKey(
        "platform.Reseller",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    effective_from = models.DateField()
    steps = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reseller", "effective_from"],
                name="ladder_once_a_day",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.effective_from}"


class FeeLine(models.Model):
    """What the statement needs of a reseller's business: invoice number, day, paid sum, fee.
    Written by the reseller's books.
    """

    append_only = True

    class Kind(models.TextChoices):
        RECEIPT = "receipt"
        TRUE_UP = "true_up"
        REFUND = "refund"

    id = models.UUIDField(primary_key=True, default=uuid4)
    role = models.TextField()  # the reseller's database role: row security
    reseller_id = models.UUIDField()
    month = models.DateField()  # first day
    kind = models.TextField(choices=Kind)
    invoice = models.TextField()
    on = models.DateField()
    paid = models.DecimalField(max_digits=18, decimal_places=2)
    rate = models.DecimalField(max_digits=5, decimal_places=2)  # percent
    fee = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField()
    # per cent that the rate typed with the payment was off the invoice's, where it is far off
    rate_off = models.DecimalField(max_digits=12, decimal_places=2, null=True)

    class Meta:
        indexes = [models.Index(fields=["reseller_id", "month"], name="fee_line_month")]

    def __str__(self) -> str:
        return f"{self.invoice} {self.fee}"
