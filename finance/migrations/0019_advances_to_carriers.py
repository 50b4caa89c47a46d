"""Money that carriers get before their rate falls due."""

from __future__ import annotations

from decimal import Decimal
from uuid import uuid4

from django.db import migrations, models
from django.db.models import F, Q

OCCASIONS = [
    ("loading", "At loading"),
    ("border", "At the border"),
    ("fuel", "Fuel"),
    ("card", "To a card"),
    ("other", "Other"),
]
ACCOUNTS = [
    ("receivable", "Receivables"),
    ("advance", "Advances of clients"),
    ("bank", "Bank"),
    ("cash", "Cash"),
    ("revenue", "Revenue"),
    ("tax", "Taxes to pay"),
    ("cost", "Carriers"),
    ("payable", "Payables"),
    ("platform_fee", "Platform commission"),
    ("fee_payable", "Owed to the platform"),
    ("exchange", "Exchange differences"),
    ("undue_revenue", "Revenue until it is paid"),
    ("undue_tax", "Taxes not due yet"),
    ("on_account", "Money of clients on no invoice"),
    ("input_tax", "Input tax"),
    ("advances_paid", "Advances paid to carriers"),
]
KINDS = [
    ("invoice", "Invoice"),
    ("receipt", "Receipt"),
    ("refund", "Refund"),
    ("cost", "Carrier's rate"),
    ("payout", "Payout"),
    ("platform_fee", "Platform commission"),
    ("correction", "Correction"),
    ("act", "Act"),
    ("offset", "Advance taken off"),
    ("credit_note", "Credit note"),
    ("allocation", "Allocated to an invoice"),
    ("input_tax", "Tax of a carrier's invoice"),
    ("advance_paid", "Advance to a carrier"),
    ("advance_returned", "Advance of a carrier came back"),
]
CODES = [code for code, _word in ACCOUNTS]
WITHIN = Q(
    amount__gt=0,
    home_amount__gte=0,
    fx__gt=0,
    cleared__gte=0,
    returned__gte=0,
    cleared__lte=F("amount") - F("returned"),
)


def money(**more: object) -> models.DecimalField:
    return models.DecimalField(decimal_places=2, max_digits=18, **more)


def pointer(to: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=models.PROTECT, to=to, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0014_own_taxes"),
        ("finance", "0018_taxes_of_payables"),
        ("orders", "0013_taxes_of_the_rate"),
    ]

    operations = [
        migrations.CreateModel(
            name="CarrierAdvance",
            fields=[
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("carrier_id", models.UUIDField(null=True)),
                ("payee", models.CharField(max_length=200)),
                ("occasion", models.TextField(choices=OCCASIONS)),
                ("amount", money()),
                ("currency", models.CharField(max_length=3)),
                ("fx", models.DecimalField(decimal_places=6, default=Decimal(1), max_digits=18)),
                ("home_amount", money()),
                ("cleared", money(default=Decimal("0.00"))),
                ("returned", money(default=Decimal("0.00"))),
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
                (
                    "company",
                    pointer("companies.company", null=True, related_name="advances_paid"),
                ),
                ("order", pointer("orders.order", related_name="carrier_advances")),
                (
                    "return_of",
                    pointer("finance.carrieradvance", null=True, related_name="returns"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-paid_on", "-id"], name="carrier_advance_newest"),
                    models.Index(fields=["company", "-paid_on"], name="carrier_advance_company"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=["order", "once"],
                        name="carrier_advance_once",
                    ),
                    models.CheckConstraint(name="carrier_advance_within", condition=WITHIN),
                ],
            },
        ),
        *(
            migrations.AddField(
                "payable",
                name,
                money(db_default=Decimal("0.00"), default=Decimal("0.00")),
            )
            for name in ("advance", "advance_home")
        ),
        migrations.AddConstraint(
            "payable",
            models.CheckConstraint(
                name="payable_advance_within",
                condition=Q(advance__gte=0, advance__lte=F("paid"), advance_home__gte=0),
            ),
        ),
        migrations.RemoveConstraint("line", "line_accounts_known"),
        migrations.RemoveConstraint("entry", "entry_kind_known"),
        *(
            migrations.AlterField(model, side, models.TextField(choices=ACCOUNTS))
            for model in ("line", "monthsum")
            for side in ("debit", "credit")
        ),
        migrations.AlterField("entry", "kind", models.TextField(choices=KINDS)),
        migrations.AddConstraint(
            "line",
            models.CheckConstraint(
                name="line_accounts_known",
                condition=Q(debit__in=CODES, credit__in=CODES),
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                name="entry_kind_known",
                condition=Q(kind__in=[code for code, _word in KINDS]),
            ),
        ),
    ]
