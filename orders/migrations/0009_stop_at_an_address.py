"""A stop may be at an address of the client's card."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0008_own_firms"),
    ]

    operations = [
        migrations.AddField(
            model_name="stop",
            name="company_address",
            field=models.UUIDField(null=True),
        ),
    ]
