"""Lots: the container or truck that carries many parcels; its whereabouts are those of all of them."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from commission.cargo.models.choices import Stage, Transport


class Lot(models.Model):
    """A lot and the day on which it reached each stage; `stage` is the furthest one."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    code = models.CharField(max_length=30)
    transport = models.TextField(choices=Transport)
    stage = models.TextField(choices=Stage, default=Stage.CHINA)
    china_on = models.DateField(null=True)
    left_china_on = models.DateField(null=True)
    customs_on = models.DateField(null=True)
    thailand_on = models.DateField(null=True)
    delivered_on = models.DateField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(Upper("code"), name="cargo_lot_code"),
            models.CheckConstraint(
                name="cargo_lot_stage",
                condition=Q(stage__in=Stage.values),
            ),
        ]
        indexes = [models.Index(fields=["-created_at"], name="cargo_lot_newest")]

    def __str__(self) -> str:
        return self.code

    @property
    def subject(self) -> str:
        return f"cargo_lot:{self.pk}"

    def reached(self) -> list[tuple[Stage, date | None]]:
        """The stages and their days, in order; days not reached are None."""
        return [(stage, getattr(self, f"{stage.value}_on")) for stage in Stage]
