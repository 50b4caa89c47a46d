"""The shipment: a parcel with its price, its cost and what was earned on it."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Collate, Reverse, Upper

from commission.cargo.models.choices import (
    CostMode,
    CostRule,
    Method,
    Status,
    Transport,
)
from commission.cargo.models.imports import ImportBatch
from commission.cargo.models.lots import Lot
from commission.cargo.models.people import Customer, Salesperson
from commission.cargo.models.rates import GoodsType, RateCard


class Shipment(models.Model):
    """A parcel. What its cost was made of (card, version, rates, rule) is kept with it and never
    follows the card.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    received_on = models.DateField()
    customer = models.ForeignKey(
        Customer,
        on_delete=models.PROTECT,
        related_name="shipments",
        db_index=False,
    )
    tracking_number = models.CharField(max_length=60)
    goods_type = models.ForeignKey(GoodsType, on_delete=models.PROTECT, db_index=False)
    transport = models.TextField(choices=Transport)
    weight_kg = models.DecimalField(max_digits=16, decimal_places=9)
    volume_cbm = models.DecimalField(max_digits=16, decimal_places=9)
    price = models.DecimalField(
        max_digits=12, decimal_places=2
    )  # what the customer pays, in the reseller's currency
    cost_mode = models.TextField(choices=CostMode, default=CostMode.AUTO)

    card = models.ForeignKey(RateCard, on_delete=models.PROTECT, null=True, db_index=False)
    card_version = models.PositiveIntegerField(null=True)
    rate_cbm = models.DecimalField(max_digits=11, decimal_places=4, null=True)
    rate_kg = models.DecimalField(max_digits=11, decimal_places=4, null=True)
    cost = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    cost_rule = models.TextField(choices=CostRule, null=True)  # noqa: DJ001
    commission = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    commission_method = models.TextField(choices=Method, null=True)  # noqa: DJ001
    status = models.TextField(choices=Status)

    salesperson = models.ForeignKey(
        Salesperson, on_delete=models.PROTECT, null=True, db_index=False
    )
    lot = models.ForeignKey(
        Lot,
        on_delete=models.SET_NULL,
        null=True,
        related_name="shipments",
        db_index=False,
    )
    batch = models.ForeignKey(ImportBatch, on_delete=models.PROTECT, null=True, db_index=False)
    note = models.CharField(max_length=500, blank=True, default="")
    bill = models.CharField(  # number of the ใบวางบิล on which the parcel stands
        max_length=30, blank=True, default="", db_default=""
    )
    entered_at = models.DateTimeField()
    entered_by = models.UUIDField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["-received_on", "-id"],
                name="cargo_shipment_newest",
                include=[
                    "salesperson",
                    "customer",
                    "status",
                    "price",
                    "cost",
                    "commission",
                ],
            ),
            # a sort of the list each
            models.Index(fields=["-price", "-id"], name="cargo_shipment_price"),
            models.Index(
                F("cost").desc(nulls_last=True),
                F("id").desc(),
                name="cargo_shipment_cost",
            ),
            models.Index(
                F("commission").desc(nulls_last=True),
                F("id").desc(),
                name="cargo_shipment_commission",
            ),
            models.Index(
                fields=["customer", "-received_on"],
                name="cargo_shipment_customer",
            ),
            models.Index(
                fields=["salesperson", "-received_on"],
                name="cargo_shipment_salesperson",
                condition=Q(salesperson__isnull=False),
            ),
            models.Index(
                fields=["status", "-received_on"],
                name="cargo_shipment_to_check",
                condition=~Q(status="normal"),
            ),
            models.Index(
                fields=["-received_on"],
                name="cargo_shipment_unstamped",
                condition=Q(salesperson=None),
            ),
            models.Index(
                Collate(Upper("tracking_number"), "C"),
                name="cargo_shipment_tracking",
            ),
            models.Index(  # a search by the last figures
                Collate(Reverse(Upper("tracking_number")), "C"),
                name="cargo_shipment_tracking_end",
            ),
            models.Index(
                fields=["lot"],
                name="cargo_shipment_lot",
                condition=Q(lot__isnull=False),
            ),
            models.Index(
                fields=["batch"],
                name="cargo_shipment_batch",
                condition=Q(batch__isnull=False),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="cargo_shipment_words",
                condition=Q(
                    transport__in=Transport.values,
                    cost_mode__in=CostMode.values,
                    status__in=Status.values,
                ),
            ),
            models.CheckConstraint(
                name="cargo_shipment_positive",
                condition=Q(weight_kg__gte=0, volume_cbm__gte=0, price__gte=0),
            ),
            models.CheckConstraint(
                name="cargo_shipment_awaits_without_commission",
                condition=Q(
                    status="awaiting_rate",
                    commission=None,
                    commission_method=None,
                )
                | (
                    ~Q(status="awaiting_rate")
                    & Q(
                        commission__isnull=False,
                        commission_method__isnull=False,
                        cost__gt=0,
                    )
                ),
            ),
            models.CheckConstraint(
                name="cargo_shipment_card_with_version",
                condition=Q(card=None, card_version=None)
                | Q(card__isnull=False, card_version__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.tracking_number

    @property
    def subject(self) -> str:
        return f"cargo_shipment:{self.pk}"
