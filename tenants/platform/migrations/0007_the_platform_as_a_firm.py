"""The platform's legal entity, which its contracts name, and the key that seals them."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

SQL = """
ALTER TABLE platform_platformfirm ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON platform_platformfirm FOR SELECT TO tenant USING (true);
CREATE POLICY platform ON platform_platformfirm TO platform USING (true) WITH CHECK (true);
"""


def text(length: int) -> models.CharField:
    return models.CharField(blank=True, default="", max_length=length)


class Migration(migrations.Migration):
    dependencies = [("platform", "0006_codes_of_papers")]
    operations = [
        migrations.CreateModel(
            name="PlatformFirm",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("full_name", models.CharField(max_length=300)),
                ("inn", text(20)),
                ("okpo", text(20)),
                ("address", models.CharField(max_length=300)),
                ("phone", text(60)),
                ("email", models.EmailField(blank=True, default="", max_length=254)),
                ("bank", text(200)),
                ("account", text(40)),
                ("bik", text(20)),
                ("director", models.CharField(max_length=200)),
                ("director_post", text(120)),
                ("acts_under", text(200)),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(id=1), name="platform_firm_one")
                ],
            },
        ),
        migrations.CreateModel(
            name="PlatformSealKey",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("certificate", models.TextField()),
                ("private_key", models.TextField()),
                ("made_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(id=1), name="platform_seal_key_one")
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
