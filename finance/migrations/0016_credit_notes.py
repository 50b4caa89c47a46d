"""Accepted invoices are made less by credit notes."""

from __future__ import annotations

from uuid import uuid4

from django.db import migrations, models
from django.db.models import F, Q

PAYABLE = F("gross") - F("credited")
PAID_AS_SAID = (
    Q(status__in=["issued", "cancelled"], paid=0)
    | Q(status="part_paid", paid__gt=0, paid__lt=PAYABLE)
    | Q(status="paid", paid=PAYABLE)
)
CREDITED_WITHIN = Q(credited=0, credited_tax=0, credited_home=0) | Q(
    earned_on__isnull=False,
    credited__gt=0,
    credited__lt=F("gross"),
    credited_tax__gte=0,
    credited_tax__lte=F("tax"),
)


def money(**more: object) -> models.DecimalField:
    return models.DecimalField(decimal_places=2, max_digits=18, **more)


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0015_revenue_by_the_act"),
    ]

    operations = [
        *(
            migrations.AddField("invoice", name, money(db_default=0, default=0))
            for name in ("credited", "credited_tax", "credited_home")
        ),
        migrations.RemoveConstraint("invoice", "invoice_paid_within"),
        migrations.RemoveConstraint("invoice", "invoice_paid_as_said"),
        migrations.RemoveIndex("invoice", "invoice_left"),
        migrations.AddIndex(
            "invoice",
            models.Index(
                (F("gross") - F("credited") - F("paid")).desc(),
                F("id").desc(),
                name="invoice_rest",
            ),
        ),
        migrations.AddConstraint(
            "invoice",
            models.CheckConstraint(
                name="invoice_paid_within",
                condition=Q(paid__gte=0, paid__lte=PAYABLE),
            ),
        ),
        migrations.AddConstraint(
            "invoice",
            models.CheckConstraint(name="invoice_paid_as_said", condition=PAID_AS_SAID),
        ),
        migrations.AddConstraint(
            "invoice",
            models.CheckConstraint(name="invoice_credited_within", condition=CREDITED_WITHIN),
        ),
        migrations.CreateModel(
            name="CreditNote",
            fields=[
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("number", models.CharField(max_length=40)),
                ("amount", money()),
                ("taxes", models.JSONField(default=list)),
                ("currency", models.CharField(max_length=3)),
                ("home_amount", money()),
                ("reason", models.TextField()),
                ("on", models.DateField()),
                ("document_id", models.UUIDField()),
                ("once", models.UUIDField()),
                ("issued_at", models.DateTimeField()),
                ("issued_by", models.UUIDField(null=True)),
                (
                    "invoice",
                    models.ForeignKey(
                        on_delete=models.PROTECT,
                        related_name="credit_notes",
                        to="finance.invoice",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["invoice", "issued_at"], name="credit_note_invoice"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=["number"], name="credit_note_number"),
                    models.UniqueConstraint(fields=["invoice", "once"], name="credit_note_once"),
                    models.CheckConstraint(
                        name="credit_note_amount",
                        condition=Q(amount__gt=0, home_amount__gte=0) & ~Q(reason=""),
                    ),
                ],
            },
        ),
    ]
