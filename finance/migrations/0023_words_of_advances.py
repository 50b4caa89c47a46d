"""Advances to carriers are searched by who got them."""

from django.contrib.postgres.indexes import GinIndex
from django.db import migrations

from tenants.kit.lookups import words_of


class Migration(migrations.Migration):
    dependencies = [("finance", "0022_expenses")]

    operations = [
        migrations.AddIndex(
            "carrieradvance",
            GinIndex(*words_of("payee", "reference"), name="carrier_advance_words"),
        ),
    ]
