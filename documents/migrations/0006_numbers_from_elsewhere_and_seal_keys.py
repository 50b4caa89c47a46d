"""A paper may carry the number it got elsewhere; the reseller has a key that seals its papers."""

from __future__ import annotations

from uuid import uuid4

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_codes_are_looked_up")]
    operations = [
        migrations.AddField(
            "document",
            "reference",
            models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.CreateModel(
            name="SealKey",
            fields=[
                ("id", models.UUIDField(default=uuid4, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=300)),
                ("certificate", models.TextField()),
                ("private_key", models.TextField()),
                ("made_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=["name", "retired_at"],
                        name="seal_key_in_use",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
    ]
