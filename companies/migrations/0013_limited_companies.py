"""Companies with a credit limit are looked up by an index."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0012_own_terms_of_contracts"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="company",
            index=models.Index(
                condition=models.Q(("credit_limit__isnull", False)),
                fields=["id"],
                name="company_limited",
            ),
        ),
    ]
