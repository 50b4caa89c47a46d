"""How a carrier's rate stands to tax, and how it is paid. Rates agreed on before hold no taxes."""

from __future__ import annotations

from django.db import migrations, models

AGREED = """
UPDATE orders_order SET carrier_tax = 'none'
WHERE stage NOT IN ('draft', 'requested', 'quoted', 'published') AND carrier_tax = ''
"""
TAXES = [
    ("included", "Taxes included"),
    ("on_top", "Plus taxes"),
    ("none", "Without taxes"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0012_taxes_of_the_invoice"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="carrier_tax",
            field=models.TextField(blank=True, choices=TAXES, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="order",
            name="carrier_taxed_by",
            field=models.JSONField(null=True),
        ),
        migrations.AddField(
            model_name="order",
            name="has_tax_invoice",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="order",
            name="carrier_payment",
            field=models.TextField(
                blank=True,
                choices=[("bank", "Bank transfer"), ("cash", "Cash")],
                db_default="",
                default="",
            ),
        ),
        migrations.RunSQL(AGREED, migrations.RunSQL.noop),
    ]
