-- Bargaining: send → counter ⇄ counter → accept | reject | withdraw. Each price is a round that both sides see.

CREATE OR REPLACE FUNCTION send_offer(
  p_listing uuid, p_carrier uuid, p_driver uuid, p_price numeric, p_final boolean, p_at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  me text := current_setting('role');
  carrier drivers_carrier;
  listing exchange_listing;
  offer exchange_offer;
BEGIN
  SELECT * INTO carrier FROM drivers_carrier WHERE id = p_carrier;
  -- a driver's app runs as `carriers` whoever the home reseller is; it names the driver
  IF NOT coalesce(me = carrier.home_role OR (me = 'carriers' AND p_driver IS NOT NULL), false) THEN
    PERFORM exchange_missing();
  END IF;
  IF p_driver IS NOT NULL AND NOT EXISTS (
      SELECT FROM drivers_driver d WHERE d.id = p_driver AND d.carrier_id = p_carrier AND d.status = 'active') THEN
    PERFORM exchange_missing();
  END IF;
  PERFORM exchange_check_price(p_price);
  SELECT * INTO listing FROM exchange_listing WHERE id = p_listing FOR UPDATE;
  IF listing.id IS NULL THEN PERFORM exchange_missing(); END IF;
  -- a partner or driver may bid on the home reseller's listing, its own fleet is simply assigned
  IF carrier.kind = 'fleet' AND carrier.home_role = listing.owner_role THEN PERFORM exchange_refuse('own_listing'); END IF;
  IF listing.status = 'awarded' THEN PERFORM exchange_refuse('already_awarded'); END IF;
  IF listing.status <> 'open' OR listing.expires_at <= p_at THEN PERFORM exchange_refuse('listing_closed'); END IF;
  IF EXISTS (SELECT FROM exchange_offer o WHERE o.listing_id = p_listing AND o.carrier_id = p_carrier AND o.status = 'open') THEN
    PERFORM exchange_refuse('already_offered');
  END IF;
  INSERT INTO exchange_offer (id, listing_id, carrier_id, driver_id, carrier_role, owner_role, price, currency, turn,
                              status, best_and_final, created_at, updated_at)
  VALUES (gen_random_uuid(), p_listing, p_carrier, p_driver, carrier.home_role, listing.owner_role, p_price,
          listing.currency, 'owner', 'open', p_final, p_at, p_at)
  RETURNING * INTO offer;
  INSERT INTO exchange_round (id, offer_id, number, by, price, best_and_final, at)
  VALUES (gen_random_uuid(), offer.id, 1, 'carrier', p_price, p_final, p_at);
  PERFORM exchange_tell_side(offer, 'owner', 'exchange.offer', p_at);
  RETURN offer.id;
END $$;
REVOKE ALL ON FUNCTION send_offer(uuid, uuid, uuid, numeric, boolean, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION send_offer(uuid, uuid, uuid, numeric, boolean, timestamptz) TO tenant, carriers;

CREATE OR REPLACE FUNCTION counter_offer(
  p_offer uuid, p_side text, p_price numeric, p_final boolean, p_at timestamptz) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  offer exchange_offer;
  other text := CASE p_side WHEN 'owner' THEN 'carrier' ELSE 'owner' END;
  next_number integer;
BEGIN
  PERFORM exchange_check_price(p_price);
  offer := exchange_hold(p_offer, p_side, p_at);
  IF offer.turn <> p_side THEN PERFORM exchange_refuse('not_your_turn'); END IF;
  IF offer.best_and_final THEN PERFORM exchange_refuse('best_and_final'); END IF;
  IF offer.price = p_price THEN PERFORM exchange_refuse('same_price'); END IF;
  SELECT max(number) + 1 INTO next_number FROM exchange_round WHERE offer_id = p_offer;
  INSERT INTO exchange_round (id, offer_id, number, by, price, best_and_final, at)
  VALUES (gen_random_uuid(), p_offer, next_number, p_side, p_price, p_final, p_at);
  UPDATE exchange_offer SET price = p_price, best_and_final = p_final, turn = other, updated_at = p_at WHERE id = p_offer;
  PERFORM exchange_tell_side(offer, other, 'exchange.countered', p_at);
  RETURN next_number;
END $$;
REVOKE ALL ON FUNCTION counter_offer(uuid, text, numeric, boolean, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION counter_offer(uuid, text, numeric, boolean, timestamptz) TO tenant, carriers;

-- The award: one for a listing by its unique key, the listing's lock makes the second try a refusal.
CREATE OR REPLACE FUNCTION accept_offer(p_offer uuid, p_side text, p_at timestamptz) RETURNS uuid
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  offer exchange_offer;
  award uuid := gen_random_uuid();
BEGIN
  offer := exchange_hold(p_offer, p_side, p_at);
  IF offer.turn <> p_side THEN PERFORM exchange_refuse('not_your_turn'); END IF;
  INSERT INTO exchange_award (id, listing_id, offer_id, price, currency, carrier_tax, payment, at)
  VALUES (award, offer.listing_id, p_offer, offer.price, offer.currency, offer.carrier_tax, offer.payment, p_at);
  UPDATE exchange_offer SET status = 'accepted', updated_at = p_at WHERE id = p_offer;
  UPDATE exchange_listing SET status = 'awarded', closed_at = p_at WHERE id = offer.listing_id;
  PERFORM exchange_close_offers(offer.listing_id, 'closed', 'exchange.closed', p_at);
  PERFORM exchange_tell_side(offer, CASE p_side WHEN 'owner' THEN 'carrier' ELSE 'owner' END, 'exchange.awarded', p_at);
  RETURN award;
END $$;
REVOKE ALL ON FUNCTION accept_offer(uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION accept_offer(uuid, text, timestamptz) TO tenant, carriers;

-- The owner may turn an offer down at any time, the carrier when it is the carrier's turn.
CREATE OR REPLACE FUNCTION reject_offer(p_offer uuid, p_side text, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE offer exchange_offer;
BEGIN
  offer := exchange_hold(p_offer, p_side, p_at);
  IF p_side = 'carrier' AND offer.turn <> 'carrier' THEN PERFORM exchange_refuse('not_your_turn'); END IF;
  UPDATE exchange_offer SET status = 'rejected', updated_at = p_at WHERE id = p_offer;
  PERFORM exchange_tell_side(offer, CASE p_side WHEN 'owner' THEN 'carrier' ELSE 'owner' END, 'exchange.rejected', p_at);
END $$;
REVOKE ALL ON FUNCTION reject_offer(uuid, text, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION reject_offer(uuid, text, timestamptz) TO tenant, carriers;

-- The carrier takes the offer back, whoever's turn it is.
CREATE OR REPLACE FUNCTION withdraw_offer(p_offer uuid, p_at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE offer exchange_offer;
BEGIN
  offer := exchange_hold(p_offer, 'carrier', p_at);
  UPDATE exchange_offer SET status = 'withdrawn', updated_at = p_at WHERE id = p_offer;
  PERFORM exchange_tell_side(offer, 'owner', 'exchange.withdrawn', p_at);
END $$;
REVOKE ALL ON FUNCTION withdraw_offer(uuid, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION withdraw_offer(uuid, timestamptz) TO tenant, carriers;
