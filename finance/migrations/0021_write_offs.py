"""What is left of an invoice may be written off as a bad debt."""

from __future__ import annotations

from uuid import uuid4

from django.db import migrations, models
from django.db.models import F, Q

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
]
STATES = [
    ("issued", "Issued"),
    ("part_paid", "Partly paid"),
    ("paid", "Paid"),
    ("cancelled", "Cancelled"),
    ("written_off", "Written off"),
]
CHOICES = [
    migrations.AlterField(
        model_name=model,
        name=side,
        field=models.TextField(choices=ACCOUNTS),
    )
    for model in ("line", "monthsum")
    for side in ("debit", "credit")
]
PAYABLE = F("gross") - F("credited")
ASKED = F("gross") - F("credited") - F("written_off")
PAID_AS_SAID = (
    Q(status="cancelled", paid=0, written_off=0)
    | Q(status="issued", paid=0, written_off__lt=PAYABLE)
    | Q(status="part_paid", paid__gt=0, paid__lt=ASKED)
    | Q(status="paid", paid=PAYABLE)
    | Q(status="written_off", written_off__gt=0, paid=ASKED)
)
WRITTEN_OFF_WITHIN = Q(written_off=0, written_off_home=0) | Q(
    earned_on__isnull=False,
    written_off__gt=0,
    written_off_home__gte=0,
)


def money(**more: object) -> models.DecimalField:
    return models.DecimalField(decimal_places=2, max_digits=18, **more)


def pointer(to: str, **more: object) -> models.ForeignKey:
    return models.ForeignKey(on_delete=models.PROTECT, to=to, **more)


def check(name: str, condition: Q) -> migrations.AddConstraint:
    constraint = models.CheckConstraint(name=name, condition=condition)
    return migrations.AddConstraint("invoice", constraint)


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0020_advances_of_statements"),
    ]

    operations = [
        migrations.RemoveConstraint("line", "line_accounts_known"),
        migrations.RemoveConstraint("entry", "entry_kind_known"),
        *CHOICES,
        migrations.AlterField("entry", "kind", models.TextField(choices=KINDS)),
        migrations.AlterField(
            "invoice",
            "status",
            models.TextField(choices=STATES, default="issued"),
        ),
        migrations.AddConstraint(
            "line",
            models.CheckConstraint(
                name="line_accounts_known",
                condition=Q(
                    debit__in=[code for code, _word in ACCOUNTS],
                    credit__in=[code for code, _word in ACCOUNTS],
                ),
            ),
        ),
        migrations.AddConstraint(
            "entry",
            models.CheckConstraint(
                name="entry_kind_known",
                condition=Q(kind__in=[code for code, _word in KINDS]),
            ),
        ),
        *(
            migrations.AddField("invoice", name, money(db_default=0, default=0))
            for name in ("written_off", "written_off_home")
        ),
        migrations.RemoveConstraint("invoice", "invoice_paid_within"),
        migrations.RemoveConstraint("invoice", "invoice_paid_as_said"),
        migrations.RemoveIndex("invoice", "invoice_rest"),
        migrations.AddIndex(
            "invoice",
            models.Index(
                (F("gross") - F("credited") - F("written_off") - F("paid")).desc(),
                F("id").desc(),
                name="invoice_open_rest",
            ),
        ),
        check("invoice_paid_within", Q(paid__gte=0, paid__lte=ASKED)),
        check("invoice_paid_as_said", PAID_AS_SAID),
        check("invoice_written_off_within", WRITTEN_OFF_WITHIN),
        migrations.CreateModel(
            name="WriteOff",
            fields=[
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("amount", money()),
                ("currency", models.CharField(max_length=3)),
                ("home_amount", money()),
                ("reason", models.TextField()),
                ("on", models.DateField()),
                ("once", models.UUIDField()),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.UUIDField(null=True)),
                ("entered_name", models.TextField(blank=True, default="")),
                ("invoice", pointer("finance.invoice", related_name="write_offs")),
                (
                    "reverses",
                    pointer("finance.writeoff", null=True, related_name="reversals"),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["invoice", "entered_at"], name="write_off_invoice"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=["invoice", "once"], name="write_off_once"),
                    models.CheckConstraint(
                        name="write_off_amount",
                        condition=Q(amount__gt=0, home_amount__gte=0) & ~Q(reason=""),
                    ),
                ],
            },
        ),
    ]
