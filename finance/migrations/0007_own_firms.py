"""Whose invoice it is, and which own firm charges an optional tax."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0006_folded_search_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="invoice",
            name="firm_id",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="owntax",
            name="firm_id",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.RemoveConstraint("owntax", "own_tax_once"),
        migrations.AddConstraint(
            model_name="owntax",
            constraint=models.UniqueConstraint(
                fields=["firm_id", "kind"],
                name="own_tax_once_a_firm",
                condition=Q(until=None),
            ),
        ),
    ]
