from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("orders", "0006_folded_search_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="stop",
            name="place_id",
            field=models.CharField(max_length=80, null=True),
        ),
    ]
