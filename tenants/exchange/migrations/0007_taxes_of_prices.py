"""Listings, offers, awards and jobs say how their price stands to tax, and how it is paid."""

from __future__ import annotations

from django.db import migrations, models

from tenants.exchange.functions import SQL

FUNCTIONS = [
    (SQL / name).read_text(encoding="utf-8") for name in ("listings.sql", "offers.sql", "terms.sql")
]


class Migration(migrations.Migration):
    dependencies = [
        ("exchange", "0006_folded_search_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="award",
            name="carrier_tax",
            field=models.TextField(
                blank=True,
                choices=[
                    ("included", "Taxes included"),
                    ("on_top", "Plus taxes"),
                    ("none", "Without taxes"),
                ],
                db_default="",
                default="",
            ),
        ),
        migrations.AddField(
            model_name="award",
            name="payment",
            field=models.TextField(
                blank=True,
                choices=[("bank", "Bank transfer"), ("cash", "Cash")],
                db_default="",
                default="",
            ),
        ),
        migrations.AddField(
            model_name="job",
            name="carrier_tax",
            field=models.TextField(
                blank=True,
                choices=[
                    ("included", "Taxes included"),
                    ("on_top", "Plus taxes"),
                    ("none", "Without taxes"),
                ],
                db_default="",
                default="",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="carrier_tax",
            field=models.TextField(
                blank=True,
                choices=[
                    ("included", "Taxes included"),
                    ("on_top", "Plus taxes"),
                    ("none", "Without taxes"),
                ],
                db_default="",
                default="",
            ),
        ),
        migrations.AddField(
            model_name="listing",
            name="payment",
            field=models.TextField(
                blank=True,
                choices=[("bank", "Bank transfer"), ("cash", "Cash")],
                db_default="",
                default="",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="carrier_tax",
            field=models.TextField(
                blank=True,
                choices=[
                    ("included", "Taxes included"),
                    ("on_top", "Plus taxes"),
                    ("none", "Without taxes"),
                ],
                db_default="",
                default="",
            ),
        ),
        migrations.AddField(
            model_name="offer",
            name="payment",
            field=models.TextField(
                blank=True,
                choices=[("bank", "Bank transfer"), ("cash", "Cash")],
                db_default="",
                default="",
            ),
        ),
        *(migrations.RunSQL(text, migrations.RunSQL.noop) for text in FUNCTIONS),
    ]
