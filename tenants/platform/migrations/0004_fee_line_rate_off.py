from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0003_buddhist_era"),
    ]

    operations = [
        migrations.AddField(
            model_name="feeline",
            name="rate_off",
            field=models.DecimalField(decimal_places=2, max_digits=12, null=True),
        ),
    ]
