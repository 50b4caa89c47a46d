"""Money that a carrier got before its rate fell due."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finance.models.choices import Method
from tenants.kit.lookups import words_of
from tenants.kit.money import ZERO, rounded

ONE = Decimal(1)


class Occasion(models.TextChoices):
    """What an advance is paid for."""

    LOADING = "loading", _("At loading")
    BORDER = "border", _("At the border")
    FUEL = "fuel", _("Fuel")
    CARD = "card", _("To a card")
    OTHER = "other", _("Other")


class CarrierAdvance(models.Model):
    """An advance on the carrier's rate of an order; with `return_of` money that came back of one.
    Only what was cleared and returned of it changes.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    order = models.ForeignKey(
        "orders.Order",
        on_delete=models.PROTECT,
        related_name="carrier_advances",
    )
    company = models.ForeignKey(
        "companies.Company",
        on_delete=models.PROTECT,
        null=True,
        related_name="advances_paid",
    )
    carrier_id = models.UUIDField(null=True)
    payee = models.CharField(max_length=200)  # the carrier's name as it stood
    return_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="returns",
    )
    occasion = models.TextField(choices=Occasion)
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    fx = models.DecimalField(max_digits=18, decimal_places=6, default=ONE)
    home_amount = models.DecimalField(max_digits=18, decimal_places=2)
    cleared = models.DecimalField(max_digits=18, decimal_places=2, default=ZERO)
    returned = models.DecimalField(max_digits=18, decimal_places=2, default=ZERO)
    paid_on = models.DateField()
    method = models.TextField(choices=Method)
    reference = models.CharField(max_length=60, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    once = models.UUIDField()  # the form's one-time key
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)
    entered_name = models.TextField(blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["-paid_on", "-id"], name="carrier_advance_newest"),
            models.Index(fields=["company", "-paid_on"], name="carrier_advance_company"),
            GinIndex(*words_of("payee", "reference"), name="carrier_advance_words"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["order", "once"], name="carrier_advance_once"),
            models.CheckConstraint(
                name="carrier_advance_within",
                condition=Q(
                    amount__gt=0,
                    home_amount__gte=0,
                    fx__gt=0,
                    cleared__gte=0,
                    returned__gte=0,
                    cleared__lte=F("amount") - F("returned"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.payee} {self.amount} {self.currency} {self.paid_on}"

    @property
    def subject(self) -> str:
        """How ledger and audit trail name this advance."""
        return f"carrier_advance:{self.return_of_id or self.pk}"

    @property
    def left(self) -> Decimal:
        """What the carrier still owes for it: neither cleared nor come back."""
        if self.return_of_id:
            return ZERO
        return self.amount - self.cleared - self.returned

    def at_home(self, part: Decimal) -> Decimal:
        """What the next part of it is worth at home; all parts together are worth all of it."""
        used = self.cleared + self.returned
        until = rounded(self.home_amount * (used + part) / self.amount)
        return until - rounded(self.home_amount * used / self.amount)

    @property
    def occasion_label(self) -> str:
        return str(Occasion(self.occasion).label)

    @property
    def method_label(self) -> str:
        return str(Method(self.method).label)
