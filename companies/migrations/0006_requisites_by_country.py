"""A firm's requisites by country, its signatory and what gives that person the right to sign."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("companies", "0005_folded_search_indexes"),
    ]

    operations = [
        migrations.AddField(
            model_name="company",
            name="account_currency",
            field=models.CharField(blank=True, db_default="", default="", max_length=3),
        ),
        migrations.AddField(
            model_name="company",
            name="acts_under",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="company",
            name="basis_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="company",
            name="basis_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="branch_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="company",
            name="correspondent",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="company",
            name="director_post",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="company",
            name="kpp",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="company",
            name="legal_form",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="company",
            name="ogrn",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="company",
            name="register_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="company",
            name="register_status",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="company",
            name="tax_office",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="account_currency",
            field=models.CharField(blank=True, db_default="", default="", max_length=3),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="acts_under",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="basis_number",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="basis_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="branch_code",
            field=models.CharField(blank=True, db_default="", default="", max_length=10),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="correspondent",
            field=models.CharField(blank=True, db_default="", default="", max_length=40),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="director_post",
            field=models.CharField(blank=True, db_default="", default="", max_length=120),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="kpp",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="legal_form",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="ogrn",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="register_on",
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="register_status",
            field=models.CharField(blank=True, db_default="", default="", max_length=60),
        ),
        migrations.AddField(
            model_name="owndetails",
            name="tax_office",
            field=models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
    ]
