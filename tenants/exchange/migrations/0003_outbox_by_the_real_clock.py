"""Events that the exchange's functions leave in the outbox wait by the real clock."""

from django.db import migrations

TELL = """
CREATE OR REPLACE FUNCTION exchange_tell(p_role text, p_topic text, p_payload jsonb, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO kit_outboxevent (id, role, reseller_id, topic, payload, created_at, not_before, attempts, error)
  SELECT gen_random_uuid(), p_role, r.id, p_topic, p_payload, p_at, clock_timestamp(), 0, ''
  FROM platform_reseller r WHERE r.schema_name = p_role AND p_role <> 'carriers';
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("exchange", "0002_functions")]

    operations = [migrations.RunSQL(TELL, migrations.RunSQL.noop)]
