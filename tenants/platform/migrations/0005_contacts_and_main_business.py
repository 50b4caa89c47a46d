from django.db import migrations, models


def contact() -> models.CharField:
    return models.CharField(blank=True, db_default="", default="", max_length=60)


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0004_fee_line_rate_off"),
    ]

    operations = [
        migrations.AddField("reseller", "support_whatsapp", contact()),
        migrations.AddField("reseller", "support_telegram", contact()),
        migrations.AddField("reseller", "support_phone", contact()),
        migrations.AddField(
            "reseller", "cargo_first", models.BooleanField(db_default=False, default=False)
        ),
    ]
