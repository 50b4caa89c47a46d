"""A phone says what it is and when it was used."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_open_sessions"),
    ]

    operations = [
        migrations.AddField(
            model_name="device",
            name="address",
            field=models.CharField(blank=True, db_default="", default="", max_length=45),
        ),
        migrations.AddField(
            model_name="device",
            name="agent",
            field=models.CharField(blank=True, db_default="", default="", max_length=300),
        ),
        migrations.AddField(
            model_name="device",
            name="used_at",
            field=models.DateTimeField(null=True),
        ),
    ]
