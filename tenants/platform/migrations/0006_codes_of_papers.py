"""Codes on papers lead to the reseller that issued them; a reseller enters and reads its own only."""

from __future__ import annotations

from django.db import migrations, models

SQL = """
ALTER TABLE platform_papercode ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON platform_papercode TO tenant USING (role = current_user)
  WITH CHECK (role = current_user AND reseller_id = reseller_of_role(current_user));
CREATE POLICY gate ON platform_papercode FOR SELECT TO gate USING (true);
"""


class Migration(migrations.Migration):
    dependencies = [("platform", "0005_contacts_and_main_business")]
    operations = [
        migrations.CreateModel(
            name="PaperCode",
            fields=[
                (
                    "code_hash",
                    models.CharField(
                        db_index=False, max_length=64, primary_key=True, serialize=False
                    ),
                ),
                ("role", models.TextField()),
                ("reseller_id", models.UUIDField()),
            ],
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
