"""An import that the worker is taking back says so."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cargo", "0005_tracking_end"),
    ]

    operations = [
        migrations.AddField(
            model_name="importbatch",
            name="undo_asked_at",
            field=models.DateTimeField(null=True),
        ),
    ]
