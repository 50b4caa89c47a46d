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
        ("companies", "0004_phones_with_extensions"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="company",
            index=GinIndex(
                word("name"),
                word("full_name"),
                word("ref"),
                word("inn"),
                word("email"),
                word("phone"),
                word("contact_person"),
                name="company_folded_words",
            ),
        ),
        migrations.RemoveIndex(
            model_name="company",
            name="company_words",
        ),
    ]
