"""What stood in money and in debts on the day the books begin."""

from __future__ import annotations

from decimal import Decimal
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
    ("opening", "Opening balances"),
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
    ("opening", "Opening balance"),
]
BALANCES = [
    ("bank", "Money in the bank"),
    ("cash", "Money in the cash box"),
    ("debt", "Debt of a client"),
    ("advance", "Prepayment of a client"),
]
CODES = [code for code, _word in ACCOUNTS]


def money() -> models.DecimalField:
    return models.DecimalField(decimal_places=2, max_digits=18)


def link(to: str) -> models.ForeignKey:
    return models.ForeignKey(
        null=True,
        on_delete=models.PROTECT,
        related_name="openings",
        to=to,
    )


class Migration(migrations.Migration):
    dependencies = [("finance", "0023_words_of_advances")]

    operations = [
        *(
            migrations.AddField(
                model,
                "is_opening",
                models.BooleanField(default=False, db_default=False),
            )
            for model in ("invoice", "clientadvance")
        ),
        migrations.CreateModel(
            name="OpeningBalance",
            fields=[
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("kind", models.TextField(choices=BALANCES)),
                ("party", models.CharField(blank=True, default="", max_length=300)),
                ("amount", money()),
                ("currency", models.CharField(max_length=3)),
                ("fx", models.DecimalField(decimal_places=6, default=Decimal(1), max_digits=18)),
                ("home_amount", money()),
                ("on", models.DateField()),
                ("reference", models.CharField(blank=True, default="", max_length=30)),
                ("document_on", models.DateField(null=True)),
                ("due_on", models.DateField(null=True)),
                ("text", models.TextField(blank=True, default="")),
                ("once", models.UUIDField(unique=True)),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.UUIDField(null=True)),
                ("entered_name", models.TextField(blank=True, default="")),
                ("advance", link("finance.clientadvance")),
                ("invoice", link("finance.invoice")),
                (
                    "reverses",
                    models.OneToOneField(
                        null=True,
                        on_delete=models.PROTECT,
                        related_name="reversal",
                        to="finance.openingbalance",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-entered_at", "-id"], name="opening_newest"),
                    GinIndex(*words_of("party", "text", "reference"), name="opening_words"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        name="opening_amount",
                        condition=Q(amount__gt=0, home_amount__gte=0, fx__gt=0)
                        | Q(kind="bank", amount__lt=0, home_amount__lte=0, fx__gt=0),
                    ),
                    models.CheckConstraint(
                        name="opening_of_what",
                        condition=Q(kind__in=["bank", "cash"], invoice=None, advance=None)
                        | Q(kind="debt", invoice__isnull=False, advance=None)
                        | Q(kind="advance", invoice=None, advance__isnull=False),
                    ),
                ],
            },
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
