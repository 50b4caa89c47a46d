"""What a person of a company may do; null is all of it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def rights() -> models.Field[list[str] | None, list[str] | None]:
    return ArrayField(base_field=models.TextField(), null=True, size=None)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_several_places"),
    ]

    operations = [
        migrations.AddField("membership", "rights", rights()),
        migrations.AddField("invitation", "rights", rights()),
        migrations.AddField(
            "invitation",
            "may_sign",
            models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField("invitation", "invited_by", models.UUIDField(null=True)),
    ]
