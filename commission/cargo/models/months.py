"""Closed months, what was paid out of them, and corrections that came later."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from commission.cargo.models.people import Customer, Salesperson
from commission.cargo.models.shipment import Shipment


class MonthLock(models.Model):
    """A month whose shipments keep their money while it stands; `month` is its first day."""

    month = models.DateField(primary_key=True)
    locked_at = models.DateTimeField()
    locked_by = models.UUIDField(null=True)
    totals = models.JSONField()  # what the month came to when it was locked

    class Meta:
        constraints = [
            models.CheckConstraint(name="cargo_lock_first_day", condition=Q(month__day=1))
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


class Adjustment(models.Model):
    """A correction of a shipment of a locked month: what it adds to the open month `month`, in
    baht, may be negative.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    shipment = models.ForeignKey(Shipment, on_delete=models.PROTECT, related_name="adjustments")
    month = models.DateField()
    salesperson = models.ForeignKey(Salesperson, on_delete=models.PROTECT, null=True)
    price = models.DecimalField(max_digits=18, decimal_places=2)
    cost = models.DecimalField(max_digits=18, decimal_places=2)
    commission = models.DecimalField(max_digits=18, decimal_places=2)
    reason = models.CharField(max_length=300)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)
    made_by_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["month"], name="cargo_adjustment_month")]
        constraints = [
            models.CheckConstraint(
                name="cargo_adjustment_first_day",
                condition=Q(month__day=1),
            ),
            models.CheckConstraint(
                name="cargo_adjustment_reasoned",
                condition=~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shipment_id} {self.commission}"


class Bill(models.Model):
    """ใบวางบิล: what a customer was asked to pay for these parcels; its parcels carry its number."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    number = models.CharField(max_length=30)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="bills")
    first = models.DateField()
    last = models.DateField()
    billed_on = models.DateField()
    shipments = ArrayField(models.UUIDField())
    total = models.DecimalField(max_digits=18, decimal_places=2)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["number"], name="cargo_bill_number")]

    def __str__(self) -> str:
        return self.number


class CommissionPayment(models.Model):
    """Commission of a month that was paid out to a salesperson."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    salesperson = models.ForeignKey(Salesperson, on_delete=models.PROTECT)
    month = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    paid_on = models.DateField()
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["month", "salesperson"],
                name="cargo_payment_month",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="cargo_payment_first_day",
                condition=Q(month__day=1),
            )
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.amount}"
