"""Money of clients that stands on no invoice yet."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.db import migrations, models
from django.db.models import F, Q


def money(**more: object) -> models.DecimalField:
    return models.DecimalField(decimal_places=2, max_digits=18, **more)


def pointer(to: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=models.PROTECT, to=to, **more)


WITHIN = Q(
    amount__gt=0,
    home_amount__gte=0,
    fx__gt=0,
    allocated__gte=0,
    returned__gte=0,
    allocated__lte=F("amount") - F("returned"),
)


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0014_own_taxes"),
        ("finance", "0016_credit_notes"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClientAdvance",
            fields=[
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("amount", money()),
                ("currency", models.CharField(max_length=3)),
                ("fx", models.DecimalField(decimal_places=6, default=Decimal(1), max_digits=18)),
                ("home_amount", money()),
                ("allocated", money(default=0)),
                ("returned", money(default=0)),
                ("paid_on", models.DateField()),
                (
                    "method",
                    models.TextField(choices=[("bank", "Bank transfer"), ("cash", "Cash")]),
                ),
                ("reference", models.CharField(blank=True, default="", max_length=60)),
                ("reason", models.TextField(blank=True, default="")),
                ("once", models.UUIDField()),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.UUIDField(null=True)),
                ("entered_name", models.TextField(blank=True, default="")),
                ("company", pointer("companies.company", related_name="advances")),
                (
                    "return_of",
                    pointer("finance.clientadvance", null=True, related_name="returns"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-paid_on", "-id"], name="client_advance_newest"),
                    models.Index(fields=["company", "-paid_on"], name="client_advance_company"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["company", "once"],
                        name="client_advance_once",
                    ),
                    models.CheckConstraint(name="client_advance_within", condition=WITHIN),
                ],
            },
        ),
        migrations.AddField(
            model_name="payment",
            name="advance",
            field=pointer("finance.clientadvance", null=True, related_name="payments"),
        ),
    ]
