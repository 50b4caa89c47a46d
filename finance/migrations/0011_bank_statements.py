"""Statements of the bank, their lines, and what was matched with them."""

import uuid
from decimal import Decimal

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0010_rates_of_the_fee"),
    ]

    operations = [
        migrations.CreateModel(
            name="BankStatement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=200)),
                ("format", models.CharField(max_length=10)),
                ("encoding", models.CharField(blank=True, default="", max_length=20)),
                ("accounts", models.JSONField(default=list)),
                ("notes", models.JSONField(default=list)),
                ("is_whole", models.BooleanField(default=True)),
                ("heading", models.CharField(blank=True, default="", max_length=64)),
                ("columns", models.JSONField(default=dict)),
                ("month_first", models.BooleanField(null=True)),
                ("first", models.DateField(null=True)),
                ("last", models.DateField(null=True)),
                ("total_in", models.DecimalField(decimal_places=2, max_digits=18)),
                ("total_out", models.DecimalField(decimal_places=2, max_digits=18)),
                ("uploaded_at", models.DateTimeField()),
                ("uploaded_by", models.UUIDField(null=True)),
                ("uploaded_name", models.TextField(blank=True, default="")),
                ("confirmed_at", models.DateTimeField(null=True)),
                ("confirmed_by", models.UUIDField(null=True)),
                ("confirmed_name", models.TextField(blank=True, default="")),
                ("booking_at", models.DateTimeField(null=True)),
                ("booked_to", models.PositiveIntegerField(default=0)),
                ("booked", models.PositiveIntegerField(default=0)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["-uploaded_at", "-id"], name="bank_statement_newest")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("first", None),
                            ("last", None),
                            ("last__gte", models.F("first")),
                            _connector="OR",
                        ),
                        name="bank_statement_days",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatementLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("place", models.PositiveIntegerField()),
                ("account", models.CharField(blank=True, default="", max_length=60)),
                ("currency", models.CharField(blank=True, default="", max_length=3)),
                ("firm_id", models.PositiveSmallIntegerField(null=True)),
                ("on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("is_in", models.BooleanField()),
                ("counterparty", models.CharField(blank=True, default="", max_length=300)),
                ("tax_number", models.CharField(blank=True, default="", max_length=40)),
                ("other_account", models.CharField(blank=True, default="", max_length=60)),
                ("number", models.CharField(blank=True, default="", max_length=60)),
                ("purpose", models.TextField(blank=True, default="")),
                ("key", models.CharField(max_length=64)),
                ("nth", models.PositiveIntegerField(default=1)),
                (
                    "state",
                    models.TextField(
                        choices=[
                            ("new", "New"),
                            ("known", "Came in before"),
                            ("foreign", "Not our account"),
                        ]
                    ),
                ),
                ("came_in", models.BooleanField(default=False)),
                (
                    "matched",
                    models.DecimalField(decimal_places=2, default=Decimal("0"), max_digits=18),
                ),
                (
                    "statement",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="lines",
                        to="finance.bankstatement",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="LineMatch",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=18)),
                ("is_booked", models.BooleanField()),
                ("matched_at", models.DateTimeField()),
                ("matched_by", models.UUIDField(null=True)),
                ("matched_name", models.TextField(blank=True, default="")),
                (
                    "payment",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_match",
                        to="finance.payment",
                    ),
                ),
                (
                    "payout",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bank_match",
                        to="finance.payout",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matches",
                        to="finance.statementline",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="statementline",
            index=models.Index(
                condition=models.Q(("came_in", True), ("matched__lt", models.F("amount"))),
                fields=["on"],
                name="bank_line_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                fields=("statement", "place"), name="bank_line_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("came_in", True)), fields=("key", "nth"), name="bank_line_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("amount__gt", 0), ("matched__gte", 0), ("matched__lte", models.F("amount"))
                ),
                name="bank_line_amounts",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("came_in", False),
                    models.Q(("firm_id__isnull", False), ("state", "new")),
                    _connector="OR",
                ),
                name="bank_line_new_comes_in",
            ),
        ),
        migrations.AddConstraint(
            model_name="statementline",
            constraint=models.CheckConstraint(
                condition=models.Q(("matched", 0), ("came_in", True), _connector="OR"),
                name="bank_line_matched_came_in",
            ),
        ),
        migrations.AddConstraint(
            model_name="linematch",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount__gt", 0)), name="line_match_amount"
            ),
        ),
        migrations.AddConstraint(
            model_name="linematch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("payment", None), ("payout__isnull", False)),
                    models.Q(("payment__isnull", False), ("payout", None)),
                    _connector="OR",
                ),
                name="line_match_of_one",
            ),
        ),
    ]
