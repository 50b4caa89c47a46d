"""How a client's price stands to tax. Invoiced orders keep taxes on top, as their invoices have them;
the others take what is usual for the own firm that sells.
"""

from __future__ import annotations

from django.db import migrations, models

PRICE_TAX = """
UPDATE orders_order o SET price_tax = CASE
  WHEN o.payment_terms = 'without_vat' THEN 'none'
  WHEN NOT coalesce(seller.pays_vat, false) THEN 'none'
  WHEN o.is_invoiced OR seller.country = 'TH' THEN 'on_top'
  ELSE 'included' END
FROM orders_order again
LEFT JOIN LATERAL (
  SELECT
    coalesce(nullif(firm.country, ''), home.country) AS country,
    coalesce(regime.regime IN ('vat', 'simplified_5', 'simplified_7'), firm.vat_payer) AS pays_vat
  FROM companies_owndetails firm
  CROSS JOIN (
    SELECT country FROM public.platform_reseller WHERE schema_name = current_schema()
  ) home
  LEFT JOIN LATERAL (
    SELECT regime FROM companies_taxregime WHERE firm_id = firm.id ORDER BY since DESC LIMIT 1
  ) regime ON true
  WHERE firm.id = again.seller_firm OR (again.seller_firm IS NULL AND firm.is_main)
) seller ON true
WHERE again.id = o.id AND o.price_tax = ''
"""
PAYMENT_TERMS = """
UPDATE orders_order SET payment_terms = 'bank'
WHERE payment_terms IN ('with_vat', 'without_vat')
"""


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0014_own_taxes"),
        ("orders", "0010_kilometres_of_an_order"),
    ]

    operations = [
        migrations.AddField(
            model_name="order",
            name="price_tax",
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
            model_name="order",
            name="taxed_on",
            field=models.DateField(null=True),
        ),
        migrations.AlterField(
            model_name="order",
            name="payment_terms",
            field=models.TextField(
                blank=True,
                choices=[("bank", "Bank transfer"), ("cash", "Cash")],
                default="",
            ),
        ),
        migrations.RunSQL(PRICE_TAX, migrations.RunSQL.noop),
        migrations.RunSQL(PAYMENT_TERMS, migrations.RunSQL.noop),
    ]
