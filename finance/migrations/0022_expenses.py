"""What is spent besides the rates of carriers."""

from __future__ import annotations

from decimal import Decimal
from functools import reduce
from operator import or_
from uuid import uuid4

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations, models
from django.db.models import Q

from tenants.kit.lookups import words_of

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
    ("bad_debts", "Bad debts written off"),
    ("expenses", "Expenses"),
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
    ("write_off", "Bad debt written off"),
    ("write_off_back", "Write-off reversed"),
    ("expense", "Expense"),
    ("expense_back", "Expense taken back"),
]
CATEGORIES = [
    ("fuel", "Fuel"),
    ("road", "Tolls, permits, parking"),
    ("repair", "Repair and spare parts"),
    ("customs", "Customs and border"),
    ("loading", "Loading and warehouse"),
    ("wages", "Wages"),
    ("office", "Office and rent"),
    ("software", "Telephone and software"),
    ("bank_fee", "Fees of banks"),
    ("insurance", "Insurance"),
    ("other", "Other"),
]
CODES = [code for code, _word in ACCOUNTS]


SIDES = ("payment", "payout", "client_advance", "carrier_advance", "expense")


def only(side: str) -> Q:
    return Q(**{f"{name}__isnull": name != side for name in SIDES})


def money(**more: object) -> models.DecimalField:
    return models.DecimalField(decimal_places=2, max_digits=18, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0013_taxes_of_the_rate"),
        ("finance", "0021_write_offs"),
    ]

    operations = [
        migrations.CreateModel(
            name="Expense",
            fields=[
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("category", models.TextField(choices=CATEGORIES)),
                ("payee", models.CharField(blank=True, default="", max_length=200)),
                ("text", models.TextField(blank=True, default="")),
                ("amount", money()),
                ("currency", models.CharField(max_length=3)),
                ("fx", models.DecimalField(decimal_places=6, default=Decimal(1), max_digits=18)),
                ("home_amount", money()),
                ("paid_on", models.DateField()),
                (
                    "method",
                    models.TextField(choices=[("bank", "Bank transfer"), ("cash", "Cash")]),
                ),
                ("reference", models.CharField(blank=True, default="", max_length=60)),
                ("once", models.UUIDField(unique=True)),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.UUIDField(null=True)),
                ("entered_name", models.TextField(blank=True, default="")),
                (
                    "order",
                    models.ForeignKey(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="expenses",
                        to="orders.order",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="reversal",
                        to="finance.expense",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-paid_on", "-id"], name="expense_newest"),
                    models.Index(fields=["category", "-paid_on"], name="expense_category"),
                    GinIndex(*words_of("payee", "text", "reference"), name="expense_words"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="expense_amount",
                        condition=Q(amount__gt=0, home_amount__gte=0, fx__gt=0),
                    ),
                ],
            },
        ),
        migrations.AddField(
            "linematch",
            "expense",
            models.OneToOneField(
                "finance.expense",
                on_delete=models.PROTECT,
                null=True,
                related_name="bank_match",
            ),
        ),
        migrations.RemoveConstraint("linematch", "line_match_of_one"),
        migrations.AddConstraint(
            "linematch",
            models.CheckConstraint(
                name="line_match_of_one",
                condition=reduce(or_, (only(side) for side in SIDES)),
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
