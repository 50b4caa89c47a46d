"""What clients paid, and what was given back to them."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finance.models.choices import Account, Method
from finance.models.client_advance import ClientAdvance
from finance.models.invoice import Invoice

ONE = Decimal(1)


class Payment(models.Model):
    """Money received on an invoice; with `refund_of`, money given back of a receipt. Rows are only
    ever added.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    refund_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="refunds",
        db_index=False,
    )
    # the money of the client that it was allocated from, or that a refund became
    advance = models.ForeignKey(
        ClientAdvance,
        on_delete=models.PROTECT,
        null=True,
        related_name="payments",
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    fx = models.DecimalField(
        max_digits=18, decimal_places=6, default=ONE
    )  # reseller's units for one, on that day
    home_amount = models.DecimalField(max_digits=18, decimal_places=2)  # in the reseller's currency
    paid_on = models.DateField()
    # first day of the fee month it is booked in: that of paid_on, or the open one
    month = models.DateField()
    method = models.TextField(choices=Method)
    reference = models.CharField(
        max_length=60, blank=True, default=""
    )  # number of the bank's or the cash paper
    reason = models.TextField(blank=True, default="")
    once = models.UUIDField()  # the form's one-time key: pressing twice finds the first payment
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["invoice", "entered_at"], name="payment_history"),
            models.Index(fields=["-paid_on"], name="payment_newest"),
            models.Index(
                fields=["refund_of"],
                name="payment_refunds",
                condition=Q(refund_of__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["invoice", "once"], name="payment_once"),
            models.CheckConstraint(
                name="payment_amount",
                condition=Q(amount__gt=0, home_amount__gte=0, fx__gt=0),
            ),
            models.CheckConstraint(name="payment_month_first", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="payment_reason_of_refund",
                condition=Q(reason="") | Q(refund_of__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.paid_on}"

    @property
    def company_id(self) -> UUID:
        """Whose money it is."""
        return self.invoice.company_id

    @property
    def left(self) -> None:
        """Of a receipt on an invoice nothing is left to allocate."""
        return None

    @property
    def account(self) -> Account:
        """Where the money came from, or went: bank, cash, or what stands to the client's account."""
        return Account.ON_ACCOUNT if self.advance_id else Method(self.method).account

    @property
    def method_label(self) -> str:
        return str(_("From an advance") if self.advance_id else Method(self.method).label)
