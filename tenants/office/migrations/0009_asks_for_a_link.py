"""When a person asked the office for a new link."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0008_people_without_email"),
    ]

    operations = [
        migrations.AddField("member", "link_asked_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            "member",
            models.Index(
                fields=["link_asked_at"],
                condition=models.Q(link_asked_at__isnull=False),
                name="member_asks_for_a_link",
            ),
        ),
    ]
