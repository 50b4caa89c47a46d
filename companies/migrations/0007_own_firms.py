"""A reseller may have several firms of its own, a firm several bank accounts and dated taxes."""

from __future__ import annotations

import uuid

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0006_requisites_by_country"),
    ]

    operations = [
        # The table keeps its name, so that the code before this release finds it.
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameModel("OwnDetails", "OwnFirm"),
                migrations.AlterModelTable("OwnFirm", "companies_owndetails"),
            ],
        ),
        migrations.RemoveConstraint("ownfirm", "own_details_one"),
        migrations.AddField(
            model_name="ownfirm",
            name="is_main",
            field=models.BooleanField(db_default=True, default=True),
        ),
        migrations.AddField(
            model_name="ownfirm",
            name="number_prefix",
            field=models.CharField(blank=True, db_default="", default="", max_length=5),
        ),
        migrations.AddField(
            model_name="ownfirm",
            name="archived_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddConstraint(
            model_name="ownfirm",
            constraint=models.UniqueConstraint(
                fields=["is_main"],
                name="own_firm_one_main",
                condition=Q(is_main=True),
            ),
        ),
        migrations.AddConstraint(
            model_name="ownfirm",
            constraint=models.UniqueConstraint(fields=["number_prefix"], name="own_firm_prefix"),
        ),
        migrations.AddConstraint(
            model_name="ownfirm",
            constraint=models.CheckConstraint(
                name="own_firm_main_in_use",
                condition=Q(is_main=False) | Q(archived_at=None),
            ),
        ),
        migrations.AddField(
            model_name="contract",
            name="firm_id",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.CreateModel(
            name="BankAccount",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bank_accounts",
                        to="companies.company",
                    ),
                ),
                (
                    "own_firm",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="bank_accounts",
                        to="companies.ownfirm",
                    ),
                ),
                ("currency", models.CharField(max_length=3)),
                ("bank", models.CharField(max_length=200)),
                ("account", models.CharField(max_length=40)),
                ("bik", models.CharField(blank=True, default="", max_length=20)),
                ("correspondent", models.CharField(blank=True, default="", max_length=40)),
                ("added_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["added_at"],
                "constraints": [
                    models.CheckConstraint(
                        name="bank_account_one_owner",
                        condition=Q(company=None) ^ Q(own_firm=None),
                    ),
                    models.CheckConstraint(
                        name="bank_account_numbered",
                        condition=~Q(account=""),
                    ),
                    models.UniqueConstraint(
                        fields=["company", "account"],
                        name="bank_account_company",
                    ),
                    models.UniqueConstraint(
                        fields=["own_firm", "account"],
                        name="bank_account_own_firm",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaxRegime",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                (
                    "firm",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="regimes",
                        to="companies.ownfirm",
                    ),
                ),
                ("regime", models.CharField(max_length=20)),
                ("since", models.DateField()),
                ("chosen_at", models.DateTimeField()),
                ("chosen_by", models.UUIDField(null=True)),
            ],
            options={
                "ordering": ["-since"],
                "constraints": [
                    models.UniqueConstraint(fields=["firm", "since"], name="tax_regime_day"),
                ],
            },
        ),
    ]
