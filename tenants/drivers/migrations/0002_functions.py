"""Functions and row security of the pool."""

from django.db import migrations

from tenants.drivers.functions import INSTALL


class Migration(migrations.Migration):
    dependencies = [("drivers", "0001_initial")]

    operations = [migrations.RunSQL(text) for text in INSTALL]
