-- Row security of bargaining and jobs by the current role; `carriers` (the driver's app) sees what names a driver.
-- Listings have none: they hold published data only, and range conditions under row security would lose the indexes.

ALTER TABLE exchange_offer ENABLE ROW LEVEL SECURITY;
CREATE POLICY two_sides ON exchange_offer FOR SELECT TO tenant USING (owner_role = current_user OR carrier_role = current_user);
CREATE POLICY drivers ON exchange_offer FOR SELECT TO carriers USING (carrier_role = 'carriers' OR driver_id IS NOT NULL);

-- Rounds and awards follow their offer: the subquery runs under the reader's own row security.
ALTER TABLE exchange_round ENABLE ROW LEVEL SECURITY;
CREATE POLICY as_offer ON exchange_round FOR SELECT TO tenant, carriers
  USING (EXISTS (SELECT FROM exchange_offer o WHERE o.id = offer_id));
ALTER TABLE exchange_award ENABLE ROW LEVEL SECURITY;
CREATE POLICY as_offer ON exchange_award FOR SELECT TO tenant, carriers
  USING (EXISTS (SELECT FROM exchange_offer o WHERE o.id = offer_id));

ALTER TABLE exchange_job ENABLE ROW LEVEL SECURITY;
CREATE POLICY two_sides ON exchange_job FOR SELECT TO tenant USING (owner_role = current_user OR carrier_role = current_user);
CREATE POLICY owner_adds ON exchange_job FOR INSERT TO tenant WITH CHECK (owner_role = current_user
  AND (award_id IS NULL OR EXISTS (SELECT FROM exchange_award a WHERE a.id = award_id)));
CREATE POLICY owner_edits ON exchange_job FOR UPDATE TO tenant USING (owner_role = current_user) WITH CHECK (owner_role = current_user);
CREATE POLICY drivers ON exchange_job FOR SELECT TO carriers USING (carrier_role = 'carriers' OR driver_id IS NOT NULL);

-- Positions are written by COPY, which row security does not allow; they are read through barrier views.
CREATE OR REPLACE VIEW drivers_seenposition WITH (security_barrier = true) AS
  SELECT p.id, p.job_id, p.driver_id, p.at, p.lat, p.lon, p.received_at FROM drivers_position p
  WHERE EXISTS (SELECT FROM exchange_job j WHERE j.id = p.job_id AND (
    j.owner_role = current_user OR j.carrier_role = current_user OR (current_user = 'carriers' AND j.driver_id IS NOT NULL)));
CREATE OR REPLACE VIEW drivers_seenlastposition WITH (security_barrier = true) AS
  SELECT p.job_id, p.driver_id, p.at, p.lat, p.lon, p.received_at FROM drivers_lastposition p
  WHERE EXISTS (SELECT FROM exchange_job j WHERE j.id = p.job_id AND (
    j.owner_role = current_user OR j.carrier_role = current_user OR (current_user = 'carriers' AND j.driver_id IS NOT NULL)));
