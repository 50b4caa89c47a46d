"""Bargaining over a listing: an offer with its rounds, and the award that ends it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tenants.drivers.models import Carrier
from tenants.exchange.models.listing import Listing
from tenants.kit.price_tax import Payment, PriceTax


class Side(models.TextChoices):
    """The two ends of a thread: who published, who drives."""

    OWNER = "owner"
    CARRIER = "carrier"


class Offer(models.Model):
    """A carrier's thread of bargaining on one listing. Row security shows it to its two sides
    alone.
    """

    class Status(models.TextChoices):
        OPEN = "open", pgettext_lazy("exchange", "Open")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rejected")
        WITHDRAWN = "withdrawn", _("Withdrawn")
        EXPIRED = "expired", _("Expired")
        CLOSED = (
            "closed",
            _("Closed"),
        )  # the listing went to another or was withdrawn

    id = models.UUIDField(primary_key=True, default=uuid4)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="offers")
    carrier = models.ForeignKey(Carrier, on_delete=models.PROTECT, related_name="offers")
    driver_id = models.UUIDField(null=True)
    carrier_role = models.TextField()
    owner_role = models.TextField()
    price = models.DecimalField(
        max_digits=18, decimal_places=2
    )  # the last one named, by either side
    currency = models.CharField(max_length=3)
    carrier_tax = models.TextField(choices=PriceTax, blank=True, default="", db_default="")
    payment = models.TextField(choices=Payment, blank=True, default="", db_default="")
    turn = models.TextField(choices=Side)  # whose answer is awaited
    status = models.TextField(choices=Status, default=Status.OPEN)
    best_and_final = models.BooleanField(default=False)  # the last price was the last word
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(
                fields=["carrier", "-updated_at"],
                name="offer_of_carrier",
            ),
            models.Index(
                fields=["owner_role", "status", "-updated_at"],
                name="offer_of_owner",
            ),
            models.Index(
                fields=["owner_role", "-updated_at", "-id"],
                name="offer_to_owner_latest",
            ),
            models.Index(
                fields=["carrier_role", "-updated_at", "-id"],
                name="offer_by_role_latest",
            ),
            models.Index(
                fields=["driver_id"],
                name="offer_of_driver",
                condition=Q(driver_id__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "carrier"],
                name="offer_one_open_a_carrier",
                condition=Q(status="open"),
            ),
            models.UniqueConstraint(
                fields=["listing"],
                name="offer_one_accepted",
                condition=Q(status="accepted"),
            ),
            models.CheckConstraint(name="offer_price", condition=Q(price__gt=0)),
            models.CheckConstraint(
                name="offer_turn_known",
                condition=Q(turn__in=["owner", "carrier"]),
            ),
            models.CheckConstraint(
                name="offer_status_known",
                condition=Q(
                    status__in=[
                        "open",
                        "accepted",
                        "rejected",
                        "withdrawn",
                        "expired",
                        "closed",
                    ]
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.price} {self.currency}"


class Round(models.Model):
    """One price named in the thread, visible to both sides."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    by = models.TextField(choices=Side)
    price = models.DecimalField(max_digits=18, decimal_places=2)
    best_and_final = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "number"], name="round_number"),
            models.CheckConstraint(name="round_price", condition=Q(price__gt=0)),
            models.CheckConstraint(
                name="round_by_known",
                condition=Q(by__in=["owner", "carrier"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.price}"


class Award(models.Model):
    """The choice of a carrier: one for a listing, whatever is pressed at once."""

    append_only = True

    id = models.UUIDField(primary_key=True, default=uuid4)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="awards")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="awards")
    price = models.DecimalField(max_digits=18, decimal_places=2)
    currency = models.CharField(max_length=3)
    carrier_tax = models.TextField(choices=PriceTax, blank=True, default="", db_default="")
    payment = models.TextField(choices=Payment, blank=True, default="", db_default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["listing"], name="award_one_a_listing"),
            models.UniqueConstraint(fields=["offer"], name="award_one_an_offer"),
            models.CheckConstraint(name="award_price", condition=Q(price__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.price} {self.currency}"
