"""Orders keep the taxes of the invoice in force."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0011_taxes_of_the_price"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="taxed_by",
            field=models.JSONField(null=True),
        ),
    ]
