"""The chosen taxes of own firms stand with the firms; the table stays as it is."""

from __future__ import annotations

import uuid

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0013_limited_companies"),
        ("finance", "0007_own_firms"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="OwnTax",
                    fields=[
                        (
                            "id",
                            models.UUIDField(default=uuid.uuid4, primary_key=True, serialize=False),
                        ),
                        ("firm_id", models.PositiveSmallIntegerField(db_default=1, default=1)),
                        ("kind", models.CharField(max_length=20)),
                        ("since", models.DateField()),
                        ("until", models.DateField(null=True)),
                        ("chosen_at", models.DateTimeField()),
                        ("chosen_by", models.UUIDField(null=True)),
                    ],
                    options={
                        "db_table": "finance_owntax",
                        "constraints": [
                            models.UniqueConstraint(
                                condition=Q(until=None),
                                fields=("firm_id", "kind"),
                                name="own_tax_once_a_firm",
                            ),
                            models.CheckConstraint(
                                condition=Q(until=None) | Q(until__gte=F("since")),
                                name="own_tax_days",
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
