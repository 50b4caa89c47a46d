"""Functions and row security of the exchange, and the barrier views over positions."""

from django.db import migrations

from tenants.exchange.functions import INSTALL


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0001_initial"),
        ("drivers", "0002_functions"),
        ("kit", "0001_initial"),
        ("platform", "0001_initial"),
    ]

    operations = [migrations.RunSQL(text) for text in INSTALL]
