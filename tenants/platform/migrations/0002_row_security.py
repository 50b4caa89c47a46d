"""A reseller writes fee lines and invitations of its own only, and reads its own lines."""

from __future__ import annotations

from django.db import migrations

SQL = """
CREATE FUNCTION reseller_of_role(role_name text) RETURNS uuid LANGUAGE sql STABLE SECURITY DEFINER
  SET search_path = public, pg_temp AS 'SELECT id FROM platform_reseller WHERE schema_name = role_name';
REVOKE EXECUTE ON FUNCTION reseller_of_role(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reseller_of_role(text) TO tenant;
ALTER TABLE platform_feeline ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON platform_feeline TO tenant USING (role = current_user)
  WITH CHECK (role = current_user AND reseller_id = reseller_of_role(current_user));
CREATE POLICY platform ON platform_feeline FOR SELECT TO platform USING (true);
ALTER TABLE platform_ladder ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON platform_ladder FOR SELECT TO tenant
  USING (reseller_id IS NULL OR reseller_id = reseller_of_role(current_user));
CREATE POLICY platform ON platform_ladder TO platform USING (true) WITH CHECK (true);
ALTER TABLE accounts_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON accounts_invitation TO tenant USING (reseller_id = reseller_of_role(current_user))
  WITH CHECK (reseller_id = reseller_of_role(current_user) AND role IN ('client', 'partner', 'cargo_manager', 'cargo_staff', 'cargo_sale'));
CREATE POLICY gate ON accounts_invitation TO gate USING (true) WITH CHECK (true);
CREATE POLICY platform ON accounts_invitation FOR SELECT TO platform USING (true);
INSERT INTO platform_ladder (id, reseller_id, effective_from, steps)
  VALUES (gen_random_uuid(), NULL, '2020-01-01', '[[30, "10"], [100, "7"], [500, "5"], [null, "3"]]');
"""


class Migration(migrations.Migration):
    dependencies = [
        ("platform", "0001_initial"),
        ("accounts", "0001_initial"),
        ("kit", "0002_row_security"),
    ]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
