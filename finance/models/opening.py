"""What stood in money and in debts on the day the books begin."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.models.choices import Account
from finance.models.client_advance import ClientAdvance
from finance.models.invoice import Invoice
from tenants.kit.lookups import words_of

ONE = Decimal(1)


class OpeningKind(models.TextChoices):
    """What a balance is of."""

    BANK = "bank", _("Money in the bank")
    CASH = "cash", _("Money in the cash box")
    DEBT = "debt", _("Debt of a client")
    ADVANCE = "advance", _("Prepayment of a client")

    @property
    def account(self) -> Account:
        """Where it stands in the books."""
        return {
            OpeningKind.BANK: Account.BANK,
            OpeningKind.CASH: Account.CASH,
            OpeningKind.DEBT: Account.RECEIVABLE,
            OpeningKind.ADVANCE: Account.ON_ACCOUNT,
        }[self]

    @property
    def is_of_client(self) -> bool:
        return self in (OpeningKind.DEBT, OpeningKind.ADVANCE)


class OpeningBalance(models.Model):
    """A balance of before the books: money, or what a client owed or had paid ahead, which stands as
    an invoice or an advance of its own. With `reverses` one that was taken back. Rows are only ever
    added.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    kind = models.TextField(choices=OpeningKind)
    reverses = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="reversal",
    )
    invoice = models.ForeignKey(
        Invoice,
        on_delete=models.PROTECT,
        null=True,
        related_name="openings",
    )
    advance = models.ForeignKey(
        ClientAdvance,
        on_delete=models.PROTECT,
        null=True,
        related_name="openings",
    )
    party = models.CharField(max_length=300, blank=True, default="")  # the client, as it stood
    amount = models.DecimalField(max_digits=18, decimal_places=2)  # an overdraft is below zero
    currency = models.CharField(max_length=3)
    fx = models.DecimalField(max_digits=18, decimal_places=6, default=ONE)
    home_amount = models.DecimalField(max_digits=18, decimal_places=2)
    on = models.DateField()  # the day the books begin
    reference = models.CharField(max_length=30, blank=True, default="")  # number of the old paper
    document_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    text = models.TextField(blank=True, default="")  # a note; of a reversal, why
    once = models.UUIDField(unique=True)  # the form's one-time key
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["-entered_at", "-id"], name="opening_newest"),
            GinIndex(*words_of("party", "text", "reference"), name="opening_words"),
        ]
        constraints = [
            models.CheckConstraint(
                name="opening_amount",
                condition=Q(amount__gt=0, home_amount__gte=0, fx__gt=0)
                | Q(kind="bank", amount__lt=0, home_amount__lte=0, fx__gt=0),
            ),
            models.CheckConstraint(
                name="opening_of_what",
                condition=Q(kind__in=["bank", "cash"], invoice=None, advance=None)
                | Q(kind="debt", invoice__isnull=False, advance=None)
                | Q(kind="advance", invoice=None, advance__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.amount} {self.currency} {self.on}"

    @property
    def subject(self) -> str:
        """How ledger and audit trail name this balance."""
        return f"opening:{self.reverses_id or self.pk}"

    @property
    def kind_label(self) -> str:
        return str(OpeningKind(self.kind).label)
