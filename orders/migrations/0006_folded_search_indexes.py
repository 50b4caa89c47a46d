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
        ("orders", "0005_search_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="order",
            index=GinIndex(
                word("ref"),
                word("place_from"),
                word("place_to"),
                word("cargo_name"),
                word("carrier_name"),
                name="order_folded_words",
            ),
        ),
        migrations.RemoveIndex(
            model_name="order",
            name="order_all_words",
        ),
    ]
