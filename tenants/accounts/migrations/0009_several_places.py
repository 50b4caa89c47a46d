"""One person may have several places in a reseller: for each company, and as client and partner."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0008_asks_for_a_link"),
    ]

    operations = [
        migrations.AddConstraint(
            "membership",
            models.UniqueConstraint(
                fields=["user", "reseller", "role", "company_id"],
                nulls_distinct=False,
                name="membership_place",
            ),
        ),
        migrations.RemoveConstraint("membership", "membership_once"),
    ]
