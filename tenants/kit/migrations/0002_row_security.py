"""Outbox rows belong to the role that announced them; the cache's table for times without Redis."""

from __future__ import annotations

from django.db import migrations

SQL = """
CREATE TABLE kit_cache (cache_key varchar(255) PRIMARY KEY, value text NOT NULL, expires timestamptz NOT NULL);
CREATE INDEX kit_cache_expires ON kit_cache (expires);
ALTER TABLE kit_outboxevent ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON kit_outboxevent USING (role = current_user) WITH CHECK (role = current_user);
CREATE POLICY relay ON kit_outboxevent TO relay USING (true) WITH CHECK (true);
"""


class Migration(migrations.Migration):
    dependencies = [("kit", "0001_initial")]
    operations = [migrations.RunSQL(SQL, "DROP TABLE kit_cache")]
