"""Listings are numbered by a sequence: the counter's row made every publication of the platform
wait for the one before it. Drivers and vehicles, entered rarely, keep their gapless day numbers.
"""

from django.db import migrations

SEQUENCE = """
CREATE SEQUENCE drivers_listingnumber;
SELECT setval('drivers_listingnumber', max(last)) FROM drivers_poolcounter WHERE kind = 'LST' HAVING max(last) > 0;
REVOKE ALL ON SEQUENCE drivers_listingnumber FROM PUBLIC;
"""
NEXT_REF = """
CREATE OR REPLACE FUNCTION next_pool_ref(p_kind text, p_on date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE number bigint;
BEGIN
  IF p_kind NOT IN ('DRV', 'VEH', 'LST') THEN RAISE EXCEPTION USING ERRCODE = 'TX404', MESSAGE = 'unknown_kind'; END IF;
  IF p_kind = 'LST' THEN
    number := nextval('drivers_listingnumber');
  ELSE
    INSERT INTO drivers_poolcounter AS counter (kind, "on", last) VALUES (p_kind, p_on, 1)
    ON CONFLICT (kind, "on") DO UPDATE SET last = counter.last + 1 RETURNING counter.last INTO number;
  END IF;
  RETURN p_kind || '-' || to_char(p_on, 'YYMMDD') || '-' || lpad(number::text, greatest(4, length(number::text)), '0');
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("drivers", "0003_lists_at_volume")]

    operations = [migrations.RunSQL(text, migrations.RunSQL.noop) for text in (SEQUENCE, NEXT_REF)]
