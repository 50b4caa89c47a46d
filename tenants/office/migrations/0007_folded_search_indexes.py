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
        ("office", "0006_ages"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="auditevent",
            index=GinIndex(
                word("title"),
                word("by_name"),
                word("action"),
                word("reason"),
                name="audit_folded_words",
            ),
        ),
        migrations.RemoveIndex(
            model_name="auditevent",
            name="audit_words",
        ),
    ]
