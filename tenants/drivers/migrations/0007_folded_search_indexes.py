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
        ("drivers", "0006_ages"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="carrier",
            index=GinIndex(word("name"), name="carrier_folded_words"),
        ),
        migrations.AddIndex(
            model_name="driver",
            index=GinIndex(word("name"), word("company"), word("ref"), name="driver_folded_words"),
        ),
        migrations.AddIndex(
            model_name="vehicle",
            index=GinIndex(word("plate"), word("model"), word("ref"), name="vehicle_folded_words"),
        ),
        migrations.RemoveIndex(
            model_name="carrier",
            name="carrier_name_words",
        ),
        migrations.RemoveIndex(
            model_name="driver",
            name="driver_words",
        ),
        migrations.RemoveIndex(
            model_name="vehicle",
            name="vehicle_words",
        ),
    ]
