"""A person may have no e-mail, and a login name of the reseller's own."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0007_folded_search_indexes"),
    ]

    operations = [
        migrations.AlterField(
            "member",
            "email",
            models.EmailField(blank=True, db_default="", default="", max_length=254),
        ),
        migrations.AddField(
            "member",
            "login_name",
            models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
    ]
