"""Salespeople, and the customers that are given to them."""

from __future__ import annotations

from uuid import uuid4

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import (
    DateRangeField,
    RangeOperators,
)
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Upper

from tenants.kit.lookups import words_of


class Salesperson(models.Model):
    """Who earns the commission. The code stands on shipments, so it never changes; `member` is the
    SALE login.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.CharField(max_length=30)  # S-01
    name = models.CharField(max_length=200)
    phone = models.CharField(max_length=30, blank=True, default="")
    email = models.EmailField(blank=True, default="")
    member = models.UUIDField(null=True)  # office.Member
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(Upper("code"), name="cargo_salesperson_code"),
            models.UniqueConstraint(
                fields=["member"],
                condition=Q(member__isnull=False),
                name="cargo_salesperson_login",
            ),
            models.CheckConstraint(
                name="cargo_salesperson_named",
                condition=~Q(code="") & ~Q(name=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def subject(self) -> str:
        return f"cargo_salesperson:{self.pk}"


class Customer(models.Model):
    """Whose parcels come. `salesperson` is the present one; CustomerSalesperson says who it was
    when.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.CharField(max_length=30)  # PR-001
    name = models.CharField(max_length=200, blank=True, default="")
    phone = models.CharField(max_length=30, blank=True, default="")
    line = models.CharField(max_length=60, blank=True, default="")
    salesperson = models.ForeignKey(
        Salesperson,
        on_delete=models.PROTECT,
        null=True,
        related_name="customers",
        db_index=False,
    )
    company = models.ForeignKey(
        "companies.Company",
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(Upper("code"), name="cargo_customer_code"),
            models.CheckConstraint(name="cargo_customer_coded", condition=~Q(code="")),
        ]
        indexes = [
            GinIndex(
                *words_of("code", "name"),
                name="cargo_customer_folded_words",
            ),
            models.Index(
                fields=["salesperson"],
                name="cargo_customer_salesperson",
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        return f"cargo_customer:{self.pk}"


class DateRange(Func):
    function = "daterange"
    output_field = DateRangeField()


class CustomerSalesperson(models.Model):
    """A customer was this salesperson's from `since` up to, not including, `until`. The database
    allows one at a time.
    """

    id = models.BigAutoField(primary_key=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="history")
    salesperson = models.ForeignKey(Salesperson, on_delete=models.PROTECT, related_name="history")
    since = models.DateField()
    until = models.DateField(null=True)
    given_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="cargo_one_salesperson_at_a_time",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    (
                        DateRange("since", "until"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
            models.CheckConstraint(
                name="cargo_given_ends_after",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.since}"
