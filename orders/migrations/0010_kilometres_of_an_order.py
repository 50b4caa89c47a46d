"""How far an order goes by road, and how that is known; orders from before are counted when shown."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0009_stop_at_an_address"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="distance_km",
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="distance_how",
            field=models.CharField(blank=True, db_default="", default="", max_length=8),
        ),
    ]
