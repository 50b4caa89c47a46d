"""The day on which the books begin, and months of the books that were opened again."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [
        ("finance", "0011_bank_statements"),
    ]

    operations = [
        migrations.CreateModel(
            name="BooksBeginning",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False),
                ),
                ("on", models.DateField()),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField(null=True)),
                ("set_name", models.TextField(blank=True, default="")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=Q(id=1), name="books_begin_once"),
                ],
            },
        ),
        migrations.AddField(
            model_name="monthclose",
            name="reopened_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name="monthclose",
            name="reopened_by",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="monthclose",
            name="reopened_name",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddField(
            model_name="monthclose",
            name="reopen_reason",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
        migrations.AddConstraint(
            model_name="monthclose",
            constraint=models.CheckConstraint(
                condition=Q(reopened_at=None, reopened_by=None, reopen_reason="")
                | Q(kind="books", reopened_at__isnull=False) & ~Q(reopen_reason=""),
                name="month_close_reopened",
            ),
        ),
    ]
