"""The rate that a line of the fee stands on."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0009_home_amounts"),
    ]

    operations = [
        migrations.AddField(
            model_name="feecharge",
            name="fx",
            field=models.DecimalField(decimal_places=6, max_digits=18, null=True),
        ),
        migrations.AddField(
            model_name="feecharge",
            name="rate_off",
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True),
        ),
    ]
