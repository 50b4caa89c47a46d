"""What a person of a company may do, and by what right it signs."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import migrations, models


def text(length: int) -> models.Field[str, str]:
    return models.CharField(blank=True, db_default="", default="", max_length=length)


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0009_asks_for_a_link"),
    ]

    operations = [
        migrations.AddField(
            "member",
            "rights",
            ArrayField(base_field=models.TextField(), null=True, size=None),
        ),
        migrations.AddField("member", "post", text(120)),
        migrations.AddField("member", "acts_under", text(20)),
        migrations.AddField("member", "basis_number", text(60)),
        migrations.AddField("member", "basis_on", models.DateField(null=True)),
        migrations.AddField("member", "may_sign_at", models.DateTimeField(null=True)),
        migrations.AddField("member", "may_sign_by", models.UUIDField(null=True)),
        migrations.AddConstraint(
            "member",
            models.CheckConstraint(
                condition=models.Q(may_sign_at=None, may_sign_by=None)
                | models.Q(may_sign_at__isnull=False, may_sign_by__isnull=False),
                name="member_signs",
            ),
        ),
    ]
