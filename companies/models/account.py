"""Bank accounts besides the first one, which stands on the firm's own row."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q

from companies.models.company import Company
from companies.models.own import OwnFirm


class BankAccount(models.Model):
    """A further account of a company or of an own firm, in a currency of its own."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    company = models.ForeignKey(
        Company,
        on_delete=models.CASCADE,
        null=True,
        related_name="bank_accounts",
    )
    own_firm = models.ForeignKey(
        OwnFirm,
        on_delete=models.CASCADE,
        null=True,
        related_name="bank_accounts",
    )
    currency = models.CharField(max_length=3)
    bank = models.CharField(max_length=200)
    account = models.CharField(max_length=40)
    bik = models.CharField(max_length=20, blank=True, default="")
    correspondent = models.CharField(max_length=40, blank=True, default="")
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["added_at"]
        constraints = [
            models.CheckConstraint(
                name="bank_account_one_owner",
                condition=Q(company=None) ^ Q(own_firm=None),
            ),
            models.CheckConstraint(name="bank_account_numbered", condition=~Q(account="")),
            models.UniqueConstraint(fields=["company", "account"], name="bank_account_company"),
            models.UniqueConstraint(fields=["own_firm", "account"], name="bank_account_own_firm"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.currency}"
