"""Statements of the bank, their lines, and which payments stand behind a line."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import or_
from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from finance.models.carrier_advance import CarrierAdvance
from finance.models.client_advance import ClientAdvance
from finance.models.expense import Expense
from finance.models.payment import Payment
from finance.models.payout import Payout


class LineState(models.TextChoices):
    """What a line was when its file was read."""

    NEW = "new", _("New")
    KNOWN = "known", _("Came in before")
    FOREIGN = "foreign", _("Not our account")


class BankStatement(models.Model):
    """A file of a bank as it was read. Until it is confirmed it is a preview: its lines are nobody's."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=200)  # of the file
    format = models.CharField(max_length=10)
    encoding = models.CharField(max_length=20, blank=True, default="")
    accounts = models.JSONField(default=list)  # what the file says of each: finance/bank/staging.py
    notes = models.JSONField(default=list)  # what is said of it: finance/bank/words.py
    is_whole = models.BooleanField(default=True)
    # what a person said of a table without telling headings: the next one with this heading is read so
    heading = models.CharField(max_length=64, blank=True, default="")  # digest of its words
    columns = models.JSONField(default=dict)  # heading → field
    month_first = models.BooleanField(null=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    total_in = models.DecimalField(max_digits=18, decimal_places=2)
    total_out = models.DecimalField(max_digits=18, decimal_places=2)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.UUIDField(null=True)
    uploaded_name = models.TextField(blank=True, default="")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    confirmed_name = models.TextField(blank=True, default="")
    booking_at = models.DateTimeField(null=True)  # the worker books what fits, line by line
    booked_to = models.PositiveIntegerField(default=0)  # the last line that it looked at
    booked = models.PositiveIntegerField(default=0)  # lines that it booked

    class Meta:
        indexes = [models.Index(fields=["-uploaded_at", "-id"], name="bank_statement_newest")]
        constraints = [
            models.CheckConstraint(
                name="bank_statement_days",
                condition=Q(first=None) | Q(last=None) | Q(last__gte=F("first")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"bank_statement:{self.pk}"


class StatementLine(models.Model):
    """A movement of an account. `key` says what it is, `nth` which of the equal ones: so equal
    payments of a day stay apart, and a file that comes again brings nothing new.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    statement = models.ForeignKey(BankStatement, on_delete=models.CASCADE, related_name="lines")
    place = models.PositiveIntegerField()  # in the file, from 1
    account = models.CharField(max_length=60, blank=True, default="")
    currency = models.CharField(max_length=3, blank=True, default="")
    firm_id = models.PositiveSmallIntegerField(null=True)  # the own firm whose account it is
    on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    is_in = models.BooleanField()
    counterparty = models.CharField(max_length=300, blank=True, default="")
    tax_number = models.CharField(max_length=40, blank=True, default="")
    other_account = models.CharField(max_length=60, blank=True, default="")
    number = models.CharField(max_length=60, blank=True, default="")
    purpose = models.TextField(blank=True, default="")
    key = models.CharField(max_length=64)
    nth = models.PositiveIntegerField(default=1)
    state = models.TextField(choices=LineState)
    came_in = models.BooleanField(default=False)  # with its statement's confirmation
    matched = models.DecimalField(max_digits=18, decimal_places=2, default=Decimal(0))

    class Meta:
        indexes = [
            models.Index(
                fields=["on"],
                name="bank_line_open",
                condition=Q(came_in=True, matched__lt=F("amount")),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["statement", "place"], name="bank_line_place"),
            models.UniqueConstraint(
                fields=["key", "nth"],
                name="bank_line_once",
                condition=Q(came_in=True),
            ),
            models.CheckConstraint(
                name="bank_line_amounts",
                condition=Q(amount__gt=0, matched__gte=0, matched__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="bank_line_new_comes_in",
                condition=Q(came_in=False) | Q(state="new", firm_id__isnull=False),
            ),
            models.CheckConstraint(
                name="bank_line_matched_came_in",
                condition=Q(matched=0) | Q(came_in=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.amount} {self.currency}"

    @property
    def rest(self) -> Decimal:
        """What no payment stands behind yet."""
        return self.amount - self.matched


SIDES = ("payment", "payout", "client_advance", "carrier_advance", "expense")


def _only(side: str) -> Q:
    """This side of a match is set and no other."""
    return Q(**{f"{name}__isnull": name != side for name in SIDES})


class LineMatch(models.Model):
    """What stands behind a line, and who said so: a payment, a payout, an advance of a client or to a
    carrier, an expense. `is_booked`: made for the line; else it was entered before.
    """

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="matches")
    payment = models.OneToOneField(
        Payment, on_delete=models.PROTECT, null=True, related_name="bank_match"
    )
    payout = models.OneToOneField(
        Payout, on_delete=models.PROTECT, null=True, related_name="bank_match"
    )
    client_advance = models.OneToOneField(
        ClientAdvance, on_delete=models.PROTECT, null=True, related_name="bank_match"
    )
    carrier_advance = models.OneToOneField(
        CarrierAdvance, on_delete=models.PROTECT, null=True, related_name="bank_match"
    )
    expense = models.OneToOneField(
        Expense, on_delete=models.PROTECT, null=True, related_name="bank_match"
    )
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    is_booked = models.BooleanField()
    matched_at = models.DateTimeField()
    matched_by = models.UUIDField(null=True)
    matched_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(name="line_match_amount", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="line_match_of_one",
                condition=reduce(or_, (_only(side) for side in SIDES)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line_id} {self.amount}"

    @property
    def behind(self) -> Payment | Payout | ClientAdvance | CarrierAdvance | Expense:
        """The one that is set."""
        advance = self.client_advance or self.carrier_advance
        row = self.payment or self.payout or advance or self.expense
        assert row is not None
        return row

    @property
    def comes_in(self) -> bool:
        """Whether its money came to us: from a client, or back from a carrier."""
        if self.payment:
            return self.payment.refund_of_id is None
        if self.client_advance:
            return self.client_advance.return_of_id is None
        if self.expense:
            return self.expense.reverses_id is not None
        return bool(self.carrier_advance and self.carrier_advance.return_of_id)
