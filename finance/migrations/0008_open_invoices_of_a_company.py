"""The oldest open invoice of each company is looked up by an index."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0008_company_cards"),
        ("finance", "0007_own_firms"),
        ("orders", "0009_stop_at_an_address"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="invoice",
            index=models.Index(
                condition=models.Q(("status__in", ["issued", "part_paid"])),
                fields=["company", "due_on"],
                name="invoice_open_company",
            ),
        ),
    ]
