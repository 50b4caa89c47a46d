"""Rate cards: what carriage costs the shop, by goods type and transport."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import F, Q

from commission.cargo.models.choices import Transport


class GoodsType(models.Model):
    """A kind of goods that has prices of its own; the four of the seed stand by default
    (defaults.ensure).
    """

    code = models.CharField(max_length=20, primary_key=True)  # GENERAL
    name = models.CharField(
        max_length=100
    )  # as the shop says it; empty for the four, whose names are translated
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cargo_goods_type_code",
                condition=Q(code__regex=r"^[A-Z0-9_-]+$"),
            )
        ]

    def __str__(self) -> str:
        return self.code


class RateCard(models.Model):
    """A named grid of prices. At most one is active; a change of the active card makes a new
    version of it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    is_active = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_active"],
                condition=Q(is_active=True),
                name="cargo_one_active_card",
            ),
            models.UniqueConstraint(models.functions.Lower("name"), name="cargo_card_name"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        return f"cargo_card:{self.pk}"


class Rate(models.Model):
    """Prices of one goods type by one transport in one version of a card; a blank is null. Baht per
    CBM, per kg.
    """

    id = models.BigAutoField(primary_key=True)
    card = models.ForeignKey(RateCard, on_delete=models.CASCADE, related_name="rates")
    version = models.PositiveIntegerField()
    goods_type = models.ForeignKey(GoodsType, on_delete=models.PROTECT)
    transport = models.TextField(choices=Transport)
    per_cbm = models.DecimalField(max_digits=11, decimal_places=4, null=True)
    per_kg = models.DecimalField(max_digits=11, decimal_places=4, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["card", "version", "goods_type", "transport"],
                name="cargo_rate_cell",
            ),
            models.CheckConstraint(
                name="cargo_rate_transport",
                condition=Q(transport__in=Transport.values),
            ),
            models.CheckConstraint(
                name="cargo_rate_positive",
                condition=(Q(per_cbm=None) | Q(per_cbm__gte=0))
                & (Q(per_kg=None) | Q(per_kg__gte=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.goods_type_id} {self.transport}"


class Activation(models.Model):
    """From when till when a version of a card was the active one. The open one has no end."""

    id = models.BigAutoField(primary_key=True)
    card = models.ForeignKey(RateCard, on_delete=models.PROTECT, related_name="activations")
    version = models.PositiveIntegerField()
    active_from = models.DateTimeField()
    active_until = models.DateTimeField(null=True)
    activated_by = models.UUIDField(null=True)
    activated_by_name = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(active_until=None),
                name="cargo_one_open_activation",
            ),
            models.CheckConstraint(
                name="cargo_activation_ends_after",
                condition=Q(active_until=None) | Q(active_until__gte=F("active_from")),
            ),
        ]
        indexes = [models.Index(fields=["-active_from"], name="cargo_activation_newest")]

    def __str__(self) -> str:
        return f"{self.card_id} v{self.version}"
