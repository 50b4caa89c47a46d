"""A stop may be at an address of the client's card."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0007_place_of_a_stop"),
    ]

    operations = [
        migrations.AddField(
            model_name="stop",
            name="company_address",
            field=models.UUIDField(null=True),
        ),
    ]
