"""What the reseller spends besides the rates of carriers."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.models.choices import Method
from tenants.kit.lookups import words_of

ONE = Decimal(1)


class Category(models.TextChoices):
    """What money is spent on."""

    FUEL = "fuel", _("Fuel")
    ROAD = "road", _("Tolls, permits, parking")
    REPAIR = "repair", _("Repair and spare parts")
    CUSTOMS = "customs", _("Customs and border")
    LOADING = "loading", _("Loading and warehouse")
    WAGES = "wages", _("Wages")
    OFFICE = "office", _("Office and rent")
    SOFTWARE = "software", _("Telephone and software")
    BANK_FEE = "bank_fee", _("Fees of banks")
    INSURANCE = "insurance", _("Insurance")
    OTHER = "other", _("Other")


class Expense(models.Model):
    """Money spent at once, of one order or of the firm as a whole; with `reverses` an expense that
    was entered by mistake, taken back. Rows are only ever added.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    category = models.TextField(choices=Category)
    order = models.ForeignKey(
        "orders.Order",
        on_delete=models.PROTECT,
        null=True,
        related_name="expenses",
    )
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="reversal",
    )
    payee = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField(blank=True, default="")  # what for; of a reversal, why
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    fx = models.DecimalField(max_digits=18, decimal_places=6, default=ONE)
    home_amount = models.DecimalField(max_digits=18, decimal_places=2)
    paid_on = models.DateField()
    method = models.TextField(choices=Method)
    reference = models.CharField(max_length=60, blank=True, default="")
    once = models.UUIDField(unique=True)  # the form's one-time key
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["-paid_on", "-id"], name="expense_newest"),
            models.Index(fields=["category", "-paid_on"], name="expense_category"),
            GinIndex(*words_of("payee", "text", "reference"), name="expense_words"),
        ]
        constraints = [
            models.CheckConstraint(
                name="expense_amount",
                condition=Q(amount__gt=0, home_amount__gte=0, fx__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.amount} {self.currency} {self.paid_on}"

    @property
    def subject(self) -> str:
        """How ledger and audit trail name this expense."""
        return f"expense:{self.reverses_id or self.pk}"

    @property
    def category_label(self) -> str:
        return str(Category(self.category).label)

    @property
    def method_label(self) -> str:
        return str(Method(self.method).label)
