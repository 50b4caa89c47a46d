"""What every line, payout and month's sum is worth in the reseller's own currency.

Lines of before take the rate of what they stand for: of the invoice, or of the debt to the carrier,
so that what is settled leaves nothing behind.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q

OF_INVOICES = """
UPDATE finance_line line SET home_amount = CASE
  WHEN line.credit = 'revenue' THEN round(i.gross * i.fx, 2) - round(i.tax * i.fx, 2)
  WHEN line.debit = 'revenue' THEN round(i.gross * i.fx, 2) - round(i.tax * i.fx, 2)
  ELSE round(line.amount * i.fx, 2) END
FROM finance_invoice i
WHERE line.invoice_id = i.id AND line.currency = i.currency AND line.home_amount IS NULL
  AND 'receivable' IN (line.debit, line.credit)
"""
OF_DEBTS = """
UPDATE finance_line line SET home_amount = round(line.amount * debt.fx, 2)
FROM finance_payable debt
WHERE line.order_id = debt.order_id AND line.currency = debt.currency AND line.home_amount IS NULL
  AND 'payable' IN (line.debit, line.credit)
"""
OF_THE_REST = "UPDATE finance_line SET home_amount = amount WHERE home_amount IS NULL"
OF_PAYOUTS = """
UPDATE finance_payout payout
SET fx = debt.fx, home_amount = round(payout.amount * debt.fx, 2)
FROM finance_payable debt
WHERE payout.payable_id = debt.id AND payout.home_amount IS NULL
"""
OF_MONTHS = """
INSERT INTO finance_monthsum (month, debit, credit, currency, slot, amount, home_amount)
SELECT date_trunc('month', entry."on")::date, debit, credit, currency, 0, 0, sum(home_amount)
FROM finance_line line JOIN finance_entry entry ON entry.id = line.entry_id
GROUP BY 1, 2, 3, 4
ON CONFLICT (month, debit, credit, currency, slot)
DO UPDATE SET home_amount = EXCLUDED.home_amount
"""
ACCOUNTS = [
    ("receivable", "Receivables"),
    ("advance", "Advances of clients"),
    ("bank", "Bank"),
    ("cash", "Cash"),
    ("revenue", "Revenue"),
    ("tax", "Taxes to pay"),
    ("cost", "Carriers"),
    ("payable", "Payables"),
    ("platform_fee", "Platform commission"),
    ("fee_payable", "Owed to the platform"),
    ("exchange", "Exchange differences"),
]
CODES = [code for code, _word in ACCOUNTS]
CHOICES = [
    migrations.AlterField(
        model_name=model,
        name=side,
        field=models.TextField(choices=ACCOUNTS),
    )
    for model in ("line", "monthsum")
    for side in ("debit", "credit")
]


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0008_open_invoices_of_a_company"),
    ]

    operations = [
        migrations.AddField(
            model_name="line",
            name="home_amount",
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="payout",
            name="fx",
            field=models.DecimalField(db_default=1, decimal_places=6, default=1, max_digits=18),
        ),
        migrations.AddField(
            model_name="payout",
            name="home_amount",
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="monthsum",
            name="home_amount",
            field=models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=18),
        ),
        migrations.RunSQL(OF_INVOICES, migrations.RunSQL.noop),
        migrations.RunSQL(OF_DEBTS, migrations.RunSQL.noop),
        migrations.RunSQL(OF_THE_REST, migrations.RunSQL.noop),
        migrations.RunSQL(OF_PAYOUTS, migrations.RunSQL.noop),
        migrations.RunSQL(OF_MONTHS, migrations.RunSQL.noop),
        migrations.RemoveConstraint(model_name="line", name="line_amount"),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                name="line_amount",
                condition=Q(amount__gt=0, home_amount=None)
                | Q(amount__gt=0, home_amount__gte=0)
                | Q(amount=0, home_amount__isnull=False, home_amount__gt=0),
            ),
        ),
        migrations.RemoveConstraint(model_name="line", name="line_accounts_known"),
        *CHOICES,
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                name="line_accounts_known",
                condition=Q(debit__in=CODES, credit__in=CODES),
            ),
        ),
    ]
