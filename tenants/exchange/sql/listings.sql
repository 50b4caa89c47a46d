-- Publishing and taking back. The reseller is found by the caller's role, so nobody publishes in another's name.

CREATE OR REPLACE FUNCTION publish_listing(p_card jsonb, p_on date, p_at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me text := current_setting('role');
  reseller uuid;
  card exchange_listing := jsonb_populate_record(NULL::exchange_listing, p_card);
  new_id uuid := gen_random_uuid();
BEGIN
  SELECT id INTO reseller FROM platform_reseller WHERE schema_name = me AND suspended_at IS NULL;
  IF reseller IS NULL THEN PERFORM exchange_refuse('not_a_reseller'); END IF;
  IF card.price IS NOT NULL THEN PERFORM exchange_check_price(card.price); END IF;
  IF card.expires_at IS NULL OR card.expires_at <= p_at THEN PERFORM exchange_refuse('bad_expiry'); END IF;
  INSERT INTO exchange_listing (
    id, reseller_id, owner_role, ref, from_city, from_country, from_lat, from_lon, to_city, to_country, to_lat, to_lon,
    date_from, date_to, distance_km, body, weight_kg, volume_m3, adr, cargo_kind, loading_types, temperature_from,
    temperature_to, price, currency, carrier_tax, payment, payment_terms, note, status, published_at, expires_at, fingerprint)
  VALUES (
    new_id, reseller, me, next_pool_ref('LST', p_on), card.from_city, card.from_country, card.from_lat, card.from_lon,
    card.to_city, card.to_country, card.to_lat, card.to_lon, card.date_from, card.date_to, card.distance_km, card.body,
    card.weight_kg, card.volume_m3, card.adr, card.cargo_kind, card.loading_types, card.temperature_from,
    card.temperature_to, card.price, card.currency, coalesce(card.carrier_tax, ''), coalesce(card.payment, ''),
    card.payment_terms, card.note, 'open', p_at, card.expires_at, card.fingerprint);
  RETURN new_id;
END $$;
REVOKE ALL ON FUNCTION publish_listing(jsonb, date, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION publish_listing(jsonb, date, timestamptz) TO tenant;

CREATE OR REPLACE FUNCTION withdraw_listing(p_listing uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE listing exchange_listing;
BEGIN
  SELECT * INTO listing FROM exchange_listing WHERE id = p_listing AND owner_role = current_setting('role') FOR UPDATE;
  IF listing.id IS NULL THEN PERFORM exchange_missing(); END IF;
  IF listing.status <> 'open' THEN
    PERFORM exchange_refuse(CASE WHEN listing.status = 'awarded' THEN 'already_awarded' ELSE 'listing_closed' END);
  END IF;
  UPDATE exchange_listing SET status = 'withdrawn', closed_at = p_at WHERE id = p_listing;
  PERFORM exchange_close_offers(p_listing, 'closed', 'exchange.closed', p_at);
END $$;
REVOKE ALL ON FUNCTION withdraw_listing(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION withdraw_listing(uuid, timestamptz) TO tenant;

-- Listings past their time, with their open offers. Returns how many.
CREATE OR REPLACE FUNCTION expire_due(p_at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  listing exchange_listing;
  ended integer := 0;
BEGIN
  FOR listing IN
    SELECT * FROM exchange_listing WHERE status = 'open' AND expires_at <= p_at FOR UPDATE SKIP LOCKED
  LOOP
    UPDATE exchange_listing SET status = 'expired', closed_at = p_at WHERE id = listing.id;
    PERFORM exchange_close_offers(listing.id, 'expired', 'exchange.expired', p_at);
    PERFORM exchange_tell(listing.owner_role, 'exchange.expired',
      jsonb_build_object('side', 'owner', 'listing', listing.id), p_at);
    ended := ended + 1;
  END LOOP;
  RETURN ended;
END $$;
REVOKE ALL ON FUNCTION expire_due(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION expire_due(timestamptz) TO platform, relay;

-- A suspended reseller leaves the market: its listings and its open offers are taken back. Returns how many listings.
CREATE OR REPLACE FUNCTION leave_exchange(p_role text, p_at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  listing exchange_listing;
  offer exchange_offer;
  ended integer := 0;
BEGIN
  -- every listing it has a part in, locked in one order before any offer
  PERFORM 1 FROM exchange_listing l
    WHERE l.status = 'open' AND (l.owner_role = p_role OR EXISTS (
      SELECT FROM exchange_offer o WHERE o.listing_id = l.id AND o.carrier_role = p_role AND o.status = 'open'))
    ORDER BY l.id FOR UPDATE;
  FOR listing IN SELECT * FROM exchange_listing WHERE owner_role = p_role AND status = 'open' ORDER BY id FOR UPDATE LOOP
    UPDATE exchange_listing SET status = 'withdrawn', closed_at = p_at WHERE id = listing.id;
    PERFORM exchange_close_offers(listing.id, 'closed', 'exchange.closed', p_at);
    ended := ended + 1;
  END LOOP;
  FOR offer IN
    UPDATE exchange_offer SET status = 'withdrawn', updated_at = p_at
    WHERE carrier_role = p_role AND status = 'open' RETURNING *
  LOOP
    PERFORM exchange_tell_side(offer, 'owner', 'exchange.withdrawn', p_at);
  END LOOP;
  RETURN ended;
END $$;
REVOKE ALL ON FUNCTION leave_exchange(text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION leave_exchange(text, timestamptz) TO platform;
