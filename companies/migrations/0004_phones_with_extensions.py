"""Phones are texts that the edge has read, extension included; the column itself stays as it is."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("companies", "0003_search_indexes")]

    operations = [
        migrations.AlterField(
            model_name="company",
            name="phone",
            field=models.CharField(blank=True, default="", max_length=128),
        ),
        migrations.AlterField(
            model_name="owndetails",
            name="phone",
            field=models.CharField(blank=True, default="", max_length=128),
        ),
    ]
