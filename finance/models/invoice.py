"""What a client owes: the invoice with its lines, frozen as they were issued."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from companies.models import FIRST_FIRM
from finance.models.choices import Moment, Status
from tenants.kit.lookups import words_of

ONE = Decimal(1)
PAYABLE = F("gross") - F("credited")  # what the client is asked for
ASKED = F("gross") - F("credited") - F("written_off")  # what we still hope for
PAID_AS_SAID = (
    Q(status=Status.CANCELLED, paid=0, written_off=0)
    | Q(status=Status.ISSUED, paid=0, written_off__lt=PAYABLE)
    | Q(status=Status.PART_PAID, paid__gt=0, paid__lt=ASKED)
    | Q(status=Status.PAID, paid=PAYABLE)
    | Q(status=Status.WRITTEN_OFF, written_off__gt=0, paid=ASKED)
)


class Invoice(models.Model):
    """A bill to a client for an order; after issuing only `paid`, `status` and the cancelling
    change.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    number = models.CharField(max_length=40)  # of its paper: "26-42", year and number within it
    firm_id = models.PositiveSmallIntegerField(default=FIRST_FIRM, db_default=FIRST_FIRM)  # seller
    company = models.ForeignKey(
        "companies.Company",
        on_delete=models.PROTECT,
        related_name="invoices",
    )
    order = models.ForeignKey(
        "orders.Order",
        on_delete=models.PROTECT,
        null=True,
        related_name="invoices",
    )
    client_name = models.CharField(max_length=300)  # as it stood on the day of issue
    seller_name = models.CharField(max_length=300)
    currency = models.CharField(max_length=3)
    fx = models.DecimalField(
        max_digits=18, decimal_places=6, default=ONE
    )  # reseller's units for one: of the day it was issued, then of its act
    net = models.DecimalField(max_digits=18, decimal_places=2)
    tax = models.DecimalField(max_digits=18, decimal_places=2)
    gross = models.DecimalField(max_digits=18, decimal_places=2)
    paid = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))
    # the day of its act, on which the client came to owe it; what was paid before is an advance
    earned_on = models.DateField(null=True)
    advance = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)
    advance_home = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)
    # taken off by credit notes: taxes included, the taxes of it, and what it is worth at home
    credited = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)
    credited_tax = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)
    credited_home = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)
    # given up as a bad debt, and what it is worth at home
    written_off = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)
    written_off_home = models.DecimalField(max_digits=18, decimal_places=2, default=0, db_default=0)
    # by the regime of the own firm on the day of issue
    revenue_when = models.TextField(choices=Moment, default=Moment.ACT, db_default=Moment.ACT)
    tax_when = models.TextField(choices=Moment, default=Moment.ACT, db_default=Moment.ACT)
    bears_fee = (
        models.BooleanField()
    )  # the platform's commission is counted from what is paid on it
    # a debt from before the books: no revenue, no tax, no paper of ours
    is_opening = models.BooleanField(default=False, db_default=False)
    status = models.TextField(choices=Status, default=Status.ISSUED)
    issued_on = models.DateField()
    due_on = models.DateField()
    document_id = models.UUIDField(null=True)  # its paper
    act_id = models.UUIDField(null=True)  # the paper on which the client accepts the work
    issued_at = models.DateTimeField()
    issued_by = models.UUIDField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancelled_by = models.UUIDField(null=True)
    cancel_reason = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["-issued_at", "-id"], name="invoice_newest"),
            models.Index(fields=["company", "-issued_on"], name="invoice_company"),
            models.Index(fields=["status", "-issued_at", "-id"], name="invoice_status"),
            models.Index(
                fields=["due_on"],
                name="invoice_open",
                condition=Q(status__in=[Status.ISSUED, Status.PART_PAID]),
            ),
            models.Index(
                fields=["company", "due_on"],
                name="invoice_open_company",
                condition=Q(status__in=[Status.ISSUED, Status.PART_PAID]),
            ),
            # a sort of the list each
            models.Index(fields=["client_name", "id"], name="invoice_client"),
            models.Index(fields=["issued_on", "id"], name="invoice_issued"),
            models.Index(fields=["due_on", "id"], name="invoice_due"),
            models.Index(fields=["-gross", "-id"], name="invoice_gross"),
            models.Index(
                (F("gross") - F("credited") - F("written_off") - F("paid")).desc(),
                F("id").desc(),
                name="invoice_open_rest",
            ),
            GinIndex(
                *words_of("number", "client_name"),
                name="invoice_folded_words",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["number"], name="invoice_number"),
            models.UniqueConstraint(
                fields=["order"],
                name="invoice_order_once",
                condition=~Q(status=Status.CANCELLED),
            ),
            models.CheckConstraint(
                name="invoice_adds_up",
                condition=Q(gross=F("net") + F("tax"), gross__gt=0),
            ),
            models.CheckConstraint(
                name="invoice_paid_within",
                condition=Q(paid__gte=0, paid__lte=ASKED),
            ),
            models.CheckConstraint(name="invoice_paid_as_said", condition=PAID_AS_SAID),
            models.CheckConstraint(
                name="invoice_credited_within",
                condition=Q(credited=0, credited_tax=0, credited_home=0)
                | Q(
                    earned_on__isnull=False,
                    credited__gt=0,
                    credited__lt=F("gross"),
                    credited_tax__gte=0,
                    credited_tax__lte=F("tax"),
                ),
            ),
            models.CheckConstraint(
                name="invoice_written_off_within",
                condition=Q(written_off=0, written_off_home=0)
                | Q(earned_on__isnull=False, written_off__gt=0, written_off_home__gte=0),
            ),
            models.CheckConstraint(
                name="invoice_advance_within",
                condition=Q(advance__gte=0, advance__lte=F("gross"), advance_home__gte=0),
            ),
            models.CheckConstraint(
                name="invoice_due_after",
                condition=Q(due_on__gte=F("issued_on")),
            ),
            models.CheckConstraint(name="invoice_fx_positive", condition=Q(fx__gt=0)),
            models.CheckConstraint(
                name="invoice_cancelled_with_reason",
                condition=(
                    Q(
                        status=Status.CANCELLED,
                        cancelled_at__isnull=False,
                    )
                    & ~Q(cancel_reason="")
                )
                | (
                    ~Q(status=Status.CANCELLED)
                    & Q(
                        cancelled_at=None,
                        cancelled_by=None,
                        cancel_reason="",
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def subject(self) -> str:
        """How ledger and audit trail name this invoice."""
        return f"invoice:{self.pk}"

    @property
    def rest(self) -> Decimal:
        """What is still to be paid; nothing on a cancelled one."""
        if self.status == Status.CANCELLED:
            return Decimal("0.00")
        return self.payable - self.written_off - self.paid

    @property
    def unpaid(self) -> Decimal:
        """What may still come in, written off or not; nothing on a cancelled one."""
        return self.rest if self.status == Status.CANCELLED else self.payable - self.paid

    @property
    def payable(self) -> Decimal:
        """What the client is asked for: less than the gross after a credit note."""
        return self.gross - self.credited

    def settle_status(self) -> None:
        """The status follows from what is paid and written off of what the invoice asks for."""
        if self.paid == self.payable:
            self.status = Status.PAID
        elif not self.payable - self.written_off - self.paid:
            self.status = Status.WRITTEN_OFF
        else:
            self.status = Status.PART_PAID if self.paid else Status.ISSUED


class InvoiceLine(models.Model):
    """One service on an invoice, with each of its taxes."""

    append_only = True

    id = models.BigAutoField(primary_key=True)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField()
    text = models.TextField()
    quantity = models.DecimalField(max_digits=12, decimal_places=3)
    unit = models.CharField(max_length=20)
    price = models.DecimalField(max_digits=18, decimal_places=2)  # of one, without taxes
    net = models.DecimalField(max_digits=18, decimal_places=2)
    taxes = models.JSONField(default=list)  # [{"kind", "percent", "amount"}]
    gross = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        ordering = ["invoice", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["invoice", "position"],
                name="invoice_line_position",
            ),
            models.CheckConstraint(
                name="invoice_line_amounts",
                condition=Q(quantity__gt=0, gross__gte=F("net")),
            ),
        ]

    def __str__(self) -> str:
        return self.text
