"""When a person of an office asked the platform for a new link."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0007_people_without_email"),
    ]

    operations = [
        migrations.AddField("membership", "link_asked_at", models.DateTimeField(null=True)),
    ]
