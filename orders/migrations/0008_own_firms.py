"""Which of the reseller's own firms sells an order, and which hires its carrier."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_place_of_a_stop"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="seller_firm",
            field=models.PositiveSmallIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="hiring_firm",
            field=models.PositiveSmallIntegerField(null=True),
        ),
    ]
