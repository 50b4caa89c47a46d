"""Invoiced orders say of taxes what their invoices say, whatever the firm is taxed by today."""

from __future__ import annotations

from django.db import migrations

TAXED_BY = """
UPDATE orders_order o SET taxed_by = taxes.said
FROM finance_invoice i
CROSS JOIN LATERAL (
  SELECT coalesce(
    jsonb_agg(jsonb_build_object('kind', tax->>'kind', 'percent', tax->>'percent') ORDER BY place),
    '[]'
  ) AS said
  FROM finance_invoiceline line
  CROSS JOIN LATERAL jsonb_array_elements(line.taxes) WITH ORDINALITY AS each (tax, place)
  WHERE line.invoice_id = i.id AND line.position = 1
) taxes
WHERE i.order_id = o.id AND i.status <> 'cancelled' AND o.taxed_by IS NULL
"""
# Before, the regime of the day of the migration said it; invoices of before have taxes on top.
PRICE_TAX = """
UPDATE orders_order SET price_tax = 'on_top'
WHERE price_tax = 'none' AND taxed_by <> '[]'
"""


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0013_taxed_orders"),
        ("orders", "0012_taxes_of_the_invoice"),
    ]

    operations = [
        migrations.RunSQL(TAXED_BY, migrations.RunSQL.noop),
        migrations.RunSQL(PRICE_TAX, migrations.RunSQL.noop),
    ]
