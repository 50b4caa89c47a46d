"""Searches fold signs and blanks away: their indexes stand on the folded words."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import migrations, models
from django.db.models.fields.json import KeyTextTransform

FOLDED = (
    "regexp_replace(translate(lower(%(expressions)s), 'ёʹʺʻʼʽʾʿˈ', 'е'), '[^[:alnum:]]+', '', 'g')"
)


def word(column):
    folded = models.Func(column, template=FOLDED, output_field=models.TextField())
    return OpClass(folded, "gin_trgm_ops")


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0002_search_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="document",
            index=GinIndex(
                word("title"),
                word(KeyTextTransform("order_ref", "context")),
                name="document_folded_words",
            ),
        ),
        migrations.RemoveIndex(
            model_name="document",
            name="document_words",
        ),
    ]
