"""Each own firm of a reseller counts its papers apart."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0003_folded_search_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="issuer",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.AddField(
            model_name="numbercounter",
            name="issuer",
            field=models.PositiveSmallIntegerField(db_default=1, default=1),
        ),
        migrations.RemoveConstraint("document", "document_number"),
        migrations.RemoveConstraint("numbercounter", "number_counter_year"),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=["issuer", "kind", "year", "number"],
                name="document_number_of_issuer",
            ),
        ),
        migrations.AddConstraint(
            model_name="numbercounter",
            constraint=models.UniqueConstraint(
                fields=["issuer", "kind", "year"],
                name="number_counter_issuer_year",
            ),
        ),
    ]
