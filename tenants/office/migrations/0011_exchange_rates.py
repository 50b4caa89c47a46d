"""Rates of exchange by day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0010_rights_of_a_company_s_people"),
    ]

    operations = [
        migrations.CreateModel(
            name="ExchangeRate",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("currency", models.CharField(max_length=3)),
                ("on", models.DateField()),
                ("rate", models.DecimalField(decimal_places=6, max_digits=18)),
                ("off", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "source",
                    models.TextField(choices=[("typed", "Typed"), ("imported", "From a list")]),
                ),
                ("entered_at", models.DateTimeField()),
                ("entered_by", models.UUIDField(null=True)),
                ("entered_name", models.TextField(blank=True, default="")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("currency", "on"), name="exchange_rate_once_a_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rate__gt", 0)), name="exchange_rate_positive"
                    ),
                ],
            },
        ),
    ]
