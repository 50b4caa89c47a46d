"""Searches fold signs and blanks away: their indexes stand on the folded words."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models

FOLDED = (
    "regexp_replace(translate(lower(%(expressions)s), 'ёʹʺʻʼʽʾʿˈ', 'е'), '[^[:alnum:]]+', '', 'g')"
)


def word(column):
    folded = models.Func(column, template=FOLDED, output_field=models.TextField())
    return OpClass(folded, "gin_trgm_ops")


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0005_folded_search_indexes"),
        ("finance", "0005_search_indexes"),
        ("orders", "0006_folded_search_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="invoice",
            index=GinIndex(word("number"), word("client_name"), name="invoice_folded_words"),
        ),
        migrations.AddIndex(
            model_name="payable",
            index=GinIndex(word("payee"), name="payable_folded_words"),
        ),
        migrations.RemoveIndex(
            model_name="invoice",
            name="invoice_words",
        ),
        migrations.RemoveIndex(
            model_name="payable",
            name="payable_words",
        ),
    ]
