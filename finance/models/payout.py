"""What the reseller owes carriers, and what it paid them."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from finance.models.choices import Method
from finance.models.ledger import Entry
from tenants.kit.lookups import words_of
from tenants.kit.money import ZERO, rounded

ONE = Decimal(1)


class Payable(models.Model):
    """A carrier's rate that became due with a completed order; `amount` is owed, taxes included.
    Afterwards only `paid` and what the carrier's tax invoice says change.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    order = models.ForeignKey(
        "orders.Order",
        on_delete=models.PROTECT,
        related_name="payables",
    )
    company = models.ForeignKey(
        "companies.Company",
        on_delete=models.PROTECT,
        null=True,
        related_name="payables",
    )
    carrier_id = models.UUIDField(null=True)
    payee = models.CharField(max_length=200)  # the carrier's name as it stood
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    fx = models.DecimalField(max_digits=18, decimal_places=6, default=ONE)
    net = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    tax = models.DecimalField(max_digits=18, decimal_places=2, default=ZERO, db_default=ZERO)
    taxes = models.JSONField(null=True)  # [{"kind", "percent", "amount"}]
    is_deductible = models.BooleanField(
        default=False, db_default=False
    )  # our firm that hired pays the tax itself: with an invoice it may take this one off
    tax_invoice = models.CharField(max_length=60, blank=True, default="", db_default="")
    tax_invoice_on = models.DateField(null=True)
    tax_entry = models.ForeignKey(Entry, on_delete=models.PROTECT, null=True, related_name="+")
    paid = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    # the part of `paid` that came as advances, and what these were worth on their own days
    advance = models.DecimalField(max_digits=18, decimal_places=2, default=ZERO, db_default=ZERO)
    advance_home = models.DecimalField(
        max_digits=18,
        decimal_places=2,
        default=ZERO,
        db_default=ZERO,
    )
    accrued_on = models.DateField()
    due_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["due_on", "id"], name="payable_due"),
            GinIndex(
                *words_of("payee"),
                name="payable_folded_words",
            ),
            models.Index(
                fields=["due_on"],
                name="payable_open",
                condition=Q(paid__lt=F("amount")),
            ),
            models.Index(
                fields=["due_on", "id"],
                name="payable_paid",
                condition=~Q(paid__lt=F("amount")),
            ),
            models.Index(
                fields=["due_on", "id"],
                name="payable_without_invoice",
                condition=Q(is_deductible=True, tax_invoice=""),
            ),
            models.Index(
                fields=["company", "-accrued_on"],
                name="payable_company",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order"], name="payable_order_once"),
            models.CheckConstraint(
                name="payable_amount",
                condition=Q(amount__gt=0, fx__gt=0),
            ),
            models.CheckConstraint(
                name="payable_net_and_tax",
                condition=Q(net=None, tax=0)
                | Q(net__gte=0, tax__gte=0, amount=F("net") + F("tax")),
            ),
            models.CheckConstraint(
                name="payable_tax_taken_off",
                condition=Q(tax_invoice="", tax_invoice_on=None, tax_entry=None)
                | ~Q(tax_invoice="")
                & Q(is_deductible=True, tax_invoice_on__isnull=False, tax_entry__isnull=False),
            ),
            models.CheckConstraint(
                name="payable_paid_within",
                condition=Q(paid__gte=0, paid__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="payable_advance_within",
                condition=Q(advance__gte=0, advance__lte=F("paid"), advance_home__gte=0),
            ),
            models.CheckConstraint(
                name="payable_due_after",
                condition=Q(due_on__gte=F("accrued_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.amount} {self.currency}"

    @property
    def tax_at_home(self) -> Decimal:
        """What the tax is worth in the books: the net keeps its own rounding."""
        if self.advance:
            return rounded(self.home_amount * self.tax / self.amount)
        return self.home_amount - rounded((self.amount - self.tax) * self.fx)

    @property
    def home_amount(self) -> Decimal:
        """The whole debt at home: its advances as they were paid, the rest at its own rate."""
        return self.advance_home + rounded((self.amount - self.advance) * self.fx)

    @property
    def rest(self) -> Decimal:
        return self.amount - self.paid

    @property
    def subject(self) -> str:
        return f"payable:{self.pk}"


class Payout(models.Model):
    """Money paid to a carrier. Rows are only ever added."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    payable = models.ForeignKey(Payable, on_delete=models.PROTECT, related_name="payouts")
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    fx = models.DecimalField(max_digits=18, decimal_places=6, default=ONE, db_default=ONE)
    home_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    paid_on = models.DateField()
    method = models.TextField(choices=Method)
    reference = models.CharField(max_length=60, blank=True, default="")
    once = models.UUIDField()  # the form's one-time key
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["-paid_on"], name="payout_newest")]
        constraints = [
            models.UniqueConstraint(fields=["payable", "once"], name="payout_once"),
            models.CheckConstraint(name="payout_amount", condition=Q(amount__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.paid_on}"
