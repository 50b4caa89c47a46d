-- The pool's running numbers and the exact search by what others must not see.
-- The caller's role inside a definer function is current_setting('role'): SET and set_config are closed to the app.

CREATE OR REPLACE FUNCTION next_pool_ref(p_kind text, p_on date) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE number integer;
BEGIN
  IF p_kind NOT IN ('DRV', 'VEH', 'LST') THEN RAISE EXCEPTION USING ERRCODE = 'TX404', MESSAGE = 'unknown_kind'; END IF;
  INSERT INTO drivers_poolcounter AS counter (kind, "on", last) VALUES (p_kind, p_on, 1)
  ON CONFLICT (kind, "on") DO UPDATE SET last = counter.last + 1 RETURNING counter.last INTO number;
  RETURN p_kind || '-' || to_char(p_on, 'YYMMDD') || '-' || lpad(number::text, greatest(4, length(number::text)), '0');
END $$;
REVOKE ALL ON FUNCTION next_pool_ref(text, date) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION next_pool_ref(text, date) TO tenant, platform;

-- Ids of drivers with exactly this phone, ИНН or licence, whoever their home is; at most 60 asked a minute by one role.
CREATE OR REPLACE FUNCTION find_drivers(p_phone text, p_number text) RETURNS SETOF uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE asked integer;
BEGIN
  INSERT INTO drivers_lookup AS known (role, minute, count)
  VALUES (current_setting('role'), date_trunc('minute', clock_timestamp()), 1)
  ON CONFLICT (role, minute) DO UPDATE SET count = known.count + 1 RETURNING known.count INTO asked;
  IF asked > 60 THEN RAISE EXCEPTION USING ERRCODE = 'TX429', MESSAGE = 'too_many_lookups'; END IF;
  RETURN QUERY SELECT p.driver_id FROM drivers_driverprivate p
    WHERE (p_phone <> '' AND p.phone = p_phone)
       OR (p_number <> '' AND (p.inn = p_number OR p.licence = p_number));
END $$;
REVOKE ALL ON FUNCTION find_drivers(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION find_drivers(text, text) TO tenant, platform;
