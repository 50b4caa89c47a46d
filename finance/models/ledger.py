"""The ledger: entries of lines that are only ever added, and their sums by month."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from finance.models.choices import Account, EntryKind


class Entry(models.Model):
    """One thing that happened to the money, dated; a mistake is put right by another entry that
    points here.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.TextField(choices=EntryKind)
    on = models.DateField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)  # Member, or nobody for the system
    subject = models.TextField()  # "invoice:<uuid>"
    memo = models.TextField(blank=True, default="")
    corrects = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="corrections",
    )

    class Meta:
        indexes = [
            models.Index(fields=["subject", "at"], name="entry_subject"),
            models.Index(fields=["-on", "-at"], name="entry_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="entry_kind_known",
                condition=Q(kind__in=EntryKind.values),
            ),
            models.UniqueConstraint(fields=["corrects"], name="entry_corrected_once"),
        ]

    def __str__(self) -> str:
        """As an accountant writes a line: debit, credit, sum."""
        return f"{self.kind} {self.on}"


class Line(models.Model):
    """An amount on its way from one account to another, so that the books balance by construction.

    A difference of exchange has a home amount alone: what is owed does not change in its currency.
    """

    append_only = True

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="lines")
    debit = models.TextField(choices=Account)
    credit = models.TextField(choices=Account)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    # in the reseller's currency, at the rate of its day; empty where an older program wrote it
    home_amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    company_id = models.UUIDField(null=True)
    order_id = models.UUIDField(null=True)
    invoice_id = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["invoice_id"],
                name="line_invoice",
                condition=Q(invoice_id__isnull=False),
            ),
            models.Index(
                fields=["order_id"],
                name="line_order",
                condition=Q(order_id__isnull=False),
            ),
            models.Index(
                fields=["company_id"],
                name="line_company",
                condition=Q(company_id__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="line_amount",
                condition=Q(amount__gt=0, home_amount=None)
                | Q(amount__gt=0, home_amount__gte=0)
                | Q(amount=0, home_amount__isnull=False, home_amount__gt=0),
            ),
            models.CheckConstraint(
                name="line_two_accounts",
                condition=~Q(debit=F("credit")),
            ),
            models.CheckConstraint(
                name="line_accounts_known",
                condition=Q(debit__in=Account.values, credit__in=Account.values),
            ),
        ]

    def __str__(self) -> str:
        """As an accountant writes a line: debit, credit, sum."""
        return f"{self.debit} ← {self.credit} {self.amount} {self.currency}"


class MonthSum(models.Model):
    """What the lines of a month add up to, by pair of accounts. `slot` spreads a hot pair over
    several rows.

    Kept by finance/ledger.py alone; `verify_ledger` compares it with the lines.
    """

    id = models.BigAutoField(primary_key=True)
    month = models.DateField()  # first day
    debit = models.TextField(choices=Account)
    credit = models.TextField(choices=Account)
    currency = models.CharField(max_length=3)
    slot = models.PositiveSmallIntegerField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    home_amount = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["month", "debit", "credit", "currency", "slot"],
                name="month_sum_pair",
            )
        ]

    def __str__(self) -> str:
        """As an accountant writes a line: debit, credit, sum."""
        return f"{self.month:%Y-%m} {self.debit} ← {self.credit} {self.amount}"
