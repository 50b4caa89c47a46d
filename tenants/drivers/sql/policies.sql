-- Row security of the pool: all see carriers, drivers and vehicles, the home alone writes; private data and bookings
-- are seen by their own role only. The comparison is with the role itself, there is no variable to forge.

ALTER TABLE drivers_carrier ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_see ON drivers_carrier FOR SELECT USING (true);
CREATE POLICY home_adds ON drivers_carrier FOR INSERT TO tenant WITH CHECK (home_role = current_user);
CREATE POLICY home_edits ON drivers_carrier FOR UPDATE TO tenant USING (home_role = current_user) WITH CHECK (home_role = current_user);
CREATE POLICY platform_adds ON drivers_carrier FOR INSERT TO platform WITH CHECK (home_role = 'carriers');
CREATE POLICY platform_edits ON drivers_carrier FOR UPDATE TO platform USING (home_role = 'carriers') WITH CHECK (home_role = 'carriers');

ALTER TABLE drivers_driver ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_see ON drivers_driver FOR SELECT USING (true);
CREATE POLICY home_adds ON drivers_driver FOR INSERT TO tenant WITH CHECK (home_role = current_user);
CREATE POLICY home_edits ON drivers_driver FOR UPDATE TO tenant USING (home_role = current_user) WITH CHECK (home_role = current_user);
CREATE POLICY platform_adds ON drivers_driver FOR INSERT TO platform WITH CHECK (home_role = 'carriers');
CREATE POLICY platform_edits ON drivers_driver FOR UPDATE TO platform USING (home_role = 'carriers') WITH CHECK (home_role = 'carriers');
CREATE POLICY ingest_touches ON drivers_driver FOR UPDATE TO ingest USING (true);

ALTER TABLE drivers_vehicle ENABLE ROW LEVEL SECURITY;
CREATE POLICY all_see ON drivers_vehicle FOR SELECT USING (true);
CREATE POLICY home_adds ON drivers_vehicle FOR INSERT TO tenant WITH CHECK (home_role = current_user);
CREATE POLICY home_edits ON drivers_vehicle FOR UPDATE TO tenant USING (home_role = current_user) WITH CHECK (home_role = current_user);
CREATE POLICY platform_adds ON drivers_vehicle FOR INSERT TO platform WITH CHECK (home_role = 'carriers');
CREATE POLICY platform_edits ON drivers_vehicle FOR UPDATE TO platform USING (home_role = 'carriers') WITH CHECK (home_role = 'carriers');

ALTER TABLE drivers_driverprivate ENABLE ROW LEVEL SECURITY;
CREATE POLICY home ON drivers_driverprivate TO tenant USING (home_role = current_user)
  WITH CHECK (home_role = current_user AND EXISTS (
    SELECT FROM drivers_driver d WHERE d.id = driver_id AND d.home_role = current_user));
CREATE POLICY independents ON drivers_driverprivate FOR SELECT TO carriers USING (home_role = 'carriers');
CREATE POLICY platform_keeps ON drivers_driverprivate TO platform USING (home_role = 'carriers')
  WITH CHECK (home_role = 'carriers' AND EXISTS (
    SELECT FROM drivers_driver d WHERE d.id = driver_id AND d.home_role = 'carriers'));

ALTER TABLE drivers_booking ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON drivers_booking TO tenant USING (role = current_user) WITH CHECK (role = current_user);
