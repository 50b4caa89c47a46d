"""Revenue is booked by the act. What was booked by invoices whose order is not completed yet is moved
by one entry, in the first open month: revenue and taxes leave, and money on them becomes an advance.
"""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import F, Q

MOMENTS = [
    ("act", "with the act"),
    ("money", "with the money"),
    ("earlier", "with the earlier of the act and the money"),
]
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
    ("undue_revenue", "Revenue until it is paid"),
    ("undue_tax", "Taxes not due yet"),
    ("on_account", "Money of clients on no invoice"),
    ("input_tax", "Input tax"),
]
KINDS = [
    ("invoice", "Invoice"),
    ("receipt", "Receipt"),
    ("refund", "Refund"),
    ("cost", "Carrier's rate"),
    ("payout", "Payout"),
    ("platform_fee", "Platform commission"),
    ("correction", "Correction"),
    ("act", "Act"),
    ("offset", "Advance taken off"),
    ("credit_note", "Credit note"),
    ("allocation", "Allocated to an invoice"),
    ("input_tax", "Tax of a carrier's invoice"),
]
CHOICES = [
    migrations.AlterField(
        model_name=model,
        name=side,
        field=models.TextField(choices=ACCOUNTS),
    )
    for model in ("line", "monthsum")
    for side in ("debit", "credit")
]
ACCEPTED = """
UPDATE finance_invoice i SET earned_on = issued_on
WHERE i.status = 'cancelled' OR i.act_id IS NOT NULL OR NOT EXISTS (
  SELECT 1 FROM orders_order o WHERE o.id = i.order_id AND o.completed_at IS NULL
)
"""
# Not before the latest of the lines it moves, nor in a month of the books that is closed.
ENTRY = """
INSERT INTO finance_entry (id, kind, "on", at, subject, memo)
SELECT gen_random_uuid(), 'correction',
  GREATEST(max(entry."on"), (
    SELECT (max(month) + interval '1 month')::date FROM finance_monthclose
    WHERE kind = 'books' AND closed_at IS NOT NULL
  )),
  max(entry.at), 'books:revenue-by-the-act', 'Revenue by the act'
FROM finance_line line
JOIN finance_invoice i ON i.id = line.invoice_id AND i.earned_on IS NULL
JOIN finance_entry entry ON entry.id = line.entry_id
WHERE 'receivable' IN (line.debit, line.credit)
HAVING count(*) > 0
"""
LINES = """
INSERT INTO finance_line (entry_id, debit, credit, amount, currency, home_amount,
  company_id, order_id, invoice_id)
SELECT moving.id,
  CASE WHEN line.credit IN ('bank', 'cash') THEN 'advance' ELSE line.credit END,
  CASE WHEN line.debit IN ('bank', 'cash') THEN 'advance' ELSE line.debit END,
  line.amount, line.currency, line.home_amount, line.company_id, line.order_id, line.invoice_id
FROM finance_line line
JOIN finance_invoice i ON i.id = line.invoice_id AND i.earned_on IS NULL
CROSS JOIN finance_entry moving
WHERE moving.subject = 'books:revenue-by-the-act' AND line.entry_id <> moving.id
  AND 'receivable' IN (line.debit, line.credit)
ORDER BY line.id
"""
SUMS = """
INSERT INTO finance_monthsum (month, debit, credit, currency, slot, amount, home_amount)
SELECT date_trunc('month', entry."on")::date, line.debit, line.credit, line.currency, 0,
  sum(line.amount), sum(coalesce(line.home_amount, line.amount))
FROM finance_line line JOIN finance_entry entry ON entry.id = line.entry_id
WHERE entry.subject = 'books:revenue-by-the-act'
GROUP BY 1, 2, 3, 4
ON CONFLICT (month, debit, credit, currency, slot)
DO UPDATE SET amount = finance_monthsum.amount + EXCLUDED.amount,
  home_amount = finance_monthsum.home_amount + EXCLUDED.home_amount
"""
ADVANCES = """
UPDATE finance_invoice i SET advance = i.paid, advance_home = (
  SELECT coalesce(sum(CASE WHEN line.credit = 'advance' THEN line.home_amount
    ELSE -line.home_amount END), 0)
  FROM finance_line line
  WHERE line.invoice_id = i.id AND 'advance' IN (line.debit, line.credit)
)
WHERE i.earned_on IS NULL
"""


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0014_taxes_of_the_invoice"),
        ("orders", "0012_taxes_of_the_invoice"),
    ]

    operations = [
        migrations.AddField("invoice", "earned_on", models.DateField(null=True)),
        *(
            migrations.AddField(
                "invoice",
                name,
                models.DecimalField(db_default=0, decimal_places=2, default=0, max_digits=18),
            )
            for name in ("advance", "advance_home")
        ),
        *(
            migrations.AddField(
                "invoice",
                name,
                models.TextField(choices=MOMENTS, db_default="act", default="act"),
            )
            for name in ("revenue_when", "tax_when")
        ),
        migrations.AddConstraint(
            model_name="invoice",
            constraint=models.CheckConstraint(
                name="invoice_advance_within",
                condition=Q(advance__gte=0, advance__lte=F("gross"), advance_home__gte=0),
            ),
        ),
        migrations.RemoveConstraint(model_name="line", name="line_accounts_known"),
        migrations.RemoveConstraint(model_name="entry", name="entry_kind_known"),
        *CHOICES,
        migrations.AlterField("entry", "kind", models.TextField(choices=KINDS)),
        migrations.AddConstraint(
            model_name="line",
            constraint=models.CheckConstraint(
                name="line_accounts_known",
                condition=Q(
                    debit__in=[code for code, _word in ACCOUNTS],
                    credit__in=[code for code, _word in ACCOUNTS],
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                name="entry_kind_known",
                condition=Q(kind__in=[code for code, _word in KINDS]),
            ),
        ),
        *(
            migrations.RunSQL(sql, migrations.RunSQL.noop)
            for sql in (ACCEPTED, ENTRY, LINES, SUMS, ADVANCES)
        ),
    ]
