"""Contracts have a life: sent, signed by each side with evidence, in force, ended."""

import uuid

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0008_company_cards"),
    ]

    operations = [
        migrations.AddField(
            model_name="signingcode",
            name="case_id",
            field=models.UUIDField(null=True),
        ),
        migrations.CreateModel(
            name="ContractCase",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.TextField(
                        choices=[
                            ("client", "Forwarding contract"),
                            ("partner", "Carriage contract"),
                            ("platform", "Sub-forwarder contract"),
                        ]
                    ),
                ),
                ("addendum_index", models.PositiveSmallIntegerField(default=0)),
                ("number", models.CharField(max_length=40)),
                ("language", models.CharField(max_length=2)),
                ("text", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                ("template", models.CharField(max_length=40)),
                ("template_version", models.PositiveSmallIntegerField()),
                ("template_sha256", models.CharField(max_length=64)),
                (
                    "first_side",
                    models.TextField(
                        choices=[
                            ("reseller", "we"),
                            ("company", "the company"),
                            ("platform", "the platform"),
                        ]
                    ),
                ),
                (
                    "stage",
                    models.TextField(
                        choices=[
                            ("sent", "Waits for signatures"),
                            ("half_signed", "Signed by one side"),
                            ("in_force", "In force"),
                            ("declined", "Declined"),
                            ("withdrawn", "Withdrawn"),
                            ("terminated", "Terminated"),
                        ],
                        default="sent",
                    ),
                ),
                ("sent_at", models.DateTimeField()),
                ("sent_by", models.UUIDField()),
                ("reminded_at", models.DateTimeField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("ended_by", models.UUIDField(null=True)),
                ("end_reason", models.CharField(blank=True, default="", max_length=500)),
                ("document_id", models.UUIDField(null=True)),
                (
                    "company",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contract_cases",
                        to="companies.company",
                    ),
                ),
                (
                    "contract",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="case",
                        to="companies.contract",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addenda",
                        to="companies.contractcase",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RulesAccepted",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                ("member_id", models.UUIDField()),
                ("version", models.PositiveSmallIntegerField()),
                ("language", models.CharField(max_length=2)),
                ("sha256", models.CharField(max_length=64)),
                ("accepted_at", models.DateTimeField()),
                ("address", models.CharField(blank=True, default="", max_length=60)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("member_id", "version"), name="rules_accepted_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False)),
                (
                    "side",
                    models.TextField(
                        choices=[
                            ("reseller", "we"),
                            ("company", "the company"),
                            ("platform", "the platform"),
                        ]
                    ),
                ),
                (
                    "how",
                    models.TextField(
                        choices=[
                            ("code", "by a one-time code"),
                            ("paper", "on paper"),
                            ("seal", "by the electronic seal"),
                        ]
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("post", models.CharField(blank=True, default="", max_length=120)),
                ("basis", models.CharField(blank=True, default="", max_length=200)),
                ("signed_at", models.DateTimeField()),
                ("signed_by", models.UUIDField()),
                ("evidence", models.JSONField(default=dict)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="companies.contractcase",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="contractcase",
            index=models.Index(fields=["company", "-sent_at"], name="contract_case_newest"),
        ),
        migrations.AddIndex(
            model_name="contractcase",
            index=models.Index(fields=["parent"], name="contract_case_parent"),
        ),
        migrations.AddConstraint(
            model_name="contractcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("kind", "platform"), ("company__isnull", False), _connector="XOR"
                ),
                name="contract_case_party",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "stage__in",
                        ["sent", "half_signed", "in_force", "declined", "withdrawn", "terminated"],
                    )
                ),
                name="contract_case_stage",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("addendum_index", 0), ("parent", None)),
                    models.Q(("addendum_index__gt", 0), ("parent__isnull", False)),
                    _connector="OR",
                ),
                name="contract_case_addendum",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractcase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("ended_at", None), ("stage__in", ("sent", "half_signed", "in_force"))
                    ),
                    models.Q(
                        ("ended_at__isnull", False), models.Q(("end_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="contract_case_end",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ("declined", "withdrawn")), _negated=True),
                fields=("number",),
                name="contract_case_number",
            ),
        ),
        migrations.AddConstraint(
            model_name="contractcase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("stage__in", ("sent", "half_signed"))),
                fields=("company", "kind", "parent"),
                name="contract_case_open",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="signature",
            constraint=models.UniqueConstraint(fields=("case", "side"), name="signature_of_a_side"),
        ),
    ]
