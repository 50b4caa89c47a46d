"""Orders know the day of their invoice; the chosen taxes of own firms stand with the firms."""

from __future__ import annotations

from django.db import migrations

TAXED_ON = """
UPDATE orders_order o SET taxed_on = i.issued_on
FROM finance_invoice i
WHERE i.order_id = o.id AND i.status <> 'cancelled' AND o.taxed_on IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0014_own_taxes"),
        ("finance", "0012_days_the_books_begin"),
        ("orders", "0011_taxes_of_the_price"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name="OwnTax")],
        ),
        migrations.RunSQL(TAXED_ON, migrations.RunSQL.noop),
    ]
