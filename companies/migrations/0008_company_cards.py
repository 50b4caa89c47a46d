"""Companies may be client and partner at once, be blocked, have a credit limit, notes and addresses;
names without their legal form have an index.
"""

from __future__ import annotations

from uuid import uuid4

import django.db.models.deletion
from django.db import migrations, models

LEGAL_FORMS = (
    "ооо|осоо|ао|оао|зао|пао|оо|ип|чп|тоо|кфх|кх|жчк|жшс|жк|ак|аак|жак|ooo|osoo|llc|ltd|limited|co|"
    "company|inc|jsc|ojsc|cjsc|plc|gmbh|llp|corp"
)
THAI_FORMS = "บริษัท|จำกัด|มหาชน|ห้างหุ้นส่วนสามัญ|ห้างหุ้นส่วน|หจก|บจก|บมจ"
SMALL = "translate(lower(%(expressions)s), 'ё', 'е')"
WITHOUT_THAI_FORMS = f"regexp_replace({SMALL}, '({THAI_FORMS})', ' ', 'g')"
WORDS = f"' ' || regexp_replace({WITHOUT_THAI_FORMS}, '[^[:alnum:]]+', ' ', 'g') || ' '"
OWN_WORDS = f"regexp_replace({WORDS}, ' ({LEGAL_FORMS})(?= )', '', 'g')"


def key(column):
    template = f"replace({OWN_WORDS}, ' ', '')"
    return models.Func(column, template=template, output_field=models.TextField())


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0007_own_firms"),
    ]

    operations = [
        migrations.CreateModel(
            name="Address",
            fields=[
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="addresses",
                        to="companies.company",
                    ),
                ),
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("place", models.CharField(max_length=120)),
                ("place_id", models.CharField(max_length=80, null=True)),
                ("country", models.CharField(blank=True, default="", max_length=2)),
                ("street", models.CharField(blank=True, default="", max_length=300)),
                ("lat", models.FloatField(null=True)),
                ("lon", models.FloatField(null=True)),
                ("contact", models.CharField(blank=True, default="", max_length=200)),
                ("phone", models.CharField(blank=True, default="", max_length=128)),
                ("hours", models.CharField(blank=True, default="", max_length=120)),
                ("gate_notes", models.CharField(blank=True, default="", max_length=500)),
                ("archived_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "company",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notes",
                        to="companies.company",
                    ),
                ),
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("text", models.TextField()),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.RemoveConstraint(
            model_name="company",
            name="company_kind",
        ),
        migrations.RemoveConstraint(
            model_name="company",
            name="company_carrier_of_partner",
        ),
        migrations.AddField(
            model_name="company",
            name="block_reason",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="company",
            name="blocked_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="blocked_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="credit_limit",
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="merged_into",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="merged",
                to="companies.company",
            ),
        ),
        migrations.AlterField(
            model_name="company",
            name="kind",
            field=models.TextField(
                choices=[
                    ("client", "Client"),
                    ("partner", "Partner"),
                    ("both", "Client and partner"),
                ]
            ),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(key("name"), name="company_name_key"),
        ),
        migrations.AddIndex(
            model_name="company",
            index=models.Index(key("full_name"), name="company_full_name_key"),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("block_reason", ""), ("blocked_at", None)),
                    models.Q(
                        ("blocked_at__isnull", False), models.Q(("block_reason", ""), _negated=True)
                    ),
                    _connector="OR",
                ),
                name="company_blocked_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("credit_limit", None), ("credit_limit__gte", 0), _connector="OR"
                ),
                name="company_credit_limit",
            ),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", None), ("status", "archived"), _connector="OR"),
                name="company_merged_is_archived",
            ),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["client", "partner", "both"])), name="company_kind"
            ),
        ),
        migrations.AddConstraint(
            model_name="company",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("carrier_id", None),
                    models.Q(("kind", "client"), _negated=True),
                    _connector="OR",
                ),
                name="company_carrier_of_partner",
            ),
        ),
        migrations.AddIndex(
            model_name="address",
            index=models.Index(fields=["company", "name"], name="address_by_name"),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("name", ""), _negated=True), models.Q(("place", ""), _negated=True)
                ),
                name="address_named",
            ),
        ),
        migrations.AddConstraint(
            model_name="address",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("lat", None), ("lon", None)),
                    models.Q(
                        ("lat__gte", -90), ("lat__lte", 90), ("lon__gte", -180), ("lon__lte", 180)
                    ),
                    _connector="OR",
                ),
                name="address_point",
            ),
        ),
        migrations.AddIndex(
            model_name="note",
            index=models.Index(fields=["company", "-at", "-id"], name="note_newest"),
        ),
        migrations.AddConstraint(
            model_name="note",
            constraint=models.CheckConstraint(
                condition=models.Q(("text", ""), _negated=True), name="note_says_something"
            ),
        ),
    ]
