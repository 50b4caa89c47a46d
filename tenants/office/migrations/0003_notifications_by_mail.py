from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("office", "0002_prepared_files"),
    ]

    operations = [
        migrations.AddField(
            model_name="member",
            name="wants_mail",
            field=models.BooleanField(db_default=True, default=True),
        ),
    ]
