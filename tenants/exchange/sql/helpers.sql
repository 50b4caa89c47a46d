-- Helpers of the exchange's functions. Nobody but the owner of the tables may call them.
-- The caller's role inside a definer function is current_setting('role'): SET and set_config are closed to the app.

CREATE OR REPLACE FUNCTION exchange_refuse(p_code text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'TX409', MESSAGE = p_code;
END $$;
REVOKE ALL ON FUNCTION exchange_refuse(text) FROM PUBLIC;

-- To a stranger a thing that is not theirs does not exist.
CREATE OR REPLACE FUNCTION exchange_missing() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = 'TX404', MESSAGE = 'not_found';
END $$;
REVOKE ALL ON FUNCTION exchange_missing() FROM PUBLIC;

CREATE OR REPLACE FUNCTION exchange_check_price(p_price numeric) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF p_price IS NULL OR p_price = 'NaN' OR p_price <= 0 OR p_price >= 1e16 OR p_price <> round(p_price, 2) THEN
    PERFORM exchange_refuse('bad_price');
  END IF;
END $$;
REVOKE ALL ON FUNCTION exchange_check_price(numeric) FROM PUBLIC;

-- An event for one side, handled in its reseller's schema; independents have none and look by themselves.
-- p_at is the moment of business; the outbox itself waits by the real clock (tenants/kit/clock.py).
CREATE OR REPLACE FUNCTION exchange_tell(p_role text, p_topic text, p_payload jsonb, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO kit_outboxevent (id, role, reseller_id, topic, payload, created_at, not_before, attempts, error)
  SELECT gen_random_uuid(), p_role, r.id, p_topic, p_payload, p_at, clock_timestamp(), 0, ''
  FROM platform_reseller r WHERE r.schema_name = p_role AND p_role <> 'carriers';
END $$;
REVOKE ALL ON FUNCTION exchange_tell(text, text, jsonb, timestamptz) FROM PUBLIC;

-- What an event about an offer says; `side` is who is told.
CREATE OR REPLACE FUNCTION exchange_tell_side(p_offer exchange_offer, p_side text, p_topic text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM exchange_tell(
    CASE p_side WHEN 'owner' THEN p_offer.owner_role ELSE p_offer.carrier_role END, p_topic,
    jsonb_build_object('side', p_side, 'listing', p_offer.listing_id, 'offer', p_offer.id, 'carrier', p_offer.carrier_id), p_at);
END $$;
REVOKE ALL ON FUNCTION exchange_tell_side(exchange_offer, text, text, timestamptz) FROM PUBLIC;

-- The offer for whoever acts as `p_side`, with listing and offer locked, in this order everywhere.
CREATE OR REPLACE FUNCTION exchange_hold(p_offer uuid, p_side text, p_at timestamptz) RETURNS exchange_offer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  me text := current_setting('role');
  listing exchange_listing;
  offer exchange_offer;
BEGIN
  SELECT * INTO offer FROM exchange_offer WHERE id = p_offer;
  IF NOT coalesce(CASE p_side
      WHEN 'owner' THEN me = offer.owner_role
      WHEN 'carrier' THEN me = offer.carrier_role OR (me = 'carriers' AND offer.driver_id IS NOT NULL)
    END, false) THEN
    PERFORM exchange_missing();
  END IF;
  SELECT * INTO listing FROM exchange_listing WHERE id = offer.listing_id FOR UPDATE;
  SELECT * INTO offer FROM exchange_offer WHERE id = p_offer FOR UPDATE;
  IF offer.status <> 'open' THEN
    PERFORM exchange_refuse(CASE WHEN listing.status = 'awarded' THEN 'already_awarded' ELSE 'offer_closed' END);
  END IF;
  IF listing.status <> 'open' OR listing.expires_at <= p_at THEN
    PERFORM exchange_refuse(CASE WHEN listing.status = 'awarded' THEN 'already_awarded' ELSE 'listing_closed' END);
  END IF;
  RETURN offer;
END $$;
REVOKE ALL ON FUNCTION exchange_hold(uuid, text, timestamptz) FROM PUBLIC;

-- Close what is left open on a listing and tell each carrier.
CREATE OR REPLACE FUNCTION exchange_close_offers(p_listing uuid, p_status text, p_topic text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE offer exchange_offer;
BEGIN
  FOR offer IN
    UPDATE exchange_offer SET status = p_status, updated_at = p_at
    WHERE listing_id = p_listing AND status = 'open' RETURNING *
  LOOP
    PERFORM exchange_tell_side(offer, 'carrier', p_topic, p_at);
  END LOOP;
END $$;
REVOKE ALL ON FUNCTION exchange_close_offers(uuid, text, text, timestamptz) FROM PUBLIC;
