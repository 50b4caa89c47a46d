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
        ("exchange", "0005_latest_trips"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="listing",
            index=GinIndex(
                word("cargo_kind"),
                word("note"),
                condition=models.Q(("status", "open")),
                name="listing_folded_words",
            ),
        ),
        migrations.RemoveIndex(
            model_name="listing",
            name="listing_words",
        ),
    ]
