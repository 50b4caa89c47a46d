"""An e-mail may be missing: people are known by a phone or by a login name of their reseller's own."""

from __future__ import annotations

from django.db import migrations, models
from django.db.models import Q
from django.db.models.functions import Lower

NO_EMAIL = Q(("email", ""), _negated=True)
NO_PHONE = Q(("phone", ""), _negated=True)
NO_NAME = Q(("login_name", ""), _negated=True)


def name_field() -> models.Field[str, str]:
    return models.CharField(blank=True, db_default="", default="", max_length=40)


def email_field() -> models.Field[str, str]:
    return models.EmailField(blank=True, db_default="", default="", max_length=254)


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_phones_that_are_seen"),
    ]

    operations = [
        migrations.AlterField("user", "email", email_field()),
        migrations.AlterField("invitation", "email", email_field()),
        migrations.AddField(
            "invitation",
            "phone",
            models.CharField(blank=True, db_default="", default="", max_length=20),
        ),
        migrations.AddField("invitation", "login_name", name_field()),
        migrations.AddField("membership", "login_name", name_field()),
        migrations.AddConstraint(
            "user",
            models.UniqueConstraint(
                Lower("email"), condition=NO_EMAIL, name="user_email_where_any"
            ),
        ),
        migrations.RemoveConstraint("user", "user_email_once"),
        migrations.AddConstraint(
            "membership",
            models.UniqueConstraint(
                "reseller",
                Lower("login_name"),
                condition=NO_NAME,
                name="membership_login_name",
            ),
        ),
        migrations.AddIndex(
            "user",
            models.Index(fields=["phone"], condition=NO_PHONE, name="user_phone"),
        ),
    ]
