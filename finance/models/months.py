"""The platform's fee by month: its lines, and the closing that makes them final."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.models.invoice import Invoice
from finance.models.payment import Payment


class MonthClose(models.Model):
    """A month of the platform's fee, or of the ledger. Booking holds its row shared, closing holds
    it alone.
    """

    class Kind(models.TextChoices):
        FEE = "fee", _("Platform commission")
        BOOKS = "books", _("Books")

    id = models.BigAutoField(primary_key=True)
    kind = models.TextField(choices=Kind)
    month = models.DateField()  # first day
    final_orders = models.PositiveIntegerField(null=True)
    final_rate = models.DecimalField(max_digits=5, decimal_places=2, null=True)  # per cent
    closed_at = models.DateTimeField(null=True)
    closed_by = models.UUIDField(null=True)
    closed_name = models.TextField(blank=True, default="")
    # of books that were opened again; they stay when the month is closed anew
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.UUIDField(null=True)
    reopened_name = models.TextField(blank=True, default="", db_default="")
    reopen_reason = models.TextField(blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "month"], name="month_close_once"),
            models.CheckConstraint(name="month_close_first_day", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="month_close_whole",
                condition=Q(
                    closed_at=None,
                    final_orders=None,
                    final_rate=None,
                    closed_by=None,
                )
                | Q(
                    kind="fee",
                    closed_at__isnull=False,
                    final_orders__isnull=False,
                    final_rate__isnull=False,
                )
                | Q(
                    kind="books",
                    closed_at__isnull=False,
                    final_orders=None,
                    final_rate=None,
                ),
            ),
            models.CheckConstraint(
                name="month_close_reopened",
                condition=Q(reopened_at=None, reopened_by=None, reopen_reason="")
                | Q(kind="books", reopened_at__isnull=False) & ~Q(reopen_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.month:%Y-%m}"


class BooksBeginning(models.Model):
    """The day on which the books begin, once the head has set one; nothing is dated before it."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    on = models.DateField()
    set_at = models.DateTimeField()
    set_by = models.UUIDField(null=True)
    set_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.CheckConstraint(name="books_begin_once", condition=Q(id=1))]

    def __str__(self) -> str:
        return f"{self.on}"


class FeeCharge(models.Model):
    """One line of the platform's fee; the platform reads its public copy, which has the same id."""

    append_only = True

    class Kind(models.TextChoices):
        RECEIPT = "receipt", _("Receipt")
        TRUE_UP = "true_up", _("True-up to the step of the month")
        REFUND = "refund", _("Refund")

    id = models.UUIDField(primary_key=True, default=uuid4)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="fee_charges")
    payment = models.ForeignKey(
        Payment,
        on_delete=models.PROTECT,
        null=True,
        related_name="fee_charges",
    )
    kind = models.TextField(choices=Kind)
    month = models.DateField()  # whose statement it stands in, first day
    charged = models.DateField()  # whose rate it follows, first day
    on = models.DateField()  # the true date
    # the office's rate of the day that `paid` stands on; empty where an older program wrote it
    fx = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    rate_off = models.DecimalField(max_digits=12, decimal_places=2, null=True)  # per cent
    paid = models.DecimalField(
        max_digits=18, decimal_places=2
    )  # reseller's currency; below zero for a refund
    rate = models.DecimalField(max_digits=5, decimal_places=2)  # per cent
    fee = models.DecimalField(max_digits=18, decimal_places=2)
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["month", "at"], name="fee_charge_month"),
            models.Index(fields=["charged"], name="fee_charge_charged"),
        ]
        constraints = [
            models.CheckConstraint(
                name="fee_charge_signs",
                condition=Q(kind="receipt", paid__gte=0, fee__gte=0)
                | Q(kind="true_up", paid=0, fee__lt=0)
                | Q(kind="refund", paid__lte=0),
            ),
            models.CheckConstraint(
                name="fee_charge_first_days",
                condition=Q(month__day=1, charged__day=1),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.fee}"

    @property
    def kind_label(self) -> str:
        return str(FeeCharge.Kind(self.kind).label)
