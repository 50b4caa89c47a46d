"""Money of a client that stands on no invoice yet."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID, uuid4

from django.db import models
from django.db.models import F, Q

from finance.models.choices import Method
from tenants.kit.money import rounded

ONE = Decimal(1)


class ClientAdvance(models.Model):
    """A receipt on the account of a client, to be allocated to its invoices; with `return_of` money
    given back of one. Only what was allocated and returned of it changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    company = models.ForeignKey(
        "companies.Company",
        on_delete=models.PROTECT,
        related_name="advances",
    )
    return_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="returns",
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    fx = models.DecimalField(max_digits=18, decimal_places=6, default=ONE)
    home_amount = models.DecimalField(max_digits=18, decimal_places=2)
    allocated = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    returned = models.DecimalField(max_digits=18, decimal_places=2, default=0)
    paid_on = models.DateField()
    method = models.TextField(choices=Method)
    reference = models.CharField(max_length=60, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    is_opening = models.BooleanField(default=False, db_default=False)  # came before the books
    once = models.UUIDField()  # the form's one-time key
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["-paid_on", "-id"], name="client_advance_newest"),
            models.Index(fields=["company", "-paid_on"], name="client_advance_company"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["company", "once"], name="client_advance_once"),
            models.CheckConstraint(
                name="client_advance_within",
                condition=Q(
                    amount__gt=0,
                    home_amount__gte=0,
                    fx__gt=0,
                    allocated__gte=0,
                    returned__gte=0,
                    allocated__lte=F("amount") - F("returned"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.currency} {self.paid_on}"

    @property
    def subject(self) -> str:
        """How ledger and audit trail name this advance."""
        return f"client_advance:{self.return_of_id or self.pk}"

    @property
    def left(self) -> Decimal:
        """What stands on no invoice and was not given back."""
        return (
            Decimal("0.00") if self.return_of_id else self.amount - self.allocated - self.returned
        )

    def at_home(self, part: Decimal) -> Decimal:
        """What the next part of it is worth at home; all parts together are worth all of it."""
        used = self.allocated + self.returned
        until = rounded(self.home_amount * (used + part) / self.amount)
        return until - rounded(self.home_amount * used / self.amount)

    @property
    def invoice_id(self) -> None:
        """An advance stands on no invoice."""
        return None

    @property
    def advance_id(self) -> None:
        """It came from no other one."""
        return None

    @property
    def refund_of_id(self) -> UUID | None:
        """As payments call it."""
        return self.return_of_id

    @property
    def month(self) -> None:
        """No commission is charged on an advance."""
        return None

    @property
    def method_label(self) -> str:
        return str(Method(self.method).label)
