"""What is owed to carriers is kept as net and tax; debts of before hold no tax."""

from __future__ import annotations

from decimal import Decimal

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

NO_TAX = "UPDATE finance_payable SET net = amount WHERE net IS NULL"


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0017_advances_of_clients"),
        ("orders", "0013_taxes_of_the_rate"),
    ]

    operations = [
        migrations.AddField(
            model_name="payable",
            name="is_deductible",
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name="payable",
            name="net",
            field=models.DecimalField(decimal_places=2, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="payable",
            name="tax",
            field=models.DecimalField(
                db_default=Decimal("0.00"), decimal_places=2, default=Decimal("0.00"), max_digits=18
            ),
        ),
        migrations.AddField(
            model_name="payable",
            name="tax_entry",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="finance.entry",
            ),
        ),
        migrations.AddField(
            model_name="payable",
            name="tax_invoice",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="payable",
            name="tax_invoice_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="payable",
            name="taxes",
            field=models.JSONField(null=True),
        ),
        migrations.RunSQL(NO_TAX, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="payable",
            index=models.Index(
                condition=models.Q(("is_deductible", True), ("tax_invoice", "")),
                fields=["due_on", "id"],
                name="payable_without_invoice",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("net", None), ("tax", 0)),
                    models.Q(
                        (
                            "amount",
                            django.db.models.expressions.CombinedExpression(
                                models.F("net"), "+", models.F("tax")
                            ),
                        ),
                        ("net__gte", 0),
                        ("tax__gte", 0),
                    ),
                    _connector="OR",
                ),
                name="payable_net_and_tax",
            ),
        ),
        migrations.AddConstraint(
            model_name="payable",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("tax_entry", None), ("tax_invoice", ""), ("tax_invoice_on", None)),
                    models.Q(
                        models.Q(("tax_invoice", ""), _negated=True),
                        ("is_deductible", True),
                        ("tax_entry__isnull", False),
                        ("tax_invoice_on__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="payable_tax_taken_off",
            ),
        ),
    ]
